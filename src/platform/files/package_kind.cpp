#include "platform/files/package_kind.hpp"

#include <algorithm>

#include "platform/files/zip_reader.hpp"

namespace santong::files {

namespace {

constexpr char const* office = "application/vnd.openxmlformats-officedocument.";

bool has(std::vector<ArchiveEntry> const& entries, std::string_view name) {
    return std::any_of(entries.begin(), entries.end(), [&](auto const& entry) { return entry.name == name; });
}

bool has_ending(std::vector<ArchiveEntry> const& entries, std::string_view ending) {
    return std::any_of(entries.begin(), entries.end(), [&](auto const& entry) { return entry.name.ends_with(ending); });
}

/// A page that opens the package: in the top folder, or in the only folder there is.
bool has_start_page(std::vector<ArchiveEntry> const& entries) {
    return std::any_of(entries.begin(), entries.end(), [](auto const& entry) {
        auto const slash = entry.name.find('/');
        auto const last = entry.name.rfind('/');
        auto const file = entry.name.substr(last == std::string::npos ? 0 : last + 1);
        return slash == last && (file == "index.html" || file == "index.htm");
    });
}

core::Result<ZipKind> office_kind(std::vector<ArchiveEntry> const& entries) {
    if (has_ending(entries, "vbaProject.bin")) return core::unsupported("files.macros");
    static std::string const word = std::string(office) + "wordprocessingml.document";
    static std::string const slides = std::string(office) + "presentationml.presentation";
    static std::string const sheet = std::string(office) + "spreadsheetml.sheet";
    if (has(entries, "word/document.xml")) return ZipKind{word, FileKind::document};
    if (has(entries, "ppt/presentation.xml")) return ZipKind{slides, FileKind::slides};
    if (has(entries, "xl/workbook.xml")) return ZipKind{sheet, FileKind::table};
    return core::unsupported("files.content_not_taken");
}

}  // namespace

core::Result<ZipKind> zip_kind(std::filesystem::path const& file) {
    auto const entries = TRY(list_zip(file));
    if (has(entries, "[Content_Types].xml")) return office_kind(entries);
    if (has(entries, "AndroidManifest.xml") || has_ending(entries, ".class"))
        return core::unsupported("files.executable_content");
    for (auto const& entry : entries) {
        auto const checked = check_name(entry.name.substr(entry.name.rfind('/') + 1));
        if (!checked && checked.error().key == "files.executable")
            return core::unsupported("files.executable_inside", {{"name", entry.name}});
    }
    constexpr std::string_view zip = "application/zip";
    if (has(entries, "h5p.json")) return ZipKind{zip, FileKind::h5p_package};
    if (has(entries, "imsmanifest.xml")) return ZipKind{zip, FileKind::scorm_package};
    if (has_start_page(entries)) return ZipKind{zip, FileKind::html_package};
    return ZipKind{zip, FileKind::archive};
}

}  // namespace santong::files
