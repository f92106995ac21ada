#pragma once
// 调代课: ask, propose, approve, notify. What the office enters without a request: service.hpp.
#include "core/time.hpp"
#include "modules/timetable/domain_changes.hpp"
#include "modules/timetable/service_office.hpp"
#include "platform/auth/caller.hpp"

namespace santong::timetable {

/// A request as somebody may see it: its cause and reason are empty for the colleague.
struct ChangeView {
    ChangeRequest request;
    std::string class_name;
    std::string asker_name;
    std::string colleague_name;
    std::string third_name;
    core::Instant start_at;  ///< of the lesson; 0 where it is gone
    bool uncovered = false;  ///< nobody is to take it and it has not been yet: the class would be without a teacher
    std::string trouble;     ///< i18n key of what stands in the way now; empty = nothing
    core::ErrorParams trouble_params;
};
BOOST_DESCRIBE_STRUCT(ChangeView, (),
                      (request, class_name, asker_name, colleague_name, third_name, start_at, uncovered, trouble,
                       trouble_params))

/// What concerns a teacher: what he asked for, what he is asked, and changes of the coming days that are his, his
/// lessons' or his homeroom class's.
struct MyChanges {
    core::LocalDate today;
    core::LocalDate first_day;  ///< of the lessons that may be asked for
    core::LocalDate last_day;
    std::vector<ChangeView> asked;
    std::vector<ChangeView> to_answer;
    std::vector<ChangeView> answered;  ///< agreed, the office has not decided yet
    std::vector<SubstitutionView> coming;
};
BOOST_DESCRIBE_STRUCT(MyChanges, (), (today, first_day, last_day, asked, to_answer, answered, coming))
core::Result<MyChanges> my_changes(sql::Database& db, auth::Caller const& caller, core::Clock const& clock);

/// One lesson and what its teacher proposes: nothing, a colleague, or an exchange with a colleague's lesson.
struct AskedLesson {
    LessonId lesson_id;
    ChangeWay way = ChangeWay::none;
    std::optional<core::PersonId> colleague_id{};
    std::optional<LessonId> swap_lesson_id{};
    std::optional<LessonId> third_lesson_id{};  ///< of an exchange of three
};
BOOST_DESCRIBE_STRUCT(AskedLesson, (), (lesson_id, way, colleague_id, swap_lesson_id, third_lesson_id))
struct NewChange {
    ChangeCause cause = ChangeCause::leave;
    std::string reason;
    std::vector<AskedLesson> lessons;
};
BOOST_DESCRIBE_STRUCT(NewChange, (), (cause, reason, lessons))
/// All or none. Refuses "timetable.change_not_yours", "timetable.change_too_far" {back, ahead},
/// "timetable.change_asked_already", "timetable.change_of_change" and as a proposal is refused.
core::Result<std::vector<ChangeRequest>> ask_change(sql::Database& db, auth::Caller const& caller,
                                                    core::Clock const& clock, NewChange const& wish);
/// By the asker, while it is not decided.
core::Result<ChangeRequest> withdraw_change(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            ChangeRequestId const& id);

/// What is proposed instead of what was. The asker may not cancel a lesson or leave a class to itself; a colleague that
/// he names is asked, one that the office names only if `ask`.
struct Proposal {
    ChangeWay way = ChangeWay::none;
    std::optional<core::PersonId> colleague_id;
    std::optional<LessonId> swap_lesson_id;
    std::optional<std::string> other_subject;
    std::optional<bool> ask;
    std::int32_t version = 0;  ///< of the request that was seen
    std::optional<LessonId> third_lesson_id{};
};
BOOST_DESCRIBE_STRUCT(Proposal, (), (way, colleague_id, swap_lesson_id, other_subject, ask, version, third_lesson_id))
/// Refuses "timetable.change_seen_changed", "timetable.change_over", "timetable.colleague_not_free" {name},
/// "timetable.colleague_not_here", "timetable.swap_not_possible", "timetable.swap_needs_three",
/// "timetable.swap_other_term" {date}.
core::Result<ChangeRequest> propose_change(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           ChangeRequestId const& id, Proposal const& proposal);

struct Answer {
    bool agree = false;
    std::string word;
};
BOOST_DESCRIBE_STRUCT(Answer, (), (agree, word))
/// By a colleague who is asked. Of a swap of three both must agree; one who declines ends it.
core::Result<ChangeRequest> answer_change(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                          ChangeRequestId const& id, Answer const& answer);

/// For the office: requests about lessons of the days that may be asked for, and those still to be decided.
core::Result<std::vector<ChangeView>> change_queue(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, core::OrgId const& school);

struct SeenRequest {
    ChangeRequestId id;
    std::int32_t version = 0;
};
BOOST_DESCRIBE_STRUCT(SeenRequest, (), (id, version))
struct Decision {
    std::vector<SeenRequest> requests;
    bool approve = false;
    std::string note;            ///< why not
    std::optional<bool> anyway;  ///< also where a lesson has a record already
};
BOOST_DESCRIBE_STRUCT(Decision, (), (requests, approve, note, anyway))
struct DecidedRequest {
    ChangeRequestId id;
    std::string refused;  ///< i18n key of why it was not decided; empty = done
    core::ErrorParams params;
    std::optional<SubstitutionId> substitution_id;  ///< takes all of it back
    std::optional<ChangeRequest> request;           ///< as it stands now
};
BOOST_DESCRIBE_STRUCT(DecidedRequest, (), (id, refused, params, substitution_id, request))
/// Each on its own: one that cannot be decided does not hold the others up.
core::Result<std::vector<DecidedRequest>> decide_changes(sql::Database& db, auth::Caller const& caller,
                                                         core::Clock const& clock, Decision const& decision);

/// A lesson of the class that can be exchanged with the one asked about, clashing for nobody.
struct SwapOption {
    LessonId lesson_id;
    core::LocalDate date;
    std::int32_t period = 0;
    std::string subject;
    core::PersonId teacher_id;
    std::string teacher_name;
};
BOOST_DESCRIBE_STRUCT(SwapOption, (), (lesson_id, date, period, subject, teacher_id, teacher_name))
/// Which exchanges are asked for: of two; or of three, first who could come here, then, with `second_id`, whose lesson
/// closes the ring.
struct SwapWish {
    LessonId lesson_id;
    bool three = false;
    std::optional<LessonId> second_id{};
};
BOOST_DESCRIBE_STRUCT(SwapWish, (), (lesson_id, three, second_id))
/// From today on, at most two weeks from the lesson, within its term. For its teacher and the office.
core::Result<std::vector<SwapOption>> swap_options(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, SwapWish const& wish);

/// Requests that wait for the caller: for his answer, and, in the office, for a decision.
struct WaitingChanges {
    std::int64_t to_answer = 0;
    std::int64_t to_decide = 0;
};
WaitingChanges waiting_changes(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock);

/// The day's changes for everybody at the school (调代课通知单): no reasons, not who asked.
struct ChangeSheet {
    std::string school_name;
    core::LocalDate date;
    std::vector<SubstitutionView> items;
};
BOOST_DESCRIBE_STRUCT(ChangeSheet, (), (school_name, date, items))
core::Result<ChangeSheet> change_sheet(sql::Database& db, auth::Caller const& caller, core::OrgId const& school,
                                       core::LocalDate date);

/// Where a workbook goes and in which language.
struct ChangesWorkbook {
    std::string path;
    std::string language;
};
/// The changes of a month with counts a teacher, by name: all for the office, his own for a teacher.
core::Result<void> write_changes(sql::Database& db, auth::Caller const& caller, core::OrgId const& school,
                                 std::string const& month, ChangesWorkbook const& target);

/// Topics of open screens are "changes:" and a person or a school. Nothing is said in them but that something is new.
bool may_hear_changes(auth::Caller const& caller, std::string_view topic);

/// Requests with what the approved ones among them write, for the demo district; those concerned are told.
void write_changes(sql::Tx& tx, core::Instant now, std::vector<ChangeRequest> const& requests,
                   std::vector<Substitution> const& rows);

}  // namespace santong::timetable
