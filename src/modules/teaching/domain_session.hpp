#pragma once
// Class sessions: what was used in a lesson (DESIGN 1). May include: core/ and the domain of lower modules.
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/result.hpp"
#include "modules/teaching/domain_plan.hpp"

namespace santong::teaching {

using SessionId = core::Id<struct ClassSessionTag>;
using QuestionId = core::Id<struct ClassQuestionTag>;
using CorrectionId = core::Id<struct CorrectionTag>;
using LookId = core::Id<struct LessonLookTag>;

/// What the evidence is. `declared` (自报) is what a teacher merely says and never counts as measured.
enum class EvidenceKind : int { declared, helper, resource_opened, live, class_view };
BOOST_DESCRIBE_ENUM(EvidenceKind, declared, helper, resource_opened, live, class_view)

/// Minutes with something on the screen, as a band.
enum class MinutesBand : int { b0_10, b10_20, b20_30, b30_40, b40 };
BOOST_DESCRIBE_ENUM(MinutesBand, b0_10, b10_20, b20_30, b30_40, b40)

/// `provisional`: within the owner's seven days; `released`: he opened it earlier; `fixed`: the seven days are over.
enum class SessionState : int { provisional, released, discarded, fixed };
BOOST_DESCRIBE_ENUM(SessionState, provisional, released, discarded, fixed)

/// Class session (使用证据): one period of one class and one teacher with what was used in it. A substitute (代课) who
/// goes on with a lesson that somebody else has begun has a session of her own; the lesson counts once.
struct ClassSession {
    SessionId id;  ///< follows from class, date and period, and the teacher of a second one: see `session_id`
    LessonId lesson_id;
    core::OrgId school_id;
    core::OrgId class_id;
    core::PersonId teacher_id;
    std::string subject;
    core::LocalDate date;
    std::int32_t week = 0;
    std::int32_t period = 0;
    std::string room;
    std::optional<PlanId> plan_id;
    core::Instant started_at;               ///< by the bell
    std::optional<core::Instant> ended_at;  ///< by the bell; absent while it runs
    EvidenceKind kind = EvidenceKind::class_view;
    MinutesBand minutes_band = MinutesBand::b0_10;
    SessionState state = SessionState::provisional;
    std::optional<core::Instant> released_at;
    core::Instant correct_until;  ///< the owner may change it until then
    std::optional<std::int32_t> present;
    std::int32_t resource_count = 0;
    bool reviewed_resource = false;  ///< at least one that had passed a review (I27)
    std::int32_t question_count = 0;
    std::string note;  ///< of a declaration: what was used

    bool measured() const { return kind != EvidenceKind::declared; }
    /// Whether it counts anywhere: measured and not discarded.
    bool counts() const { return measured() && state != SessionState::discarded; }
    /// Whether more was done than to open the class view and close it: ten minutes of it, or one act in it (a resource
    /// shown, a question asked, hands counted). The other kinds of evidence are acts themselves.
    bool used() const {
        bool const acted = resource_count > 0 || question_count > 0 || present.has_value();
        return kind != EvidenceKind::class_view || minutes_band != MinutesBand::b0_10 || acted;
    }
    bool running() const { return !ended_at; }
};
BOOST_DESCRIBE_STRUCT(ClassSession, (),
                      (id, lesson_id, school_id, class_id, teacher_id, subject, date, week, period, room, plan_id,
                       started_at, ended_at, kind, minutes_band, state, released_at, correct_until, present,
                       resource_count, reviewed_resource, question_count, note))

/// A resource opened in a session.
struct SessionResource {
    SessionId session_id;
    ResourceId resource_id;
    std::int32_t number = 1;   ///< order of first opening
    std::int32_t version = 1;  ///< of the resource
    bool reviewed = false;     ///< when it was opened
    MinutesBand minutes_band = MinutesBand::b0_10;
    bool removed = false;  ///< taken out by the owner's correction
};
BOOST_DESCRIBE_STRUCT(SessionResource, (), (session_id, resource_id, number, version, reviewed, minutes_band, removed))

/// Feed event teaching.SessionUse: a resource was opened in a class for the first time in that lesson.
struct SessionUse {
    SessionId session_id;
    ResourceId resource_id;
    std::int32_t version = 1;
    bool reviewed = false;
    core::OrgId school_id;
    core::OrgId class_id;
    std::string subject;
    core::LocalDate date;
    std::int32_t week = 0;
};
BOOST_DESCRIBE_STRUCT(SessionUse, (),
                      (session_id, resource_id, version, reviewed, school_id, class_id, subject, date, week))

/// A question answered by raised hands: numbers of the class, never who.
struct ClassQuestion {
    QuestionId id;
    SessionId session_id;
    std::int32_t number = 1;
    std::string text;
    std::vector<std::string> options;
    std::optional<std::int32_t> answer;
    std::int32_t present = 0;
    std::vector<std::int32_t> counts;
    bool done = false;
    core::Instant at;
    std::optional<core::OrgId> class_id{};  ///< asked of one class in the room (复式); absent = of all
};
BOOST_DESCRIBE_STRUCT(ClassQuestion, (),
                      (id, session_id, number, text, options, answer, present, counts, done, at, class_id))

enum class ChangeKind : int { correct, discard, restore, release, declare };
BOOST_DESCRIBE_ENUM(ChangeKind, correct, discard, restore, release, declare)

/// One change of a record by its owner; never changed itself.
struct Correction {
    CorrectionId id;
    SessionId session_id;
    ChangeKind kind = ChangeKind::correct;
    core::PersonId by_person;
    core::Instant at;
    core::RawJson before{"{}"};
    core::RawJson after{"{}"};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(Correction, (), (id, session_id, kind, by_person, at, before, after, reason))

/// Somebody above the school looked at a named lesson.
struct LessonLook {
    LookId id;
    SessionId session_id;
    core::PersonId by_person;
    std::string reason;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(LessonLook, (), (id, session_id, by_person, reason, at))

/// Totals of a school and week for those who may see no single lesson: lessons with a measured session that counts, and
/// declared ones. A lesson of two teachers is one lesson.
struct SessionTotal {
    core::OrgId school_id;
    std::string subject;
    std::int32_t week = 0;
    std::int64_t measured = 0;
    std::int64_t declared = 0;
    std::int64_t teachers = 0;  ///< distinct, of the measured ones
};
BOOST_DESCRIBE_STRUCT(SessionTotal, (), (school_id, subject, week, measured, declared, teachers))

/// The identifier of the session of a class in a period of a day; the same on every node, whatever the evidence.
SessionId session_id(core::OrgId const& class_id, core::LocalDate date, int period);
/// Of a teacher who takes over where another one has a session already.
SessionId session_id(core::OrgId const& class_id, core::LocalDate date, int period, core::PersonId const& teacher);
/// The session that a lesson begins with.
ClassSession session_of(timetable::Lesson const& lesson, core::PersonId const& teacher, EvidenceKind kind,
                        core::Zone zone);
/// Until when its owner may change the record of a lesson: the end of the seventh day after it.
core::Instant correct_until(core::LocalDate date, core::Zone zone);
MinutesBand band_of(std::int64_t shown_ms);
/// Time between two signs of life that counts as shown: nothing after a longer silence, nothing long after the bell.
std::int64_t counted_ms(core::Instant before, core::Instant now, core::Instant bell_end);
/// Whether a forgotten session is to be closed: its bell has rung and it is silent, or it rang long ago.
bool to_be_closed(core::Instant seen_at, core::Instant bell_end, core::Instant now);
/// Whether what a screen kept while it could not reach the server is still taken although the session has ended: until
/// the end of the lesson's day.
bool takes_late(ClassSession const& session, core::Instant now, core::Zone zone);
/// Whether the owner may still change it.
bool changeable(ClassSession const& session, core::Instant now);
/// Whether the school may see it as a single lesson: released, or the seven days are over; never a discarded one.
bool open_to_school(ClassSession const& session, core::Instant now);
/// Refuses counts that do not fit the options, are negative, or sum up to more than are present.
core::Result<void> check_counts(ClassQuestion const& question, std::vector<std::int32_t> const& counts);

inline constexpr int days_to_correct = 7;
/// Minutes before its beginning that a lesson may be opened.
inline constexpr int minutes_ahead = 10;
/// Seconds between two signs of life of a class view, and the silence after which it counts as gone.
inline constexpr int heartbeat_seconds = 15;
inline constexpr int silence_seconds = 60;
/// Minutes that a lesson may run over before it is closed at its bell.
inline constexpr int overrun_minutes = 10;
/// Days for which pupils find what a lesson gave them on their home page.
inline constexpr int days_given = 14;
/// Effective lessons a week that a teacher aims at (I23).
inline constexpr int weekly_goal = 2;
/// Shortest written reason of a supervisor's look, in characters.
inline constexpr std::size_t shortest_look_reason = 8;
/// Longest reason or note, in characters.
inline constexpr std::size_t longest_reason = 200;

}  // namespace santong::teaching
