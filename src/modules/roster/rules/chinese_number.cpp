#include "modules/roster/rules/chinese_number.hpp"

#include <array>

#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

namespace {

constexpr std::array<std::string_view, 10> digits{"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"};

std::optional<int> digit_of(char32_t c) {
    if (c >= '0' && c <= '9') return static_cast<int>(c - '0');
    if (c == U'〇' || c == U'两') return c == U'〇' ? 0 : 2;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        std::size_t at = 0;
        if (text::next_character(digits[i], at) == c) return static_cast<int>(i);
    }
    return std::nullopt;
}

}  // namespace

std::optional<int> read_small_number(std::string_view given) {
    auto cleaned = text::without_blanks(given);
    int tens = 0, ones = 0, length = 0;
    bool ten_seen = false, arabic = true;
    for (std::size_t at = 0; at < cleaned.size(); ++length) {
        char32_t c = text::next_character(cleaned, at);
        bool twenty = c == U'廿', thirty = c == U'卅';
        arabic = arabic && c < 0x80;
        if (c == U'十' || twenty || thirty) {
            if (ten_seen || (ones != 0 && (twenty || thirty)) || length > 1) return std::nullopt;
            tens = twenty ? 2 : thirty ? 3 : length == 0 ? 1 : ones;
            ones = 0;
            ten_seen = true;
            continue;
        }
        auto digit = digit_of(c);
        if (!digit) return std::nullopt;
        bool second_digit = length == 1 && !ten_seen;
        if (second_digit && !arabic) return std::nullopt;
        if (second_digit) tens = ones;
        ones = *digit;
    }
    if (length == 0 || length > 3 || (length == 3 && !ten_seen)) return std::nullopt;
    return tens * 10 + ones;
}

std::string chinese_number(int number) {
    auto digit = [](int d) { return std::string(digits.at(static_cast<std::size_t>(d))); };
    constexpr int last = 99;
    if (number < 0 || number > last) return std::to_string(number);
    if (number < 10) return digit(number);
    std::string text = number < 20 ? "" : digit(number / 10);
    text += "十";
    if (number % 10 != 0) text += digit(number % 10);
    return text;
}

}  // namespace santong::roster::rules
