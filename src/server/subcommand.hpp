#pragma once
#include <CLI/CLI.hpp>
#include <string>

namespace santong::server {

/// The command of that name right below; null if there is none.
inline CLI::App* subcommand(CLI::App& app, std::string const& name) {
    auto const found = app.get_subcommands([&](CLI::App const* one) { return one->get_name() == name; });
    return found.empty() ? nullptr : found.front();
}

}  // namespace santong::server
