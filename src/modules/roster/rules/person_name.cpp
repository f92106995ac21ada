#include "modules/roster/rules/person_name.hpp"

#include "platform/text/encoding.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

namespace {

constexpr std::size_t longest_name = 50;

bool is_middle_dot(char32_t c) {
    return c == U'·' || c == U'•' || c == U'・' || c == U'‧' || c == U'∙' || c == U'⋅' || c == U'●' || c == U'．';
}

/// Signs that no name has; digits and letters may stand (李四1 at a school with two of them).
bool is_foreign(char32_t c) {
    constexpr std::u32string_view signs = U"<>\"\\/|{}[]=;:,，。；：！!？?#$%^&*+~`@￥、《》“”";
    return c < 0x20 || signs.find(c) != signs.npos;
}

}  // namespace

core::Result<std::string> read_person_name(std::string_view given) {
    auto cleaned = text::clean(given);
    if (cleaned.empty()) return core::invalid("roster.name_missing");
    if (!text::find_lost_characters(cleaned, 1).empty())
        return core::invalid("roster.name_lost_character", {{"name", cleaned}});
    std::string name;
    char32_t before = 0;
    for (std::size_t at = 0; at < cleaned.size();) {
        char32_t c = text::next_character(cleaned, at);
        bool dot = is_middle_dot(c) || (c == '.' && text::is_han(before));
        if (is_foreign(c)) {
            std::string shown;
            text::append_character(shown, c);
            return core::invalid("roster.name_characters", {{"character", shown}});
        }
        if (c == ' ') {
            std::size_t peek = at;
            if (text::is_han(before) && text::is_han(text::next_character(cleaned, peek))) continue;
        }
        before = dot ? U'·' : c;
        text::append_character(name, before);
    }
    if (text::count_characters(name) > longest_name) {
        return core::invalid("roster.name_too_long", {{"max", std::to_string(longest_name)}});
    }
    return name;
}

}  // namespace santong::roster::rules
