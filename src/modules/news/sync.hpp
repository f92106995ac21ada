#pragma once
// What of the news travels between nodes (DESIGN 4).
#include "platform/sync/shape.hpp"

namespace santong::news {

/// Articles go down once they are published: what is for everybody, for the school's area, or of the school itself.
/// What is being written, under review, and who has read what stay where they are.
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::news
