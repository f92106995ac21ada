#pragma once
#include "platform/feed/feed.hpp"

namespace santong::resources {

/// Counts openings by day, school and class (resource_use) from what the feed says.
class UseCounter final : public feed::Consumer {
public:
    std::string name() const override { return "resources.use"; }
    bool wants(std::string_view type) const override { return type == "resources.Viewed"; }
    void handle(sql::Tx& tx, feed::Entry const& entry) override;
};

}  // namespace santong::resources
