#pragma once
// What of teaching travels between nodes (DESIGN 4).
#include "platform/sync/shape.hpp"

namespace santong::teaching {

/// Plans go both ways: a teacher prepares at home on the hub and in the school on the box. Class sessions go up.
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::teaching
