#pragma once
#include <filesystem>

#include "platform/files/media_type.hpp"

namespace santong::files {

/// What kind of zip a file is.
struct ZipKind {
    std::string_view media_type;
    FileKind kind = FileKind::archive;
};

/// Judged by the entries: office document, H5P, SCORM or HTML package, plain archive. Refuses a broken zip, and one
/// that is or holds a program ("files.executable_inside", "files.macros").
core::Result<ZipKind> zip_kind(std::filesystem::path const& file);

}  // namespace santong::files
