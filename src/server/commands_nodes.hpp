#pragma once

namespace CLI {
class App;
}

namespace santong::server {

/// `node invite`, `node invitations`, `node withdraw`, `node status`, `join`.
void register_node_commands(CLI::App& app, int& code);

}  // namespace santong::server
