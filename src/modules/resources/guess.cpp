// What a file's name says: "五上 第6单元 平行四边形的面积 课件 (2).pptx".
#include <algorithm>
#include <array>

#include "modules/resources/readers.hpp"
#include "modules/resources/service_author.hpp"
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
std::string title_of(std::string_view name) {
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

/// The chapter with the longest title that stands in the name; its grade and subject must not contradict what is known.
/// A title that several textbooks have (整理和复习) is no guess.
void read_chapter(sql::Tx& tx, std::string const& name, Guess& guess) {
    auto const wanted = text::search_form(name);
    std::size_t longest = 4;  // titles of one ideograph say nothing
    bool ambiguous = false;
    for (auto const& chapter : store::named_chapters(tx)) {
        auto const title = text::search_form(chapter.title);
        if (title.size() < longest || wanted.find(title) == std::string::npos) continue;
        if (guess.grade != 0 && chapter.grade != guess.grade) continue;
        if (guess.term != 0 && chapter.term != guess.term) continue;
        if (!guess.subject.empty() && chapter.subject != guess.subject) continue;
        ambiguous = guess.chapter_id && title.size() == longest;
        longest = title.size();
        guess.textbook_id = chapter.textbook_id;
        guess.chapter_id = chapter.id;
        guess.chapter_title = chapter.title;
    }
    if (ambiguous) {
        guess.textbook_id.reset();
        guess.chapter_id.reset();
        guess.chapter_title.clear();
    }
    if (!guess.chapter_id) return;
    auto const book = store::find_textbook(tx, *guess.textbook_id);
    guess.grade = book->grade;
    guess.term = book->term;
    guess.subject = book->subject;
}

}  // namespace

core::Result<Guess> guess(Library const& library, auth::Caller const& caller, std::string const& file_name) {
    constexpr std::size_t longest_name = 300;
    return library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<Guess> {
        Guess found;
        auto const name = text::clean(text::truncate_bytes(file_name, longest_name));
        found.title = title_of(name);
        for (auto const& kind : kinds) {
            if (!found.kind && has(name, kind.text)) found.kind = static_cast<Kind>(kind.value);
        }
        if (auto const person = roster::person(tx, caller.person)) found.subject = person->subject;
        read_grade(name, found);
        read_chapter(tx, name, found);
        return found;
    });
}

}  // namespace santong::resources
