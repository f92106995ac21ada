#include "modules/teaching/domain_plan.hpp"

#include <algorithm>
#include <set>

#include "platform/text/utf8.hpp"

namespace santong::teaching {

namespace {

constexpr std::size_t fewest_options = 2;
constexpr std::size_t most_options = 6;
constexpr std::size_t longest_option = 60;
constexpr int longest_section_minutes = 90;
constexpr int most_hours = 20;

bool blank(std::string const& text) {
    return text.find_first_not_of(" \t\r\n") == std::string::npos;
}

Section part(char const* key, int minutes) {
    return {key, "", minutes, "", {}, {}};
}

LessonTemplate usual(char const* name, std::vector<Section> sections) {
    LessonTemplate made;
    made.name = name;
    made.sections = std::move(sections);
    return made;
}

void check_section(std::vector<core::Problem>& problems, std::string const& at, Section const& section) {
    if (section.minutes < 0 || section.minutes > longest_section_minutes) {
        problems.push_back(
            {at + "/minutes", "teaching.minutes_out_of_range", {{"most", std::to_string(longest_section_minutes)}}});
    }
    if (text::count_characters(section.text) > longest_text) {
        problems.push_back({at + "/text", "teaching.text_too_long", {{"most", std::to_string(longest_text)}}});
    }
    if (text::count_characters(section.title) > longest_title) {
        problems.push_back({at + "/title", "teaching.text_too_long", {{"most", std::to_string(longest_title)}}});
    }
    for (std::size_t i = 0; i < section.questions.size(); ++i) {
        auto const checked = check_question(section.questions[i]);
        if (checked) continue;
        for (auto problem : checked.error().problems) {
            problem.pointer = at + "/questions/" + std::to_string(i) + problem.pointer;
            problems.push_back(std::move(problem));
        }
    }
}

}  // namespace

std::vector<LessonTemplate> const& usual_templates() {
    static std::vector<LessonTemplate> const templates{
        usual("teaching.template.new_lesson", {part("goals", 0), part("lead_in", 5), part("explore", 15),
                                               part("ask", 8), part("practise", 10), part("sum_up", 2)}),
        usual("teaching.template.exercise",
              {part("goals", 0), part("review", 8), part("practise", 20), part("discuss", 10), part("sum_up", 2)}),
        usual("teaching.template.revision",
              {part("goals", 0), part("review", 15), part("ask", 5), part("practise", 15), part("sum_up", 5)}),
        usual("teaching.template.experiment", {part("goals", 0), part("lead_in", 5), part("safety", 3),
                                               part("experiment", 22), part("discuss", 8), part("sum_up", 2)})};
    return templates;
}

Readiness readiness_of(PlanContent const& content) {
    std::size_t filled = 0;
    for (auto const& section : content.sections) {
        if (!blank(section.text) || !section.resources.empty() || !section.questions.empty()) ++filled;
    }
    if (filled == 0) return Readiness::empty;
    return filled == content.sections.size() ? Readiness::ready : Readiness::half;
}

int minutes_of(PlanContent const& content) {
    int minutes = 0;
    for (auto const& section : content.sections) minutes += section.minutes;
    return minutes;
}

std::vector<ResourceId> resources_of(PlanContent const& content) {
    std::vector<ResourceId> found;
    for (auto const& section : content.sections) {
        for (auto const& one : section.resources) {
            if (std::ranges::find(found, one.resource_id) == found.end()) found.push_back(one.resource_id);
        }
    }
    return found;
}

core::Result<void> check_question(PlanQuestion const& question) {
    std::vector<core::Problem> problems;
    if (blank(question.text)) problems.push_back({"/text", "teaching.question_empty", {}});
    if (text::count_characters(question.text) > longest_title * 2) {
        problems.push_back({"/text", "teaching.text_too_long", {{"most", std::to_string(longest_title * 2)}}});
    }
    if (question.options.size() < fewest_options || question.options.size() > most_options) {
        problems.push_back({"/options",
                            "teaching.options_count",
                            {{"fewest", std::to_string(fewest_options)}, {"most", std::to_string(most_options)}}});
    }
    for (std::size_t i = 0; i < question.options.size(); ++i) {
        auto const& option = question.options[i];
        if (!blank(option) && text::count_characters(option) <= longest_option) continue;
        problems.push_back(
            {"/options/" + std::to_string(i), "teaching.option_text", {{"most", std::to_string(longest_option)}}});
    }
    if (question.answer && (*question.answer < 0 || *question.answer >= static_cast<int>(question.options.size()))) {
        problems.push_back({"/answer", "teaching.answer_not_an_option", {}});
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

core::Result<void> check_content(PlanContent const& content) {
    std::vector<core::Problem> problems;
    if (blank(content.title)) problems.push_back({"/title", "teaching.title_missing", {}});
    if (text::count_characters(content.title) > longest_title) {
        problems.push_back({"/title", "teaching.text_too_long", {{"most", std::to_string(longest_title)}}});
    }
    if (content.hours < 1 || content.hours > most_hours) {
        problems.push_back({"/hours", "teaching.hours_out_of_range", {{"most", std::to_string(most_hours)}}});
    }
    if (text::count_characters(content.homework) > longest_text) {
        problems.push_back({"/homework", "teaching.text_too_long", {{"most", std::to_string(longest_text)}}});
    }
    if (content.sections.size() > most_sections) {
        problems.push_back({"/sections", "teaching.too_many_sections", {{"most", std::to_string(most_sections)}}});
    }
    if (resources_of(content).size() > most_resources) {
        problems.push_back({"/sections", "teaching.too_many_resources", {{"most", std::to_string(most_resources)}}});
    }
    for (std::size_t i = 0; i < content.sections.size(); ++i) {
        check_section(problems, "/sections/" + std::to_string(i), content.sections[i]);
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

}  // namespace santong::teaching
