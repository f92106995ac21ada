#include "modules/timetable/sheet_cell.hpp"

#include <algorithm>
#include <array>

#include "platform/text/utf8.hpp"

namespace santong::timetable {

namespace {

constexpr std::array<std::string_view, 7> digits{"一", "二", "三", "四", "五", "六", "七"};

std::string strip(std::string word, std::initializer_list<std::string_view> parts) {
    for (auto const part : parts) {
        if (auto const at = word.find(part); at != std::string::npos) word.erase(at, part.size());
    }
    return word;
}

int number_in(std::string const& word) {
    if (word.size() == 1 && word[0] >= '1' && word[0] <= '9') return word[0] - '0';
    if (word.size() == 2 && word[0] >= '1' && word[0] <= '2' && word[1] >= '0' && word[1] <= '9') {
        return (word[0] - '0') * 10 + word[1] - '0';
    }
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (word == digits[i]) return static_cast<int>(i) + 1;
    }
    if (word == "八") return 8;
    if (word == "九") return 9;
    if (word == "十") return 10;
    return 0;
}

std::vector<std::string> pieces(std::string_view text, std::string_view signs) {
    std::vector<std::string> out;
    std::string piece;
    for (char const sign : text) {
        if (signs.find(sign) == std::string_view::npos) {
            piece += sign;
            continue;
        }
        if (!piece.empty()) out.push_back(std::move(piece));
        piece.clear();
    }
    if (!piece.empty()) out.push_back(std::move(piece));
    return out;
}

/// Takes "(单)", "(双)", "单周", "双周" out of a text.
std::string take_weeks(std::string& text) {
    for (auto const* word : {"(单周)", "(双周)", "(单)", "(双)", "单周", "双周"}) {
        std::string_view const view(word);
        auto const at = text.find(view);
        if (at == std::string::npos) continue;
        text.replace(at, view.size(), " ");
        return view.find("单") != std::string_view::npos ? "单" : "双";
    }
    return {};
}

/// The longest subject that a word begins with: "数学李文静" is 数学 and 李文静.
std::size_t subject_length(std::string const& word, SheetWords const& words) {
    std::size_t longest = 0;
    for (auto const& [title, code] : words.subjects) {
        if (word.starts_with(title)) longest = std::max(longest, title.size());
    }
    return longest;
}

LessonWords one_lesson(std::string text, SheetWords const& words) {
    LessonWords lesson;
    lesson.weeks = take_weeks(text);
    auto parts = pieces(text, " \t\r\n/|,");
    if (parts.empty()) return lesson;
    if (!words.subjects.contains(parts[0])) {
        auto const length = subject_length(parts[0], words);
        if (length > 0) {
            parts.insert(parts.begin() + 1, parts[0].substr(length));
            parts[0].resize(length);
        }
    }
    lesson.subject = parts[0];
    if (parts.size() > 1) lesson.teacher = parts[1];
    for (std::size_t i = 2; i < parts.size(); ++i) lesson.room += (lesson.room.empty() ? "" : " ") + parts[i];
    return lesson;
}

std::optional<WeekParity> parity_of(std::string const& weeks) {
    if (weeks.empty() || weeks == "每周" || weeks == "全" || weeks == "all") return WeekParity::all;
    if (weeks == "单" || weeks == "单周" || weeks == "odd") return WeekParity::odd;
    if (weeks == "双" || weeks == "双周" || weeks == "even") return WeekParity::even;
    return {};
}

std::optional<CellRefusal> find_teacher(Entry& entry, std::string const& name, SheetWords const& words) {
    auto const [first, last] = words.teachers.equal_range(name);
    if (first == last) return CellRefusal{"timetable.import_teacher", {{"name", name}}};
    if (std::next(first) == last) {
        entry.teacher_id = first->second.id;
        return {};
    }
    int fitting = 0;
    for (auto it = first; it != last; ++it) {
        if (it->second.subject != entry.subject) continue;
        ++fitting;
        entry.teacher_id = it->second.id;
    }
    if (fitting == 1) return {};
    entry.teacher_id.reset();
    return CellRefusal{"timetable.import_namesakes", {{"name", name}}};
}

}  // namespace

int weekday_of(std::string_view word) {
    auto const bare = text::without_blanks(word);
    constexpr std::array<std::string_view, 7> english{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};
    auto const folded = text::search_form(bare);
    for (std::size_t i = 0; i < english.size(); ++i) {
        if (folded.starts_with(english[i])) return static_cast<int>(i) + 1;
    }
    auto const rest = strip(bare, {"星期", "礼拜", "周"});
    if (rest == "日" || rest == "天") return bare == rest ? 0 : 7;
    int const number = number_in(rest);
    return number <= 7 ? number : 0;
}

int period_of(std::string_view word) {
    return number_in(strip(text::without_blanks(word), {"第", "节", "课", "period", "Period"}));
}

std::vector<LessonWords> split_cell(std::string_view cell, SheetWords const& words) {
    std::vector<LessonWords> lessons;
    std::string whole(cell);
    for (auto at = whole.find("；"); at != std::string::npos; at = whole.find("；"))
        whole.replace(at, std::string_view("；").size(), ";");
    for (auto& part : pieces(whole, ";")) {
        auto lesson = one_lesson(std::move(part), words);
        if (!lesson.subject.empty()) lessons.push_back(std::move(lesson));
    }
    return lessons;
}

std::optional<CellRefusal> fill(Entry& entry, LessonWords const& lesson, SheetWords const& words) {
    auto const subject = words.subjects.find(text::without_blanks(lesson.subject));
    if (text::without_blanks(lesson.subject).empty()) return CellRefusal{"timetable.import_subject_missing", {}};
    if (subject == words.subjects.end()) return CellRefusal{"timetable.import_subject", {{"name", lesson.subject}}};
    entry.subject = subject->second;
    auto const weeks = parity_of(text::without_blanks(lesson.weeks));
    if (!weeks) return CellRefusal{"timetable.import_weeks", {{"name", lesson.weeks}}};
    entry.week_parity = *weeks;
    entry.room = std::string(text::truncate_characters(lesson.room, 40));
    if (lesson.teacher.empty()) return {};
    return find_teacher(entry, text::without_blanks(lesson.teacher), words);
}

}  // namespace santong::timetable
