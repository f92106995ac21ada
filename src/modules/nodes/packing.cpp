#include "modules/nodes/packing.hpp"

#include <zstd.h>

#include <stdexcept>

namespace santong::nodes {

std::string pack(std::string_view text) {
    constexpr int level = 6;
    std::string packed(ZSTD_compressBound(text.size()), '\0');
    auto const size = ZSTD_compress(packed.data(), packed.size(), text.data(), text.size(), level);
    if (ZSTD_isError(size) != 0) throw std::runtime_error("zstd cannot pack");
    packed.resize(size);
    return packed;
}

std::optional<std::string> unpack(std::string_view packed, std::size_t most) {
    auto const size = ZSTD_getFrameContentSize(packed.data(), packed.size());
    if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > most) return std::nullopt;
    std::string text(static_cast<std::size_t>(size), '\0');
    auto const got = ZSTD_decompress(text.data(), text.size(), packed.data(), packed.size());
    if (ZSTD_isError(got) != 0 || got != text.size()) return std::nullopt;
    return text;
}

}  // namespace santong::nodes
