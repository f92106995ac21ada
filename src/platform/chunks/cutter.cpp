#include "platform/chunks/cutter.hpp"

#include <algorithm>
#include <array>
#include <bit>

namespace santong::chunks {

namespace {

constexpr std::int64_t kib = 1 << 10;
constexpr std::int64_t mib = 1 << 20;

/// One number for each byte; the same for ever, or nothing that lies in a school would be recognised.
constexpr std::array<std::uint64_t, 256> gears = [] {
    std::array<std::uint64_t, 256> all{};
    std::uint64_t state = 0x53616e746f6e6731;
    for (auto& gear : all) {  // splitmix64
        state += 0x9e3779b97f4a7c15;
        auto mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
        mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
        gear = mixed ^ (mixed >> 31);
    }
    return all;
}();

/// The uppermost bits: the last 64 bytes take part in them.
constexpr std::uint64_t mask(int bits) {
    return ~std::uint64_t{0} << (64 - bits);
}

Cutting around(std::int64_t average) {
    auto const size = static_cast<std::uint32_t>(average);
    return {size / 4, size, size * 4};
}

}  // namespace

Cutting cutting_for(std::int64_t size) {
    if (size <= 512 * kib) return around(4 * kib);
    if (size <= 64 * mib) return around(16 * kib);
    if (size <= 1024 * mib) return around(64 * kib);
    return around(256 * kib);
}

std::size_t first_cut(std::string_view bytes, Cutting const& cutting) {
    std::size_t const end = std::min<std::size_t>(bytes.size(), cutting.most);
    if (end <= cutting.least) return end;
    // Before the average a cut is made unlikely, behind it likely: sizes gather around the average.
    int const bits = std::countr_zero(cutting.average);
    auto const strict = mask(bits + 2), loose = mask(bits - 2);
    auto const* const at = reinterpret_cast<unsigned char const*>(bytes.data());
    std::size_t const turn = std::min<std::size_t>(end, cutting.average);
    std::uint64_t hash = 0;
    std::size_t i = cutting.least;
    for (; i < turn; ++i) {
        hash = (hash << 1) + gears[at[i]];
        if ((hash & strict) == 0) return i + 1;
    }
    for (; i < end; ++i) {
        hash = (hash << 1) + gears[at[i]];
        if ((hash & loose) == 0) return i + 1;
    }
    return end;
}

}  // namespace santong::chunks
