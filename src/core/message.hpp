#pragma once
#include <string>
#include <string_view>

#include "core/error.hpp"

namespace santong::core {

/// The text of an i18n key in "zh-CN" or "en", parameters filled in: for files, terminals and slips, where no screen
/// translates. The key itself if there is no such text; a parameter that is not given stays empty.
std::string message(std::string_view key, ErrorParams const& params, std::string_view language);
/// Whether there is a text of that key.
bool has_message(std::string_view key);

}  // namespace santong::core
