#pragma once
#include <optional>
#include <string_view>

#include "core/described.hpp"

namespace santong::roster::rules {

/// 性别 by GB/T 2261.1.
enum class Sex : int { unknown = 0, male = 1, female = 2, unspecified = 9 };
BOOST_DESCRIBE_ENUM(Sex, unknown, male, female, unspecified)

/// Reads 男, 女性, M, female, 1, 2 …; nothing for anything else.
std::optional<Sex> read_sex(std::string_view text);
/// "0", "1", "2" or "9".
std::string_view sex_code(Sex sex);

}  // namespace santong::roster::rules
