#include "platform/text/zip.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <locale.h>

#include <array>
#include <fstream>
#include <stdexcept>

#include "platform/text/encoding.hpp"
#include "platform/text/utf8.hpp"

namespace santong::text {

namespace {

constexpr std::uint64_t ratio_free_bytes = 8ull << 20;
constexpr std::size_t longest_path = 1024;

/// libarchive converts names by the thread's locale, which the program leaves at C.
class Utf8Locale {
public:
    Utf8Locale() : before_(uselocale(utf8())) {}
    ~Utf8Locale() { uselocale(before_); }
    Utf8Locale(Utf8Locale const&) = delete;
    Utf8Locale& operator=(Utf8Locale const&) = delete;

private:
    static locale_t utf8() {
        static locale_t const made = newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
        if (made == nullptr) throw std::runtime_error("the system has no locale C.UTF-8");
        return made;
    }
    locale_t before_;
};

core::Error broken() {
    return core::invalid("text.zip_broken");
}
core::Error bomb() {
    return core::too_large("text.zip_bomb");
}

/// Names in old zips are GBK; new ones are UTF-8.
std::string entry_path(archive_entry* entry) {
    char const* raw = archive_entry_pathname(entry);
    std::string path = raw != nullptr ? raw : "";
    if (!is_valid_utf8(path)) path = to_utf8(path, Encoding::gb18030).utf8;
    for (char& c : path) {
        if (c == '\\') c = '/';
    }
    return path;
}

bool fatal(int status) {
    return status != ARCHIVE_OK && status != ARCHIVE_WARN;
}

void must(archive* writer, int status) {
    if (fatal(status))
        throw std::runtime_error(std::string("a zip cannot be written: ") + archive_error_string(writer));
}

}  // namespace

bool is_safe_entry_path(std::string_view path) {
    if (path.empty() || path.size() > longest_path || path.front() == '/' || path.find('\\') != path.npos) return false;
    if (path.size() > 1 && path[1] == ':') return false;
    if (!is_valid_utf8(path) || has_control_characters(path, LineBreaks::refuse)) return false;
    for (std::size_t from = 0; from <= path.size();) {
        auto to = std::min(path.find('/', from), path.size());
        auto part = path.substr(from, to - from);
        if (part == ".." || part == "." || part.size() > 255) return false;
        if (part.empty() && to != path.size()) return false;
        from = to + 1;
    }
    return true;
}

struct ZipReader::State {
    struct Free {
        void operator()(archive* a) const { archive_read_free(a); }
    };
    std::unique_ptr<archive, Free> reader{archive_read_new()};
    std::string bytes;
    ZipLimits limits;
    std::uint64_t packed = 0;
    std::uint64_t unpacked = 0;
    std::size_t entries = 0;

    core::Result<void> prepare(int opened) {
        if (opened == ARCHIVE_OK) return {};
        return broken();
    }
    core::Error failure() const {
        char const* text = archive_error_string(reader.get());
        std::string_view reason = text != nullptr ? text : "";
        bool locked = reason.find("ncrypt") != reason.npos || reason.find("assphrase") != reason.npos;
        return locked ? core::unsupported("text.zip_encrypted") : broken();
    }
};

ZipReader::ZipReader(std::unique_ptr<State> state) : state_(std::move(state)) {
    archive_read_support_format_zip_seekable(state_->reader.get());
}
ZipReader::ZipReader(ZipReader&&) noexcept = default;
ZipReader& ZipReader::operator=(ZipReader&&) noexcept = default;
ZipReader::~ZipReader() = default;

core::Result<ZipReader> ZipReader::open(std::filesystem::path const& path, ZipLimits limits) {
    std::error_code error;
    auto size = std::filesystem::file_size(path, error);
    if (error) return core::not_found("text.file_missing");
    ZipReader reader(std::make_unique<State>());
    reader.state_->limits = limits;
    reader.state_->packed = size;
    TRY_VOID(reader.state_->prepare(archive_read_open_filename(reader.state_->reader.get(), path.c_str(), 64 * 1024)));
    return reader;
}

core::Result<ZipReader> ZipReader::of_bytes(std::string bytes, ZipLimits limits) {
    ZipReader reader(std::make_unique<State>());
    auto& state = *reader.state_;
    state.limits = limits;
    state.packed = bytes.size();
    state.bytes = std::move(bytes);
    TRY_VOID(state.prepare(archive_read_open_memory(state.reader.get(), state.bytes.data(), state.bytes.size())));
    return reader;
}

core::Result<std::optional<ZipEntry>> ZipReader::next() {
    Utf8Locale names;
    archive_entry* entry = nullptr;
    int status = archive_read_next_header(state_->reader.get(), &entry);
    if (status == ARCHIVE_EOF) return std::optional<ZipEntry>{};
    if (fatal(status)) return state_->failure();
    if (++state_->entries > state_->limits.entries) {
        return core::too_large("text.zip_too_many_entries", {{"limit", std::to_string(state_->limits.entries)}});
    }
    if (archive_entry_is_data_encrypted(entry) != 0) return core::unsupported("text.zip_encrypted");
    ZipEntry found{entry_path(entry), archive_entry_filetype(entry) == AE_IFDIR};
    bool plain = found.folder || archive_entry_filetype(entry) == AE_IFREG;
    if (!plain || archive_entry_symlink(entry) != nullptr || !is_safe_entry_path(found.path)) {
        return core::invalid("text.zip_unsafe_path", {{"path", std::string(truncate_characters(found.path, 80))}});
    }
    if (archive_entry_size_is_set(entry) != 0 &&
        static_cast<std::uint64_t>(archive_entry_size(entry)) > state_->limits.entry_bytes) {
        return bomb();
    }
    return std::optional(std::move(found));
}

core::Result<void> ZipReader::read(std::function<core::Result<bool>(std::string_view)> const& take) {
    std::array<char, 64 * 1024> buffer{};
    std::uint64_t here = 0;
    while (true) {
        auto count = archive_read_data(state_->reader.get(), buffer.data(), buffer.size());
        if (count == 0) return {};
        if (count < 0) return state_->failure();
        here += static_cast<std::uint64_t>(count);
        state_->unpacked += static_cast<std::uint64_t>(count);
        bool too_much = here > state_->limits.entry_bytes || state_->unpacked > state_->limits.total_bytes;
        bool too_dense =
            state_->unpacked > ratio_free_bytes && state_->unpacked / state_->limits.ratio > state_->packed;
        if (too_much || too_dense) return bomb();
        bool more = TRY(take(std::string_view(buffer.data(), static_cast<std::size_t>(count))));
        if (!more) return {};
    }
}

core::Result<std::string> ZipReader::read_all() {
    std::string out;
    TRY_VOID(read([&out](std::string_view piece) -> core::Result<bool> {
        out += piece;
        return true;
    }));
    return out;
}

core::Result<std::vector<ZipEntry>> extract_zip(std::filesystem::path const& path, std::filesystem::path const& folder,
                                                ZipLimits limits) {
    auto reader = TRY(ZipReader::open(path, limits));
    std::vector<ZipEntry> entries;
    while (auto entry = TRY(reader.next())) {
        auto target = folder / std::filesystem::path(entry->path);
        entries.push_back(*entry);
        if (entry->folder) {
            std::filesystem::create_directories(target);
            continue;
        }
        std::filesystem::create_directories(target.parent_path());
        if (std::filesystem::exists(target)) {
            return core::invalid("text.zip_unsafe_path", {{"path", std::string(truncate_characters(entry->path, 80))}});
        }
        std::ofstream file(target, std::ios::binary);
        TRY_VOID(reader.read([&file](std::string_view piece) -> core::Result<bool> {
            file.write(piece.data(), std::ssize(piece));
            return true;
        }));
        file.close();
        if (!file) throw std::runtime_error("an archive cannot be unpacked: " + target.filename().string());
    }
    return entries;
}

struct ZipWriter::State {
    struct Free {
        void operator()(archive* a) const { archive_write_free(a); }
    };
    std::unique_ptr<archive, Free> writer{archive_write_new()};

    void begin_entry(std::string_view path, std::uint64_t size) {
        Utf8Locale names;
        std::unique_ptr<archive_entry, void (*)(archive_entry*)> entry(archive_entry_new(), archive_entry_free);
        archive_entry_set_pathname(entry.get(), std::string(path).c_str());
        archive_entry_set_size(entry.get(), static_cast<la_int64_t>(size));
        archive_entry_set_filetype(entry.get(), AE_IFREG);
        archive_entry_set_perm(entry.get(), 0644);
        archive_entry_set_mtime(entry.get(), 315532800, 0);  // 1980: the same content gives the same archive
        must(writer.get(), archive_write_header(writer.get(), entry.get()));
    }
    void write(std::string_view bytes) {
        if (archive_write_data(writer.get(), bytes.data(), bytes.size()) < 0) must(writer.get(), ARCHIVE_FATAL);
    }
};

ZipWriter::ZipWriter(std::filesystem::path const& path) : state_(std::make_unique<State>()) {
    Utf8Locale names;
    auto* writer = state_->writer.get();
    must(writer, archive_write_set_format_zip(writer));
    must(writer, archive_write_set_options(writer, "zip:compression=deflate,zip:hdrcharset=UTF-8"));
    must(writer, archive_write_open_filename(writer, path.c_str()));
}
ZipWriter::ZipWriter(ZipWriter&&) noexcept = default;
ZipWriter& ZipWriter::operator=(ZipWriter&&) noexcept = default;
ZipWriter::~ZipWriter() = default;

void ZipWriter::add(std::string_view path, std::string_view bytes) {
    state_->begin_entry(path, bytes.size());
    state_->write(bytes);
}

void ZipWriter::add_file(std::string_view path, std::filesystem::path const& source) {
    state_->begin_entry(path, std::filesystem::file_size(source));
    std::ifstream file(source, std::ios::binary);
    std::string piece(64 * 1024, '\0');
    while (file.read(piece.data(), std::ssize(piece)), file.gcount() > 0) {
        state_->write(std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())));
    }
}

void ZipWriter::finish() {
    must(state_->writer.get(), archive_write_close(state_->writer.get()));
}

}  // namespace santong::text
