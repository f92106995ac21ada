#include "server/application.hpp"
#include "server/cannot_begin.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "core/embedded.hpp"
#include "modules/messages/service.hpp"
#include "modules/nodes/contents_up.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_codes.hpp"
#include "modules/roster/service_session.hpp"
#include "modules/roster/service_write.hpp"
#include "modules/teaching/screen_calls.hpp"
#include "modules/workflow/service.hpp"
#include "platform/auth/http.hpp"
#include "platform/auth/key_proof.hpp"
#include "platform/auth/permissions.hpp"
#include "platform/auth/sessions.hpp"
#include "platform/http/body_file.hpp"
#include "platform/http/openapi.hpp"
#include "platform/log/log.hpp"
#include "platform/sql/dump.hpp"
#include "platform/sql/installation.hpp"
#include "platform/sql/migrate.hpp"
#include "server/backup/contents.hpp"
#include "server/certificate.hpp"
#include "server/demo/accounts.hpp"
#include "server/modules.hpp"
#include "server/parts.hpp"

namespace santong::server {

namespace fs = std::filesystem;

namespace {

/// A demo that was stopped not long ago goes on as if time had passed there, too: a power cut turns no clock back.
std::optional<core::Instant> going_on(sql::Tx& tx) {
    constexpr std::int64_t longest_stop_ms = 15 * 60 * 1000;
    auto const seen = sql::installation_value(tx, "demo_seen_at");
    auto const showed = sql::installation_value(tx, "demo_showed");
    if (!seen || !showed) return std::nullopt;
    auto const stopped_ms = machine_clock().now().ms - std::stoll(*seen);
    if (stopped_ms < 0 || stopped_ms > longest_stop_ms) return std::nullopt;
    return core::Instant{std::stoll(*showed) + stopped_ms};
}

std::unique_ptr<core::Clock> clock_of(sql::Database& db) {
    auto const start = db.read(0, [](sql::Tx& tx) -> std::optional<core::Instant> {
        auto const first = sql::installation_value(tx, "demo_start");
        if (!first) return std::nullopt;
        return going_on(tx).value_or(core::Instant{std::stoll(*first)});
    });
    if (!start) return std::make_unique<core::SystemClock>();
    return std::make_unique<core::ShiftedClock>(*start);
}

bool is_demo(sql::Database& db) {
    return db.read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "demo"); }) == "yes";
}

fs::path below(Place const& place, char const* folder) {
    auto const path = fs::path(place.data) / folder;
    fs::create_directories(path);
    return path;
}

http::Options http_options(Place const& place, Serving const& serving) {
    auto const& server = serving.server;
    http::Options options;
    options.address = server.address;
    options.port = server.port;
    options.package_port = server.package_port != 0 || server.port == 0 ? server.package_port : server.port + 1;
    options.tls = tls_files(place, serving.tls);
    options.door_port = serving.tls.http_port;
    options.door_pages = {"/certificate"};
    options.behind_proxy = server.behind_proxy;
    options.io_threads = server.io_threads;
    options.workers = server.workers;
    options.slow_workers = server.slow_workers;
    options.queue = server.queue;
    options.max_connections = server.max_connections;
    options.max_connections_per_address = server.max_connections_per_address;
    options.body_memory = std::int64_t{server.body_memory_mb} << 20;
    options.limits.address = {double(serving.limits.address_per_second), double(serving.limits.address_burst)};
    options.limits.account = {double(serving.limits.account_per_second), double(serving.limits.account_burst)};
    options.limits.loopback = serving.limits.loopback;
    options.public_origin = server.public_origin;
    options.package_origin = server.package_origin;
    options.metrics_for_all = server.metrics_for_all;
    return options;
}

}  // namespace

core::Clock const& machine_clock() {
    static core::SystemClock const clock;
    return clock;
}

std::string node_name(sql::Database& db) {
    return db.transact(0, [](sql::Tx& tx) {
        if (auto const known = sql::installation_value(tx, "node")) return *known;
        auto const made = core::Uuid::make().text();
        sql::set_installation_value(tx, "node", made);
        return made;
    });
}

void expect_database(Place const& place) {
    if (place.database.empty() && !fs::exists(fs::path(place.data) / "santong.db"))
        throw CannotBegin("there is no database in " + place.data);
}

std::unique_ptr<sql::Database> open_existing_database(Place const& place) {
    expect_database(place);
    auto db = sql::Database::open({place.database, place.data, 2, 4});
    if (!db->read(0, [](sql::Tx& tx) { return sql::has_tables(tx); })) throw CannotBegin("the database is empty");
    return db;
}

std::unique_ptr<sql::Database> open_database(Place const& place) {
    backup::refuse_unfinished(place.data);
    if (place.database.empty()) fs::create_directories(place.data);
    auto db = sql::Database::open({place.database, place.data, place.readers, place.connections});
    fs::create_directories(place.data);  // a database that cannot be reached leaves no folder behind
    sql::migrate(*db, sql::embedded_migrations());
    roster::load_code_tables(*db);
    roster::spell_names(*db, sql::districts(*db));
    return db;
}

std::shared_ptr<auth::Keys> open_keys(sql::Database& db, Place const& place) {
    auto const folder = place.keys_folder();
    if (auth::read_master_keys(folder).empty() && !auth::master_keys_needed(db).empty()) {
        throw CannotBegin("the master keys are not in " + folder +
                          "; put them back: santong key restore (recovery sheet), or restore a backup");
    }
    return auth::Keys::open(folder);
}

void refuse_unfinished(sql::Database& db) {
    auto const what = db.read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "unfinished"); });
    if (what == "demo")
        throw std::runtime_error("making the demo here was cut off; delete the folder and make it again");
}

std::unique_ptr<core::Clock> teaching_clock(sql::Database& db) {
    return clock_of(db);
}

Application::Parts::Parts(Place const& place_)
    : place(place_),
      db(open_database(place)),
      districts(sql::districts(*db)),
      demo(is_demo(*db)),
      clock(clock_of(*db)),
      keys(open_keys(*db, place)),
      session_details(roster::session_details(*clock)),
      contents(below(place, "files")),
      manifests(below(place, "chunks")),
      files(*db, contents, machine_clock()),
      uploads(files, below(place, "uploads"), {}),
      packages(contents, below(place, "cache") / "packages", {}),
      addresses([this](std::string_view text) { return keys->token_mac(text); }, machine_clock()),
      hub([this](core::DistrictId id, std::string const& key) { return session_open(id, key); }),
      jobs(*db, files, machine_clock()),
      idempotency(*db, machine_clock()),
      answers(*db) {
    auth::Keys::use(keys);
    feed::set_origin(node_name(*db));
    shapes = all_shapes();
    has_parent = nodes::parent(*db).has_value();
    if (has_parent) nodes::remember_clock(*db);
    for (auto const id : districts) feed::go_on(*db, id);
    know_people_above();
    if (has_parent) {
        fetcher = make_fetcher();
        watch_line();
        files.contents_come_later([this](files::FileObject const& file) { fetcher->ask({file.sha256, file.size}); });
    }
    files.contents_come_from_below([this](std::string const& sha256) {
        bool const due = db->read(district(), [&](sql::Tx& tx) { return nodes::is_due(tx, sha256); });
        if (due) nodes::note_waited_for(sha256);
        return due;
    });
    set_up_permissions();
    open_gate();
    files.register_access(jobs::Jobs::file_access());
    consumers.push_back(std::make_unique<auth::AuditChain>());
    add_consumers(*this);
    jobs::RunnerOptions options;
    options.districts = districts;
    options.node = node_name(*db);
    runner = std::make_unique<jobs::JobRunner>(jobs, &hub, options);
    register_routes();
    register_jobs();
}

Application::Parts::~Parts() {
    line = {};
    arriving = {};
    measuring = {};
    telling = {};
    housekeeping = {};
    if (runner) runner->stop();
    messages::on_change({});
    teaching::on_screen_call({});
    server.reset();
    pump.reset();
    auth::Gate::use(nullptr);
}

void Application::Parts::know_people_above() const {
    auto const above = nodes::parent(*db);
    if (!above) return workflow::register_people_above({});
    workflow::register_people_above([root = above->org_id](sql::Tx& tx, core::OrgId const& org) {
        auto const path = roster::self_and_ancestors(tx, org);
        return std::ranges::find(path, root) == path.end();
    });
}

void Application::Parts::open_gate() {
    auth::GateOptions options;
    options.district = district();
    options.demo = demo;
    options.clock = clock.get();
    options.machine = &machine_clock();
    options.details = session_details.get();
    for (auto const& account : demo::listed_accounts(*db)) {
        options.demo_accounts.push_back({account.role, account.name, account.login, account.password});
    }
    gate = std::make_unique<auth::Gate>(options);
    auth::Gate::use(gate.get());
}

void Application::Parts::start_pump() {
    if (pump) return;
    std::vector<feed::Consumer*> all;
    for (auto const& consumer : consumers) all.push_back(consumer.get());
    pump = std::make_unique<feed::Pump>(*db, districts, all);
}

void Application::Parts::note_clock() {
    if (!demo) return;
    db->transact(0, [this](sql::Tx& tx) {
        sql::set_installation_value(tx, "demo_seen_at", std::to_string(machine_clock().now().ms));
        sql::set_installation_value(tx, "demo_showed", std::to_string(clock->now().ms));
    });
}

bool Application::Parts::session_open(core::DistrictId district_id, std::string const& session_key) const {
    return auth::session_open(*db, district_id, session_key);
}

Application::Application(Place const& place) : parts_(std::make_unique<Parts>(place)) {}
Application::~Application() = default;

void Application::start(Serving const& serving) {
    auto& parts = *parts_;
    refuse_unfinished(*parts.db);
    parts.serving_lock.emplace(fs::path(parts.place.data) / "serving.lock");
    parts.serving = serving;
    if (serving.tls.on()) keep_own_certificate(parts.authority_place(), parts.place, serving);
    auto options = http_options(parts.place, serving);
    options.packages = &parts.package_router;
    if (serving.tls.http_port != 0) options.door = &parts.door_router;
    options.answers = &parts.answers;
    options.recall = [&parts](http::Call& call) { return auth::recall(*parts.gate, call); };
    options.assets = embedded::web_assets();
    options.temp_dir = below(parts.place, "uploads").string();
    http::clear_body_files(options.temp_dir);
    fs::remove_all(below(parts.place, "working"));  // what a killed process was unpacking
    parts.server = std::make_unique<http::Server>(
        options, parts.router, [&parts](http::Call& call) { return auth::authenticate(*parts.db, *parts.gate, call); },
        &parts.idempotency);
    // A box counts nothing until its first snapshot is whole: then everything once.
    if (!parts.has_parent || nodes::settled(*parts.db, parts.district())) parts.start_pump();
    parts.runner->start();
    parts.server->start();
    parts.serving_lock->note({::getpid(), serving.server.address, parts.server->port(), parts.server->package_port()});
    parts.housekeeping = std::jthread([&parts](std::stop_token const& stop) { parts.keep_house(stop); });
    if (parts.has_parent) {
        parts.line = std::jthread([&parts](std::stop_token const& stop) { parts.keep_talking(stop); });
        parts.measuring = std::jthread([&parts](std::stop_token const& stop) { parts.keep_measuring(stop); });
        parts.add_transfer_gauges();
        parts.arriving = std::jthread([&parts](std::stop_token const& stop) { parts.keep_fetching(stop); });
        parts.telling = std::jthread([&parts](std::stop_token const& stop) { parts.keep_telling(stop); });
    }
    log::info("serving",
              {{"port", parts.server->port()}, {"package_port", parts.server->package_port()}, {"demo", parts.demo}});
}

void Application::stop() {
    auto& parts = *parts_;
    parts.line = {};
    parts.arriving = {};
    parts.measuring = {};
    parts.telling = {};
    parts.housekeeping = {};
    if (parts.server) parts.server->stop();
    parts.runner->stop();
    parts.pump.reset();
    parts.serving_lock.reset();
    log::info("stopped");
    log::flush();
}

int Application::port() const {
    return parts_->server->port();
}
int Application::door_port() const {
    return parts_->server->door_port();
}
void Application::reload_certificate() {
    parts_->keep_certificate();
}

void Application::drain() {
    auto& parts = *parts_;
    std::vector<feed::Consumer*> consumers;
    for (auto const& consumer : parts.consumers) consumers.push_back(consumer.get());
    for (std::size_t passed = 1; passed > 0;) {
        passed = 0;
        for (auto const district : parts.districts) {
            for (auto* consumer : consumers) passed += feed::run_consumer(*parts.db, district, *consumer);
        }
    }
}

std::string Application::openapi() const {
    return http::openapi(parts_->router);
}

}  // namespace santong::server
