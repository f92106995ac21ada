#include <CLI/CLI.hpp>
#include <cstdio>

#include "server/commands.hpp"

/// `santong <command> …`: see `santong --help`.
int main(int argc, char** argv) {
    CLI::App app{"Santong (三通): regional education cloud"};
    app.require_subcommand(1);
    int code = 0;
    santong::server::register_commands(app, code);
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& error) {
        return app.exit(error);
    } catch (std::exception const& error) {
        std::fprintf(stderr, "santong: %s\n", error.what());
        return 1;
    }
    return code;
}
