#pragma once
// The embedded screens: fingerprinted files for ever, the page itself checked each time.
#include <optional>
#include <span>
#include <string_view>
#include <unordered_map>

#include "core/embedded.hpp"
#include "platform/http/router.hpp"

namespace santong::http {

class StaticAssets {
public:
    explicit StaticAssets(std::span<core::EmbeddedFile const> files);

    struct Found {
        Response response;
        std::string_view bytes;
    };
    /// A file, or the page of the single-page application where a browser asks for one; empty otherwise.
    std::optional<Found> find(Call const& call, bool accepts_gzip) const;
    /// At the plain door: one of `pages`, or a file that the page itself needs.
    std::optional<Found> find_at_door(Call const& call, bool accepts_gzip, std::vector<std::string> const& pages) const;

private:
    Found serve(core::EmbeddedFile const& file, bool accepts_gzip) const;

    std::unordered_map<std::string_view, core::EmbeddedFile const*> by_path_;
};

}  // namespace santong::http
