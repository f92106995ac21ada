#pragma once

namespace CLI {
class App;
}

namespace santong::server {

/// Adds `backup`, `restore` and `doctor`; `code` becomes the exit code of the one that ran: 0, or 5 when `doctor` found
/// a fault. What cannot be done throws.
void register_operation_commands(CLI::App& app, int& code);

}  // namespace santong::server
