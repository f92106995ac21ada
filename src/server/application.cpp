#include "server/application.hpp"

#include <filesystem>

#include "core/embedded.hpp"
#include "modules/roster/service_codes.hpp"
#include "modules/roster/service_session.hpp"
#include "platform/auth/http.hpp"
#include "platform/auth/permissions.hpp"
#include "platform/auth/sessions.hpp"
#include "platform/http/openapi.hpp"
#include "platform/log/log.hpp"
#include "platform/sql/installation.hpp"
#include "platform/sql/migrate.hpp"
#include "server/demo/accounts.hpp"
#include "server/modules.hpp"
#include "server/parts.hpp"

namespace santong::server {

namespace fs = std::filesystem;

namespace {

std::unique_ptr<core::Clock> clock_of(sql::Database& db) {
    auto const start = db.read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "demo_start"); });
    if (!start) return std::make_unique<core::SystemClock>();
    return std::make_unique<core::ShiftedClock>(core::Instant{std::stoll(*start)});
}

bool is_demo(sql::Database& db) {
    return db.read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "demo"); }) == "yes";
}

std::string node_name(sql::Database& db) {
    return db.transact(0, [](sql::Tx& tx) {
        if (auto const known = sql::installation_value(tx, "node")) return *known;
        auto const made = core::Uuid::make().text();
        sql::set_installation_value(tx, "node", made);
        return made;
    });
}

fs::path below(Place const& place, char const* folder) {
    auto const path = fs::path(place.data) / folder;
    fs::create_directories(path);
    return path;
}

void set_up_permissions() {
    static bool const once = [] {
        auto& registry = auth::PermissionRegistry::instance();
        register_permissions(registry);
        auth::PermissionRegistry::scopes() = &roster::org_scopes();
        return true;
    }();
    static_cast<void>(once);
}

}  // namespace

core::Clock const& machine_clock() {
    static core::SystemClock const clock;
    return clock;
}

std::unique_ptr<sql::Database> open_database(Place const& place) {
    fs::create_directories(place.data);
    auto db = sql::Database::open({place.database, place.data, 4, 16});
    sql::migrate(*db, sql::embedded_migrations());
    roster::load_code_tables(*db);
    return db;
}

std::unique_ptr<core::Clock> teaching_clock(sql::Database& db) { return clock_of(db); }

Application::Parts::Parts(Place const& place_)
    : place(place_),
      db(open_database(place)),
      districts(sql::districts(*db)),
      demo(is_demo(*db)),
      clock(clock_of(*db)),
      keys(auth::Keys::open(below(place, "keys").string())),
      session_details(roster::session_details(*clock)),
      contents(below(place, "files")),
      files(*db, contents, machine_clock()),
      uploads(files, below(place, "uploads"), {}),
      packages(contents, below(place, "cache") / "packages", {}),
      addresses([this](std::string_view text) { return keys->token_mac(text); }, machine_clock()),
      hub([this](core::DistrictId id, std::string const& key) { return session_open(id, key); }),
      jobs(*db, files, machine_clock()),
      idempotency(*db, machine_clock()) {
    auth::Keys::use(keys);
    feed::set_origin(node_name(*db));
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
    housekeeping = {};
    if (runner) runner->stop();
    server.reset();
    pump.reset();
    auth::Gate::use(nullptr);
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

bool Application::Parts::session_open(core::DistrictId district_id, std::string const& session_key) const {
    return auth::session_open(*db, district_id, session_key);
}

Application::Application(Place const& place) : parts_(std::make_unique<Parts>(place)) {}
Application::~Application() = default;

void Application::start(Serving const& serving) {
    auto& parts = *parts_;
    bool const tls = !serving.certificate.empty();
    http::Options options;
    options.address = serving.address;
    options.port = serving.port;
    options.package_port = serving.package_port != 0 || serving.port == 0 ? serving.package_port : serving.port + 1;
    options.packages = &parts.package_router;
    options.assets = embedded::web_assets();
    options.behind_proxy = serving.behind_proxy;
    options.assets = embedded::web_assets();
    options.temp_dir = below(parts.place, "uploads").string();
    if (tls) options.tls = http::Tls{serving.certificate, serving.private_key};
    parts.server = std::make_unique<http::Server>(
        options, parts.router, [&parts](http::Call& call) { return auth::authenticate(*parts.db, *parts.gate, call); },
        &parts.idempotency);
    std::vector<feed::Consumer*> consumers;
    for (auto const& consumer : parts.consumers) consumers.push_back(consumer.get());
    parts.pump = std::make_unique<feed::Pump>(*parts.db, parts.districts, consumers);
    parts.runner->start();
    parts.server->start();
    parts.housekeeping = std::jthread([&parts](std::stop_token const& stop) { parts.keep_house(stop); });
    log::info("serving", {{"port", parts.server->port()}, {"package_port", parts.server->package_port()},
                          {"demo", parts.demo}});
}

void Application::stop() {
    auto& parts = *parts_;
    parts.housekeeping = {};
    if (parts.server) parts.server->stop();
    parts.runner->stop();
    parts.pump.reset();
    log::info("stopped");
    log::flush();
}

int Application::port() const { return parts_->server->port(); }

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

std::string Application::openapi() const { return http::openapi(parts_->router); }

}  // namespace santong::server
