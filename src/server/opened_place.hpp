#pragma once
#include <memory>

#include "modules/nodes/service.hpp"
#include "platform/sync/shape.hpp"
#include "server/application.hpp"

namespace santong::server {

/// A place that is opened for one command, also while it is served.
class OpenedPlace {
public:
    enum class Make { no, yes };
    /// Throws CannotBegin where there is none and none is to be made.
    explicit OpenedPlace(Place const& place, Make make = Make::no);

    nodes::Site site() const;
    /// Throws CannotBegin while there is no district here.
    core::DistrictId district() const;

    std::unique_ptr<sql::Database> db;
    std::unique_ptr<core::Clock> clock;
    sync::Shapes shapes;
    std::string keys_folder;
    bool demo = false;
};

}  // namespace santong::server
