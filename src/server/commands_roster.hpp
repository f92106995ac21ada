#pragma once

namespace CLI {
class App;
}

namespace santong::server {

/// Adds `import oneroster` and `export oneroster`; `code` becomes the exit code of the one that ran: 0 clean, 2 the
/// command must say more, 3 rows are refused.
void register_roster_commands(CLI::App& app, int& code);

}  // namespace santong::server
