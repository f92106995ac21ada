#include "modules/resources/media_probe.hpp"

#include <doctest/doctest.h>

#include <fstream>

#include "library_world.hpp"

using namespace santong;
using namespace std::string_literals;

namespace {

resources::Probe look_at(std::string const& media_type, std::string const& bytes) {
    auto const path = std::filesystem::temp_directory_path() / ("santong-probe-" + core::Uuid::make().text());
    std::ofstream(path, std::ios::binary) << bytes;
    files::FileObject file;
    file.media_type = media_type;
    file.size = static_cast<std::int64_t>(bytes.size());
    auto const found = resources::probe(path, file);
    std::filesystem::remove(path);
    return found;
}

std::string big_endian(std::uint32_t value) {
    std::string bytes;
    for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
    return bytes;
}

std::string box(std::string const& name, std::string const& body) {
    return big_endian(static_cast<std::uint32_t>(body.size() + 8)) + name + body;
}

}  // namespace

TEST_CASE("the pages of a PDF are counted, wherever a piece of it ends") {
    CHECK(look_at("application/pdf", test::pdf("x", 12)).pages == 12);
    for (std::size_t filler = (1 << 20) - 400; filler < (1 << 20) - 100; filler += 7) {
        auto const long_one = "%PDF-1.4\n%" + std::string(filler, ' ') + "\n" + test::pdf("x", 3).substr(9);
        CHECK(look_at("application/pdf", long_one).pages == 3);
    }
    CHECK(look_at("application/pdf", test::pdf("x")).opens);
    CHECK_FALSE(look_at("application/pdf", "%PDF-1.4 broken off").opens);
}

TEST_CASE("the length of a film stands in its index; a film without one does not open") {
    auto const header = std::string(12, '\0') + big_endian(1000) + big_endian(372'400) + std::string(80, '\0');
    auto const film = box("ftyp", "isom") + box("mdat", std::string(100, 'x')) + box("moov", box("mvhd", header));
    CHECK(look_at("video/mp4", film).duration_seconds == 372);
    CHECK(look_at("video/mp4", film).opens);
    CHECK_FALSE(look_at("video/mp4", box("ftyp", "isom") + box("mdat", std::string(100, 'x'))).opens);
    CHECK_FALSE(look_at("video/mp4", film.substr(0, film.size() - 10)).opens);
    CHECK_FALSE(look_at("video/mp4", big_endian(3) + "moov").opens);
    CHECK_FALSE(look_at("video/mp4", "").opens);
}

TEST_CASE("a WebM and a WAV tell their length too") {
    auto const info = "\x1A\x45\xDF\xA3"s + "webm" + "\x15\x49\xA9\x66\x8E\x2A\xD7\xB1\x83\x0F\x42\x40\x44\x89\x84"s +
                      "\x46\x1C\x40\x00"s;  // 10,000.0 milliseconds
    CHECK(look_at("video/webm", info).duration_seconds == 10);
    CHECK_FALSE(look_at("video/webm", "\x1A\x45\xDF\xA3").opens);
    auto wav = "RIFF"s + std::string(24, '\0') + "\x40\x1f\0\0"s + std::string(12, '\0') + std::string(16'000, '\0');
    CHECK(look_at("audio/wav", wav).duration_seconds == 2);
    CHECK_FALSE(look_at("audio/wav", "RIFF").opens);
}
