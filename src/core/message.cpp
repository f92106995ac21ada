#include "core/message.hpp"

#include <map>

#include "core/embedded.hpp"
#include "core/json.hpp"

namespace santong::core {

namespace {

using Texts = std::map<std::string, std::string>;

std::map<std::string, Texts, std::less<>> load() {
    std::map<std::string, Texts, std::less<>> languages;
    for (auto const& file : embedded::texts()) {
        auto texts = json::read<Texts>(file.bytes);
        languages.emplace(file.path.substr(0, file.path.rfind('.')), std::move(texts).value());
    }
    return languages;
}

Texts const& texts_of(std::string_view language) {
    static auto const languages = load();
    auto const found = languages.find(language);
    return found == languages.end() ? languages.at("zh-CN") : found->second;
}

}  // namespace

std::string message(std::string_view key, ErrorParams const& params, std::string_view language) {
    auto const& texts = texts_of(language);
    auto const found = texts.find(std::string(key));
    if (found == texts.end()) return std::string(key);
    std::string out;
    std::string_view rest = found->second;
    while (!rest.empty()) {
        auto const open = rest.find('{');
        auto const close = open == std::string_view::npos ? open : rest.find('}', open);
        if (close == std::string_view::npos) break;
        out += rest.substr(0, open);
        auto const value = params.find(std::string(rest.substr(open + 1, close - open - 1)));
        if (value != params.end()) out += value->second;
        rest.remove_prefix(close + 1);
    }
    return out.append(rest);
}

bool has_message(std::string_view key) {
    return texts_of("zh-CN").contains(std::string(key));
}

}  // namespace santong::core
