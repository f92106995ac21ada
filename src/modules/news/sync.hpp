#pragma once
// What of the news travels between nodes (DESIGN 4).
#include "platform/sync/shape.hpp"

namespace santong::news {

/// Articles go both ways: down what is published for everybody or the school's area, and all of the school itself with
/// its pictures; up what was written there. Who has read what stays where he read it.
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::news
