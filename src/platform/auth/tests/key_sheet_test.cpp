#include "platform/auth/key_sheet.hpp"

#include <doctest/doctest.h>

#include "platform/auth/crypto.hpp"

using namespace santong;
using auth::secret_of_sheet;
using auth::sheet_of;

namespace {

std::string const secret = auth::crypto::sha256("a master key");

std::string refusal(std::string const& text) {
    auto const read = secret_of_sheet(text);
    if (read) return {};
    auto const& error = read.error();
    return error.params.contains("number") ? error.key + " " + error.params.at("number") : error.key;
}

/// Where the group of that number begins, counted from one.
std::size_t group_at(std::size_t number) {
    return (number - 1) * 6;
}

}  // namespace

TEST_CASE("a recovery sheet is read as a person types it") {
    auto const sheet = sheet_of(secret);
    CHECK(sheet.size() == auth::sheet_groups * 6 - 1);
    CHECK(secret_of_sheet(sheet).value() == secret);
    std::string typed;
    for (std::size_t number = 1; number <= auth::sheet_groups; ++number) {
        auto group = sheet.substr(group_at(number), 5);
        for (auto& letter : group) {
            if (letter == '0') letter = 'o';
            if (letter == '1') letter = 'l';
            if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
        }
        typed += std::to_string(number) + ". " + group + (number % 4 == 0 ? "\r\n" : "  ");
    }
    CHECK(secret_of_sheet(typed).value() == secret);
}

TEST_CASE("each wrong digit of a recovery sheet is named by its group") {
    auto const sheet = sheet_of(secret);
    for (std::size_t number = 1; number <= auth::sheet_groups; ++number) {
        for (std::size_t place = 0; place < 5; ++place) {
            auto wrong = sheet;
            auto& letter = wrong[group_at(number) + place];
            letter = letter == '7' ? '4' : '7';
            CHECK(refusal(wrong) == "keys.sheet_group " + std::to_string(number));
        }
    }
}

TEST_CASE("groups that changed places, are missing or too many are found") {
    auto const sheet = sheet_of(secret);
    auto const third = sheet.substr(group_at(3), 6);
    auto without = sheet;
    without.erase(group_at(3), 6);
    CHECK(refusal(without) == "keys.sheet_group 3");
    auto moved = without;
    moved.insert(group_at(5), third);
    CHECK(refusal(moved) == "keys.sheet_group 3");
    CHECK(refusal(sheet.substr(0, group_at(17))) == "keys.sheet_length");
    CHECK(refusal(sheet + " 1A2BQ") == "keys.sheet_length");
    CHECK(refusal("") == "keys.sheet_length");
    CHECK(refusal("主密钥") == "keys.sheet_group 1");
}

TEST_CASE("a sheet whose groups are good but belong to two keys is refused as a whole") {
    auto const one = sheet_of(secret);
    auto const other = sheet_of(auth::crypto::sha256("another master key"));
    CHECK(refusal(one.substr(0, group_at(9)) + other.substr(group_at(9))) == "keys.sheet_whole");
    CHECK(auth::fingerprint_of(secret).size() == 39);
    CHECK(auth::fingerprint_of(secret) != auth::fingerprint_of(auth::crypto::sha256("another master key")));
}
