#include "modules/roster/rules/class_name.hpp"

#include <array>
#include <vector>

#include "modules/roster/rules/chinese_number.hpp"
#include "modules/roster/rules/grade_name.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

namespace {

constexpr std::array stage_firsts{1, 7, 10};

/// One reading of a name: which grade or which year, and the number within it.
struct Reading {
    std::optional<int> grade;
    std::optional<int> entry_year;
    std::optional<int> leaving_year;
    std::optional<int> stage_first;  ///< named before a year: 初中2021级
    int number = 0;
};

int stage_first_of(int grade) {
    return grade >= 10 ? 10 : grade >= 7 ? 7 : 1;
}
int stage_last_of(int grade) {
    return grade >= 10 ? 12 : grade >= 7 ? 9 : 6;
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

bool take_prefix(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}
bool take_suffix(std::string_view& text, std::string_view suffix) {
    if (!text.ends_with(suffix)) return false;
    text.remove_suffix(suffix.size());
    return true;
}

/// 甲乙丙丁… as schools number classes that have few.
std::optional<int> read_class_number(std::string_view text) {
    constexpr std::u32string_view stems = U"甲乙丙丁戊己庚辛壬癸";
    std::size_t at = 0;
    if (!text.empty()) {
        auto stem = stems.find(text::next_character(text, at));
        if (stem != stems.npos && at == text.size()) return static_cast<int>(stem) + 1;
    }
    auto number = read_small_number(text);
    return number && *number > 0 ? number : std::nullopt;
}

/// 21 or 2021; two digits only where a year is meant anyway.
std::optional<int> read_year(std::string_view text) {
    if (!all_digits(text)) return std::nullopt;
    if (text.size() == 2) return 2000 + (text[0] - '0') * 10 + (text[1] - '0');
    bool modern = text.size() == 4 && (text.starts_with("20") || text.starts_with("19"));
    if (!modern) return std::nullopt;
    return (text[0] - '0') * 1000 + (text[1] - '0') * 100 + (text[2] - '0') * 10 + (text[3] - '0');
}

/// 初中2021级3班, 2021级(3)班, 2024届3班.
std::optional<Reading> read_by_year(std::string_view text) {
    Reading reading;
    for (auto [word, first] : {std::pair{"小学", 1}, {"初中", 7}, {"高中", 10}, {"初", 7}, {"高", 10}}) {
        if (!take_prefix(text, word)) continue;
        reading.stage_first = first;
        break;
    }
    for (std::string_view word : {"级", "届"}) {
        auto mark = text.find(word);
        if (mark == text.npos || mark == 0) continue;
        auto year = read_year(text.substr(0, mark));
        auto number = read_class_number(text.substr(mark + word.size()));
        if (!year || !number) return std::nullopt;
        (word == "级" ? reading.entry_year : reading.leaving_year) = year;
        reading.number = *number;
        return reading;
    }
    return std::nullopt;
}

/// 五2, 七年级12, 高一3: the longest beginning that is a grade and leaves a number.
std::optional<Reading> read_by_grade(std::string_view text) {
    std::vector<std::size_t> places;
    for (std::size_t at = 0; at < text.size();) {
        text::next_character(text, at);
        places.push_back(at);
    }
    for (auto place = places.rbegin(); place != places.rend(); ++place) {
        auto left = text.substr(0, *place), right = text.substr(*place);
        // A row of digits is told apart elsewhere; 十二 is twelve, not ten and two.
        bool inside_number = all_digits(left) || (read_small_number(text) && !all_digits(right));
        if (right.empty() || inside_number) continue;
        auto grade = read_grade(left);
        auto number = read_class_number(right);
        if (grade && number) return Reading{grade, {}, {}, {}, *number};
    }
    return std::nullopt;
}

/// 503 is grade 5, class 3; 1003 grade 10; 1403 the year 2014; 201403 too.
std::vector<Reading> read_by_digits(std::string_view text) {
    std::vector<Reading> readings;
    auto number = text.size() >= 2 ? read_small_number(text.substr(text.size() - 2)) : std::nullopt;
    if (!number || *number == 0) return readings;
    auto head = text.substr(0, text.size() - 2);
    if (text.size() == 3 || text.size() == 4) {
        auto grade = read_grade(head);
        if (grade && !(text.size() == 4 && *grade < 10)) readings.push_back({grade, {}, {}, {}, *number});
    }
    if (text.size() == 4 || text.size() == 6) {
        if (auto year = read_year(head)) readings.push_back({{}, year, {}, {}, *number});
    }
    return readings;
}

core::Result<ClassName> placed(Reading const& reading, int grade, GradeSpan span, int school_year) {
    if (grade < span.first || grade > span.last) {
        return core::invalid(
            "roster.class_grade_not_taught",
            {{"grade", grade_name(grade)}, {"first", grade_name(span.first)}, {"last", grade_name(span.last)}});
    }
    return ClassName{grade, entry_year_of(grade, school_year), reading.number};
}

/// Grades that a class of this entry year may have now, one for each stage that the school teaches.
std::vector<int> grades_of_year(Reading const& reading, GradeSpan span, int school_year) {
    std::vector<int> grades;
    for (int first : stage_firsts) {
        if (reading.stage_first && *reading.stage_first != first) continue;
        int last = stage_last_of(first);
        int grade = reading.entry_year ? first + school_year - *reading.entry_year
                                       : last - (*reading.leaving_year - school_year - 1);
        if (grade >= first && grade <= last && grade >= span.first && grade <= span.last) grades.push_back(grade);
    }
    return grades;
}

core::Result<ClassName> place(Reading const& reading, std::string const& shown, GradeSpan span, int school_year) {
    if (reading.grade) return placed(reading, *reading.grade, span, school_year);
    auto grades = grades_of_year(reading, span, school_year);
    if (grades.size() == 1) return placed(reading, grades.front(), span, school_year);
    if (!grades.empty()) return core::invalid("roster.class_name_ambiguous", {{"value", shown}});
    int year = reading.entry_year ? *reading.entry_year : *reading.leaving_year;
    return core::invalid("roster.class_entry_year", {{"year", std::to_string(year)}});
}

/// Without 班 and brackets; a dot, hyphen or bracket that divides grade and number becomes one hyphen.
std::string canonical(std::string_view cleaned) {
    std::string out;
    for (std::size_t at = 0; at < cleaned.size();) {
        char32_t c = text::next_character(cleaned, at);
        constexpr std::u32string_view dividers = U"().-_/ （）【】[]〔〕·．、－—<>〈〉";
        if (dividers.find(c) == dividers.npos)
            text::append_character(out, c);
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    std::string_view rest = out;
    while (take_suffix(rest, "-") || take_suffix(rest, "班级") || take_suffix(rest, "班") ||
           take_suffix(rest, "class")) {}
    return std::string(rest);
}

bool looks_like_date(std::string_view text) {
    return text.size() == 10 && text[4] == '-' && text[7] == '-' && all_digits(text.substr(0, 4));
}

/// All readings of a name; an empty list if it is none.
std::vector<Reading> readings_of(std::string const& name) {
    std::string joined = name;
    std::erase(joined, '-');
    if (auto reading = read_by_year(joined)) return {*reading};
    // A divider between digits says where the grade ends: 5-2, 10.3.
    if (auto dash = name.find('-'); dash != name.npos && name.find('-', dash + 1) == name.npos) {
        auto head = std::string_view(name).substr(0, dash), tail = std::string_view(name).substr(dash + 1);
        auto number = read_class_number(tail);
        if (auto grade = read_grade(head); grade && number) return {{grade, {}, {}, {}, *number}};
        if (auto year = read_year(head); year && number) return {{{}, year, {}, {}, *number}};
    }
    if (auto reading = read_by_grade(joined)) return {*reading};
    if (all_digits(joined) && joined.size() > 2) return read_by_digits(joined);
    if (auto number = read_class_number(joined)) return {{{}, {}, {}, {}, *number}};
    return {};
}

}  // namespace

int entry_year_of(int grade, int school_year) {
    return school_year - (grade - stage_first_of(grade));
}

core::Result<ClassName> read_class_name(std::string_view given, GradeSpan span, int school_year) {
    auto shown = std::string(text::truncate_characters(text::clean(given), 40));
    if (looks_like_date(shown)) return core::invalid("roster.class_name_date", {{"value", shown}});
    auto readings = readings_of(canonical(text::search_form(shown)));
    if (readings.empty()) return core::invalid("roster.class_name_unknown", {{"value", shown}});
    auto const& first = readings.front();
    bool number_only = !first.grade && !first.entry_year && !first.leaving_year;
    if (number_only) return ClassName{{}, {}, first.number};
    auto result = place(first, shown, span, school_year);
    for (std::size_t i = 1; i < readings.size(); ++i) {
        auto other = place(readings[i], shown, span, school_year);
        if (!other) continue;
        if (result) return core::invalid("roster.class_name_ambiguous", {{"value", shown}});
        result = std::move(other);
    }
    return result;
}

std::string class_label(int grade, int number) {
    return grade_short_name(grade) + '(' + std::to_string(number) + ")班";
}

std::string cohort_label(int entry_year, int number) {
    return std::to_string(entry_year) + "级" + std::to_string(number) + "班";
}

}  // namespace santong::roster::rules
