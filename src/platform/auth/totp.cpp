#include "platform/auth/totp.hpp"

#include "platform/auth/crypto.hpp"

namespace santong::auth::totp {

namespace {

constexpr std::int64_t step_ms = 30'000;

std::string percent_encoded(std::string_view text) {
    std::string out;
    for (char letter : text) {
        bool const plain = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
                           (letter >= '0' && letter <= '9') || letter == '-' || letter == '_' || letter == '.';
        if (plain)
            out += letter;
        else
            out += "%" + crypto::hex(std::string_view(&letter, 1));
    }
    return out;
}

}  // namespace

std::string make_secret() {
    return crypto::random_bytes(20);
}

std::int64_t step_of(core::Instant at) {
    return at.ms / step_ms;
}

std::string code_at(std::string_view secret, std::int64_t step) {
    std::string counter(8, '\0');
    for (int i = 0; i < 8; ++i) counter[7 - i] = static_cast<char>(step >> (8 * i) & 0xFF);
    std::string const mac = crypto::hmac_sha1(secret, counter);
    auto byte = [&](int at) { return static_cast<std::uint32_t>(static_cast<unsigned char>(mac[at])); };
    int const offset = static_cast<int>(byte(19) & 15);
    std::uint32_t const value =
        (byte(offset) & 127) << 24 | byte(offset + 1) << 16 | byte(offset + 2) << 8 | byte(offset + 3);
    std::string const text = std::to_string(value % 1'000'000);
    return std::string(6 - text.size(), '0') + text;
}

std::optional<std::int64_t> matching_step(std::string_view secret, std::string_view code, core::Instant now,
                                          std::int64_t last_used) {
    std::optional<std::int64_t> found;
    for (std::int64_t step = step_of(now) - 1; step <= step_of(now) + 1; ++step) {
        if (crypto::equal(code_at(secret, step), code) && step > last_used) found = step;
    }
    return found;
}

std::string address(std::string_view secret, std::string_view issuer, std::string_view login) {
    return "otpauth://totp/" + percent_encoded(issuer) + ":" + percent_encoded(login) +
           "?secret=" + crypto::base32(secret) + "&issuer=" + percent_encoded(issuer) +
           "&algorithm=SHA1&digits=6&period=30";
}

}  // namespace santong::auth::totp
