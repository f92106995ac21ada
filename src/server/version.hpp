#pragma once

namespace santong::server {

inline constexpr char const* version_text = "0.2.0";

}  // namespace santong::server
