#include "platform/files/zip_reader.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <unicode/ucnv.h>

#include <locale.h>
#include <clocale>
#include <memory>

#include "platform/files/text_sniff.hpp"

namespace santong::files {

namespace {

/// libarchive gives names in the encoding of the thread's locale; ours is UTF-8 while this lives.
class Utf8Thread {
public:
    Utf8Thread() : mine_(newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr)), before_(mine_ ? uselocale(mine_) : nullptr) {}
    ~Utf8Thread() {
        if (!mine_) return;
        uselocale(before_);
        freelocale(mine_);
    }
    Utf8Thread(Utf8Thread const&) = delete;
    Utf8Thread& operator=(Utf8Thread const&) = delete;

private:
    locale_t mine_;
    locale_t before_;
};

std::string utf8_name(char const* raw) {
    std::string name = raw ? raw : "";
    if (is_utf8(name)) return name;
    std::string converted(name.size() * 3 + 4, '\0');
    UErrorCode error = U_ZERO_ERROR;
    auto const length = ucnv_convert("UTF-8", "GB18030", converted.data(), static_cast<std::int32_t>(converted.size()),
                                     name.data(), static_cast<std::int32_t>(name.size()), &error);
    if (U_FAILURE(error)) return {};
    converted.resize(static_cast<std::size_t>(length));
    return converted;
}

EntryKind kind_of(archive_entry* entry) {
    if (archive_entry_hardlink(entry) || archive_entry_symlink(entry)) return EntryKind::other;
    switch (archive_entry_filetype(entry)) {
        case AE_IFREG: return EntryKind::file;
        case AE_IFDIR: return EntryKind::folder;
        default: return EntryKind::other;
    }
}

core::Result<void> feed_bytes(archive* zip, std::function<bool(std::string_view)> const& sink) {
    std::string buffer(64 * 1024, '\0');
    for (;;) {
        auto const got = archive_read_data(zip, buffer.data(), buffer.size());
        if (got == 0) return {};
        if (got < 0) return core::invalid("files.broken_archive");
        if (!sink({buffer.data(), static_cast<std::size_t>(got)})) return {};
    }
}

using Visitor = std::function<core::Result<void>(ArchiveEntry const&, EntryBytes const&)>;

enum class Formats { zip, zip_and_disc };

core::Result<void> visit(std::filesystem::path const& file, Formats formats, Visitor const& visitor) {
    Utf8Thread const locale;
    std::unique_ptr<archive, int (*)(archive*)> const zip(archive_read_new(), archive_read_free);
    archive_read_support_format_zip_seekable(zip.get());
    if (formats == Formats::zip_and_disc) archive_read_support_format_iso9660(zip.get());
    if (archive_read_open_filename(zip.get(), file.c_str(), 64 * 1024) != ARCHIVE_OK)
        return core::invalid("files.broken_archive");
    EntryBytes const bytes = [&zip](auto const& sink) { return feed_bytes(zip.get(), sink); };
    archive_entry* entry = nullptr;
    for (std::size_t count = 0;; ++count) {
        int const status = archive_read_next_header(zip.get(), &entry);
        if (status == ARCHIVE_EOF) return {};
        if (status < ARCHIVE_WARN) return core::invalid("files.broken_archive");
        if (count == most_archive_entries)
            return core::too_large("files.archive_too_many", {{"limit", std::to_string(most_archive_entries)}});
        if (archive_entry_is_encrypted(entry)) return core::unsupported("files.archive_encrypted");
        ArchiveEntry const found{utf8_name(archive_entry_pathname(entry)), archive_entry_size(entry), kind_of(entry)};
        TRY_VOID(visitor(found, bytes));
    }
}

}  // namespace

core::Result<void> visit_zip(std::filesystem::path const& file, Visitor const& visitor) {
    return visit(file, Formats::zip, visitor);
}

core::Result<void> visit_archive(std::filesystem::path const& file, Visitor const& visitor) {
    return visit(file, Formats::zip_and_disc, visitor);
}

core::Result<std::vector<ArchiveEntry>> list_zip(std::filesystem::path const& file) {
    std::vector<ArchiveEntry> entries;
    TRY_VOID(visit_zip(file, [&](ArchiveEntry const& entry, EntryBytes const&) -> core::Result<void> {
        entries.push_back(entry);
        return {};
    }));
    return entries;
}

core::Result<std::filesystem::path> safe_path(std::string_view name) {
    auto const refusal = [&] {
        return core::invalid("files.unsafe_path", {{"name", std::string(name.substr(0, 200))}});
    };
    std::string text(name);
    for (char& c : text)
        if (c == '\\') c = '/';
    bool const control = text.find_first_of(std::string_view("\0\n\r:", 4)) != std::string::npos;
    if (text.empty() || text.size() > 1024 || text.front() == '/' || control || !is_utf8(text)) return refusal();
    std::filesystem::path path;
    std::size_t depth = 0;
    for (std::size_t from = 0; from < text.size();) {
        auto const end = std::min(text.find('/', from), text.size());
        auto const segment = text.substr(from, end - from);
        from = end + 1;
        if (segment == ".." || segment.size() > 255 || ++depth > 32) return refusal();
        if (!segment.empty() && segment != ".") path /= segment;
    }
    if (path.empty()) return refusal();
    return path;
}

}  // namespace santong::files
