#include "modules/homework/domain.hpp"

#include <algorithm>
#include <set>

#include "platform/text/utf8.hpp"

namespace santong::homework {

namespace {

constexpr std::int32_t sheet_size = 10'000;

void check_text(std::vector<core::Problem>& problems, std::string pointer, std::string_view text, std::size_t most) {
    if (text::count_characters(text) > most)
        problems.push_back({std::move(pointer), "core.too_long", {{"max", std::to_string(most)}}});
}

bool fits_sheet(MarkStroke const& stroke) {
    auto const inside = [](std::int32_t place) { return place >= 0 && place <= sheet_size; };
    bool const stamp = stroke.kind != StrokeKind::pen;
    return stroke.points.size() % 2 == 0 && stroke.points.size() >= 2 && (!stamp || stroke.points.size() == 2) &&
           stroke.color >= 0 && stroke.color <= 2 && std::ranges::all_of(stroke.points, inside) &&
           text::count_characters(stroke.text) <= longest_phrase;
}

}  // namespace

std::vector<DailyLimit> const& usual_limits() {
    static std::vector<DailyLimit> const limits{{1, 2, 0}, {3, 6, 60}, {7, 9, 90}};
    return limits;
}

std::optional<std::int32_t> limit_of(std::vector<DailyLimit> const& limits, int grade) {
    for (auto const& row : limits) {
        if (row.grade_from <= grade && grade <= row.grade_to) return row.minutes;
    }
    return std::nullopt;
}

core::Result<void> check_limits(std::vector<DailyLimit> const& limits) {
    constexpr int last_grade = 12, most = 600;
    std::vector<core::Problem> problems;
    std::set<int> grades;
    for (std::size_t i = 0; i < limits.size(); ++i) {
        auto const& row = limits[i];
        auto const at = "/limits/" + std::to_string(i);
        if (row.grade_from < 1 || row.grade_to > last_grade || row.grade_from > row.grade_to) {
            problems.push_back({at + "/grade_from", "homework.grades_wrong", {}});
            continue;
        }
        if (row.minutes < 0 || row.minutes > most) problems.push_back({at + "/minutes", "homework.minutes_wrong", {}});
        for (int grade = row.grade_from; grade <= row.grade_to; ++grade) {
            if (!grades.insert(grade).second) problems.push_back({at + "/grade_from", "homework.grades_twice", {}});
        }
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

SubmissionId submission_id(HomeworkId const& homework, core::PersonId const& pupil) {
    return SubmissionId{core::Uuid::named("homework:" + homework.text() + ":" + pupil.text())};
}

core::Result<void> check_content(HomeworkContent const& content, core::LocalDate set_on) {
    std::vector<core::Problem> problems;
    if (text::trim(content.title).empty()) problems.push_back({"/content/title", "core.required", {}});
    check_text(problems, "/content/title", content.title, longest_title);
    check_text(problems, "/content/text", content.text, longest_text);
    if (content.class_ids.empty()) problems.push_back({"/content/class_ids", "homework.no_class_chosen", {}});
    if (content.class_ids.size() > most_classes)
        problems.push_back({"/content/class_ids", "homework.too_many_classes", {}});
    if (content.due_on < set_on) problems.push_back({"/content/due_on", "homework.due_before_set", {}});
    if (content.due_on > set_on.plus_days(longest_span_days))
        problems.push_back({"/content/due_on", "homework.due_too_late", {}});
    if (content.minutes < 1 || content.minutes > most_minutes)
        problems.push_back({"/content/minutes", "homework.minutes_wrong", {}});
    if (content.attachments.size() > most_attachments)
        problems.push_back({"/content/attachments", "homework.too_many_files", {}});
    for (auto const& one : content.attachments) {
        if (one.resource_id.has_value() == one.file_id.has_value())
            problems.push_back({"/content/attachments", "homework.attachment_wrong", {}});
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

bool is_sheet(std::int32_t sheet, Work const& work) {
    if (sheet < 0 || sheet >= sheets_a_page * most_pages) return false;
    auto const file = sheet % sheets_a_page;
    if (file > static_cast<std::int32_t>(work.files.size())) return false;
    if (sheet < sheets_a_page) return true;
    return file > 0 && work.files[static_cast<std::size_t>(file) - 1].media_type == "application/pdf";
}

core::Result<void> check_ink(std::vector<InkSheet> const& sheets, Work const& work) {
    std::set<std::int32_t> seen;
    for (auto const& sheet : sheets) {
        std::size_t points = 0;
        for (auto const& stroke : sheet.strokes) points += stroke.points.size();
        if (!is_sheet(sheet.sheet, work) || !seen.insert(sheet.sheet).second)
            return core::invalid("homework.no_such_sheet");
        if (sheet.strokes.size() > most_strokes || points > most_points)
            return core::too_large("homework.too_much_ink");
        if (!std::ranges::all_of(sheet.strokes, fits_sheet)) return core::invalid("homework.ink_outside");
    }
    return {};
}

bool takes_hand_in(SubmissionState state) {
    return state != SubmissionState::returned;
}

}  // namespace santong::homework
