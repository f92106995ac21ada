#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace santong::net {

/// Packets that went out on a connection so far, and those of them that went again, as the kernel counts.
struct Resent {
    std::int64_t packets = 0;
    std::int64_t again = 0;

    /// "again/packets", as the header says it.
    std::string text() const;
    static std::optional<Resent> parse(std::string_view text);
};
inline constexpr char const* resent_header = "santong-resent";

/// None where the kernel does not say, or it is no TCP socket.
std::optional<Resent> resent_on(int socket);

}  // namespace santong::net
