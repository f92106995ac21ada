#pragma once
// What push hears from the feed.
#include <memory>
#include <optional>

#include "platform/feed/feed.hpp"
#include "platform/files/content_store.hpp"

namespace santong::push {

/// Where this place stands: a box says for whom it is, so that its answers name the school.
struct Standpoint {
    std::optional<core::OrgId> box_of;  ///< absent: not a box
    files::ContentStore* contents = nullptr;
    core::Clock const* clock = nullptr;
};

/// Counts uses of what was delivered; answers recalls at a box, takes what was recalled out of orders above.
std::unique_ptr<feed::Consumer> push_listener(Standpoint standpoint);

}  // namespace santong::push
