#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace santong::core {

/// A file that the build put into the program.
struct EmbeddedFile {
    std::string path;  ///< relative to its folder, with forward slashes
    std::string_view bytes;
    std::string_view gzipped;  ///< empty if squeezing does not help
    std::string digest;        ///< first 32 hex digits of its SHA-256
};

}  // namespace santong::core

namespace santong::embedded {
std::vector<core::EmbeddedFile> const& web_assets();
std::vector<core::EmbeddedFile> const& demo_content();
std::vector<core::EmbeddedFile> const& roster_codes();
/// zh-CN.json and en.json: the texts of all modules.
std::vector<core::EmbeddedFile> const& texts();
}  // namespace santong::embedded
