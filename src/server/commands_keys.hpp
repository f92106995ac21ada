#pragma once

namespace CLI {
class App;
}

namespace santong::server {

/// `santong key sheet`, `santong key restore`.
void register_key_commands(CLI::App& app, int& code);

}  // namespace santong::server
