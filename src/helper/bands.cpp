#include "helper/bands.hpp"

#include <algorithm>
#include <fstream>

#include "helper/kept_file.hpp"

namespace santong::helper {

std::int64_t band_of(std::int64_t at) {
    return at - at % band_ms;
}

Band OpenBand::closed() const {
    Band band{start, {}};
    int left = band_seconds / 60;
    for (std::size_t i = 0; i < materials; ++i) {
        auto const material = static_cast<Material>(i);
        int const minutes = std::min((seconds[i] + 30) / 60, left);
        if (minutes == 0 || material == Material::none) continue;
        band.minutes.push_back({material, minutes});
        left -= minutes;
    }
    return band;
}

std::optional<Band> BandCounter::add(std::int64_t at, Material material, int seconds) {
    auto const start = band_of(at);
    std::optional<Band> ended;
    if (start < open_.start) return ended;
    if (start > open_.start) {
        if (open_.start != 0) ended = open_.closed();
        open_ = OpenBand{start, {}};
    }
    int used = 0;
    for (int one : open_.seconds) used += one;
    open_.seconds[static_cast<std::size_t>(material)] += std::min(seconds, band_seconds - std::min(used, band_seconds));
    if (ended && ended->minutes.empty()) ended.reset();
    return ended;
}

void keep_open_band(std::filesystem::path const& file, OpenBand const& band) {
    std::string text = std::to_string(band.start);
    for (int one : band.seconds) text += ' ' + std::to_string(one);
    replace_file(file, text + '\n');
}

OpenBand kept_open_band(std::filesystem::path const& file) {
    std::ifstream in(file);
    OpenBand band;
    in >> band.start;
    for (int& one : band.seconds) {
        in >> one;
        if (one < 0 || one > band_seconds) return {};
    }
    return in ? band : OpenBand{};
}

}  // namespace santong::helper
