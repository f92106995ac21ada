#pragma once
#include <string_view>

namespace santong::files {

/// Whether the first bytes of a file are text: UTF-8, UTF-16 with a mark, or GB18030, without control characters.
/// `whole` says that there are no more; otherwise the last character may be cut.
bool looks_like_text(std::string_view head, bool whole);
/// Whether text is a page that a browser would run.
bool looks_like_html(std::string_view head);
bool looks_like_svg(std::string_view head);

/// Whether all of `text` is valid UTF-8. With `cut`, a character may be missing its end.
bool is_utf8(std::string_view text, bool cut = false);

}  // namespace santong::files
