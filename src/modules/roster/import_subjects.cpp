#include "modules/roster/import_subjects.hpp"

#include <algorithm>
#include <vector>

#include "modules/roster/service.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster {

namespace {

/// A subject with the names that schools write: 思想品德（政治） is also 思想品德 and 政治.
struct NamedSubject {
    std::string code;
    std::vector<std::string> names;  ///< in search form, the title first
};

std::vector<NamedSubject> named_subjects() {
    std::vector<NamedSubject> known;
    for (auto const& subject : subjects()) {
        auto const title = text::search_form(subject.title);
        known.push_back({subject.code, {title}});
        auto const open = title.find('('), close = title.find(')');
        if (open == title.npos || close == title.npos || close < open) continue;
        known.back().names.push_back(title.substr(0, open));
        known.back().names.push_back(title.substr(open + 1, close - open - 1));
    }
    return known;
}

/// 体育 is 体育与健康 as long as no other subject begins so.
std::string code_of_beginning(std::vector<NamedSubject> const& known, std::string const& wanted) {
    constexpr std::size_t fewest_characters = 2;
    if (text::count_characters(wanted) < fewest_characters) return {};
    NamedSubject const* found = nullptr;
    for (auto const& subject : known) {
        if (!subject.names[0].starts_with(wanted)) continue;
        if (found && found->names[0] != subject.names[0]) return {};
        if (!found) found = &subject;
    }
    return found ? found->code : std::string();
}

}  // namespace

std::string code_of_subject(std::string const& text) {
    static auto const known = named_subjects();
    auto const wanted = text::search_form(text);
    for (auto const& subject : known) {
        if (subject.code == text || std::ranges::find(subject.names, wanted) != subject.names.end())
            return subject.code;
    }
    for (auto const& subject : known) {
        if (wanted.starts_with(subject.names[0])) return subject.code;
    }
    return code_of_beginning(known, wanted);
}

}  // namespace santong::roster
