#include <CLI/CLI.hpp>
#include <cstdio>

#include "platform/config/config.hpp"
#include "server/cannot_begin.hpp"
#include "server/commands.hpp"
#include "server/subcommand.hpp"

namespace {

/// `santong help [COMMAND…]`: prints and runs nothing, whatever the words are.
int print_help(CLI::App& app, int argc, char** argv) {
    auto* about = &app;
    std::string path = "santong";
    for (int i = 2; i < argc; ++i) {
        auto* next = santong::server::subcommand(*about, argv[i]);
        if (next == nullptr) {
            std::fprintf(stderr, "santong: there is no command \"%s\"; santong help lists them\n", argv[i]);
            return santong::server::exit_cannot_begin;
        }
        about = next;
        if (i + 1 < argc) path += std::string(" ") + argv[i];
    }
    std::fputs((about == &app ? app.help() : about->help(path)).c_str(), stdout);
    return 0;
}

}  // namespace

/// `santong <command> …`: see `santong help`.
int main(int argc, char** argv) {
    CLI::App app{"Santong (三通): regional education cloud", "santong"};
    app.require_subcommand(1);
    app.footer(
        "Exit codes: 0 done; 1 the machine or the data folder is broken; 2 what was asked for cannot be begun "
        "(a file, a district, a name); 3 import: rows or files are refused; 4 audit verify, evaluate verify: something "
        "was "
        "altered; 5 "
        "doctor: a fault stands; above 100 the command line is wrong.");
    int code = 0;
    santong::server::register_commands(app, code);
    app.add_subcommand("help", "print this help, or that of a command");
    if (argc > 1 && std::string_view(argv[1]) == "help") return print_help(app, argc, argv);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error);
    } catch (santong::server::CannotBegin const& error) {
        std::fprintf(stderr, "santong: %s\n", error.what());
        return santong::server::exit_cannot_begin;
    } catch (santong::config::ConfigError const& error) {
        std::fprintf(stderr, "santong: %s\n", error.what());
        return santong::server::exit_cannot_begin;
    } catch (std::exception const& error) {
        std::fprintf(stderr, "santong: %s\n", error.what());
        return 1;
    }
    return code;
}
