// Carries the packets of two TUN devices.
#pragma once

#include <stop_token>

#include "link.hpp"

namespace santong::linkem {

/// Until it is asked to stop: what comes out of `hub` goes down into `box`, and the other way round.
void relay(std::stop_token const& stop, Line& line, int hub, int box, std::uint64_t seed);

}  // namespace santong::linkem
