#pragma once
// Monthly reports (装备与应用月报, D-66): what the system fills in, what a principal explains and signs.
// May include: core/ and the domain of lower modules.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"

namespace santong::reports {

/// `open`: the principal's turn; `returned`: again, with a reason; `signed_off`: with the central school; `arrived`: at
/// the county.
enum class ReportState : int { open, returned, signed_off, arrived };
BOOST_DESCRIBE_ENUM(ReportState, open, returned, signed_off, arrived)

struct ReportNumber {
    std::string indicator;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    bool above = true;  ///< may be seen above the school
};
BOOST_DESCRIBE_STRUCT(ReportNumber, (), (indicator, numerator, denominator, above))

/// I21 of a grade ("5") or a group of subjects ("g.science").
struct ReportPart {
    std::string key;
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
};
BOOST_DESCRIBE_STRUCT(ReportPart, (), (key, numerator, denominator))

struct ReportRoom {
    std::string name;
    std::string kind;
    bool equipped = false;
    std::int64_t lessons = 0;  ///< with evidence in the month
    std::optional<core::LocalDate> last_use;
};
BOOST_DESCRIBE_STRUCT(ReportRoom, (), (name, kind, equipped, lessons, last_use))

/// `room_idle`: equipped, and no evidence for two weeks; `hours_short`: a class below its course plan; `not_taught`: a
/// lesson that a patrol found not taught; `cancelled`: the lessons of a day that were called off (停课); `declared`:
/// declared far from measured.
enum class LineKind : int { room_idle, hours_short, not_taught, declared, cancelled };
BOOST_DESCRIBE_ENUM(LineKind, room_idle, hours_short, not_taught, declared, cancelled)

/// A subject of a class and its periods in the month.
struct CourseGap {
    std::string subject;
    std::int64_t taught = 0;
    std::int64_t due = 0;
};
BOOST_DESCRIBE_STRUCT(CourseGap, (), (subject, taught, due))

/// An exception with its place. `line` is the same each time it is computed.
struct ReportLine {
    std::string line;
    LineKind kind = LineKind::room_idle;
    std::string place;  ///< a room or a class
    std::optional<core::OrgId> class_id;
    std::optional<core::LocalDate> date;  ///< of a lesson; of a room its last use
    std::int32_t period = 0;
    std::vector<CourseGap> courses;
    double declared = 0;
    double measured = 0;
    std::optional<std::int32_t> lessons;  ///< called off that day
    std::optional<std::string> note;      ///< why, as the office wrote it; absent if one of them has no reason
};
BOOST_DESCRIBE_STRUCT(ReportLine, (),
                      (line, kind, place, class_id, date, period, courses, declared, measured, lessons, note))

/// Everything that the system knows of a school's month.
struct ReportContent {
    core::LocalDate from;  ///< first and last day of the weeks that count for the month
    core::LocalDate to;
    std::int32_t teachers = 0;
    std::int32_t pupils = 0;
    std::int32_t classes = 0;
    std::int32_t classrooms = 0;
    std::int32_t equipped = 0;
    std::int64_t lessons_held = 0;
    std::int64_t lessons_used = 0;
    std::int64_t lessons_with_resources = 0;
    std::int64_t lessons_with_reviewed = 0;
    std::vector<ReportRoom> rooms;
    std::vector<ReportNumber> numbers;
    std::vector<ReportPart> grades;
    std::vector<ReportPart> subjects;
    std::vector<ReportLine> lines;
};
BOOST_DESCRIBE_STRUCT(ReportContent, (),
                      (from, to, teachers, pupils, classes, classrooms, equipped, lessons_held, lessons_used,
                       lessons_with_resources, lessons_with_reviewed, rooms, numbers, grades, subjects, lines))

struct ReportReason {
    core::OrgId school_id;
    std::string month;
    std::string line;
    std::string reason;
    core::PersonId written_by;
    core::Instant written_at;
};
BOOST_DESCRIBE_STRUCT(ReportReason, (), (school_id, month, line, reason, written_by, written_at))

/// What is kept of a version. Its content is there from the signature on; before, it is computed at each look.
struct Report {
    core::OrgId school_id;
    std::string month;
    std::int32_t version = 1;
    ReportState state = ReportState::open;
    core::LocalDate due_on;
    core::Instant made_at;
    std::optional<core::RawJson> content;  ///< ReportContent and the reasons
    std::string content_hash;
    std::optional<core::PersonId> signed_by;
    std::optional<core::Instant> signed_at;
    std::optional<core::PersonId> passed_by;  ///< of the central school
    std::optional<core::Instant> passed_at;
    std::optional<core::PersonId> returned_by;
    std::optional<core::Instant> returned_at;
    std::string return_reason;

    /// Its name in the feed.
    std::string id() const { return school_id.text() + "/" + month + "/" + std::to_string(version); }
    bool frozen() const { return state == ReportState::signed_off || state == ReportState::arrived; }
    bool late(core::LocalDate today) const { return !frozen() && today > due_on; }
};
BOOST_DESCRIBE_STRUCT(Report, (),
                      (school_id, month, version, state, due_on, made_at, content, content_hash, signed_by, signed_at,
                       passed_by, passed_at, returned_by, returned_at, return_reason))

/// A line's reason as it is signed: without its author.
struct SignedReason {
    std::string line;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(SignedReason, (), (line, reason))

/// What is signed.
struct SignedContent {
    ReportContent content;
    std::vector<SignedReason> reasons;
};
BOOST_DESCRIBE_STRUCT(SignedContent, (), (content, reasons))

/// What the district wants of reports (口径).
struct ReportPolicy {
    std::int32_t due_day = 5;             ///< of the month after
    std::int32_t seconds_per_field = 45;  ///< to look a figure up and write it down by hand
};
BOOST_DESCRIBE_STRUCT(ReportPolicy, (), (due_day, seconds_per_field))

/// How much work the report was: fields filled by the system and by hand, and the minutes that the first would have
/// taken. Of a report, never of a person.
struct Effort {
    std::int32_t filled = 0;
    std::int32_t typed = 0;
    std::int32_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(Effort, (), (filled, typed, minutes))
Effort effort(ReportContent const& content, std::size_t typed, ReportPolicy const& policy);

/// A figure that is another one in a later version; `key` is "lines", a field's name or an indicator's code.
struct ReportChange {
    std::string key;
    std::string before;
    std::string after;
};
BOOST_DESCRIBE_STRUCT(ReportChange, (), (key, before, after))
std::vector<ReportChange> changes(SignedContent const& before, SignedContent const& after);

/// Lines that nobody has said anything of: neither the principal here, nor the office when it called the lessons off.
std::int64_t unexplained(SignedContent const& all);

/// What may be seen above the school: no grades, subjects and rooms, no small figures, no single lesson.
SignedContent from_above(SignedContent content);

/// "2014-10" for any day of November.
std::string month_before(core::LocalDate day);
/// The day on which a month's report is due.
core::LocalDate due_of(std::string const& month, int due_day);

inline constexpr std::size_t shortest_reason = 4;
inline constexpr std::size_t longest_reason = 900;  ///< bytes; three a character
/// Fewer periods short in a month than this are an excursion or a sports day.
inline constexpr std::int64_t periods_missed = 2;
inline constexpr int idle_days = 14;
inline constexpr double far_points = 10;

}  // namespace santong::reports
