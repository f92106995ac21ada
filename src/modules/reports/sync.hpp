#pragma once
// What of the reports travels between nodes (DESIGN 4).
#include "platform/sync/shape.hpp"

namespace santong::reports {

/// Reports and their policy go down, so that a box knows what waits, what was signed and why something came back.
/// Exceptions are explained, and reports signed, where all figures are: above.
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::reports
