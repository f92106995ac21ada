#pragma once

namespace CLI {
class App;
}

namespace santong::server {

/// `pack export`, `pack import`: the library's files on a disk.
void register_pack_commands(CLI::App& app, int& code);

}  // namespace santong::server
