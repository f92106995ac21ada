// Any bytes as a manifest and as a stream of chunks.
#include <cstdint>
#include <cstdlib>

#include "platform/chunks/manifest.hpp"
#include "platform/chunks/stream.hpp"

using namespace santong;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    std::string_view const text(reinterpret_cast<char const*>(bytes), size);
    if (auto const manifest = chunks::read_manifest(text)) {
        if (chunks::write_manifest(*manifest) != text) std::abort();
        std::int64_t sum = 0;
        for (auto const& chunk : manifest->chunks) sum += chunk.size;
        if (sum != manifest->size) std::abort();
    }
    std::size_t taken = 0;
    chunks::StreamReader reader([&](std::string_view part) {
        taken += part.size();
        return taken < (std::size_t{1} << 20);
    });
    for (std::size_t at = 0; at < size; at += 100)
        if (!reader.feed(text.substr(at, 100))) break;
    return 0;
}
