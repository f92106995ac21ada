#pragma once
// Zip archives that no honest program writes.
#include <zlib.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace santong::text::test {

struct StoredEntry {
    std::string path;
    std::string bytes;
    unsigned mode = 0100644;
};

inline void put(std::string& out, std::uint64_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
}

/// An archive without compression, with any path and mode.
inline std::string make_stored_zip(std::vector<StoredEntry> const& entries) {
    std::string out, directory;
    for (auto const& entry : entries) {
        auto crc = crc32(0, reinterpret_cast<Bytef const*>(entry.bytes.data()), static_cast<uInt>(entry.bytes.size()));
        std::string common;
        put(common, 0x0800, 2);  // names are UTF-8
        put(common, 0, 2);       // stored
        put(common, 0, 4);
        put(common, crc, 4);
        put(common, entry.bytes.size(), 4);
        put(common, entry.bytes.size(), 4);
        put(common, entry.path.size(), 2);
        put(common, 0, 2);
        directory += "PK\x01\x02";
        put(directory, 0x031E, 2);  // made on Unix
        put(directory, 20, 2);
        directory += common;
        put(directory, 0, 2 + 2 + 2);
        put(directory, std::uint64_t{entry.mode} << 16, 4);
        put(directory, out.size(), 4);
        directory += entry.path;
        out += "PK\x03\x04";
        put(out, 20, 2);
        out += common + entry.path + entry.bytes;
    }
    auto start = out.size();
    out += directory + "PK\x05\x06";
    put(out, 0, 4);
    put(out, entries.size(), 2);
    put(out, entries.size(), 2);
    put(out, directory.size(), 4);
    put(out, start, 4);
    put(out, 0, 2);
    return out;
}

/// Writes another unpacked size into every header of the central directory.
inline void lie_about_sizes(std::string& zip, std::uint32_t size) {
    for (auto at = zip.find("PK\x01\x02"); at != zip.npos; at = zip.find("PK\x01\x02", at + 4)) {
        for (int i = 0; i < 4; ++i)
            zip[at + 24 + static_cast<std::size_t>(i)] = static_cast<char>(size >> (8 * i) & 0xFF);
    }
}

}  // namespace santong::text::test
