#pragma once
#include <string>
#include <string_view>

namespace santong::http {

/// The trace id of a W3C `traceparent` (32 hex digits), or a new one if there is none or it is malformed.
std::string trace_id_of(std::string_view traceparent);

}  // namespace santong::http
