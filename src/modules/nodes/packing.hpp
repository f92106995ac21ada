#pragma once
// Batches as they go over the line: zstd, so that 4 Mbit/s carry four times as much.
#include <optional>
#include <string>
#include <string_view>

namespace santong::nodes {

std::string pack(std::string_view text);
/// Nothing for what is no zstd frame, says no size, or would be larger than `most` bytes.
std::optional<std::string> unpack(std::string_view packed, std::size_t most = std::size_t{64} << 20);

}  // namespace santong::nodes
