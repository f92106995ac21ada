#include "platform/auth/masking.hpp"

#include "platform/text/utf8.hpp"

namespace santong::auth {

namespace {

std::string keep_ends(std::string_view text, std::size_t first, std::size_t last) {
    if (text.size() <= first + last) return std::string(text.size(), '*');
    return std::string(text.substr(0, first)) + std::string(text.size() - first - last, '*') +
           std::string(text.substr(text.size() - last));
}

}  // namespace

std::string mask_phone(std::string_view phone) {
    return keep_ends(phone, 3, 4);
}

std::string mask_identity_number(std::string_view number) {
    return keep_ends(number, 6, 2);
}

std::string mask_student_number(std::string_view number) {
    if (!number.empty() && (number[0] == 'G' || number[0] == 'g')) return keep_ends(number, 7, 2);
    return keep_ends(number, 4, 2);
}

std::string mask_name(std::string_view name) {
    std::string masked;
    for (std::size_t at = 0; at < name.size();) {
        auto const sign = text::next_character(name, at);
        if (masked.empty())
            text::append_character(masked, sign);
        else
            masked += '*';
    }
    return masked;
}

std::string normalized_number(std::string_view number) {
    std::string out;
    for (char letter : number) {
        if (letter == ' ' || letter == '-') continue;
        out += letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    }
    return out;
}

std::string normalized_phone(std::string_view phone) {
    std::string out;
    for (char letter : phone) {
        if (letter >= '0' && letter <= '9') out += letter;
    }
    if (out.size() == 13 && out.starts_with("86")) out.erase(0, 2);
    return out;
}

}  // namespace santong::auth
