#pragma once
// What of the messages travels between nodes (DESIGN 4).
#include "platform/sync/shape.hpp"

namespace santong::messages {

/// Messages to the people of a school go to its box, those that were written there to the hub; a read mark goes back.
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::messages
