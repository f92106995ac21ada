#include "platform/sync/shape.hpp"

#include <algorithm>

namespace santong::sync {

void Shapes::add(Shape shape) {
    SANTONG_ASSERT(find(shape.type) == nullptr);
    SANTONG_ASSERT(shape.tables.empty() == shape.held.empty());
    // PostgreSQL refuses a parameter that nothing in the statement uses.
    if (!shape.held.empty() && shape.held.find("$2") == std::string::npos)
        shape.held += " AND CAST($2 AS TEXT) IS NOT NULL";
    all_.push_back(std::move(shape));
}

Shape const* Shapes::find(std::string_view type) const {
    auto const found = std::ranges::find(all_, type, &Shape::type);
    return found == all_.end() ? nullptr : &*found;
}

}  // namespace santong::sync
