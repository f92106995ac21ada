#pragma once
// What of the reviews travels between nodes (DESIGN 4).
#include "platform/sync/shape.hpp"

namespace santong::workflow {

/// Paths go down. A review goes both ways: a school's own steps are decided at its box, the county's at the hub, and
/// neither decides for the other. What a reviewer has ticked but not decided stays where he ticked it.
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::workflow
