#pragma once
// Requests for a change of lessons (调代课申请). May include: core/ and the domain of lower modules.
#include "modules/timetable/domain.hpp"

namespace santong::timetable {

using ChangeRequestId = core::Id<struct ChangeRequestTag>;
using ChangeBatchId = core::Id<struct ChangeBatchTag>;

/// Why a teacher cannot hold his lesson: 请假, 外出. For the office and himself only.
enum class ChangeCause : int { leave, training, other };
BOOST_DESCRIBE_ENUM(ChangeCause, leave, training, other)

/// How the lesson is to be held instead. `none`: left to the office. `self_study` and `cancelled` are the office's.
enum class ChangeWay : int { none, substitute, swap, self_study, cancelled };
BOOST_DESCRIBE_ENUM(ChangeWay, none, substitute, swap, self_study, cancelled)

/// `open` has nobody yet, `asked` waits for the colleague, `ready` for the office; the others are over.
enum class ChangeState : int { open, asked, ready, approved, refused, withdrawn, taken_back };
BOOST_DESCRIBE_ENUM(ChangeState, open, asked, ready, approved, refused, withdrawn, taken_back)

/// Whether something is still to be done about it.
inline bool live(ChangeState state) {
    return state == ChangeState::open || state == ChangeState::asked || state == ChangeState::ready;
}

/// How long after a lesson its teacher may still ask, and how far ahead, in days.
inline constexpr int ask_days_back = 7;
inline constexpr int ask_days_ahead = 14;

/// One lesson that its teacher asks to be changed (调代课申请).
struct ChangeRequest {
    ChangeRequestId id;
    ChangeBatchId batch_id;  ///< lessons that were asked for together
    core::OrgId school_id;
    core::OrgId class_id;
    core::PersonId asked_by;
    core::LocalDate date;
    std::int32_t period = 0;
    ChangeCause cause = ChangeCause::other;
    ChangeState state = ChangeState::open;
    ChangeWay way = ChangeWay::none;
    std::int32_t version = 1;
    std::string subject;  ///< of the lesson when it was asked for
    std::string reason;   ///< for the office and the asker only
    core::Instant created_at;
    std::string other_subject;  ///< what a substitute really teaches; empty = the lesson's own subject
    std::string swap_subject;
    std::string word;  ///< the colleague's
    std::string note;  ///< the office's, where it refuses
    std::optional<core::Instant> decided_at;
    std::optional<std::int32_t> swap_period;
    std::optional<core::LocalDate> swap_date;
    bool declined = false;  ///< the colleague last asked has said no
    std::optional<core::PersonId> colleague_id;
    std::optional<core::PersonId> decided_by;
    std::optional<ActId> act_id;  ///< of an approved one
    // Of a swap of three (三方调课): the colleague's lesson comes here, the third one's to the colleague's place, and
    // this one to the third one's.
    std::optional<core::PersonId> third_id;
    std::optional<core::LocalDate> third_date;
    std::optional<std::int32_t> third_period;
    std::string third_subject;
    std::optional<core::PersonId> agreed_by;  ///< the first of the two to agree; the other one has not answered yet

    bool of_three() const { return third_id.has_value(); }
};
BOOST_DESCRIBE_STRUCT(ChangeRequest, (),
                      (id, batch_id, school_id, class_id, date, period, subject, asked_by, cause, reason, state, way,
                       colleague_id, other_subject, swap_date, swap_period, swap_subject, declined, word, note,
                       decided_by, decided_at, act_id, created_at, version, third_id, third_date, third_period,
                       third_subject, agreed_by))

/// The colleagues whose lessons or time a request needs.
std::vector<core::PersonId> colleagues_of(ChangeRequest const& request);
/// Those of them who have not answered yet.
std::vector<core::PersonId> colleagues_asked(ChangeRequest const& request);

/// The lessons of a request as they stand now.
struct Standing {
    Lesson lesson;
    std::optional<Lesson> other;  ///< of a swap
    std::optional<Lesson> third;  ///< of a swap of three
};
/// What an approved request writes, in the order in which the lessons move.
std::vector<Substitution> substitutions_of(ChangeRequest const& request, Standing const& found);

/// The lessons of a class that can be exchanged with `lesson` so that it clashes for nobody: neither teacher is twice
/// at a time, no room is taken. `school`: all lessons of the school on the days in question.
std::vector<Lesson> swaps_for(Lesson const& lesson, std::span<Lesson const> school);

/// Lessons that could come to the place of `lesson` if a third one makes room for it: their teachers are free then.
std::vector<Lesson> seconds_for(Lesson const& lesson, std::span<Lesson const> school);
/// Third lessons: they can go to the place of `second`, and `lesson` to theirs, without a clash.
std::vector<Lesson> thirds_for(Lesson const& lesson, Lesson const& second, std::span<Lesson const> school);

/// Whether a lesson keeps its teacher and its room busy.
inline bool takes_place(Lesson const& lesson) {
    return lesson.state != LessonState::cancelled && lesson.state != LessonState::not_taught;
}

}  // namespace santong::timetable
