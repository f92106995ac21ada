#include "server/modules.hpp"

#include "modules/indicators/http.hpp"
#include "modules/indicators/service.hpp"
#include "modules/resources/http.hpp"
#include "modules/resources/service.hpp"
#include "modules/roster/http.hpp"
#include "modules/roster/import_http.hpp"
#include "modules/roster/permissions.hpp"
#include "modules/teaching/http.hpp"
#include "modules/teaching/service.hpp"
#include "modules/timetable/http.hpp"
#include "modules/timetable/http_import.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service.hpp"
#include "modules/workflow/http.hpp"
#include "modules/workflow/permissions.hpp"
#include "modules/workflow/service.hpp"
#include "platform/auth/http.hpp"
#include "platform/auth/permissions.hpp"
#include "platform/auth/sessions.hpp"
#include "platform/files/http.hpp"
#include "platform/jobs/http.hpp"
#include "platform/log/log.hpp"
#include "server/shell.hpp"

namespace santong::server {

void register_permissions(auth::PermissionRegistry& registry) {
    auth::permissions::declare(registry);
    roster::register_permissions(registry);
    workflow::permissions::declare(registry);
    timetable::permissions::declare(registry);
    resources::register_permissions(registry);
    resources::register_review();
    teaching::register_permissions(registry);
    indicators::register_permissions(registry);
}

void add_consumers(Application::Parts& parts) {
    parts.consumers.push_back(resources::use_counter());
    for (auto& one : indicators::consumers(&parts.hub)) parts.consumers.push_back(std::move(one));
}

void Application::Parts::register_routes() {
    auth::register_routes(router, *db, *gate);
    files::FileRoutes const site{files,
                                 uploads,
                                 packages,
                                 addresses,
                                 [this](core::DistrictId id, std::string const& key) { return session_open(id, key); },
                                 [this] { return server->public_origin(); },
                                 [this] { return server->package_origin(); }};
    files::register_routes(router, site);
    files::register_upload_routes(router, site);
    files::register_package_routes(package_router, site);
    jobs::register_routes(router, jobs, hub);
    notify::register_routes(router, hub);
    roster::register_routes(router, *db, *clock, *gate);
    files.register_access(roster::import_file_access());
    roster::register_import_routes(router, {*db, files, jobs, *clock});
    timetable::register_routes(router, *db, *clock);
    timetable::register_import_routes(router, *db, *clock, files);
    workflow::register_routes(router, *db, *clock);
    files.register_access(resources::file_access());
    resources::register_routes(router, {*db, *clock, files}, site);
    teaching::register_routes(router, *db, *clock);
    indicators::register_routes(router, *db, *clock);
    indicators::allow_topics(hub);
    register_shell_routes(router, *db, *clock);
}

void Application::Parts::register_jobs() { roster::register_import_jobs(*runner, {*db, files, jobs, *clock}); }

void Application::Parts::keep_house(std::stop_token const& stop) {
    constexpr auto minute = std::chrono::seconds(60);
    std::mutex mutex;
    std::condition_variable_any wake;
    for (int round = 0; !stop.stop_requested(); ++round) {
        try {
            for (auto const id : districts) {
                db->transact(id, [&](sql::Tx& tx) { timetable::close_lessons(tx, clock->now()); });
                teaching::keep_house(*db, id, *clock);
                if (round % 60 != 0) continue;
                timetable::roll_forward(*db, id, *clock);
                uploads.remove_expired(id);
                auth::sweep(*db, *gate, id);
            }
        } catch (std::exception const& error) {
            log::error("housekeeping failed", {{"why", error.what()}});
        }
        std::unique_lock lock(mutex);
        wake.wait_for(lock, stop, minute, [] { return false; });
    }
}

}  // namespace santong::server
