#pragma once
// The lesson's own files, kept on this computer: fetched before they are wanted, whole or not at all, within bounds.
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace santong::helper {

/// A file of the running lesson, as the server names it.
struct Original {
    std::string resource_id;
    std::string name;
    std::int64_t size = 0;
    std::string sha256;
};

/// Fetches a file from a byte on and hands over what comes; the sink says false to stop. False if it was cut.
using Fetch =
    std::function<bool(Original const& wanted, std::int64_t from, std::function<bool(std::string_view)> sink)>;

class Originals {
public:
    /// `most_bytes`: what the folder may hold; the longest unused go first.
    Originals(std::filesystem::path folder, std::int64_t most_bytes);

    /// Where the whole file lies, if it is here and its bytes are what they should be.
    std::optional<std::filesystem::path> find(Original const& wanted) const;
    /// Fetches what is missing of it, from where the last try was cut. False if the line or the bytes are not good.
    bool fetch(Original const& wanted, Fetch const& from_server);
    /// Makes room; those of `needed` stay.
    void bound(std::vector<Original> const& needed) const;

private:
    std::filesystem::path place_of(Original const& wanted) const;
    std::filesystem::path part_of(Original const& wanted) const;

    std::filesystem::path folder_;
    std::int64_t most_bytes_;
};

/// The name under which it lies and opens: no folders, no control characters; empty if its kind is not opened at all.
std::string safe_name(std::string const& name);
/// Whether it is a SHA-256 in small hexadecimal letters.
bool is_digest(std::string const& text);

}  // namespace santong::helper
