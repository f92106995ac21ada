#pragma once

namespace CLI {
class App;
}

namespace santong::server {

/// `authority create | issue | revoke | list`.
void register_authority_commands(CLI::App& app, int& code);

}  // namespace santong::server
