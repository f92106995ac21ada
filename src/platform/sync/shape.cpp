#include "platform/sync/shape.hpp"

#include <algorithm>

namespace santong::sync {

void Shapes::add(Shape shape) {
    SANTONG_ASSERT(find(shape.type) == nullptr);
    SANTONG_ASSERT(shape.tables.empty() == shape.held.empty());
    all_.push_back(std::move(shape));
}

Shape const* Shapes::find(std::string_view type) const {
    auto const found = std::ranges::find(all_, type, &Shape::type);
    return found == all_.end() ? nullptr : &*found;
}

}  // namespace santong::sync
