#pragma once
// What of the library travels between nodes (DESIGN 4).
#include "platform/sync/shape.hpp"

namespace santong::resources {

/// Books and descriptions go down: what is for everybody, for the school's area, or of the school itself. The content
/// of files travels by push (DESIGN 5).
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::resources
