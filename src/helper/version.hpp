#pragma once

namespace santong::helper {

/// Of this program; the technician's page shows it beside each computer.
inline constexpr char const* version = "0.1.0";

}  // namespace santong::helper
