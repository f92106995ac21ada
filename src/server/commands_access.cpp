#include "server/commands_access.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "core/message.hpp"
#include "platform/auth/accounts.hpp"
#include "server/application.hpp"
#include "server/cannot_begin.hpp"
#include "server/parts.hpp"
#include "server/place_options.hpp"

namespace santong::server {

namespace {

struct AccessArguments {
    PlaceOptions place;
    std::string login;
    bool second_factor = false;
};

int print_code(AccessArguments const& arguments) {
    auto const place = arguments.place.place();
    expect_database(place);
    Application application(place);
    auto const issued = auth::code_for_login(*application.parts().db, arguments.login, {arguments.second_factor});
    if (!issued) {
        std::fprintf(stderr, "santong: %s\n", core::message(issued.error().key, issued.error().params, "en").c_str());
        return exit_cannot_begin;
    }
    std::printf("%s %s\n", issued->login.c_str(), issued->code.c_str());
    return 0;
}

}  // namespace

void register_access_commands(CLI::App& app, int& code) {
    auto const arguments = std::make_shared<AccessArguments>();
    auto* issuing = app.add_subcommand("code", "print a one-time code for an account; its password and sessions end");
    arguments->place.add_to(*issuing);
    issuing->add_option("login", arguments->login, "the account's login")->required();
    issuing->add_flag("--second-factor", arguments->second_factor, "also take away the second factor (a lost phone)");
    issuing->callback([arguments, &code] { code = print_code(*arguments); });
}

}  // namespace santong::server
