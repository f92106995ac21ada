#include "modules/roster/rules/grade_name.hpp"

#include <array>

#include "modules/roster/rules/chinese_number.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

namespace {

struct StageWord {
    std::string_view word;
    int before_first;  ///< grades below this stage
    int years;
};

/// Longer words first.
constexpr std::array stage_words{
    StageWord{"普通高中", 9, 3}, StageWord{"小学", 0, 6}, StageWord{"初中", 6, 3}, StageWord{"高中", 9, 3},
    StageWord{"小", 0, 6},       StageWord{"初", 6, 3},   StageWord{"高", 9, 3},
};

std::string_view without_ending(std::string_view text) {
    for (std::string_view ending : {"年级", "年級", "年"}) {
        if (text.ends_with(ending)) return text.substr(0, text.size() - ending.size());
    }
    return text;
}

}  // namespace

std::optional<int> read_grade(std::string_view given) {
    auto cleaned = text::search_form(text::without_blanks(given));
    std::string_view rest = without_ending(cleaned);
    for (std::string_view word : {"grade", "g"}) {
        if (rest.starts_with(word)) {
            rest.remove_prefix(word.size());
            break;
        }
    }
    for (auto const& stage : stage_words) {
        if (!rest.starts_with(stage.word)) continue;
        auto year = read_small_number(rest.substr(stage.word.size()));
        if (!year) return std::nullopt;
        // 初中七年级 names the grade itself, 初中一年级 its year.
        if (*year > stage.before_first && *year <= stage.before_first + stage.years && stage.before_first > 0)
            return *year;
        if (*year >= 1 && *year <= stage.years && stage.before_first + *year <= last_grade)
            return stage.before_first + *year;
        return std::nullopt;
    }
    auto grade = read_small_number(rest);
    if (!grade || *grade < first_grade || *grade > last_grade) return std::nullopt;
    return grade;
}

std::string grade_short_name(int grade) {
    return grade > 9 ? "高" + chinese_number(grade - 9) : chinese_number(grade);
}

std::string grade_name(int grade) {
    return grade > 9 ? grade_short_name(grade) : grade_short_name(grade) + "年级";
}

}  // namespace santong::roster::rules
