#include "platform/text/utf8.hpp"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>
#include <stdexcept>

namespace santong::text {

namespace {

using GetNormalizer = icu::Normalizer2 const* (*)(UErrorCode&);

icu::Normalizer2 const& normalizer(GetNormalizer get) {
    UErrorCode status = U_ZERO_ERROR;
    auto const* found = get(status);
    if (U_FAILURE(status))
        throw std::runtime_error(std::string("ICU has no normalisation data: ") + u_errorName(status));
    return *found;
}

std::string normalised(icu::Normalizer2 const& with, std::string_view text) {
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    UErrorCode status = U_ZERO_ERROR;
    with.normalizeUTF8(0, icu::StringPiece(text.data(), static_cast<std::int32_t>(text.size())), sink, nullptr, status);
    if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU cannot normalise: ") + u_errorName(status));
    return out;
}

bool is_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_invisible(char32_t c) {
    return (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF || c == 0x00AD;
}

char32_t narrow(char32_t c) {
    if (c == 0x3000 || c == 0x00A0) return ' ';
    bool letter_or_digit = (c >= 0xFF10 && c <= 0xFF19) || (c >= 0xFF21 && c <= 0xFF3A) || (c >= 0xFF41 && c <= 0xFF5A);
    constexpr std::u32string_view signs = U"（）＋－．／：＃＠％＆＿";
    if (letter_or_digit || signs.find(c) != signs.npos) return c - 0xFEE0;
    return c;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    std::size_t at = 0;
    while (at < text.size()) {
        auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            ++at;
            continue;
        }
        std::int32_t offset = 0;
        UChar32 c = 0;
        auto length = static_cast<std::int32_t>(std::min<std::size_t>(4, text.size() - at));
        auto const* bytes = reinterpret_cast<std::uint8_t const*>(text.data() + at);
        U8_NEXT(bytes, offset, length, c);
        if (c < 0) return false;
        at += static_cast<std::size_t>(offset);
    }
    return true;
}

char32_t next_character(std::string_view text, std::size_t& at) {
    std::int32_t offset = 0;
    UChar32 c = 0;
    auto length = static_cast<std::int32_t>(std::min<std::size_t>(4, text.size() - at));
    auto const* bytes = reinterpret_cast<std::uint8_t const*>(text.data() + at);
    U8_NEXT(bytes, offset, length, c);
    at += static_cast<std::size_t>(offset);
    return c < 0 ? U'\uFFFD' : static_cast<char32_t>(c);
}

void append_character(std::string& out, char32_t character) {
    char buffer[4];
    std::int32_t length = 0;
    U8_APPEND_UNSAFE(buffer, length, character);
    out.append(buffer, static_cast<std::size_t>(length));
}

std::size_t count_characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

bool is_han(char32_t c) {
    return c == 0x3007 || (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0x3400 && c <= 0x4DBF) ||
           (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x323AF);
}

bool is_blank(char32_t c) {
    if (c > 0x3000 && c < 0xFE00) return false;  // nearly all Chinese text
    return c == ' ' || (c >= '\t' && c <= '\r') || is_invisible(c) || u_isUWhiteSpace(static_cast<UChar32>(c));
}

std::string_view trim(std::string_view text) {
    std::size_t from = 0;
    while (from < text.size()) {
        std::size_t at = from;
        if (!is_blank(next_character(text, at))) break;
        from = at;
    }
    std::size_t to = text.size();
    while (to > from) {
        std::size_t start = to - 1;
        while (start > from && (static_cast<unsigned char>(text[start]) & 0xC0) == 0x80) --start;
        std::size_t at = start;
        if (!is_blank(next_character(text, at))) break;
        to = start;
    }
    return text.substr(from, to - from);
}

std::string half_width(std::string_view text) {
    if (is_ascii(text)) return std::string(text);
    std::string out;
    out.reserve(text.size());
    for (std::size_t at = 0; at < text.size();) append_character(out, narrow(next_character(text, at)));
    return out;
}

std::string clean(std::string_view text) {
    std::string out;
    out.reserve(text.size());
    bool gap = false;
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = narrow(next_character(text, at));
        if (is_invisible(c)) continue;
        if (is_blank(c)) {
            gap = !out.empty();
            continue;
        }
        if (gap) out += ' ';
        gap = false;
        append_character(out, c);
    }
    return is_ascii(out) ? out : normalised(normalizer(icu::Normalizer2::getNFCInstance), out);
}

std::string without_blanks(std::string_view text) {
    auto out = clean(text);
    std::erase(out, ' ');
    return out;
}

std::string search_form(std::string_view text) {
    text = trim(text);
    if (!is_ascii(text)) return normalised(normalizer(icu::Normalizer2::getNFKCCasefoldInstance), text);
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
    }
    return out;
}

bool has_control_characters(std::string_view text, LineBreaks breaks) {
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = next_character(text, at);
        bool line_break = c == '\n' || c == '\r' || c == '\t';
        if (line_break && breaks == LineBreaks::allow) continue;
        bool control = c < 0x20 || (c >= 0x7F && c <= 0x9F);
        bool override_mark = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
        if (control || override_mark) return true;
    }
    return false;
}

std::string_view truncate_bytes(std::string_view text, std::size_t max_bytes) {
    if (text.size() <= max_bytes) return text;
    std::size_t end = max_bytes;
    while (end > 0) {
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        std::size_t at = end;
        char32_t following = next_character(text, at);
        bool joined = u_getCombiningClass(static_cast<UChar32>(following)) != 0 || following == 0x200D ||
                      (following >= 0xFE00 && following <= 0xFE0F);
        if (!joined || end == 0) break;
        --end;
    }
    return text.substr(0, end);
}

std::string_view truncate_characters(std::string_view text, std::size_t max_characters) {
    std::size_t at = 0;
    for (std::size_t n = 0; n < max_characters && at < text.size(); ++n) next_character(text, at);
    return text.substr(0, at);
}

}  // namespace santong::text
