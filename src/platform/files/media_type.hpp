#pragma once
// What a file is, judged by its bytes; its name only has to agree.
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "core/result.hpp"

namespace santong::files {

/// What a person would call the file; screens choose the viewer by it.
enum class FileKind : int {
    document,
    slides,
    table,
    text,
    picture,
    video,
    audio,
    html_page,
    html_package,
    scorm_package,
    h5p_package,
    archive
};
BOOST_DESCRIBE_ENUM(FileKind, document, slides, table, text, picture, video, audio, html_page, html_package,
                    scorm_package, h5p_package, archive)

/// A kind of file that is taken.
struct MediaType {
    char const* media_type;
    FileKind kind;
    std::vector<std::string_view> extensions;  ///< lower case; the first is the usual one
};

/// Every kind of file that is taken.
std::vector<MediaType> const& media_types();

/// Lower-case extension of a name without the dot; empty if it has none.
std::string extension_of(std::string_view name);

/// Judged by the name alone, before any byte has come: refuses programs and kinds that are never taken
/// ("files.executable", "files.kind_not_taken", "files.heic"). A name without an extension passes.
core::Result<void> check_name(std::string_view name);

/// Judged by the first kilobytes: refuses programs early ("files.executable").
core::Result<void> check_head(std::string_view head);

/// What a whole file is. Refuses what is not taken, what is a program, what lies about itself
/// ("files.name_disagrees"), and an empty file ("files.empty").
core::Result<MediaType const*> detect(std::filesystem::path const& file, std::string_view name);

/// A zip or the image of a disc that is to be unpacked into many files: programs may lie in it, since nobody opens it
/// as it is. Judged by its bytes ("files.not_an_archive").
core::Result<MediaType const*> detect_collection(std::filesystem::path const& file, std::string_view name);
/// Its name before any byte has come.
core::Result<void> check_collection_name(std::string_view name);
/// What such a file is kept as; nothing but its maker and the unpacking takes it.
inline constexpr char const* collection_type = "application/x-santong-collection";

/// A pack of contents from a disk, to be taken into this place: its name ends in ".stpack". Judged by its name
/// alone ("files.not_a_pack"): what is in it says who reads it, and keeps a record of that.
core::Result<MediaType const*> detect_pack(std::string_view name);
core::Result<void> check_pack_name(std::string_view name);
/// What such a file is kept as; nothing but its maker and the taking of packs takes it.
inline constexpr char const* pack_type = "application/x-santong-pack";

/// Media type of a file inside a package, by its extension; "application/octet-stream" if unknown.
std::string_view package_media_type(std::string_view name);

}  // namespace santong::files
