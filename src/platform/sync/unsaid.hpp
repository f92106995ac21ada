#pragma once
// Records that are older than the travelling of their type.
#include "platform/sync/change.hpp"

namespace santong::sync {

/// Says once in the feed what of such types (`Shape::joined_late`) was made in this subtree before they travelled. To
/// be called at a child before its parent is asked for everything: what came from above is not said again. Answers how
/// many.
int say_unsaid(sql::Tx& tx, Shapes const& shapes, std::string const& root);

}  // namespace santong::sync
