#pragma once
// Homework as the product knows it. May include: core/ and the domain of lower modules.
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/result.hpp"
#include "modules/teaching/domain.hpp"

namespace santong::homework {

using HomeworkId = core::Id<struct HomeworkTag>;
using SubmissionId = core::Id<struct SubmissionTag>;
using resources::ResourceId;
using teaching::LessonId;
using teaching::PlanId;

/// How a homework is to be handed in (提交方式): on paper, in the learning space, or as the pupil can.
enum class Form : int { paper, online, either };
BOOST_DESCRIBE_ENUM(Form, paper, online, either)

/// Something that goes with a homework: a resource of the library or an uploaded file, never both.
struct HomeworkAttachment {
    std::optional<ResourceId> resource_id;
    std::optional<core::FileId> file_id;
    std::string name;
    std::string media_type;
};
BOOST_DESCRIBE_STRUCT(HomeworkAttachment, (), (resource_id, file_id, name, media_type))

/// What a teacher writes of a homework.
struct HomeworkContent {
    std::string title;
    std::string text;
    Form form = Form::either;
    bool written = true;  ///< 书面作业: counts towards the day's limit
    core::LocalDate due_on;
    std::int32_t minutes = 20;  ///< estimated for a pupil of the class
    std::vector<HomeworkAttachment> attachments;
    std::vector<core::OrgId> class_ids;
};
BOOST_DESCRIBE_STRUCT(HomeworkContent, (), (title, text, form, written, due_on, minutes, attachments, class_ids))

/// Homework (作业) of one teacher in one subject for one or several of his classes.
struct Homework {
    HomeworkId id;
    core::OrgId school_id;
    core::PersonId teacher_id;
    std::string subject;  ///< code of ZXXKC
    HomeworkContent content;
    core::LocalDate set_on;
    std::optional<PlanId> plan_id;      ///< it was prepared with
    std::optional<LessonId> lesson_id;  ///< it was set in
    std::int64_t version = 1;
    core::Instant made_at;
    core::Instant updated_at;
    std::optional<core::Instant> withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(Homework, (),
                      (id, school_id, teacher_id, subject, content, set_on, plan_id, lesson_id, version, made_at,
                       updated_at, withdrawn_at))

/// Feed homework.Homework: what was set, without its words.
struct HomeworkSet {
    HomeworkId id;
    core::OrgId school_id;
    core::PersonId teacher_id;
    std::vector<core::OrgId> class_ids;
    std::string subject;
    Form form = Form::either;
    bool written = true;
    core::LocalDate set_on;
    core::LocalDate due_on;
    std::int32_t minutes = 0;
    bool withdrawn = false;
};
BOOST_DESCRIBE_STRUCT(HomeworkSet, (),
                      (id, school_id, teacher_id, class_ids, subject, form, written, set_on, due_on, minutes,
                       withdrawn))

/// Where a pupil stands: `open` nothing came yet, `handed_in` waits for the teacher, `returned` given back (done),
/// `correction` given back to be put right (订正).
enum class SubmissionState : int { open, handed_in, returned, correction };
BOOST_DESCRIBE_ENUM(SubmissionState, open, handed_in, returned, correction)

/// How a work came: by the pupil himself, ticked by the teacher as collected, or photographed by him.
enum class HandedBy : int { online, paper, photo };
BOOST_DESCRIBE_ENUM(HandedBy, online, paper, photo)

/// What the teacher found: nothing yet, 已阅, a grade, or stars. Never a score.
enum class MarkResult : int { none, read, a, b, c, d, star_1, star_2, star_3, star_4, star_5 };
BOOST_DESCRIBE_ENUM(MarkResult, none, read, a, b, c, d, star_1, star_2, star_3, star_4, star_5)

/// One pupil's place in one homework.
struct Submission {
    SubmissionId id;
    HomeworkId homework_id;
    core::OrgId school_id;
    core::OrgId class_id;
    core::PersonId pupil_id;
    SubmissionState state = SubmissionState::open;
    std::int32_t round = 0;  ///< the newest one; 0 = none
    std::optional<core::Instant> reminded_at;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(Submission, (),
                      (id, homework_id, school_id, class_id, pupil_id, state, round, reminded_at, updated_at))

/// A picture or file of a work.
struct WorkFile {
    core::FileId file_id;
    std::string name;
    std::string media_type;
    bool operator==(WorkFile const& other) const { return file_id == other.file_id; }
};
BOOST_DESCRIBE_STRUCT(WorkFile, (), (file_id, name, media_type))

/// One round: what was handed in, and what the teacher said to it.
struct Work {
    SubmissionId submission_id;
    std::int32_t round = 1;
    HandedBy how = HandedBy::online;
    std::string text;
    std::vector<WorkFile> files;
    core::Instant handed_in_at;
    bool late = false;
    MarkResult result = MarkResult::none;
    std::string comment;
    std::int64_t mark_version = 0;  ///< rises with each save of the mark
    std::optional<core::PersonId> marked_by;
    std::optional<core::Instant> marked_at;
    std::optional<core::Instant> returned_at;
    bool correction = false;    ///< a correction was asked for
    bool files_erased = false;  ///< the term is over
};
BOOST_DESCRIBE_STRUCT(Work, (),
                      (submission_id, round, how, text, files, handed_in_at, late, result, comment, mark_version,
                       marked_by, marked_at, returned_at, correction, files_erased))

/// What the pen does.
enum class StrokeKind : int { pen, tick, cross, half, note };
BOOST_DESCRIBE_ENUM(StrokeKind, pen, tick, cross, half, note)

/// One stroke or stamp. Places are ten-thousandths of the sheet's width and height: x, y, x, y, …
struct MarkStroke {
    StrokeKind kind = StrokeKind::pen;
    std::int32_t color = 0;  ///< 0 red, 1 blue, 2 green
    std::vector<std::int32_t> points;
    std::string text;  ///< of a note
};
BOOST_DESCRIBE_STRUCT(MarkStroke, (), (kind, color, points, text))

/// The strokes over one sheet: 0 is the text, 1 the first file, and so on.
struct InkSheet {
    std::int32_t sheet = 0;
    std::vector<MarkStroke> strokes;
};
BOOST_DESCRIBE_STRUCT(InkSheet, (), (sheet, strokes))

/// Feed homework.Submission: that a work came or was given back, without its content. `learner` is a mark of the pupil
/// that holds for one week, given when he handed in himself.
struct SubmissionMoved {
    SubmissionId id;
    HomeworkId homework_id;
    core::OrgId school_id;
    core::OrgId class_id;
    core::PersonId pupil_id;
    std::string subject;
    SubmissionState state = SubmissionState::open;
    std::int32_t round = 0;
    std::optional<HandedBy> how;
    bool late = false;
    std::optional<core::Instant> handed_in_at;
    std::optional<std::string> learner;
};
BOOST_DESCRIBE_STRUCT(SubmissionMoved, (),
                      (id, homework_id, school_id, class_id, pupil_id, subject, state, round, how, late, handed_in_at,
                       learner))

/// Minutes of written homework a day that pupils of these grades should not go beyond; 0 = none at all. It warns.
struct DailyLimit {
    std::int32_t grade_from = 1;
    std::int32_t grade_to = 2;
    std::int32_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(DailyLimit, (), (grade_from, grade_to, minutes))

/// 双减: none in grades 1–2, 60 minutes in 3–6, 90 in 7–9.
std::vector<DailyLimit> const& usual_limits();
/// The limit of a grade; none above the last row (senior years).
std::optional<std::int32_t> limit_of(std::vector<DailyLimit> const& limits, int grade);
/// Refuses grades outside 1–12, rows that overlap, more than 600 minutes.
core::Result<void> check_limits(std::vector<DailyLimit> const& limits);

/// The submission of a pupil has the same id on every node.
SubmissionId submission_id(HomeworkId const& homework, core::PersonId const& pupil);
/// Refuses what cannot be set, with the place of each.
core::Result<void> check_content(HomeworkContent const& content, core::LocalDate set_on);
/// Sheets of a work: 0 its text, then its files; a further page of a PDF has the number of its file and so many more a
/// page.
inline constexpr std::int32_t sheets_a_page = 100;
inline constexpr std::int32_t most_pages = 2000;  ///< no homework: the screen shows them in portions
bool is_sheet(std::int32_t sheet, Work const& work);
/// Refuses too much ink or ink outside its sheet.
core::Result<void> check_ink(std::vector<InkSheet> const& sheets, Work const& work);
/// Whether the pupil may hand in now: not after it was given back for good.
bool takes_hand_in(SubmissionState state);

inline constexpr std::size_t longest_title = 80;
inline constexpr std::size_t longest_text = 4000;
inline constexpr std::size_t longest_comment = 300;
inline constexpr std::size_t longest_phrase = 40;
inline constexpr std::size_t most_phrases = 24;
inline constexpr std::size_t most_attachments = 12;
inline constexpr std::size_t most_classes = 12;
inline constexpr std::size_t most_files = 12;
inline constexpr int most_minutes = 300;
inline constexpr int longest_span_days = 70;
inline constexpr std::size_t most_strokes = 400;
inline constexpr std::size_t most_points = 24'000;
/// Days after its due day for which a homework that did not come stays on a pupil's page.
inline constexpr int days_open = 14;

}  // namespace santong::homework
