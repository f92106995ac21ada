#include "modules/resources/media_probe.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <fstream>

#include "platform/files/zip_reader.hpp"

namespace santong::resources {

namespace {

constexpr std::size_t piece_size = 1 << 20;
constexpr std::int64_t longest_box = 64 << 20;  // of the index of a film; larger ones are not looked into
constexpr double longest_film_seconds = 24 * 3600.0;

std::string read_at(std::ifstream& in, std::int64_t offset, std::size_t size) {
    std::string bytes(size, '\0');
    in.clear();
    in.seekg(offset);
    in.read(bytes.data(), static_cast<std::streamsize>(size));
    bytes.resize(static_cast<std::size_t>(in.gcount()));
    return bytes;
}

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (char const c : bytes) value = value << 8 | static_cast<unsigned char>(c);
    return value;
}

int whole_seconds(double seconds) {
    if (!(seconds > 0) || seconds > longest_film_seconds) return 0;
    return static_cast<int>(std::lround(seconds));
}

/// Page objects named in a stretch of a PDF: "/Type /Page", not "/Type /Pages".
int pages_in(std::string_view text) {
    int pages = 0;
    for (auto at = text.find("/Type"); at != std::string_view::npos; at = text.find("/Type", at + 5)) {
        auto rest = text.substr(at + 5, 16);
        while (!rest.empty() && (rest[0] == ' ' || rest[0] == '\r' || rest[0] == '\n')) rest.remove_prefix(1);
        if (rest.starts_with("/Page") && (rest.size() == 5 || rest[5] != 's')) ++pages;
    }
    return pages;
}

Probe probe_pdf(std::ifstream& in, std::int64_t size) {
    constexpr std::size_t overlap = 32;  // a name may stand across two pieces
    Probe found;
    std::string carried;
    for (std::int64_t at = 0; at < size; at += piece_size) {
        std::string const text = carried + read_at(in, at, piece_size);
        found.pages += pages_in(text) - pages_in(carried);
        carried = text.substr(text.size() - std::min(overlap, text.size()));
    }
    auto const tail = read_at(in, std::max<std::int64_t>(0, size - 2048), 2048);
    found.opens = tail.find("%%EOF") != std::string::npos;
    return found;
}

/// Duration in the movie header of an MP4 index ("moov").
int mp4_duration(std::string_view moov) {
    auto const at = moov.find("mvhd");
    if (at == std::string_view::npos || at + 40 > moov.size()) return 0;
    auto const header = moov.substr(at + 4);
    bool const wide = header[0] == 1;
    auto const scale = big_endian(header.substr(wide ? 20 : 12, 4));
    auto const length = big_endian(header.substr(wide ? 24 : 16, wide ? 8 : 4));
    return scale == 0 ? 0 : whole_seconds(static_cast<double>(length) / static_cast<double>(scale));
}

Probe probe_mp4(std::ifstream& in, std::int64_t size) {
    for (std::int64_t at = 0; at + 8 <= size;) {
        auto const head = read_at(in, at, 16);
        if (head.size() < 8) break;
        auto length = static_cast<std::int64_t>(big_endian(std::string_view(head).substr(0, 4)));
        if (length == 1 && head.size() == 16)
            length = static_cast<std::int64_t>(big_endian(std::string_view(head).substr(8)));
        if (length == 0) length = size - at;
        if (length < 8 || length > size - at) break;
        if (head.substr(4, 4) == "moov" && length <= longest_box) {
            return {0, mp4_duration(read_at(in, at, static_cast<std::size_t>(length))), true};
        }
        at += length;
    }
    return {0, 0, false};
}

/// A WebM's length stands in its Info element, as a float in units of the time scale.
Probe probe_webm(std::ifstream& in) {
    using namespace std::string_view_literals;
    auto const head = read_at(in, 0, piece_size);
    auto const info = head.find("\x15\x49\xA9\x66"sv);
    if (info == std::string::npos) return {0, 0, false};
    auto const rest = std::string_view(head).substr(info, 512);
    double scale = 1'000'000;
    if (auto const at = rest.find("\x2A\xD7\xB1\x83"sv); at != std::string_view::npos && at + 7 <= rest.size()) {
        scale = static_cast<double>(big_endian(rest.substr(at + 4, 3)));
    }
    double length = 0;
    if (auto const at = rest.find("\x44\x89\x88"sv); at != std::string_view::npos && at + 11 <= rest.size()) {
        length = std::bit_cast<double>(big_endian(rest.substr(at + 3, 8)));
    } else if (auto const small = rest.find("\x44\x89\x84"sv);
               small != std::string_view::npos && small + 7 <= rest.size()) {
        length = std::bit_cast<float>(static_cast<std::uint32_t>(big_endian(rest.substr(small + 3, 4))));
    }
    return {0, whole_seconds(length * scale / 1e9), true};
}

Probe probe_wav(std::ifstream& in, std::int64_t size) {
    auto const head = read_at(in, 0, 44);
    if (head.size() < 44) return {0, 0, false};
    std::uint32_t bytes_per_second = 0;
    for (int i = 3; i >= 0; --i)
        bytes_per_second = bytes_per_second << 8 | static_cast<unsigned char>(head[28 + static_cast<std::size_t>(i)]);
    if (bytes_per_second == 0) return {0, 0, false};
    return {0, whole_seconds(static_cast<double>(size - 44) / bytes_per_second), true};
}

Probe probe_slides(std::filesystem::path const& path) {
    auto const entries = files::list_zip(path);
    if (!entries) return {0, 0, false};
    auto const slides = std::ranges::count_if(*entries, [](files::ArchiveEntry const& entry) {
        return entry.name.starts_with("ppt/slides/slide") && entry.name.ends_with(".xml");
    });
    return {static_cast<int>(slides), 0, slides > 0};
}

}  // namespace

Probe probe(std::filesystem::path const& path, files::FileObject const& file) {
    if (file.media_type.ends_with("presentationml.presentation")) return probe_slides(path);
    std::ifstream in(path, std::ios::binary);
    if (!in) return {0, 0, false};
    if (file.media_type == "application/pdf") return probe_pdf(in, file.size);
    if (file.media_type == "video/mp4" || file.media_type == "audio/mp4") return probe_mp4(in, file.size);
    if (file.media_type == "video/webm") return probe_webm(in);
    if (file.media_type == "audio/wav") return probe_wav(in, file.size);
    return {};
}

}  // namespace santong::resources
