#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"

namespace santong::files::tus {

/// A whole number without sign, as in Upload-Offset and Upload-Length; empty for anything else.
std::optional<std::int64_t> count(std::string_view text);
/// The decoded value of a key in Upload-Metadata; empty if it is not there. Refuses broken base64.
core::Result<std::string> metadata_value(std::string_view metadata, std::string_view key);
/// The 32 raw bytes of "sha256 <base64>"; nothing for an empty header; refuses another algorithm.
core::Result<std::optional<std::string>> checksum(std::string_view header);
/// "Sun, 22 Nov 2026 00:15:42 GMT".
std::string http_date(core::Instant at);

}  // namespace santong::files::tus
