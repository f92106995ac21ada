#include "modules/teaching/domain_computer.hpp"

#include <algorithm>
#include <array>

namespace santong::teaching {

bool shows_material(MaterialKind kind) {
    return kind != MaterialKind::browser && kind != MaterialKind::other;
}

int material_minutes(std::vector<MaterialUse> const& rows) {
    int sum = 0;
    for (auto const& row : rows) {
        if (!row.struck && shows_material(row.kind)) sum += row.minutes;
    }
    return sum;
}

bool opens_on_computer(std::string_view file_name) {
    constexpr std::array<std::string_view, 36> known{
        "ppt", "pptx", "pps", "ppsx", "dps", "odp", "doc",  "docx", "wps", "odt",  "rtf", "txt",
        "xls", "xlsx", "et",  "ods",  "pdf", "mp4", "avi",  "wmv",  "mkv", "mov",  "flv", "webm",
        "mp3", "wav",  "m4a", "ogg",  "jpg", "png", "jpeg", "gif",  "bmp", "webp", "enb", "ggb"};
    auto const dot = file_name.rfind('.');
    if (dot == std::string_view::npos || dot == 0) return false;
    std::string extension(file_name.substr(dot + 1));
    for (char& c : extension) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return std::ranges::find(known, extension) != known.end();
}

std::string plain_word(std::string_view text) {
    constexpr std::size_t longest = 40;
    std::string out;
    for (char const c : text) {
        if (out.size() < longest && c >= ' ' && c <= '~') out += c;
    }
    return out;
}

bool plausible_band(core::Instant band_at, core::Instant now) {
    constexpr std::int64_t band_ms = band_minutes * 60'000;
    constexpr std::int64_t day_ms = 24LL * 3'600'000;
    return band_at.ms % band_ms == 0 && band_at.ms <= now.ms && band_at.ms > now.ms - 60 * day_ms;
}

}  // namespace santong::teaching
