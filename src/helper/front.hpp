#pragma once
// The seam to the screen: front_linux.cpp, front_windows.cpp.
#include "helper/material.hpp"

namespace santong::helper {

/// The window in front; empty if nothing is or the system does not say.
Front front_window();

}  // namespace santong::helper
