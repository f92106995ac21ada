#pragma once

namespace CLI {
class App;
}

namespace santong::server {

/// `santong setup`: the first start from a file of answers, for technicians with many boxes.
void register_setup_commands(CLI::App& app, int& code);

}  // namespace santong::server
