#pragma once
#include "platform/auth/gate.hpp"
#include "platform/http/router.hpp"

namespace santong::roster {

/// Adds every route of the roster but those of the import.
void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock, auth::Gate& gate);

/// Parts of the above, one file each.
void register_org_routes(http::Router& router, sql::Database& db, core::Clock const& clock);
void register_people_routes(http::Router& router, sql::Database& db, core::Clock const& clock);
void register_code_routes(http::Router& router, sql::Database& db, core::Clock const& clock);
void register_class_routes(http::Router& router, sql::Database& db, core::Clock const& clock, auth::Gate& gate);

}  // namespace santong::roster
