#pragma once
// What of homework travels between nodes (DESIGN 4).
#include "platform/sync/shape.hpp"

namespace santong::homework {

/// Homework and works go both ways: set and marked at home on the hub or in the school on the box.
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::homework
