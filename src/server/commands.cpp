#include "server/commands.hpp"

#include <signal.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "platform/auth/audit_log.hpp"
#include "platform/auth/keys.hpp"
#include "platform/sql/installation.hpp"
#include "platform/sql/migrate.hpp"
#include "server/application.hpp"
#include "server/commands_roster.hpp"
#include "server/demo/demo.hpp"
#include "server/parts.hpp"

namespace santong::server {

namespace {

constexpr char const* version_text = "0.1.0";

/// Options of one subcommand; they live as long as the command line.
struct Arguments {
    Place place;
    Serving serving;
    std::string district = "datonghu";
    std::uint64_t seed = 1;
    bool accounts = false;
};

void add_place(CLI::App& command, Place& place) {
    command.add_option("--data", place.data, "folder of the data (made if missing)")->capture_default_str();
    command.add_option("--database", place.database, "postgresql://… instead of the embedded database");
}

int serve(Arguments const& arguments) {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    Application application(arguments.place);
    application.start(arguments.serving);
    int signal = 0;
    sigwait(&signals, &signal);
    application.stop();
    return 0;
}

int verify_audit(Place const& place) {
    auto const db = open_database(place);
    auto const keys = auth::Keys::open(place.data + "/keys");
    auth::Keys::use(keys);
    int code = 0;
    for (auto const district : sql::districts(*db)) {
        auto const verdict = db->read(district, [](sql::Tx& tx) { return auth::verify_audit(tx); });
        if (verdict.fault == auth::AuditFault::none) {
            std::printf("district %d: %lld rows, unbroken\n", district, static_cast<long long>(verdict.rows));
            continue;
        }
        std::printf("district %d: row %lld: %s\n", district, static_cast<long long>(verdict.number),
                    std::string(core::enum_text(verdict.fault)).c_str());
        code = 4;
    }
    return code;
}

int make_demo(Arguments const& arguments) {
    if (arguments.accounts) {
        if (demo::print_accounts(arguments.place)) return 0;
        std::fprintf(stderr, "santong: %s is no demo folder\n", arguments.place.data.c_str());
        return 1;
    }
    if (arguments.district != "datonghu") {
        std::fprintf(stderr, "santong: there is no demo district \"%s\"; try datonghu\n", arguments.district.c_str());
        return 2;
    }
    demo::make_district(arguments.place, arguments.seed);
    return 0;
}

int migrate(Place const& place) {
    auto const db = sql::Database::open({place.database, place.data, 1, 2});
    for (auto const& name : sql::migrate(*db, sql::embedded_migrations())) std::printf("%s\n", name.c_str());
    return 0;
}

/// The routes need no data: an empty folder that goes away again will do.
void print_openapi() {
    auto const folder = std::filesystem::temp_directory_path() / ("santong-openapi-" + core::Uuid::make().text());
    {
        Application application({folder.string(), ""});
        std::fputs(application.openapi().c_str(), stdout);
    }
    std::filesystem::remove_all(folder);
}

}  // namespace

void register_commands(CLI::App& app, int& code) {
    auto const arguments = std::make_shared<Arguments>();
    auto* serving = app.add_subcommand("serve", "serve the screens and the interface");
    add_place(*serving, arguments->place);
    serving->add_option("--port", arguments->serving.port)->capture_default_str();
    serving->add_option("--package-port", arguments->serving.package_port, "second origin; default: the next port");
    serving->add_option("--address", arguments->serving.address)->capture_default_str();
    serving->add_option("--certificate", arguments->serving.certificate, "PEM chain; with --private-key turns TLS on");
    serving->add_option("--private-key", arguments->serving.private_key);
    serving->add_flag("--behind-proxy", arguments->serving.behind_proxy, "a proxy in front ends TLS");
    serving->callback([arguments, &code] { code = serve(*arguments); });

    auto* demonstration = app.add_subcommand("demo", "make the demo district, or print its accounts");
    add_place(*demonstration, arguments->place);
    demonstration->add_option("--district", arguments->district)->capture_default_str();
    demonstration->add_option("--seed", arguments->seed, "the same seed makes the same district")->capture_default_str();
    demonstration->add_flag("--accounts", arguments->accounts, "print role,login,password,home,totp_secret and make nothing");
    demonstration->callback([arguments, &code] { code = make_demo(*arguments); });

    auto* migration = app.add_subcommand("migrate", "bring the schema up to date and stop");
    add_place(*migration, arguments->place);
    migration->callback([arguments, &code] { code = migrate(arguments->place); });

    auto* audit = app.add_subcommand("audit", "the audit log");
    audit->require_subcommand(1);
    auto* verify = audit->add_subcommand("verify", "check the chain; exit 4 and the first broken row");
    add_place(*verify, arguments->place);
    verify->callback([arguments, &code] { code = verify_audit(arguments->place); });

    auto* openapi = app.add_subcommand("openapi", "print the OpenAPI 3.1 description");
    openapi->callback([&code] {
        code = 0;
        print_openapi();
    });
    register_roster_commands(app, code);
    app.add_subcommand("version", "print the version")->callback([] { std::printf("santong %s\n", version_text); });
}

}  // namespace santong::server
