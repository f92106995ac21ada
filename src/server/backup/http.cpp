#include "server/backup/http.hpp"

#include "platform/auth/permissions.hpp"
#include "server/backup/nightly.hpp"

namespace santong::server::backup {

void register_routes(http::Router& router, sql::Database& db) {
    router
        .get<NightlyStatus>("/api/v1/backups/status", http::Access::with(auth::permissions::view_accounts),
                            [&db](http::Call const&) -> core::Result<NightlyStatus> { return nightly_status(db); })
        .says("When the last backup was made, and the plan of the nightly one.");
}

}  // namespace santong::server::backup
