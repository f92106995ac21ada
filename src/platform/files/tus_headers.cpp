#include "platform/files/tus_headers.hpp"

#include <charconv>
#include <cstdio>
#include <ctime>

#include "core/base64.hpp"

namespace santong::files::tus {

std::optional<std::int64_t> count(std::string_view text) {
    std::int64_t value = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || value < 0) return std::nullopt;
    return value;
}

core::Result<std::string> metadata_value(std::string_view metadata, std::string_view key) {
    while (!metadata.empty()) {
        auto const comma = std::min(metadata.find(','), metadata.size());
        auto pair = metadata.substr(0, comma);
        metadata.remove_prefix(std::min(comma + 1, metadata.size()));
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        while (pair.ends_with(' ')) pair.remove_suffix(1);
        auto const space = pair.find(' ');
        if (pair.substr(0, space) != key) continue;
        if (space == std::string_view::npos) return std::string();
        auto value = core::base64_decode(pair.substr(space + 1));
        if (!value) return core::invalid("files.bad_metadata");
        return std::move(*value);
    }
    return std::string();
}

core::Result<std::optional<std::string>> checksum(std::string_view header) {
    if (header.empty()) return std::optional<std::string>();
    auto const space = header.find(' ');
    if (header.substr(0, space) != "sha256" || space == std::string_view::npos)
        return core::invalid("files.checksum_algorithm");
    auto value = core::base64_decode(header.substr(space + 1));
    if (!value || value->size() != 32) return core::invalid("files.checksum_algorithm");
    return std::optional<std::string>(std::move(*value));
}

std::string http_date(core::Instant at) {
    constexpr char const* days[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr char const* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::time_t const seconds = at.ms / 1000;
    std::tm parts{};
    gmtime_r(&seconds, &parts);
    char text[64];
    std::snprintf(text, sizeof text, "%s, %02d %s %d %02d:%02d:%02d GMT", days[parts.tm_wday], parts.tm_mday,
                  months[parts.tm_mon], parts.tm_year + 1900, parts.tm_hour, parts.tm_min, parts.tm_sec);
    return text;
}

}  // namespace santong::files::tus
