#include "platform/files/text_sniff.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>

namespace santong::files {

namespace {

using namespace std::string_view_literals;

std::uint8_t byte(std::string_view text, std::size_t at) {
    return static_cast<std::uint8_t>(text[at]);
}

/// GB18030: one byte below 0x80, two bytes, or four.
bool is_gb18030(std::string_view text, bool cut) {
    for (std::size_t i = 0; i < text.size();) {
        auto const first = byte(text, i);
        if (first < 0x80) {
            ++i;
            continue;
        }
        if (first == 0x80 || first == 0xFF) return false;
        if (i + 1 >= text.size()) return cut;
        auto const second = byte(text, i + 1);
        if (second >= 0x40 && second != 0x7F && second != 0xFF)
            i += 2;
        else if (second >= 0x30 && second <= 0x39)
            i += 4;
        else
            return false;
    }
    return true;
}

/// Length of a UTF-8 sequence by its first byte; 0 for a byte that cannot begin one.
std::size_t sequence_length(std::uint8_t first) {
    if (first < 0x80) return 1;
    if (first >= 0xC2 && first <= 0xDF) return 2;
    if (first >= 0xE0 && first <= 0xEF) return 3;
    if (first >= 0xF0 && first <= 0xF4) return 4;
    return 0;
}

/// Skips blanks and a byte-order mark; the rest in lower case.
std::string beginning(std::string_view head) {
    if (head.starts_with("\xef\xbb\xbf"sv)) head.remove_prefix(3);
    auto const start = head.find_first_not_of(" \t\r\n\f\v");
    if (start == std::string_view::npos) return {};
    std::string text(head.substr(start, 4096));
    for (char& c : text)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return text;
}

}  // namespace

bool is_utf8(std::string_view text, bool cut) {
    for (std::size_t i = 0; i < text.size();) {
        auto const first = byte(text, i);
        auto const length = sequence_length(first);
        if (length == 0) return false;
        for (std::size_t k = 1; k < length; ++k) {
            if (i + k >= text.size()) return cut;
            auto const next = byte(text, i + k);
            if ((next & 0xC0) != 0x80) return false;
            if (k == 1 && ((first == 0xE0 && next < 0xA0) || (first == 0xED && next > 0x9F) ||
                           (first == 0xF0 && next < 0x90) || (first == 0xF4 && next > 0x8F)))
                return false;
        }
        i += length;
    }
    return true;
}

bool looks_like_text(std::string_view head, bool whole) {
    if (head.starts_with("\xff\xfe"sv) || head.starts_with("\xfe\xff"sv)) return head.size() % 2 == 0 || !whole;
    bool const controls = std::any_of(head.begin(), head.end(), [](char c) {
        auto const b = static_cast<std::uint8_t>(c);
        return b == 0x7F || (b < 0x20 && c != '\t' && c != '\r' && c != '\n' && c != '\f');
    });
    return !controls && (is_utf8(head, !whole) || is_gb18030(head, !whole));
}

bool looks_like_svg(std::string_view head) {
    auto const text = beginning(head);
    if (text.starts_with("<svg")) return true;
    return (text.starts_with("<?xml") || text.starts_with("<!--") || text.starts_with("<!doctype svg")) &&
           text.find("<svg") != std::string::npos;
}

bool looks_like_html(std::string_view head) {
    auto const text = beginning(head);
    constexpr std::array starts{"<!doctype html", "<html", "<head", "<body", "<script", "<iframe", "<?xml", "<!--",
                                "<img",           "<a ",   "<div",  "<p>",   "<style",  "<table",  "<meta", "<link"};
    if (std::any_of(starts.begin(), starts.end(), [&](char const* start) { return text.starts_with(start); }))
        return true;
    return text.find("<script") != std::string::npos || text.find("<html") != std::string::npos;
}

}  // namespace santong::files
