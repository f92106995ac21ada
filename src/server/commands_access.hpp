#pragma once

namespace CLI {
class App;
}

namespace santong::server {

/// `santong code LOGIN`: a one-time code for an account, printed for whoever holds the machine: the first sign-in of a
/// new district, or an administrator who is locked out.
void register_access_commands(CLI::App& app, int& code);

}  // namespace santong::server
