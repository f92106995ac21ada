#pragma once
#include <string>

#include "server/demo/random.hpp"

namespace santong::server::demo {

/// A pupil's page as a telephone would see it, as PNG: ruled paper with sums written by hand.
std::string draw_worksheet(Random random);

}  // namespace santong::server::demo
