#pragma once
#include <string_view>

namespace santong::http {

/// Media type by the extension of a file name; "application/octet-stream" if it is not known.
std::string_view media_type_of(std::string_view file_name);

}  // namespace santong::http
