#pragma once
// What of the indicators travels between nodes (DESIGN 4).
#include "platform/sync/shape.hpp"

namespace santong::indicators {

/// Targets go down to every school; what a school declares goes both ways. Facts and rollups stay: each place counts
/// what it knows.
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::indicators
