#include "server/commands.hpp"

#include <signal.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "modules/nodes/audit_anchors.hpp"
#include "platform/auth/audit_log.hpp"
#include "platform/auth/keys.hpp"
#include "platform/log/log.hpp"
#include "platform/sql/installation.hpp"
#include "platform/sql/migrate.hpp"
#include "server/application.hpp"
#include "server/cannot_begin.hpp"
#include "server/commands_access.hpp"
#include "server/commands_authority.hpp"
#include "server/commands_evaluation.hpp"
#include "server/commands_keys.hpp"
#include "server/commands_nodes.hpp"
#include "server/commands_operation.hpp"
#include "server/commands_packs.hpp"
#include "server/commands_resources.hpp"
#include "server/commands_roster.hpp"
#include "server/commands_setup.hpp"
#include "server/demo/demo.hpp"
#include "server/memory.hpp"
#include "server/parts.hpp"
#include "server/place_options.hpp"
#include "server/setup/setup.hpp"
#include "server/setup/site_file.hpp"
#include "server/version.hpp"

namespace santong::server {

namespace fs = std::filesystem;

namespace {

/// Options of one subcommand; they live as long as the command line.
struct Arguments {
    PlaceOptions place;
    std::string district = "datonghu";
    std::uint64_t seed = 1;
    bool accounts = false;
};

/// What the wizard of the first start sends when the district stands: the node begins anew as what it has become.
constexpr int anew = SIGUSR1;

sigset_t served_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (int const one : {SIGTERM, SIGINT, SIGHUP, anew}) sigaddset(&signals, one);
    return signals;
}

/// The code is for whoever sees this terminal or the journal, and for nobody else.
void print_setup_code(setup::Setup& wizard, config::Config const& settings, int port) {
    bool const everywhere = settings.server.address == "0.0.0.0" || settings.server.address == "::";
    auto const address = everywhere ? std::string("127.0.0.1") : settings.server.address;
    bool const v6 = address.find(':') != std::string::npos;
    auto const origin = (settings.tls.on() ? "https://" : "http://") + (v6 ? "[" + address + "]" : address) + ":" +
                        std::to_string(port);
    std::fprintf(stderr, "\nThere is no district here yet. Open %s/setup and type the setup code\n\n    %s\n\n",
                 (settings.server.public_origin.empty() ? origin : settings.server.public_origin).c_str(),
                 wizard.new_code().c_str());
    std::fflush(stderr);
}

/// Serves until a signal ends it; answers which.
int serve_once(config::Config const& settings, sigset_t const& signals) {
    // A terminal that goes away ends the server; a service manager that says the same asks for the new certificate.
    bool const at_terminal = ::isatty(STDIN_FILENO) == 1;
    Application application(place_of(settings));
    std::optional<setup::Setup> wizard;
    if (application.parts().districts.empty()) {
        wizard.emplace(application, settings.server.port, [] { ::kill(::getpid(), anew); });
        setup::register_setup_routes(application.parts().router, *wizard);
        setup::register_front_doors(application.parts().router);
    }
    application.start({settings.server, settings.tls, settings.limits, settings.demo, settings.files, settings.node,
                       settings.place == config::Place::school});
    if (wizard) print_setup_code(*wizard, settings, application.port());
    int signal = 0;
    while (sigwait(&signals, &signal) == 0 && signal == SIGHUP && !at_terminal) application.reload_certificate();
    application.stop();
    return signal;
}

int serve(PlaceOptions const& options) {
    auto settings = options.settings();
    if (settings.place == config::Place::school) keep_little_memory();
    log::start(settings.log.level, settings.log.file);
    auto const signals = served_signals();
    pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    if (fs::exists(setup::site_file(settings.data) + ".new")) {
        bool const stands = !sql::districts(*open_database(place_of(settings))).empty();
        setup::mend_site_file(settings.data, stands);
        settings = options.settings();
    }
    while (serve_once(settings, signals) == anew) settings = options.settings();
    return 0;
}

/// What the anchors of boxes below say of their logs; false if one of them is not what it was.
bool print_boxes(sql::Database& db, core::DistrictId district) {
    bool well = true;
    for (auto const& box : db.read(district, [](sql::Tx& tx) { return nodes::anchor_states(tx); })) {
        auto const node = box.node_id.text();
        if (!box.fault) {
            std::printf("box %s: %lld anchors up to row %lld, none broken\n", node.c_str(),
                        static_cast<long long>(box.anchors), static_cast<long long>(box.last_number));
            continue;
        }
        std::printf("box %s: row %lld of its log: %s\n", node.c_str(), static_cast<long long>(box.fault->number),
                    std::string(core::enum_text(box.fault->fault)).c_str());
        well = false;
    }
    return well;
}

int verify_audit(Place const& place) {
    auto const db = open_existing_database(place);
    auth::Keys::use(open_keys(*db, place));
    int code = 0;
    for (auto const district : sql::districts(*db)) {
        auto const verdict = db->read(district, [](sql::Tx& tx) { return auth::verify_audit(tx); });
        if (verdict.fault == auth::AuditFault::none) {
            std::printf("district %d: %lld rows, unbroken\n", district, static_cast<long long>(verdict.rows));
        } else {
            std::printf("district %d: row %lld: %s\n", district, static_cast<long long>(verdict.number),
                        std::string(core::enum_text(verdict.fault)).c_str());
            code = 4;
        }
        if (!print_boxes(*db, district)) code = 4;
    }
    return code;
}

int make_demo(Arguments const& arguments) {
    auto const place = arguments.place.place();
    if (arguments.accounts) {
        if (demo::print_accounts(place)) return 0;
        auto const* hint =
            place.database.empty() ? "; if its records lie in PostgreSQL, name them as serve does: --database URL" : "";
        std::fprintf(stderr, "santong: there is no demo district in %s%s\n", place.data.c_str(), hint);
        return exit_cannot_begin;
    }
    if (arguments.district != "datonghu") {
        std::fprintf(stderr, "santong: there is no demo district \"%s\"; try datonghu\n", arguments.district.c_str());
        return exit_cannot_begin;
    }
    demo::make_district(place, arguments.seed);
    return 0;
}

int migrate(Place const& place) {
    auto const db = sql::Database::open({place.database, place.data, 1, 2});
    for (auto const& name : sql::migrate(*db, sql::embedded_migrations())) std::printf("%s\n", name.c_str());
    return 0;
}

/// The routes need no data: an empty folder that goes away again will do. Those of the first start stand there, too.
void print_openapi() {
    auto const folder = std::filesystem::temp_directory_path() / ("santong-openapi-" + core::Uuid::make().text());
    {
        Application application({folder.string(), ""});
        setup::Setup wizard(application, 0, [] {});
        setup::register_setup_routes(application.parts().router, wizard);
        std::fputs(application.openapi().c_str(), stdout);
    }
    std::filesystem::remove_all(folder);
}

}  // namespace

void register_commands(CLI::App& app, int& code) {
    auto const arguments = std::make_shared<Arguments>();
    auto* serving = app.add_subcommand("serve", "serve the screens and the interface");
    arguments->place.add_to(*serving);
    arguments->place.add_server_options_to(*serving);
    serving->callback([arguments, &code] { code = serve(arguments->place); });

    auto* demonstration = app.add_subcommand("demo", "make the demo district, or print its accounts");
    arguments->place.add_to(*demonstration);
    demonstration->add_option("--district", arguments->district)->capture_default_str();
    demonstration->add_option("--seed", arguments->seed, "the same seed makes the same district")
        ->capture_default_str();
    demonstration->add_flag("--accounts", arguments->accounts,
                            "print role,login,password,home,totp_secret and make nothing");
    demonstration->callback([arguments, &code] { code = make_demo(*arguments); });

    auto* migration = app.add_subcommand("migrate", "bring the schema up to date and stop");
    arguments->place.add_to(*migration);
    migration->callback([arguments, &code] { code = migrate(arguments->place.place()); });

    auto* audit = app.add_subcommand("audit", "the audit log");
    audit->require_subcommand(1);
    auto* verify = audit->add_subcommand("verify", "check the chain; exit 4 and the first broken row");
    arguments->place.add_to(*verify);
    verify->callback([arguments, &code] { code = verify_audit(arguments->place.place()); });

    auto* openapi = app.add_subcommand("openapi", "print the OpenAPI 3.1 description");
    openapi->callback([&code] {
        code = 0;
        print_openapi();
    });
    register_roster_commands(app, code);
    register_resource_commands(app, code);
    register_operation_commands(app, code);
    register_access_commands(app, code);
    register_setup_commands(app, code);
    register_key_commands(app, code);
    register_authority_commands(app, code);
    register_evaluation_commands(app, code);
    register_node_commands(app, code);
    register_pack_commands(app, code);
    app.add_subcommand("version", "print the version")->callback([] { std::printf("santong %s\n", version_text); });
}

}  // namespace santong::server
