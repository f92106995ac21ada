#pragma once
#include "platform/sync/shape.hpp"

namespace santong::nodes {

/// Lines go down to their schools, so that a box knows its own plan; measurements and outages come up.
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::nodes
