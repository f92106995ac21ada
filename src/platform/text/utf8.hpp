#pragma once
// UTF-8 text as people type it: validation, cleaning and comparing. All functions take valid UTF-8 unless said.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace santong::text {

/// True if `text` is well-formed UTF-8 (no surrogates, no overlong forms, at most U+10FFFF). Takes any bytes.
bool is_valid_utf8(std::string_view text);
/// Number of code points.
std::size_t count_characters(std::string_view text);
/// Reads the code point at `at` and moves `at` behind it; U+FFFD for a broken sequence. `at` must be inside the text.
char32_t next_character(std::string_view text, std::size_t& at);
void append_character(std::string& out, char32_t character);

/// An ideograph of any CJK block, 〇 included.
bool is_han(char32_t character);
/// A space of any kind, U+3000 and the invisible zero-width marks included.
bool is_blank(char32_t character);

/// Without blanks at both ends (U+3000, no-break space, zero-width marks and BOM included).
std::string_view trim(std::string_view text);
/// Full-width letters, digits, parentheses, spaces and the signs + - . / : # @ % & _ become half-width;
/// Chinese punctuation such as ，。；！？ stays.
std::string half_width(std::string_view text);
/// What a cell of a table means: half-width, composed (NFC), without invisible marks, trimmed, inner blanks single.
std::string clean(std::string_view text);
/// As `clean`, with every blank taken out: for numbers and codes.
std::string without_blanks(std::string_view text);
/// The form in which two texts are compared and searched: NFKC with case folding, trimmed.
std::string search_form(std::string_view text);

enum class LineBreaks { refuse, allow };
/// True if a control character (C0, DEL, C1, or a bidirectional override) stands in the text. Tabs count as line
/// breaks.
bool has_control_characters(std::string_view text, LineBreaks breaks);

/// The longest start of `text` of at most `max_bytes` that cuts no character and leaves no combining mark alone.
std::string_view truncate_bytes(std::string_view text, std::size_t max_bytes);
/// The first `max_characters` code points.
std::string_view truncate_characters(std::string_view text, std::size_t max_characters);

}  // namespace santong::text
