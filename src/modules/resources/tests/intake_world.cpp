#include "intake_world.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

namespace santong::test {

std::string packed(std::vector<Packed> const& files, Disc disc) {
    locale_t const utf8 = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
    locale_t const before = uselocale(utf8);
    std::string out(16 << 20, '\0');
    std::size_t used = 0;
    archive* writer = archive_write_new();
    if (disc == Disc::iso)
        archive_write_set_format_iso9660(writer);
    else
        archive_write_set_format_zip(writer);
    archive_write_open_memory(writer, out.data(), out.size(), &used);
    for (auto const& file : files) {
        archive_entry* entry = archive_entry_new();
        archive_entry_set_pathname(entry, file.path.c_str());
        archive_entry_set_filetype(entry, AE_IFREG);
        archive_entry_set_perm(entry, 0644);
        archive_entry_set_size(entry, static_cast<la_int64_t>(file.bytes.size()));
        archive_write_header(writer, entry);
        archive_write_data(writer, file.bytes.data(), file.bytes.size());
        archive_entry_free(entry);
    }
    archive_write_close(writer);
    archive_write_free(writer);
    uselocale(before);
    freelocale(utf8);
    out.resize(used);
    return out;
}

}  // namespace santong::test
