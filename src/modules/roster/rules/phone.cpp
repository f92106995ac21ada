#include "modules/roster/rules/phone.hpp"

#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

namespace {

constexpr std::size_t mobile_length = 11;

/// Digits with a leading plus; nothing else is left of blanks, hyphens, dots and parentheses.
std::string digits_of(std::string_view given) {
    auto digits = text::without_blanks(given);
    std::erase_if(digits, [](char c) { return c == '-' || c == '(' || c == ')'; });
    if (digits.starts_with("+86"))
        digits.erase(0, 3);
    else if (digits.starts_with("0086"))
        digits.erase(0, 4);
    else if (digits.size() == mobile_length + 2 && digits.starts_with("861"))
        digits.erase(0, 2);
    return digits;
}

core::Result<Phone> read_landline(std::string const& digits) {
    // 010 and 02x are short area codes; all others have four digits.
    std::size_t code = digits[1] == '1' || digits[1] == '2' ? 3 : 4;
    std::size_t rest = digits.size() - std::min(code, digits.size());
    if (rest != 7 && rest != 8)
        return core::invalid("roster.phone_length", {{"length", std::to_string(digits.size())}});
    return Phone{digits.substr(0, code) + '-' + digits.substr(code), PhoneKind::landline};
}

}  // namespace

core::Result<Phone> read_phone(std::string_view given) {
    auto digits = digits_of(given);
    auto shown = std::string(text::truncate_characters(text::clean(given), 30));
    bool scientific = digits.find_first_of("Ee") != digits.npos && digits.find('.') != digits.npos;
    if (scientific) return core::invalid("roster.phone_ruined", {{"value", shown}});
    if (digits.empty() || digits.find_first_not_of("0123456789") != digits.npos) {
        return core::invalid("roster.phone_characters", {{"value", shown}});
    }
    if (digits.size() > 2 && digits[0] == '0') return read_landline(digits);
    if (digits.size() != mobile_length) {
        return core::invalid("roster.phone_length", {{"length", std::to_string(digits.size())}});
    }
    if (digits[0] != '1' || digits[1] < '3')
        return core::invalid("roster.phone_prefix", {{"prefix", digits.substr(0, 3)}});
    return Phone{digits, PhoneKind::mobile};
}

core::Result<Phone> read_mobile(std::string_view text) {
    auto phone = TRY(read_phone(text));
    if (phone.kind != PhoneKind::mobile) return core::invalid("roster.phone_not_mobile");
    return phone;
}

std::string mask_phone(std::string_view number) {
    auto count = text::count_characters(number);
    if (count < 8) return std::string(count, '*');
    std::string out(text::truncate_characters(number, 3));
    out.append(count - 7, '*');
    out += number.substr(text::truncate_characters(number, count - 4).size());
    return out;
}

}  // namespace santong::roster::rules
