#pragma once
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace santong::files {

/// A name as it may be kept and shown: without folders, line breaks, other control characters and marks that turn
/// the direction of text; at most 200 bytes, its extension kept. Refuses text that is not UTF-8 and a name of which
/// nothing remains ("files.bad_name").
core::Result<std::string> clean_name(std::string_view name);

/// Whether the browser opens the file where it stands or saves it.
enum class Disposition { inline_, attachment };

/// The value of a Content-Disposition header (RFC 6266 with RFC 8187), safe for any name.
std::string content_disposition(Disposition disposition, std::string_view name);

/// Kinds of media that may open inside our own pages; everything else is saved. Never svg or html.
bool may_show_inline(std::string_view media_type);

/// A name as one segment of a URL path.
std::string url_segment(std::string_view name);

}  // namespace santong::files
