#include "platform/files/zip_listing.hpp"

#include <archive.h>
#include <archive_entry.h>

#include <memory>

namespace santong::files {

core::Result<std::vector<ArchiveEntry>> list_zip(std::filesystem::path const& file) {
    std::unique_ptr<archive, int (*)(archive*)> const zip(archive_read_new(), archive_read_free);
    archive_read_support_format_zip_seekable(zip.get());
    archive_read_set_options(zip.get(), "hdrcharset=UTF-8");
    if (archive_read_open_filename(zip.get(), file.c_str(), 64 * 1024) != ARCHIVE_OK)
        return core::invalid("files.broken_archive");
    std::vector<ArchiveEntry> entries;
    archive_entry* entry = nullptr;
    for (;;) {
        int const status = archive_read_next_header(zip.get(), &entry);
        if (status == ARCHIVE_EOF) return entries;
        if (status < ARCHIVE_WARN) return core::invalid("files.broken_archive");
        if (entries.size() == most_archive_entries)
            return core::too_large("files.archive_too_many", {{"limit", std::to_string(most_archive_entries)}});
        char const* name = archive_entry_pathname(entry);
        entries.push_back({name ? name : "", archive_entry_size(entry), archive_entry_filetype(entry) == AE_IFDIR});
    }
}

}  // namespace santong::files
