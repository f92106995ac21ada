#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace santong::core {

/// Standard base64 with padding (RFC 4648, 4).
std::string base64(std::string_view bytes);
/// Reads what `base64` writes; empty for anything else.
std::optional<std::string> base64_decode(std::string_view text);
/// Lower-case hexadecimal.
std::string hex(std::string_view bytes);

}  // namespace santong::core
