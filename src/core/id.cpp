#include "core/id.hpp"

#include <openssl/evp.h>
#include <openssl/rand.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <random>

#include "core/assert.hpp"
#include "core/time.hpp"

namespace santong::core {

namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Repeatable source of the whole process; null when identifiers are random.
struct Seeded {
    std::mt19937_64 random;
    std::int64_t ms = 0;
};
std::atomic<Seeded*> seeded = nullptr;
std::mutex seeded_mutex;

/// Milliseconds in 48 bits, then 12 bits that count within the millisecond, then 62 random bits.
Uuid compose(std::int64_t ms, unsigned count, std::uint64_t random) {
    Uuid uuid;
    for (int i = 0; i < 6; ++i) uuid.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
    uuid.bytes[6] = static_cast<std::uint8_t>(0x70 | ((count >> 8) & 0x0f));
    uuid.bytes[7] = static_cast<std::uint8_t>(count);
    for (int i = 0; i < 8; ++i)
        uuid.bytes[static_cast<std::size_t>(8 + i)] = static_cast<std::uint8_t>(random >> (56 - 8 * i));
    uuid.bytes[8] = static_cast<std::uint8_t>(0x80 | (uuid.bytes[8] & 0x3f));
    return uuid;
}

/// The last millisecond and count given out by this process.
struct Last {
    std::mutex mutex;
    std::int64_t ms = 0;
    unsigned count = 0;
};

Uuid make_random() {
    static Last last;
    std::uint64_t random = 0;
    SANTONG_ASSERT(RAND_bytes(reinterpret_cast<unsigned char*>(&random), sizeof random) == 1);
    std::lock_guard lock(last.mutex);
    auto const now = system_now().ms;
    if (now > last.ms) {
        last.ms = now;
        last.count = static_cast<unsigned>(random & 0x3ff);
    } else if (++last.count > 0xfff) {
        ++last.ms;
        last.count = 0;
    }
    return compose(last.ms, last.count, random);
}

}  // namespace

std::string Uuid::text() const {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out(36, '-');
    std::size_t at = 0;
    for (std::size_t i = 0; i < bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) ++at;
        out[at++] = digits[bytes[i] >> 4];
        out[at++] = digits[bytes[i] & 15];
    }
    return out;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
    if (text.size() != 36) return std::nullopt;
    Uuid uuid;
    std::size_t at = 0;
    for (std::size_t i = 0; i < uuid.bytes.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) {
            if (text[at++] != '-') return std::nullopt;
        }
        int const high = hex_value(text[at++]);
        int const low = hex_value(text[at++]);
        if (high < 0 || low < 0) return std::nullopt;
        uuid.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return uuid;
}

Uuid Uuid::named(std::string_view name) {
    std::array<std::uint8_t, 32> digest{};
    SANTONG_ASSERT(EVP_Digest(name.data(), name.size(), digest.data(), nullptr, EVP_sha256(), nullptr) == 1);
    Uuid uuid;
    std::copy_n(digest.begin(), uuid.bytes.size(), uuid.bytes.begin());
    uuid.bytes[6] = static_cast<std::uint8_t>(0x80 | (uuid.bytes[6] & 0x0f));
    uuid.bytes[8] = static_cast<std::uint8_t>(0x80 | (uuid.bytes[8] & 0x3f));
    return uuid;
}

Uuid Uuid::make() {
    if (seeded.load() == nullptr) return make_random();
    std::lock_guard lock(seeded_mutex);
    auto& source = *seeded.load();
    return compose(source.ms++, 0, source.random());
}

SeededUuids::SeededUuids(std::uint64_t seed, std::int64_t start_ms) {
    SANTONG_ASSERT(seeded.load() == nullptr);
    seeded = new Seeded{std::mt19937_64(seed), start_ms};
}

SeededUuids::~SeededUuids() {
    delete seeded.exchange(nullptr);
}

}  // namespace santong::core
