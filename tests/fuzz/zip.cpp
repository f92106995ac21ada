// Any bytes as an archive.
#include <cstdint>
#include <cstdlib>

#include "platform/text/zip.hpp"

using namespace santong;

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* bytes, std::size_t size) {
    text::ZipLimits limits{.total_bytes = 1 << 20, .entry_bytes = 1 << 20, .entries = 100, .ratio = 50};
    auto reader = text::ZipReader::of_bytes(std::string(reinterpret_cast<char const*>(bytes), size), limits);
    if (!reader) return 0;
    std::size_t total = 0;
    while (true) {
        auto entry = reader->next();
        if (!entry || !*entry) return 0;
        if (!text::is_safe_entry_path((*entry)->path)) std::abort();
        auto content = reader->read_all();
        if (!content) return 0;
        total += content->size();
        if (total > limits.total_bytes) std::abort();
    }
}
