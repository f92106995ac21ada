#include "modules/resources/guess_words.hpp"

#include <algorithm>
#include <array>

#include "modules/roster/service.hpp"
#include "platform/text/utf8.hpp"

namespace santong::resources {

namespace {

using namespace std::string_view_literals;

struct Word {
    std::string_view text;
    int value;
};

constexpr std::array<Word, 12> grades{{{"一", 1},
                                       {"二", 2},
                                       {"三", 3},
                                       {"四", 4},
                                       {"五", 5},
                                       {"六", 6},
                                       {"七", 7},
                                       {"八", 8},
                                       {"九", 9},
                                       {"高一", 10},
                                       {"高二", 11},
                                       {"高三", 12}}};

constexpr std::array<Word, 22> kinds{
    {{"教案", static_cast<int>(Kind::plan)},        {"教学设计", static_cast<int>(Kind::plan)},
     {"导学案", static_cast<int>(Kind::plan)},      {"说课", static_cast<int>(Kind::plan)},
     {"课件", static_cast<int>(Kind::slides)},      {"幻灯", static_cast<int>(Kind::slides)},
     {"微课", static_cast<int>(Kind::video)},       {"视频", static_cast<int>(Kind::video)},
     {"实录", static_cast<int>(Kind::video)},       {"录音", static_cast<int>(Kind::audio)},
     {"音频", static_cast<int>(Kind::audio)},       {"朗读", static_cast<int>(Kind::audio)},
     {"挂图", static_cast<int>(Kind::picture)},     {"图片", static_cast<int>(Kind::picture)},
     {"练习", static_cast<int>(Kind::exercise)},    {"习题", static_cast<int>(Kind::exercise)},
     {"作业", static_cast<int>(Kind::exercise)},    {"试卷", static_cast<int>(Kind::exercise)},
     {"试题", static_cast<int>(Kind::exercise)},    {"测试", static_cast<int>(Kind::exercise)},
     {"互动", static_cast<int>(Kind::interactive)}, {"游戏", static_cast<int>(Kind::interactive)}}};

bool has(std::string_view name, std::string_view word) {
    return name.find(word) != std::string_view::npos;
}

}  // namespace

/// 五上, 五年级上册, 五年级: the grade and, if said, the volume.
void read_grade(std::string_view name, Guess& guess) {
    for (auto it = grades.rbegin(); it != grades.rend() && guess.grade == 0; ++it) {
        for (auto const after : {"年级"sv, "上"sv, "下"sv}) {
            if (has(name, std::string(it->text) + std::string(after))) guess.grade = it->value;
        }
        if (it->value >= 10 && has(name, it->text)) guess.grade = it->value;
    }
    if (guess.grade == 0) return;
    auto const word = grades[static_cast<std::size_t>(guess.grade) - 1].text;
    auto const rest = name.substr(name.find(word));
    if (has(rest, "上"))
        guess.term = 1;
    else if (has(rest, "下"))
        guess.term = 2;
}

/// The name without its ending, copy marks and underscores.
std::string title_in(std::string_view name) {
    auto const slash = name.find_last_of("/\\");
    if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
    auto const dot = name.rfind('.');
    if (dot != std::string_view::npos && dot > 0 && name.size() - dot <= 6) name = name.substr(0, dot);
    std::string title(name);
    std::ranges::replace(title, '_', ' ');
    for (auto const mark : {" - 副本"sv, "（副本）"sv, "(1)"sv, "(2)"sv, "（1）"sv}) {
        for (auto at = title.find(mark); at != std::string::npos; at = title.find(mark)) title.erase(at, mark.size());
    }
    return std::string(text::truncate_characters(text::clean(title), 80));
}

std::optional<Kind> kind_in(std::string_view name) {
    for (auto const& kind : kinds) {
        if (has(name, kind.text)) return static_cast<Kind>(kind.value);
    }
    return std::nullopt;
}

ChapterNames::ChapterNames(sql::Tx& tx) {
    for (auto& chapter : store::named_chapters(tx)) {
        auto form = text::search_form(chapter.title);
        all_.push_back({std::move(chapter), std::move(form)});
    }
}

void ChapterNames::read(std::string const& name, Guess& guess) const {
    auto const wanted = text::search_form(name);
    std::size_t longest = 4;  // titles of one ideograph say nothing
    bool ambiguous = false;
    Named const* found = nullptr;
    for (auto const& one : all_) {
        auto const& chapter = one.chapter;
        if (one.form.size() < longest || wanted.find(one.form) == std::string::npos) continue;
        if (guess.grade != 0 && chapter.grade != guess.grade) continue;
        if (guess.term != 0 && chapter.term != guess.term) continue;
        if (!guess.subject.empty() && chapter.subject != guess.subject) continue;
        ambiguous = found && one.form.size() == longest;
        longest = one.form.size();
        found = &one;
    }
    if (!found || ambiguous) return;
    guess.textbook_id = found->chapter.textbook_id;
    guess.chapter_id = found->chapter.id;
    guess.chapter_title = found->chapter.title;
    guess.grade = found->chapter.grade;
    guess.term = found->chapter.term;
    guess.subject = found->chapter.subject;
}

namespace {

/// Names by which folders call subjects, besides the titles of the code table.
struct SubjectWord {
    std::string_view text;
    std::string_view code;
};
constexpr std::array<SubjectWord, 8> subject_words{{{"道德与法治", "11"},
                                                    {"品德", "11"},
                                                    {"思想政治", "12"},
                                                    {"体育", "22"},
                                                    {"信息科技", "26"},
                                                    {"计算机", "26"},
                                                    {"综合实践", "60"},
                                                    {"劳动", "62"}}};

std::string subject_in(std::string_view name) {
    for (auto const& subject : roster::subjects()) {
        if (has(name, subject.title)) return subject.code;
    }
    for (auto const& word : subject_words) {
        if (has(name, word.text)) return std::string(word.code);
    }
    return {};
}

/// 5年级 as 五年级.
std::string with_words_for_grades(std::string name) {
    for (std::size_t grade = 1; grade <= 9; ++grade) {
        auto const digits = std::to_string(grade);
        for (auto const after : {"年级"sv, "上"sv, "下"sv}) {
            auto const at = name.find(digits + std::string(after));
            bool const alone = at != std::string::npos && (at == 0 || name[at - 1] < '0' || name[at - 1] > '9');
            if (alone) name.replace(at, 1, grades[grade - 1].text);
        }
    }
    return name;
}

/// The parts of a path, the file's name first, then its folders from the inside out.
std::vector<std::string> parts_of(std::string const& path) {
    std::vector<std::string> parts;
    for (std::size_t to = path.size();;) {
        auto const slash = to == 0 ? std::string::npos : path.rfind('/', to - 1);
        auto const from = slash == std::string::npos ? 0 : slash + 1;
        if (to > from) parts.push_back(with_words_for_grades(text::clean(path.substr(from, to - from))));
        if (slash == std::string::npos) return parts;
        to = slash;
    }
}

/// A name such as "1" or "课件" says nothing without its folder.
std::string title_of(std::vector<std::string> const& parts) {
    constexpr std::size_t says_enough = 4;
    auto title = title_in(parts.front());
    if (text::count_characters(title) >= says_enough || parts.size() < 2) return title;
    return std::string(text::truncate_characters(text::clean(parts[1] + " " + title), 80));
}

}  // namespace

PathGuess guess_of_path(ChapterNames const& chapters, std::string const& path, std::string const& own_subject) {
    PathGuess found;
    auto const parts = parts_of(path);
    if (parts.empty()) return found;
    auto& guess = found.guess;
    guess.title = title_of(parts);
    for (auto const& part : parts) {
        if (guess.subject.empty()) guess.subject = subject_in(part);
        if (!guess.kind) guess.kind = kind_in(part);
        if (guess.grade == 0) read_grade(part, guess);
        if (guess.term == 0 && has(part, "上册")) guess.term = 1;
        if (guess.term == 0 && has(part, "下册")) guess.term = 2;
    }
    found.kind_said = guess.kind.has_value();
    for (auto const& part : parts) {
        if (!guess.chapter_id) chapters.read(part, guess);
    }
    found.subject_said = !guess.subject.empty();
    if (!found.subject_said) guess.subject = own_subject;
    return found;
}

}  // namespace santong::resources
