#include "server/modules.hpp"

#include <filesystem>
#include <mutex>

#include "modules/homework/http.hpp"
#include "modules/homework/service.hpp"
#include "modules/homework/sync.hpp"
#include "modules/indicators/http.hpp"
#include "modules/indicators/http_evaluation.hpp"
#include "modules/indicators/service.hpp"
#include "modules/indicators/sync.hpp"
#include "modules/messages/http.hpp"
#include "modules/messages/service.hpp"
#include "modules/messages/sync.hpp"
#include "modules/news/http.hpp"
#include "modules/news/service.hpp"
#include "modules/news/sync.hpp"
#include "modules/nodes/http.hpp"
#include "modules/nodes/http_links.hpp"
#include "modules/nodes/http_versions.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/permissions.hpp"
#include "modules/nodes/probes.hpp"
#include "modules/nodes/sync.hpp"
#include "modules/nodes/upgrade.hpp"
#include "modules/push/arriving.hpp"
#include "modules/push/http.hpp"
#include "modules/push/http_packs.hpp"
#include "modules/push/permissions.hpp"
#include "modules/push/service_display.hpp"
#include "modules/push/service_listening.hpp"
#include "modules/push/service_reminders.hpp"
#include "modules/push/service_rules.hpp"
#include "modules/push/sync.hpp"
#include "modules/reports/http.hpp"
#include "modules/reports/permissions.hpp"
#include "modules/reports/service_making.hpp"
#include "modules/reports/sync.hpp"
#include "modules/resources/http.hpp"
#include "modules/resources/http_open.hpp"
#include "modules/resources/intake_work.hpp"
#include "modules/resources/service.hpp"
#include "modules/resources/service_intake.hpp"
#include "modules/resources/service_open.hpp"
#include "modules/resources/service_preview.hpp"
#include "modules/resources/service_terms.hpp"
#include "modules/resources/sync.hpp"
#include "modules/roster/http.hpp"
#include "modules/roster/import_http.hpp"
#include "modules/roster/permissions.hpp"
#include "modules/roster/service_session.hpp"
#include "modules/roster/sync.hpp"
#include "modules/teaching/http.hpp"
#include "modules/teaching/http_computer.hpp"
#include "modules/teaching/service.hpp"
#include "modules/teaching/sync.hpp"
#include "modules/timetable/http.hpp"
#include "modules/timetable/http_changes.hpp"
#include "modules/timetable/http_import.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service.hpp"
#include "modules/timetable/sync.hpp"
#include "modules/workflow/http.hpp"
#include "modules/workflow/permissions.hpp"
#include "modules/workflow/service.hpp"
#include "modules/workflow/sync.hpp"
#include "platform/auth/audit_log.hpp"
#include "platform/auth/http.hpp"
#include "platform/auth/permissions.hpp"
#include "platform/auth/sessions.hpp"
#include "platform/files/http.hpp"
#include "platform/jobs/http.hpp"
#include "platform/log/log.hpp"
#include "platform/sync/settled.hpp"
#include "server/backup/http.hpp"
#include "server/backup/nightly.hpp"
#include "server/certificate.hpp"
#include "server/certificate_http.hpp"
#include "server/course_player.hpp"
#include "server/demo/teaching_on.hpp"
#include "server/memory.hpp"
#include "server/shell.hpp"

namespace santong::server {

namespace {

void register_permissions(auth::PermissionRegistry& registry) {
    auth::permissions::declare(registry);
    roster::register_permissions(registry);
    workflow::permissions::declare(registry);
    timetable::permissions::declare(registry);
    resources::register_permissions(registry);
    resources::register_review();
    news::register_permissions(registry);
    news::register_review();
    workflow::register_school_days(&timetable::school_days);
    teaching::register_permissions(registry);
    teaching::register_lesson_records();
    homework::register_permissions(registry);
    indicators::register_permissions(registry);
    reports::permissions::declare(registry);
    nodes::permissions::declare(registry);
    push::permissions::declare(registry);
}

/// Titles of published resources: those stand in the library for everybody.
void name_resources(sql::Tx& tx, std::vector<core::Uuid> const& ids, std::map<std::string, std::string>& names) {
    std::vector<resources::ResourceId> wanted;
    for (auto const& id : ids) wanted.push_back(resources::ResourceId{id});
    for (auto& one : resources::resources(tx, wanted)) {
        if (one.state == resources::State::published) names.emplace(one.id.text(), std::move(one.title));
    }
}

/// Of a reader's own, in his messages: whatever their state.
void title_resources(sql::Tx& tx, core::PersonId const& reader, std::vector<core::Uuid> const& ids,
                     std::map<std::string, std::string>& titles) {
    std::vector<resources::ResourceId> wanted;
    for (auto const& id : ids) wanted.push_back(resources::ResourceId{id});
    for (auto& one : resources::resources(tx, wanted)) {
        if (one.owner_person == reader) titles.emplace(one.id.text(), std::move(one.title));
    }
}

/// The folder of this program, where a build has put the one for classroom computers.
std::filesystem::path beside_program() {
    std::error_code unknown;
    return std::filesystem::read_symlink("/proc/self/exe", unknown).parent_path();
}

}  // namespace

void set_up_permissions() {
    static std::once_flag once;
    std::call_once(once, [] {
        register_permissions(auth::PermissionRegistry::instance());
        auth::register_audit_namer(&name_resources);
        auth::register_audit_namer(&workflow::name_items);
        auth::register_audit_namer(&news::name_articles);
        messages::register_titles(&title_resources);
        messages::register_titles(&workflow::name_own_items);
        messages::register_titles(&news::title_articles);
    });
    auth::PermissionRegistry::scopes() = &roster::org_scopes();
}

sync::Shapes all_shapes() {
    sync::Shapes shapes;
    roster::add_shapes(shapes);
    nodes::add_shapes(shapes);
    timetable::add_shapes(shapes);
    resources::add_shapes(shapes);
    news::add_shapes(shapes);
    workflow::add_shapes(shapes);  // behind the things that are reviewed
    teaching::add_shapes(shapes);
    homework::add_shapes(shapes);
    messages::add_shapes(shapes);
    push::add_shapes(shapes);
    indicators::add_shapes(shapes);
    reports::add_shapes(shapes);
    sync::add_settled(shapes, roster::subtree_held());  // behind all that somebody compares
    return shapes;
}

void add_consumers(Application::Parts& parts) {
    parts.consumers.push_back(resources::use_counter());
    std::optional<core::OrgId> box_of;
    if (auto const above = nodes::parent(*parts.db)) box_of = above->org_id;
    parts.consumers.push_back(push::push_listener({box_of, &parts.contents, parts.clock.get()}));
    for (auto& one : indicators::consumers(&parts.hub, *parts.clock)) parts.consumers.push_back(std::move(one));
}

void Application::Parts::register_routes() {
    auth::register_routes(router, *db, *gate);
    files::FileRoutes const site{files,
                                 uploads,
                                 packages,
                                 addresses,
                                 [this](core::DistrictId id, std::string const& key) { return session_open(id, key); },
                                 [this] { return server->public_origin(); },
                                 [this] { return server->package_origin(); },
                                 [this](core::DistrictId id, core::Uuid const& thing, core::FileId const& file) {
                                     resources::Library const library{*db, *clock, files, &jobs};
                                     return id == district() &&
                                            resources::is_open_file(library, id, resources::ResourceId{thing}, file);
                                 }};
    files::register_routes(router, site);
    files::register_upload_routes(router, site);
    files::register_package_routes(package_router, site);
    register_course_player(package_router, site.main_origin);
    jobs::register_routes(router, jobs, hub);
    notify::register_routes(router, hub);
    roster::register_routes(router, *db, *clock, *gate);
    files.register_access(roster::import_file_access());
    roster::register_import_routes(router, {*db, files, jobs, *clock});
    timetable::register_routes(router, *db, *clock);
    timetable::register_change_routes(router, *db, *clock, hub);
    timetable::register_import_routes(router, *db, *clock, files);
    messages::register_routes(router, *db, *clock, hub);
    workflow::register_routes(router, *db, *clock);
    files.register_access(resources::file_access(*clock));
    resources::register_routes(router, {*db, *clock, files, &jobs}, site);
    resources::OpenDoor door{{*db, *clock, files, &jobs}, site, [this] { return district(); }};
    door.recommended = [this](core::DistrictId id) { return push::portal_things(push_desk(), id); };
    resources::register_open_routes(router, door);
    files.register_access(news::file_access(*clock));
    news::register_routes(router, {*db, *clock, files});
    news::register_open_routes(router, {{*db, *clock, files}, site, [this] { return district(); }});
    teaching::register_routes(router, *db, *clock);
    teaching::allow_topics(hub);
    teaching::register_computer_routes(
        router, {*db, *clock, files, gate->options().district, {beside_program(), "/usr/share/santong/helper"}});
    files.register_access(homework::attachment_access(*clock));
    files.register_access(homework::work_access(*clock));
    homework::register_routes(router, *db, *clock, files);
    indicators::register_routes(router, *db, *clock);
    reports::register_routes(router, *db, *clock);
    indicators::register_evaluation_routes(router, {*db, jobs, *clock});
    indicators::allow_topics(hub);
    nodes::register_routes(router, node_site(), contents, manifests);
    register_link_pages();
    push::register_routes(router, push_desk());
    push::register_pack_routes(router, pack_desk());
    nodes::register_version_routes(router, node_site());
    register_shell_routes(router, *db, *clock);
    backup::register_routes(router, *db);
    register_certificate();
}

void Application::Parts::register_certificate() {
    auto const settings = [this]() -> Serving const& { return serving; };
    CertificateSite const site{authority_place(), settings, [this] { return server->port(); }};
    for (auto* one : {&router, &door_router}) register_certificate_routes(*one, site);
    register_challenge_route(door_router, settings);
}

void Application::Parts::keep_certificate() {
    if (!serving.tls.on()) return;
    try {
        keep_own_certificate(authority_place(), place, serving);
        server->refresh_certificate();
    } catch (std::exception const& error) {
        log::error("the certificate cannot be renewed", {{"why", error.what()}});
    }
}

void Application::Parts::register_jobs() {
    roster::register_import_jobs(*runner, {*db, files, jobs, *clock});
    indicators::register_evaluation_jobs(*runner, {*db, jobs, *clock});
    reports::register_making(*runner, {*db, jobs, *clock});
    std::filesystem::path const working = std::filesystem::path(place.data) / "working";
    resources::register_preview_job(*runner, {*db, files, *clock, working, files::tool_preview_maker()});
    resources::register_intake_jobs(*runner, {*db, files, jobs, *clock, working});
    backup::register_nightly(*runner, place, *db);
    push::register_pack_jobs(*runner, pack_desk());
    if (demo) demo::register_teaching(*runner, {*db, jobs, *clock});
}

void Application::Parts::keep_house(std::stop_token const& stop) {
    constexpr auto minute = std::chrono::seconds(60);
    constexpr int looks_a_minute = 4;
    std::mutex mutex;
    std::condition_variable_any wake;
    Rest rest;
    for (int round = 0; !stop.stop_requested(); ++round) {
        try {
            for (auto const id : districts) nodes::retry_after_upgrade(node_site(), id);
            note_clock();
            if (round % 10 == 0 || room.load() < 0) keep_quota();
            // PostgreSQL does this by itself as its tables grow.
            if (round % 60 == 0 && db->dialect() == sql::Dialect::sqlite) db->refresh_statistics();
            keep_certificate();
            if (demo && serving.demo.teach_on && round % 10 == 0) demo::queue_teaching({*db, jobs, *clock});
            if (!demo && !districts.empty()) backup::queue_nightly(*db, jobs, district(), machine_clock().now());
            for (auto const id : districts) {
                db->transact(id, [&](sql::Tx& tx) { timetable::close_lessons(tx, clock->now()); });
                teaching::keep_house(*db, id, *clock);
                while (!stop.stop_requested() && news::tell_readers(*db, id, *clock)) {}
                if (round % 60 != 0) continue;
                homework::keep_house(*db, files, id, *clock);
                if (!has_parent) {  // made once for the district, above
                    timetable::roll_forward(*db, id, *clock);
                    resources::keep_licences(*db, id, *clock);
                    reports::queue_due({*db, jobs, *clock}, id);
                    push::settle_hosted(*db, id, clock->now());
                    push::run_rules(*db, id, *clock);
                    push::remind_unused(*db, id, *clock);
                }
                nodes::keep_house(*db, id, *clock);
                push::forget_packs(pack_desk(), id);
                indicators::keep_house(*db, id, *clock);
                messages::keep_house(*db, id, *clock);
                news::keep_house(*db, id, *clock);
                resources::forget_old_intakes({*db, *clock, files, &jobs}, id);
                uploads.remove_expired(id);
                auth::sweep(*db, *gate, id);
            }
        } catch (std::exception const& error) {
            log::error("housekeeping failed", {{"why", error.what()}});
        }
        for (int look = 0; look < looks_a_minute && !stop.stop_requested(); ++look) {
            std::unique_lock lock(mutex);
            wake.wait_for(lock, stop, minute / looks_a_minute, [] { return false; });
            if (!serving.small) continue;
            if (rest.begins(answered()))
                come_to_rest();
            else if (look == 0)
                give_memory_back();
        }
    }
}

std::int64_t Application::Parts::answered() const {
    std::int64_t sum = 0;
    server->metrics().each([&](http::Route const&, int, std::int64_t count) { sum += count; });
    return sum;
}

void Application::Parts::come_to_rest() {
    db->release_memory();
    answers.forget_old();
    give_memory_back();
}

}  // namespace santong::server
