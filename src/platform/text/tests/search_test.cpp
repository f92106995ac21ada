#include "platform/text/search.hpp"

#include <doctest/doctest.h>

#include <algorithm>

using namespace santong;

namespace {

std::vector<std::string> split(std::string const& joined) {
    std::vector<std::string> tokens;
    for (std::size_t from = 0; from < joined.size();) {
        auto to = std::min(joined.find(' ', from), joined.size());
        tokens.push_back(joined.substr(from, to - from));
        from = to + 1;
    }
    return tokens;
}

bool has_phrase(std::vector<std::string> const& tokens, text::Phrase const& phrase) {
    for (std::size_t from = 0; from + phrase.tokens.size() <= tokens.size(); ++from) {
        bool same = true;
        for (std::size_t i = 0; i < phrase.tokens.size(); ++i) {
            bool open = phrase.open_end && i + 1 == phrase.tokens.size();
            auto const& token = tokens[from + i];
            same = same && (open ? token.starts_with(phrase.tokens[i]) : token == phrase.tokens[i]);
        }
        if (same) return true;
    }
    return false;
}

/// What both databases do with the tokens.
bool finds(std::string_view query, std::string_view document) {
    auto tokens = split(text::index_text(document));
    auto phrases = text::query_tokens(query);
    return !phrases.empty() &&
           std::all_of(phrases.begin(), phrases.end(), [&](auto const& p) { return has_phrase(tokens, p); });
}

}  // namespace

TEST_CASE("words that a dictionary splits are found") {
    CHECK(finds("课件", "三年级数学课件（2014版）"));
    CHECK(finds("数学课件", "三年级数学课件（2014版）"));
    CHECK(finds("微课", "《荷塘月色》微课一则"));
    CHECK(finds("班班通", "大通湖区班班通设备"));
    CHECK(finds("教研员", "小学语文教研员"));
    CHECK(finds("大通湖", "大通湖区第一中学"));
    CHECK_FALSE(finds("课件", "这节课，件件事都好"));
    CHECK_FALSE(finds("件课", "课件"));
}

TEST_CASE("one ideograph finds every text that has it") {
    CHECK(finds("课", "微课"));
    CHECK(finds("微", "微课"));
    CHECK(finds("湖", "大通湖"));
    CHECK_FALSE(finds("海", "大通湖"));
}

TEST_CASE("a long query is taken apart at words, in any order") {
    CHECK(finds("数学 课件", "课件：三年级数学"));
    CHECK(finds("三年级数学", "数学（三年级）"));
    CHECK_FALSE(finds("三年级英语", "数学（三年级）"));
}

TEST_CASE("letters, digits and widths do not matter") {
    CHECK(finds("ＥＮＧＬＩＳＨ", "Unit 3 English song"));
    CHECK(finds("engl", "Unit 3 English song"));
    CHECK(finds("2014版", "课件2014版"));
    CHECK(finds("课件2014", "课件2014版"));
    CHECK(finds("3.5", "共 3.5 小时"));
}

TEST_CASE("a query of signs finds nothing and breaks nothing") {
    CHECK(text::query_tokens("\"'*:()&|!<->").empty());
    CHECK(text::fts_match_sqlite("\" OR 1=1 --") == "\"or\" * AND \"1\" *");
    CHECK(text::fts_match_sqlite("").empty());
    CHECK(text::fts_match_postgresql("' | !!").empty());
}

TEST_CASE("a query is written for each database") {
    CHECK(text::fts_match_sqlite("大通湖 english") == "\"大通 通湖\" AND \"english\" *");
    CHECK(text::fts_match_postgresql("大通湖 english") == "('大通' <-> '通湖') & ('english':*)");
    CHECK(text::index_text("大通湖 English-3") == "大通 通湖 湖 english 3");
}
