#pragma once
// What the program says on the console, in Chinese and in English.
#include <string>
#include <string_view>

namespace santong::helper {

/// The words of a key with {1} and {2} put in; `language` is "zh" or "en".
std::string words(std::string_view language, std::string_view key, std::string const& one = {},
                  std::string const& two = {});

}  // namespace santong::helper
