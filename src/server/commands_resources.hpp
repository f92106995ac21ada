#pragma once

namespace CLI {
class App;
}

namespace santong::server {

/// Adds `import resources`; `code` becomes its exit code: 0 all went in or lies ready, 2 it cannot be begun, 3 files
/// are refused or wait for a word of their owner.
void register_resource_commands(CLI::App& app, int& code);

}  // namespace santong::server
