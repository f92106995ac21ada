#include "platform/text/number_cell.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstdio>

#include "core/time.hpp"
#include "platform/text/utf8.hpp"

namespace santong::text {

namespace {

constexpr double last_serial = 2'958'465;  // 9999-12-31
constexpr double exact_below = 1e15;       // spreadsheets keep 15 digits

/// Not printf: its decimal point follows the locale.
std::string format_double(double value, std::chars_format form, int precision) {
    std::array<char, 512> buffer{};
    auto [end, error] = std::to_chars(buffer.data(), buffer.data() + buffer.size(), value, form, precision);
    return {buffer.data(), end};
}

std::string plain_text(double value) {
    if (value == std::floor(value)) return format_double(value, std::chars_format::fixed, 0);
    return format_double(value, std::chars_format::general, 15);
}

std::string date_text(double serial, DateSystem system) {
    auto days = static_cast<std::int32_t>(std::floor(serial));
    // The calendar from 1900 counts a 29 February that did not exist, as day 60.
    int shift = system == DateSystem::from_1904 ? 24'107 : days < 60 ? 25'568 : 25'569;
    return core::LocalDate::from_day_number(days - shift).text();
}

std::string time_text(double serial) {
    int minutes = static_cast<int>(std::lround((serial - std::floor(serial)) * 1440)) % 1440;
    std::array<char, 8> buffer{};
    std::snprintf(buffer.data(), buffer.size(), "%02d:%02d", minutes / 60 % 24, minutes % 60);
    return buffer.data();
}

Cell dated_cell(double serial, NumberStyle style, DateSystem system) {
    if (style.kind == NumberStyleKind::time && serial < 1) return {CellKind::time, time_text(serial), false, false};
    Cell cell{CellKind::date, date_text(serial, system), false, false};
    bool has_time = serial - std::floor(serial) > 1.0 / 2880;
    if (has_time && style.kind != NumberStyleKind::date) cell.text += ' ' + time_text(serial);
    return cell;
}

bool all_zeros(std::string_view format) {
    return format.size() > 1 && format.find_first_not_of('0') == format.npos;
}

/// Without the parts that are shown as they are: "…" literals, [colours], \x and _x; only the first section.
std::string format_letters(std::string_view format) {
    std::string letters;
    for (std::size_t i = 0; i < format.size(); ++i) {
        char c = format[i];
        if (c == ';') break;
        if (c == '"')
            i = std::min(format.find('"', i + 1), format.size());
        else if (c == '[') {
            auto end = std::min(format.find(']', i), format.size());
            auto inside = format.substr(i + 1, end - i - 1);
            if (inside == "h" || inside == "hh" || inside == "m" || inside == "mm") letters += 'h';
            i = end;
        } else if (c == '\\' || c == '_' || c == '*')
            ++i;
        else if (c >= 'A' && c <= 'Z')
            letters += static_cast<char>(c + ('a' - 'A'));
        else
            letters += c;
    }
    return letters;
}

}  // namespace

NumberStyle style_of_format(std::string_view format) {
    if (all_zeros(format)) return {NumberStyleKind::padded, static_cast<int>(std::min<std::size_t>(format.size(), 32))};
    auto letters = format_letters(format);
    if (letters.find("general") != letters.npos) return {};
    auto has = [&letters](char c) { return letters.find(c) != letters.npos; };
    bool day = has('y') || has('d') || (has('e') && has('m'));
    bool hour = has('h') || (has('s') && has(':'));
    if (day || (has('m') && !hour)) return {hour ? NumberStyleKind::date_time : NumberStyleKind::date, 0};
    return {hour ? NumberStyleKind::time : NumberStyleKind::plain, 0};
}

NumberStyle style_of_builtin(int number) {
    auto between = [number](int from, int to) { return number >= from && number <= to; };
    if (number == 22) return {NumberStyleKind::date_time, 0};
    if (between(18, 21) || between(32, 35) || between(45, 47) || between(55, 56)) return {NumberStyleKind::time, 0};
    if (between(14, 17) || between(27, 31) || number == 36 || between(50, 54) || between(57, 58)) {
        return {NumberStyleKind::date, 0};
    }
    return {};
}

Cell number_cell(double value, NumberStyle style, DateSystem system) {
    if (!std::isfinite(value)) return {CellKind::error, "#NUM!", false, false};
    bool dated = style.kind != NumberStyleKind::plain && style.kind != NumberStyleKind::padded;
    if (dated && value >= 0 && value <= last_serial) return dated_cell(value, style, system);
    if (std::abs(value) >= exact_below) return {CellKind::number, plain_text(std::floor(value)), true, false};
    Cell cell{CellKind::number, plain_text(value), false, false};
    if (style.kind == NumberStyleKind::padded && value >= 0 &&
        cell.text.size() < static_cast<std::size_t>(style.digits)) {
        cell.text.insert(0, static_cast<std::size_t>(style.digits) - cell.text.size(), '0');
    }
    return cell;
}

Cell number_cell(std::string_view written, NumberStyle style, DateSystem system) {
    written = trim(written);
    double value = 0;
    auto [end, error] = std::from_chars(written.data(), written.data() + written.size(), value);
    if (error != std::errc{} || end != written.data() + written.size()) return text_cell(written);
    auto cell = number_cell(value, style, system);
    if (cell.ruined) cell.text = std::string(written);
    return cell;
}

namespace {

/// d.dddE+dd with an exponent that a long number would have.
bool is_scientific(std::string_view text) {
    auto mark = text.find_first_of("Ee");
    if (mark == text.npos || mark == 0 || mark > 20 || text.front() < '0' || text.front() > '9') return false;
    auto digits = text.substr(0, mark), exponent = text.substr(mark + 1);
    if (digits.find_first_not_of("0123456789.") != digits.npos) return false;
    if (exponent.starts_with('+')) exponent.remove_prefix(1);
    int power = 0;
    auto [end, error] = std::from_chars(exponent.data(), exponent.data() + exponent.size(), power);
    return error == std::errc{} && end == exponent.data() + exponent.size() && power >= 8 && power < 100;
}

}  // namespace

Cell text_cell(std::string_view text) {
    Cell cell{CellKind::text, clean(text), false, false};
    if (cell.text.empty()) cell.kind = CellKind::empty;
    cell.ruined = is_scientific(cell.text);
    return cell;
}

}  // namespace santong::text
