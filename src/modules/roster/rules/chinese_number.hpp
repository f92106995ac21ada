#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace santong::roster::rules {

/// Reads 0–99 in digits of any width or in Chinese (七, 十二, 二十一, 廿三); nothing for anything else.
std::optional<int> read_small_number(std::string_view text);
/// 0–99 in Chinese: 12 is 十二; other numbers in digits.
std::string chinese_number(int number);

}  // namespace santong::roster::rules
