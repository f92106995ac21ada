#include "modules/roster/people_search.hpp"

#include <algorithm>

#include "platform/text/utf8.hpp"

namespace santong::roster {

namespace {

/// The letters of a search as first letters of pinyin: zhls is z, l, s.
std::string as_initials(std::string const& letters) {
    std::string out;
    for (std::size_t i = 0; i < letters.size(); ++i) {
        bool const second =
            letters[i] == 'h' && i > 0 && std::string_view("zcs").find(letters[i - 1]) != std::string::npos;
        if (!second) out += letters[i];
    }
    return out;
}

}  // namespace

void read_search(std::string const& q, store::PeopleFilter& filter) {
    filter.name_part = text::truncate_characters(text::search_form(q), longest_search);
    auto const compact = text::without_blanks(filter.name_part);
    bool const latin = !compact.empty() && std::ranges::all_of(compact, [](unsigned char c) { return c < 0x80; });
    if (!latin) return;
    filter.letters = compact;
    filter.initials = as_initials(compact);
}

}  // namespace santong::roster
