#pragma once
// Makes of a file what a browser can show: a PDF of an office document, a small picture of anything that has a look.
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace santong::files {

/// What was made, as files in the folder that was given.
struct MadePreview {
    std::optional<std::filesystem::path> preview;    ///< a PDF or a smaller picture; none where the file shows itself
    std::optional<std::filesystem::path> thumbnail;  ///< a JPEG at most `thumbnail_width` wide
};

inline constexpr int thumbnail_width = 480;

/// What there is to make of a kind of file.
enum class PreviewKind {
    nothing,
    thumbnail,             ///< browsers show the file itself
    thumbnail_and_preview  ///< an office document
};
PreviewKind preview_kind(std::string_view media_type);

/// An interface, so that tests of what uses it need no office program.
class PreviewMaker {
public:
    virtual ~PreviewMaker() = default;
    /// Makes it in an empty folder. Refuses with "files.preview_no_tool" {package}, "files.preview_late",
    /// "files.preview_broken", "files.preview_stopped". Never throws because of what is in the file.
    virtual core::Result<MadePreview> make(std::filesystem::path const& file, std::string_view media_type,
                                           std::filesystem::path const& folder,
                                           std::function<bool()> const& keep_going) = 0;
};

/// A program that previews are made with, and where it was found.
struct PreviewTool {
    std::string program;  ///< "soffice"
    std::string package;  ///< the Debian package that brings it
    std::string what;     ///< "office documents as PDF"
    std::optional<std::filesystem::path> path;
};
/// The three programs, looked for now.
std::vector<PreviewTool> preview_tools();

/// With LibreOffice, poppler and ffmpeg where they are installed.
std::unique_ptr<PreviewMaker> tool_preview_maker();

}  // namespace santong::files
