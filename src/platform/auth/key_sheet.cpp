#include "platform/auth/key_sheet.hpp"

#include <algorithm>
#include <vector>

#include "platform/auth/crypto.hpp"

namespace santong::auth {

namespace {

constexpr std::size_t digits_of_group = 4;
constexpr std::size_t longest_number = 2;
/// 31 signs that nobody mixes up; a prime, so that every wrong digit and every two changed ones show.
constexpr std::string_view signs = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";
constexpr std::string_view hexadecimal = "0123456789ABCDEF";

char upper(char letter) {
    return letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
}

/// The sign of four digits at a place.
char sign_of(std::string_view digits, std::size_t place) {
    std::size_t sum = 3 * place;
    for (std::size_t i = 0; i < digits_of_group; ++i) sum += (i + 1) * hexadecimal.find(digits[i]);
    return signs[sum % signs.size()];
}

/// Digits of the key, then those of the key as a whole.
std::string digits_of(std::string const& secret) {
    auto text = crypto::hex(secret) +
                crypto::hex(crypto::sha256("santong recovery sheet|" + secret)).substr(0, digits_of_group);
    for (auto& letter : text) letter = upper(letter);
    return text;
}

/// What a hand writes for another sign: O for 0, I and l for 1.
std::string plain(std::string_view word) {
    std::string out;
    for (char const letter : word) {
        char const one = upper(letter);
        out += one == 'O' ? '0' : one == 'I' || one == 'L' ? '1' : one;
    }
    return out;
}

/// Words of the text without the numbers that stand before the groups.
std::vector<std::string> groups_in(std::string_view text) {
    constexpr std::string_view between = " \t\r\n,;-.:";
    std::vector<std::string> groups;
    for (std::size_t at = text.find_first_not_of(between); at != text.npos;) {
        auto const end = std::min(text.find_first_of(between, at), text.size());
        auto const word = plain(text.substr(at, end - at));
        bool const number = word.size() <= longest_number && word.find_first_not_of("0123456789") == word.npos;
        if (!number) groups.push_back(word);
        at = text.find_first_not_of(between, end);
    }
    return groups;
}

bool right(std::string const& group, std::size_t place) {
    return group.size() == digits_of_group + 1 && group.find_first_not_of(hexadecimal) >= digits_of_group &&
           sign_of(group, place) == group.back();
}

std::string bytes_of(std::string const& digits) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes += static_cast<char>(hexadecimal.find(digits[i]) << 4 | hexadecimal.find(digits[i + 1]));
    }
    return bytes;
}

}  // namespace

std::string sheet_of(std::string const& secret) {
    auto digits = digits_of(secret);
    std::string sheet;
    for (std::size_t place = 0; place < sheet_groups; ++place) {
        auto const group = std::string_view(digits).substr(place * digits_of_group, digits_of_group);
        if (place > 0) sheet += ' ';
        sheet += group;
        sheet += sign_of(group, place);
    }
    crypto::wipe(digits);
    return sheet;
}

core::Result<std::string> secret_of_sheet(std::string_view text) {
    auto const groups = groups_in(text);
    std::string digits;
    for (std::size_t place = 0; place < groups.size() && place < sheet_groups; ++place) {
        if (!right(groups[place], place))
            return core::invalid("keys.sheet_group", {{"number", std::to_string(place + 1)}, {"group", groups[place]}});
        if (place + 1 < sheet_groups) digits += groups[place].substr(0, digits_of_group);
    }
    if (groups.size() != sheet_groups)
        return core::invalid("keys.sheet_length",
                             {{"count", std::to_string(groups.size())}, {"wanted", std::to_string(sheet_groups)}});
    auto secret = bytes_of(digits);
    if (digits_of(secret) != digits + groups.back().substr(0, digits_of_group))
        return core::invalid("keys.sheet_whole");
    crypto::wipe(digits);
    return secret;
}

std::string fingerprint_of(std::string const& secret) {
    constexpr std::size_t letters = 32;
    auto const hex = crypto::hex(crypto::sha256("santong master key|" + secret));
    std::string out;
    for (std::size_t i = 0; i < letters; ++i) {
        if (i > 0 && i % digits_of_group == 0) out += ' ';
        out += upper(hex[i]);
    }
    return out;
}

}  // namespace santong::auth
