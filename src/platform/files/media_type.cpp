#include "platform/files/media_type.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>

#include "platform/files/disk.hpp"
#include "platform/files/package_kind.hpp"
#include "platform/files/text_sniff.hpp"

namespace santong::files {

namespace {

constexpr std::size_t head_size = 8192;

constexpr char const* docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
constexpr char const* pptx = "application/vnd.openxmlformats-officedocument.presentationml.presentation";
constexpr char const* xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Kinds of program by extension; Windows opens them with a double click.
constexpr std::array executable_extensions{"exe", "dll",  "com",  "bat",  "cmd",  "scr",  "pif",  "cpl",  "msi", "msp",
                                           "hta", "vbs",  "vbe",  "jse",  "wsf",  "wsh",  "ps1",  "psm1", "lnk", "reg",
                                           "sh",  "bash", "jar",  "apk",  "app",  "deb",  "rpm",  "dmg",  "inf", "sys",
                                           "chm", "url",  "docm", "dotm", "xlsm", "xltm", "pptm", "potm", "ppsm"};

std::string lower(std::string_view text) {
    std::string result(text);
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

bool executable_extension(std::string_view extension) {
    return std::find(executable_extensions.begin(), executable_extensions.end(), extension) !=
           executable_extensions.end();
}

bool has_at(std::string_view head, std::size_t at, std::string_view magic) {
    return head.size() >= at + magic.size() && head.substr(at, magic.size()) == magic;
}

bool is_program(std::string_view head) {
    using namespace std::string_view_literals;
    constexpr std::array magics{
        "\x7f"
        "ELF"sv,
        "#!"sv,
        "\xfe\xed\xfa\xce"sv,
        "\xfe\xed\xfa\xcf"sv,
        "\xce\xfa\xed\xfe"sv,
        "\xcf\xfa\xed\xfe"sv,
        "\xca\xfe\xba\xbe"sv,
        "dex\n"sv,
        "\x4c\0\0\0\x01\x14\x02\0"sv,
        "MSCF"sv,
        "\0asm"sv};
    if (std::any_of(magics.begin(), magics.end(), [&](auto magic) { return head.starts_with(magic); })) return true;
    // A plain text may begin with "MZ"; a DOS or Windows program has bytes that no text has.
    return head.starts_with("MZ") && head.substr(0, 64).find('\0') != std::string_view::npos;
}

/// A picture of an iPhone: the browsers of most schools cannot show it, nor can the tools of this server read it.
bool is_heic(std::string_view head) {
    if (head.size() < 12 || head.substr(4, 4) != "ftyp") return false;
    constexpr std::array<std::string_view, 8> brands{"heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"};
    return std::ranges::find(brands, head.substr(8, 4)) != brands.end();
}

std::string_view iso_media(std::string_view head) {
    auto const brand = head.substr(8, 4);
    if (brand == "M4A " || brand == "M4B ") return "audio/mp4";
    if (brand == "qt  ") return "video/quicktime";
    if (is_heic(head) || brand == "avif") return {};
    return "video/mp4";
}

bool is_mp3(std::string_view head) {
    if (head.starts_with("ID3")) return true;
    if (head.size() < 4) return false;
    auto const b1 = static_cast<std::uint8_t>(head[1]), b2 = static_cast<std::uint8_t>(head[2]);
    bool const sync = static_cast<std::uint8_t>(head[0]) == 0xFF && (b1 & 0xE0) == 0xE0;
    bool const layer3 = (b1 & 0x06) == 0x02, version = (b1 & 0x18) != 0x08;
    return sync && layer3 && version && (b2 & 0xF0) != 0xF0 && (b2 & 0xF0) != 0 && (b2 & 0x0C) != 0x0C;
}

/// Kinds that show themselves in their first bytes.
std::string_view by_magic(std::string_view head) {
    using namespace std::string_view_literals;
    if (head.starts_with("%PDF-")) return "application/pdf";
    if (head.starts_with("\x89PNG\r\n\x1a\n"sv)) return "image/png";
    if (head.starts_with("\xff\xd8\xff"sv)) return "image/jpeg";
    if (head.starts_with("GIF87a") || head.starts_with("GIF89a")) return "image/gif";
    if (head.starts_with("RIFF") && has_at(head, 8, "WEBP")) return "image/webp";
    if (head.starts_with("RIFF") && has_at(head, 8, "WAVE")) return "audio/wav";
    if (head.starts_with("OggS")) return "audio/ogg";
    if (head.size() >= 12 && has_at(head, 4, "ftyp")) return iso_media(head);
    if (head.starts_with("\x1a\x45\xdf\xa3"sv) && head.substr(0, 64).find("webm") != std::string_view::npos)
        return "video/webm";
    if (is_mp3(head)) return "audio/mpeg";
    return {};
}

/// Old office files (OLE2): the names of the streams in the folder tell which one; a program in disguise has others.
std::string_view by_ole_streams(std::filesystem::path const& file, std::string_view head) {
    auto const shift = static_cast<std::uint8_t>(head[30]);
    if (head.size() < 512 || (shift != 9 && shift != 12)) return {};
    std::uint32_t sector = 0;
    for (int i = 3; i >= 0; --i) sector = sector << 8 | static_cast<std::uint8_t>(head[48 + i]);
    auto const folder = disk::read_at(file, (std::int64_t{sector} + 1) << shift, 16 * 1024);
    auto const has = [&](std::string_view name) {
        std::string wide;
        for (char c : name) wide += std::string{c, '\0'};
        return folder.find(wide) != std::string::npos;
    };
    if (has("WordDocument")) return "application/msword";
    if (has("PowerPoint Document")) return "application/vnd.ms-powerpoint";
    if (has("Workbook") || has("Book")) return "application/vnd.ms-excel";
    return {};
}

MediaType const* find_type(std::string_view media_type, FileKind const* kind = nullptr) {
    for (auto const& type : media_types())
        if (type.media_type == media_type && (kind == nullptr || type.kind == *kind)) return &type;
    return nullptr;
}

/// The kind that the bytes show; null if it is none that is taken.
core::Result<MediaType const*> by_content(std::filesystem::path const& file, std::string_view head,
                                          std::string_view extension) {
    using namespace std::string_view_literals;
    if (auto type = by_magic(head); !type.empty()) return find_type(type);
    if (head.starts_with("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv)) return find_type(by_ole_streams(file, head));
    if (head.starts_with("PK\x03\x04"sv)) {
        auto const package = TRY(zip_kind(file));
        return find_type(package.media_type, &package.kind);
    }
    if (!looks_like_text(head, head.size() < head_size)) return static_cast<MediaType const*>(nullptr);
    if (looks_like_svg(head)) return find_type("image/svg+xml");
    if (looks_like_html(head)) return find_type("text/html");
    return find_type(extension == "csv" ? "text/csv" : "text/plain");
}

}  // namespace

std::vector<MediaType> const& media_types() {
    using K = FileKind;
    static std::vector<MediaType> const all = {
        {"application/pdf", K::document, {"pdf"}},
        {docx, K::document, {"docx"}},
        {pptx, K::slides, {"pptx", "ppsx"}},
        {xlsx, K::table, {"xlsx"}},
        {"application/msword", K::document, {"doc", "wps"}},
        {"application/vnd.ms-powerpoint", K::slides, {"ppt", "pps", "dps"}},
        {"application/vnd.ms-excel", K::table, {"xls", "et"}},
        {"text/plain", K::text, {"txt", "md"}},
        {"text/csv", K::table, {"csv"}},
        {"text/html", K::html_page, {"html", "htm"}},
        {"image/png", K::picture, {"png"}},
        {"image/jpeg", K::picture, {"jpg", "jpeg"}},
        {"image/gif", K::picture, {"gif"}},
        {"image/webp", K::picture, {"webp"}},
        {"image/svg+xml", K::picture, {"svg"}},
        {"video/mp4", K::video, {"mp4", "m4v"}},
        {"video/webm", K::video, {"webm"}},
        {"video/quicktime", K::video, {"mov"}},
        {"audio/mpeg", K::audio, {"mp3"}},
        {"audio/mp4", K::audio, {"m4a"}},
        {"audio/wav", K::audio, {"wav"}},
        {"audio/ogg", K::audio, {"ogg", "oga"}},
        {"application/zip", K::html_package, {"zip"}},
        {"application/zip", K::scorm_package, {"zip"}},
        {"application/zip", K::h5p_package, {"h5p"}},
        {"application/zip", K::archive, {"zip"}},
    };
    return all;
}

std::string extension_of(std::string_view name) {
    auto const dot = name.rfind('.');
    if (dot == std::string_view::npos || dot + 1 == name.size() || dot == 0) return {};
    return lower(name.substr(dot + 1));
}

core::Result<void> check_name(std::string_view name) {
    auto const extension = extension_of(name);
    if (extension.empty()) return {};
    if (executable_extension(extension)) return core::unsupported("files.executable", {{"extension", extension}});
    if (extension == "heic" || extension == "heif" || extension == "hif") return core::unsupported("files.heic");
    for (auto const& type : media_types())
        if (std::find(type.extensions.begin(), type.extensions.end(), extension) != type.extensions.end()) return {};
    return core::unsupported("files.kind_not_taken", {{"extension", extension}});
}

core::Result<void> check_head(std::string_view head) {
    if (is_program(head)) return core::unsupported("files.executable_content");
    if (is_heic(head)) return core::unsupported("files.heic");
    return {};
}

core::Result<MediaType const*> detect(std::filesystem::path const& file, std::string_view name) {
    TRY_VOID(check_name(name));
    auto const head = disk::read_at(file, 0, head_size);
    if (head.empty()) return core::invalid("files.empty");
    TRY_VOID(check_head(head));
    auto const extension = extension_of(name);
    auto const* type = TRY(by_content(file, head, extension));
    if (type == nullptr) return core::unsupported("files.content_not_taken");
    auto const& known = type->extensions;
    if (!extension.empty() && std::find(known.begin(), known.end(), extension) == known.end())
        return core::unsupported("files.name_disagrees",
                                 {{"extension", extension}, {"actual", std::string(known.front())}});
    return type;
}

core::Result<void> check_collection_name(std::string_view name) {
    auto const extension = extension_of(name);
    if (extension == "zip" || extension == "iso") return {};
    return core::unsupported("files.not_an_archive");
}

core::Result<MediaType const*> detect_collection(std::filesystem::path const& file, std::string_view name) {
    static MediaType const zip{collection_type, FileKind::archive, {"zip"}};
    static MediaType const disc{collection_type, FileKind::archive, {"iso"}};
    constexpr std::int64_t disc_mark = 16 * 2048 + 1;
    TRY_VOID(check_collection_name(name));
    bool const is_zip = disk::read_at(file, 0, 4) == std::string_view("PK\x03\x04", 4);
    if (is_zip && extension_of(name) == "zip") return &zip;
    if (extension_of(name) == "iso" && disk::read_at(file, disc_mark, 5) == "CD001") return &disc;
    return core::unsupported("files.not_an_archive");
}

core::Result<void> check_pack_name(std::string_view name) {
    if (extension_of(name) == "stpack") return {};
    return core::unsupported("files.not_a_pack");
}

core::Result<MediaType const*> detect_pack(std::string_view name) {
    static MediaType const pack{pack_type, FileKind::archive, {"stpack"}};
    TRY_VOID(check_pack_name(name));
    return &pack;
}

std::string_view package_media_type(std::string_view name) {
    static std::map<std::string, std::string_view, std::less<>> const types = {{"html", "text/html"},
                                                                               {"htm", "text/html"},
                                                                               {"xhtml", "application/xhtml+xml"},
                                                                               {"css", "text/css"},
                                                                               {"js", "text/javascript"},
                                                                               {"mjs", "text/javascript"},
                                                                               {"json", "application/json"},
                                                                               {"xml", "application/xml"},
                                                                               {"xsd", "application/xml"},
                                                                               {"dtd", "application/xml-dtd"},
                                                                               {"txt", "text/plain"},
                                                                               {"vtt", "text/vtt"},
                                                                               {"svg", "image/svg+xml"},
                                                                               {"png", "image/png"},
                                                                               {"jpg", "image/jpeg"},
                                                                               {"jpeg", "image/jpeg"},
                                                                               {"gif", "image/gif"},
                                                                               {"webp", "image/webp"},
                                                                               {"ico", "image/x-icon"},
                                                                               {"bmp", "image/bmp"},
                                                                               {"mp3", "audio/mpeg"},
                                                                               {"m4a", "audio/mp4"},
                                                                               {"wav", "audio/wav"},
                                                                               {"ogg", "audio/ogg"},
                                                                               {"oga", "audio/ogg"},
                                                                               {"mp4", "video/mp4"},
                                                                               {"m4v", "video/mp4"},
                                                                               {"webm", "video/webm"},
                                                                               {"ogv", "video/ogg"},
                                                                               {"woff", "font/woff"},
                                                                               {"woff2", "font/woff2"},
                                                                               {"ttf", "font/ttf"},
                                                                               {"otf", "font/otf"},
                                                                               {"pdf", "application/pdf"},
                                                                               {"wasm", "application/wasm"}};
    auto const found = types.find(extension_of(name.substr(name.rfind('/') + 1)));
    return found == types.end() ? "application/octet-stream" : found->second;
}

}  // namespace santong::files
