#include "platform/files/file_name.hpp"

#include <algorithm>
#include <array>
#include <cstdint>

#include "platform/files/text_sniff.hpp"

namespace santong::files {

namespace {

constexpr std::size_t longest_name = 200;

/// Marks that turn the direction of text (U+200E/F, U+202A–E, U+2066–9), line and paragraph separators, zero-width
/// space and byte-order mark: "photo\u202Egpj.exe" must not read as a picture.
std::size_t deceptive_length(std::string_view rest) {
    constexpr std::array marks{"\u200B", "\u200E", "\u200F", "\u2028", "\u2029", "\u202A", "\u202B", "\u202C",
                               "\u202D", "\u202E", "\u2066", "\u2067", "\u2068", "\u2069", "\uFEFF"};
    for (std::string_view mark : marks)
        if (rest.starts_with(mark)) return mark.size();
    return 0;
}

void shorten(std::string& text, std::size_t size) {
    if (text.size() <= size) return;
    while (size > 0 && (static_cast<std::uint8_t>(text[size]) & 0xC0) == 0x80) --size;
    text.resize(size);
}

void percent(std::string& out, std::string_view text, std::string_view unescaped) {
    constexpr char digits[] = "0123456789ABCDEF";
    for (char c : text) {
        auto const b = static_cast<std::uint8_t>(c);
        bool const plain = (b >= '0' && b <= '9') || (b >= 'A' && b <= 'Z') || (b >= 'a' && b <= 'z') ||
                           (b < 0x80 && unescaped.find(c) != std::string_view::npos);
        if (plain)
            out += c;
        else
            out += {'%', digits[b >> 4], digits[b & 15]};
    }
}

}  // namespace

core::Result<std::string> clean_name(std::string_view name) {
    if (!is_utf8(name)) return core::invalid("files.bad_name");
    if (auto const slash = name.find_last_of("/\\"); slash != std::string_view::npos) name.remove_prefix(slash + 1);
    std::string text;
    for (std::size_t i = 0; i < name.size();) {
        if (auto const length = deceptive_length(name.substr(i)); length > 0) {
            i += length;
            continue;
        }
        auto const b = static_cast<std::uint8_t>(name[i++]);
        text += b < 0x20 || b == 0x7F ? ' ' : static_cast<char>(b);
    }
    while (!text.empty() && (text.back() == ' ' || text.back() == '.')) text.pop_back();
    text.erase(0, text.find_first_not_of(' '));
    if (text.empty()) return core::invalid("files.bad_name");
    if (text.size() <= longest_name) return text;
    auto const dot = text.rfind('.');
    auto const extension = dot != std::string::npos && text.size() - dot <= 16 ? text.substr(dot) : std::string();
    shorten(text, longest_name - extension.size());
    return text + extension;
}

std::string content_disposition(Disposition disposition, std::string_view name) {
    std::string plain;
    for (char c : name) {
        auto const b = static_cast<std::uint8_t>(c);
        if ((b & 0xC0) == 0x80) continue;  // one mark for each character, however many bytes it has
        plain += b < 0x20 || b >= 0x7F || c == '"' || c == '\\' || c == '%' ? '_' : c;
    }
    std::string text = disposition == Disposition::inline_ ? "inline" : "attachment";
    text += "; filename=\"" + plain + "\"; filename*=UTF-8''";
    percent(text, name, "!#$&+-.^_`|~");
    return text;
}

bool may_show_inline(std::string_view media_type) {
    constexpr std::array<std::string_view, 9> safe{"application/pdf", "image/png",  "image/jpeg",
                                                   "image/gif",       "image/webp", "video/mp4",
                                                   "audio/mpeg",      "audio/mp4",  "audio/wav"};
    return std::find(safe.begin(), safe.end(), media_type) != safe.end();
}

std::string url_segment(std::string_view name) {
    std::string text;
    percent(text, name, "-._~");
    return text == "." || text == ".." ? "file" : text;
}

}  // namespace santong::files
