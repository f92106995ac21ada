#include "platform/text/search.hpp"

#include <unicode/brkiter.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <stdexcept>

#include "platform/text/utf8.hpp"

namespace santong::text {

namespace {

constexpr std::size_t longest_query = 400;  // bytes; nobody types more into a search box

struct Word {
    std::string text;
    bool han = false;
};

icu::BreakIterator& word_breaker() {
    thread_local std::unique_ptr<icu::BreakIterator> breaker;
    if (!breaker) {
        UErrorCode status = U_ZERO_ERROR;
        breaker.reset(icu::BreakIterator::createWordInstance(icu::Locale::getChina(), status));
        if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU cannot find words: ") + u_errorName(status));
    }
    return *breaker;
}

/// The words of a text without its punctuation; a gap in the text is an empty word.
std::vector<Word> words_of(std::string_view text) {
    auto units = icu::UnicodeString::fromUTF8(search_form(text));
    auto& breaker = word_breaker();
    breaker.setText(units);
    std::vector<Word> words;
    std::int32_t from = breaker.first();
    for (std::int32_t to = breaker.next(); to != icu::BreakIterator::DONE; from = to, to = breaker.next()) {
        Word word;
        UChar32 first = units.char32At(from);
        word.han = is_han(static_cast<char32_t>(first));
        // Signs inside a word (3.5, don't) would be cut by the databases' own tokenizers: cut them here, for both
        // alike.
        for (std::int32_t at = from; at < to; at = units.moveIndex32(at, 1)) {
            UChar32 c = units.char32At(at);
            bool kept = u_isalnum(c) || u_getCombiningClass(c) != 0 || u_charType(c) == U_COMBINING_SPACING_MARK;
            if (kept) {
                append_character(word.text, static_cast<char32_t>(c));
            } else if (!word.text.empty()) {
                words.push_back(word);
                word.text.clear();
            }
        }
        words.push_back(std::move(word));
    }
    return words;
}

std::vector<std::string> characters_of(std::string_view text) {
    std::vector<std::string> characters;
    for (std::size_t at = 0; at < text.size();) {
        std::size_t from = at;
        next_character(text, at);
        characters.emplace_back(text.substr(from, at - from));
    }
    return characters;
}

enum class RunEnd { closed, open };

/// Pairs of a run of ideographs. A closed run gives its last character too, so that every character begins a token.
void append_pairs(std::vector<std::string>& tokens, std::string_view run, RunEnd end) {
    auto characters = characters_of(run);
    for (std::size_t i = 0; i + 1 < characters.size(); ++i) tokens.push_back(characters[i] + characters[i + 1]);
    if (end == RunEnd::closed || characters.size() == 1) tokens.push_back(characters.back());
}

/// Tokens of a row of words without gaps, as they stand in the index.
std::vector<std::string> tokens_of(std::vector<Word> const& words, RunEnd end) {
    std::vector<std::string> tokens;
    std::string run;
    for (auto const& word : words) {
        if (word.han) {
            run += word.text;
            continue;
        }
        if (!run.empty()) append_pairs(tokens, run, RunEnd::closed);
        run.clear();
        if (!word.text.empty()) tokens.push_back(word.text);
    }
    if (!run.empty()) append_pairs(tokens, run, end);
    return tokens;
}

bool single_ideograph(Word const& word) {
    return word.han && count_characters(word.text) == 1;
}

/// Takes a row of words apart where a dictionary word ends. Single ideographs that stand together stay together
/// (课|件), and a lone one stays with the word before it (教研|员).
std::vector<std::vector<Word>> units_of(std::vector<Word> const& words) {
    std::vector<std::vector<Word>> units;
    bool open = false;  // the unit may still grow by single ideographs
    for (std::size_t i = 0; i < words.size(); ++i) {
        bool single = single_ideograph(words[i]);
        bool pair_follows = single && i + 1 < words.size() && single_ideograph(words[i + 1]);
        bool grows = !units.empty() && single && (open || !pair_follows);
        if (grows)
            units.back().push_back(words[i]);
        else
            units.push_back({words[i]});
        open = single && (grows ? open : true);
    }
    return units;
}

Phrase phrase_of(std::vector<Word> const& unit) {
    Phrase phrase{tokens_of(unit, RunEnd::open), false};
    phrase.open_end = !unit.back().han || single_ideograph(Word{phrase.tokens.back(), true});
    return phrase;
}

std::string join(std::vector<std::string> const& parts, std::string_view separator) {
    std::string out;
    for (auto const& part : parts) {
        if (!out.empty()) out += separator;
        out += part;
    }
    return out;
}

}  // namespace

std::string index_text(std::string_view text) {
    return join(tokens_of(words_of(text), RunEnd::closed), " ");
}

std::vector<Phrase> query_tokens(std::string_view query) {
    std::vector<Phrase> phrases;
    std::vector<Word> row;
    auto close_row = [&] {
        for (auto const& unit : units_of(row)) {
            auto phrase = phrase_of(unit);
            if (std::find(phrases.begin(), phrases.end(), phrase) == phrases.end())
                phrases.push_back(std::move(phrase));
        }
        row.clear();
    };
    for (auto& word : words_of(truncate_bytes(query, longest_query))) {
        if (word.text.empty())
            close_row();
        else
            row.push_back(std::move(word));
    }
    close_row();
    return phrases;
}

std::string fts_match_sqlite(std::string_view query) {
    std::vector<std::string> parts;
    for (auto const& phrase : query_tokens(query)) {
        parts.push_back('"' + join(phrase.tokens, " ") + (phrase.open_end ? "\" *" : "\""));
    }
    return join(parts, " AND ");
}

std::string fts_match_postgresql(std::string_view query) {
    std::vector<std::string> parts;
    for (auto const& phrase : query_tokens(query)) {
        std::vector<std::string> quoted;
        for (auto const& token : phrase.tokens) quoted.push_back('\'' + token + '\'');
        if (phrase.open_end) quoted.back() += ":*";
        parts.push_back('(' + join(quoted, " <-> ") + ')');
    }
    return join(parts, " & ");
}

}  // namespace santong::text
