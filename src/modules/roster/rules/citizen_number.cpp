#include "modules/roster/rules/citizen_number.hpp"

#include <algorithm>
#include <array>

#include "modules/roster/rules/dates.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

namespace {

constexpr std::size_t modern_length = 18;
constexpr std::size_t old_length = 15;

/// Provinces of GB/T 2260; 81–83 stand on residence permits for people from Hong Kong, Macao and Taiwan.
constexpr std::array<std::string_view, 35> provinces{
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42", "43",
    "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82", "83"};

bool scientific(std::string_view text) {
    return text.find_first_of("Ee") != text.npos && text.find_first_not_of("0123456789.Ee+") == text.npos;
}

std::string normalised(std::string_view given) {
    auto number = text::without_blanks(given);
    std::erase(number, '-');
    if (number.starts_with('\'')) number.erase(0, 1);
    constexpr std::string_view times = "×";  // typed for X
    if (number.ends_with(times)) number.replace(number.size() - times.size(), times.size(), "X");
    if (number.ends_with('x')) number.back() = 'X';
    return number;
}

/// Refuses what is no digit, X excepted at the 18th place.
core::Result<void> check_characters(std::string_view number) {
    std::size_t place = 1;
    for (std::size_t at = 0; at < number.size(); ++place) {
        std::size_t from = at;
        char32_t c = text::next_character(number, at);
        bool digit = c >= '0' && c <= '9';
        bool check = c == 'X' && place == modern_length && at == number.size();
        if (digit || check) continue;
        return core::invalid(
            "roster.citizen_number_characters",
            {{"place", std::to_string(place)}, {"character", std::string(number.substr(from, at - from))}});
    }
    return {};
}

core::Result<core::LocalDate> birth_of(std::string_view eight_digits, core::LocalDate today) {
    auto birth = read_date(eight_digits);
    if (!birth) return core::invalid("roster.citizen_number_birth", {{"birth", std::string(eight_digits)}});
    TRY_VOID(check_birth_date(*birth, today));
    return birth;
}

core::Result<void> check_last(std::string_view number) {
    char expected = citizen_check_character(number.substr(0, 17));
    if (number[17] == expected) return {};
    // Fifteen digits are what a spreadsheet keeps of a number; the rest it makes zeros.
    if (number.ends_with("000")) return core::invalid("roster.citizen_number_ruined");
    return core::invalid("roster.citizen_number_check",
                         {{"expected", std::string(1, expected)}, {"found", std::string(1, number[17])}});
}

}  // namespace

char citizen_check_character(std::string_view digits) {
    static constexpr std::array<int, 17> weights{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    static constexpr std::string_view characters = "10X98765432";
    int sum = 0;
    for (std::size_t i = 0; i < weights.size() && i < digits.size(); ++i) sum += (digits[i] - '0') * weights[i];
    return characters[static_cast<std::size_t>(sum % 11)];
}

bool is_plausible_region(std::string_view region) {
    if (region.size() != 6 || region.find_first_not_of("0123456789") != region.npos) return false;
    bool province = std::find(provinces.begin(), provinces.end(), region.substr(0, 2)) != provinces.end();
    return province && region.substr(2) != "0000";
}

core::Result<CitizenNumber> read_citizen_number(std::string_view given, core::LocalDate today) {
    auto number = normalised(given);
    if (scientific(number)) return core::invalid("roster.citizen_number_ruined");
    TRY_VOID(check_characters(number));
    bool old_form = number.size() == old_length;
    if (!old_form && number.size() != modern_length) {
        return core::invalid("roster.citizen_number_length", {{"length", std::to_string(number.size())}});
    }
    if (old_form) {
        number.insert(6, "19");
        number += citizen_check_character(number);
    }
    auto region = number.substr(0, 6);
    if (!is_plausible_region(region)) return core::invalid("roster.citizen_number_region", {{"region", region}});
    auto birth = TRY(birth_of(std::string_view(number).substr(6, 8), today));
    TRY_VOID(check_last(number));
    auto sex = (number[16] - '0') % 2 == 1 ? Sex::male : Sex::female;
    return CitizenNumber{number, region, birth, sex, old_form};
}

std::string mask_citizen_number(std::string_view number) {
    if (number.size() < old_length) return std::string(text::count_characters(number), '*');
    return std::string(number.substr(0, 6)) + std::string(number.size() - 10, '*') +
           std::string(number.substr(number.size() - 4));
}

}  // namespace santong::roster::rules
