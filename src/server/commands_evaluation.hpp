#pragma once
namespace CLI {
class App;
}

namespace santong::server {

/// `santong evaluate verify`: needs no data folder.
void register_evaluation_commands(CLI::App& app, int& code);

}  // namespace santong::server
