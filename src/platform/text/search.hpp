#pragma once
// Chinese full text (DESIGN 3). Ideographs are indexed as overlapping pairs, so that a phrase of pairs finds exactly
// the text that was typed, whatever a dictionary thinks of it (ICU splits 课|件); ICU's words decide where a long query
// may be taken apart, and delimit every other script.
#include <string>
#include <string_view>
#include <vector>

namespace santong::text {

/// Tokens of a text, joined by spaces: for an FTS5 column, or `to_tsvector('simple', …)`.
std::string index_text(std::string_view text);

/// Tokens that must follow each other in the index.
struct Phrase {
    std::vector<std::string> tokens;
    bool open_end = false;  ///< the last token may be the beginning of a longer one

    bool operator==(Phrase const&) const = default;
};

/// What a person typed, as phrases that must all be found. Empty if nothing in it can be searched for.
std::vector<Phrase> query_tokens(std::string_view query);

/// For `… MATCH $n` on an FTS5 table with the tokenizer unicode61; empty if nothing can be searched for.
std::string fts_match_sqlite(std::string_view query);
/// For `… @@ to_tsquery('simple', $n)`; empty if nothing can be searched for.
std::string fts_match_postgresql(std::string_view query);

}  // namespace santong::text
