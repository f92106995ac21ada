#include "modules/roster/rules/dates.hpp"

#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

namespace {

constexpr int first_serial = 7'306;  // 1920-01-01 in a spreadsheet
constexpr int last_serial = 73'050;  // 2099-12-31
constexpr int serial_of_1970 = 25'569;
constexpr std::int32_t longest_life_days = 120 * 366;

int to_int(std::string_view digits) {
    int value = -1;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

bool all_digits(std::string_view text) {
    return !text.empty() && text.find_first_not_of("0123456789") == text.npos;
}

/// "2012年9月1日" becomes "2012-9-1", "2012.9.1 08:00" too: digits and letters stay, other runs become one hyphen.
std::string canonical(std::string_view given) {
    auto cleaned = text::clean(given);
    if (auto time = cleaned.find_first_of(" T"); time != cleaned.npos && cleaned.find(':', time) != cleaned.npos) {
        cleaned.resize(time);
    }
    std::string out;
    for (std::size_t at = 0; at < cleaned.size();) {
        char32_t c = text::next_character(cleaned, at);
        bool sign = c == '-' || c == '.' || c == '/' || c == ' ' || c == U'年' || c == U'月' || c == U'日' ||
                    c == U'号' || c == U'。' || c == U'、' || c == U'－' || c == U'—' || c == U'–';
        if (!sign)
            text::append_character(out, c);
        else if (!out.empty() && out.back() != '-')
            out += '-';
    }
    if (out.ends_with('-')) out.pop_back();
    return out;
}

/// With the letters that look like digits replaced; nothing if there are none or others remain.
std::optional<std::string> without_letters(std::string_view text) {
    std::string out;
    bool changed = false;
    for (char c : text) {
        char digit = c == 'l' || c == 'I' || c == 'i' ? '1' : c == 'O' || c == 'o' ? '0' : c;
        if (digit != '-' && (digit < '0' || digit > '9')) return std::nullopt;
        changed = changed || digit != c;
        out += digit;
    }
    return changed ? std::optional(out) : std::nullopt;
}

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    while (true) {
        auto end = text.find('-');
        parts.push_back(text.substr(0, end));
        if (end == text.npos) return parts;
        text.remove_prefix(end + 1);
    }
}

core::Error unknown(std::string_view given) {
    return core::invalid("roster.date_unknown", {{"value", std::string(text::truncate_characters(given, 40))}});
}

core::Result<core::LocalDate> make(int year, int month, int day) {
    if (month < 1 || month > 12) return core::invalid("roster.date_no_such_month", {{"month", std::to_string(month)}});
    if (core::LocalDate::exists(year, month, day)) {
        return core::LocalDate{static_cast<std::int16_t>(year), static_cast<std::int8_t>(month),
                               static_cast<std::int8_t>(day)};
    }
    int last = 31;
    while (last > 28 && !core::LocalDate::exists(year, month, last)) --last;
    return core::invalid("roster.date_no_such_day", {{"year", std::to_string(year)},
                                                     {"month", std::to_string(month)},
                                                     {"day", std::to_string(day)},
                                                     {"last_day", std::to_string(last)}});
}

bool plausible_year(int year) {
    return year >= 1900 && year <= 2099;
}

enum class Precision { day, day_or_month };

core::Result<core::LocalDate> read_compact(std::string_view digits, std::string_view given, Precision precision) {
    if (digits.size() == 8 && plausible_year(to_int(digits.substr(0, 4)))) {
        return make(to_int(digits.substr(0, 4)), to_int(digits.substr(4, 2)), to_int(digits.substr(6)));
    }
    if (digits.size() == 6 && precision == Precision::day_or_month && plausible_year(to_int(digits.substr(0, 4)))) {
        return make(to_int(digits.substr(0, 4)), to_int(digits.substr(4)), 1);
    }
    int serial = digits.size() <= 5 ? to_int(digits) : 0;
    if (serial >= first_serial && serial <= last_serial)
        return core::LocalDate::from_day_number(serial - serial_of_1970);
    if (digits.size() == 6) return core::invalid("roster.date_short_year", {{"value", std::string(given)}});
    return unknown(given);
}

core::Result<core::LocalDate> read(std::string_view given, Precision precision) {
    auto cleaned = text::clean(given);
    auto text = canonical(given);
    if (auto suggestion = without_letters(text)) {
        return core::invalid("roster.date_letter", {{"value", cleaned}, {"suggestion", *suggestion}});
    }
    auto parts = split(text);
    for (auto part : parts) {
        if (!all_digits(part) || part.size() > 8) return unknown(cleaned);
    }
    if (parts.size() == 1) return read_compact(parts[0], cleaned, precision);
    // A serial with a fraction of a day: 41153.5.
    if (parts.size() == 2 && parts[0].size() == 5) return read_compact(parts[0], cleaned, precision);
    if (parts.size() > 3) return unknown(cleaned);
    if (parts.back().size() == 4 && parts.size() == 3) return core::invalid("roster.date_order", {{"value", cleaned}});
    if (parts[0].size() == 2) return core::invalid("roster.date_short_year", {{"value", cleaned}});
    if (parts[0].size() != 4 || !plausible_year(to_int(parts[0])) || parts[1].size() > 2) return unknown(cleaned);
    if (parts.size() == 3)
        return parts[2].size() > 2 ? unknown(cleaned) : make(to_int(parts[0]), to_int(parts[1]), to_int(parts[2]));
    if (precision == Precision::day) return unknown(cleaned);
    return make(to_int(parts[0]), to_int(parts[1]), 1);
}

}  // namespace

core::Result<core::LocalDate> read_date(std::string_view text) {
    return read(text, Precision::day);
}

core::Result<core::LocalDate> read_month(std::string_view text) {
    return read(text, Precision::day_or_month);
}

core::Result<void> check_birth_date(core::LocalDate birth, core::LocalDate today) {
    if (birth > today) return core::invalid("roster.birth_future", {{"birth", birth.text()}});
    bool too_early = today.day_number() - birth.day_number() > longest_life_days;
    if (too_early) return core::invalid("roster.birth_too_early", {{"birth", birth.text()}});
    return {};
}

}  // namespace santong::roster::rules
