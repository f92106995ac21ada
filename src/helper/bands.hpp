#pragma once
// Minutes of each kind of material in bands of five minutes: all that is ever told of a classroom computer's screen.
#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "helper/material.hpp"

namespace santong::helper {

inline constexpr std::int64_t band_ms = 5 * 60'000;
inline constexpr int band_seconds = 300;

/// Whole minutes of one kind.
struct Minutes {
    Material material = Material::other;
    int minutes = 0;
    bool operator==(Minutes const&) const = default;
};

/// What one band says; only kinds with a minute or more, nothing of time without material.
struct Band {
    std::int64_t start = 0;  ///< milliseconds since 1970, by the school's server
    std::vector<Minutes> minutes;
    bool operator==(Band const&) const = default;
};

/// A band that is being filled: seconds of each kind.
struct OpenBand {
    std::int64_t start = 0;
    std::array<int, materials> seconds{};

    /// Rounded so that no band says more than its five minutes.
    Band closed() const;
};

std::int64_t band_of(std::int64_t at);

/// Fills one band after another. Time that goes backwards is not counted again.
class BandCounter {
public:
    BandCounter() = default;
    explicit BandCounter(OpenBand goes_on) : open_(goes_on) {}

    /// Adds seconds of a kind at a time; gives the band that has ended before it, if one has.
    std::optional<Band> add(std::int64_t at, Material material, int seconds);
    OpenBand const& open() const { return open_; }

private:
    OpenBand open_;
};

/// The band that is being filled, kept so that a crash loses a minute of it at most.
void keep_open_band(std::filesystem::path const& file, OpenBand const& band);
/// Empty (start 0) if there is none or it cannot be read.
OpenBand kept_open_band(std::filesystem::path const& file);

}  // namespace santong::helper
