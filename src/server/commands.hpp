#pragma once

namespace CLI {
class App;
}

namespace santong::server {

/// Adds the subcommands to the command line; `code` becomes the exit code of the one that ran.
void register_commands(CLI::App& app, int& code);

}  // namespace santong::server
