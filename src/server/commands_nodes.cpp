#include "server/commands_nodes.hpp"

#include <CLI/CLI.hpp>
#include <array>
#include <cstdio>
#include <memory>

#include "core/json.hpp"
#include "core/message.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/service_invitations.hpp"
#include "modules/roster/service.hpp"
#include "platform/feed/feed.hpp"
#include "server/cannot_begin.hpp"
#include "server/opened_place.hpp"
#include "server/place_options.hpp"
#include "server/version.hpp"

namespace santong::server {

namespace {

struct NodeArguments {
    PlaceOptions place;
    std::string school;
    std::string code;
    std::string parent;
    std::string authority;
    bool json = false;
};

/// A school that nobody has, a code that is not good, a parent that is not reached: it cannot be begun.
[[noreturn]] void refuse_to_begin(core::Error const& error) {
    throw CannotBegin(core::message(error.key, error.params, "en"));
}

int invite(NodeArguments const& arguments) {
    OpenedPlace const opened(arguments.place.place());
    auto const made = nodes::invite_at_machine(opened.site(), opened.district(), arguments.school);
    if (!made) refuse_to_begin(made.error());
    std::fprintf(stderr, "%s: valid for seven days, for one box\n", made->org_name.c_str());
    std::printf("%s\n", made->code.c_str());
    return 0;
}

/// "2026-11-21 07:12".
std::string moment_text(core::Zone const& zone, core::Instant at) {
    auto const minute = zone.minute_of_day(at);
    std::array<char, 32> time{};
    std::snprintf(time.data(), time.size(), "%02d:%02d", minute / 60, minute % 60);
    return zone.date_of(at).text() + " " + time.data();
}

int invitations(NodeArguments const& arguments) {
    OpenedPlace const opened(arguments.place.place());
    auto const open = nodes::invitations_at_machine(opened.site(), opened.district());
    if (arguments.json) {
        std::printf("%s\n", core::json::write(open).c_str());
        return 0;
    }
    auto const zone = opened.db->read(opened.district(), [](sql::Tx& tx) { return roster::district(tx).zone(); });
    std::printf("%-16s  %-16s  %s\n", "made", "good until", "school, made by");
    for (auto const& one : open) {
        std::printf("%-16s  %-16s  %s, %s\n", moment_text(zone, one.made_at).c_str(),
                    moment_text(zone, one.expires_at).c_str(), one.org_name.c_str(),
                    one.made_by.empty() ? "at the machine" : one.made_by.c_str());
    }
    return 0;
}

int withdraw(NodeArguments const& arguments) {
    OpenedPlace const opened(arguments.place.place());
    auto const school = nodes::withdraw_at_machine(opened.site(), opened.district(), arguments.school);
    if (!school) refuse_to_begin(school.error());
    std::printf("%s: its join code opens nothing any more\n", school->c_str());
    return 0;
}

int status(NodeArguments const& arguments) {
    OpenedPlace const opened(arguments.place.place());
    auto const all = nodes::status(opened.site(), opened.district());
    if (arguments.json) {
        std::printf("%s\n", core::json::write(all).c_str());
        return 0;
    }
    std::printf("%-10s %-8s %10s %10s %8s  %s\n", "state", "lag s", "to come up", "to go down", "parked", "place");
    for (auto const& one : all) {
        std::printf("%-10s %-8lld %10lld %10lld %8lld  %s\n", std::string(core::enum_text(one.state)).c_str(),
                    static_cast<long long>(one.lag), static_cast<long long>(one.waiting_up),
                    static_cast<long long>(one.waiting_down), static_cast<long long>(one.parked), one.name.c_str());
    }
    return 0;
}

int join(NodeArguments const& arguments) {
    auto const place = arguments.place.place();
    OpenedPlace const opened(place, OpenedPlace::Make::yes);
    feed::set_origin(node_name(*opened.db));
    auto const joined = nodes::join_parent(opened.site(), arguments.code, arguments.parent, arguments.authority);
    if (!joined) refuse_to_begin(joined.error());
    std::printf("%s joined %s as %s. Now: santong serve --role school --data %s\n", joined->org_name.c_str(),
                arguments.parent.c_str(), joined->node.text().c_str(), place.data.c_str());
    return 0;
}

}  // namespace

void register_node_commands(CLI::App& app, int& code) {
    auto const arguments = std::make_shared<NodeArguments>();
    auto* node = app.add_subcommand("node", "boxes of schools below this place");
    node->require_subcommand(1);
    auto* inviting = node->add_subcommand("invite", "make a one-time code for a school's box; printed last");
    inviting->add_option("school", arguments->school, "name, code or id")->required();
    arguments->place.add_to(*inviting);
    inviting->callback([arguments, &code] { code = invite(*arguments); });
    auto* open = node->add_subcommand("invitations", "codes that no box has used yet");
    arguments->place.add_to(*open);
    open->add_flag("--json", arguments->json, "as JSON");
    open->callback([arguments, &code] { code = invitations(*arguments); });
    auto* withdrawing = node->add_subcommand("withdraw", "the open code of a school opens nothing any more");
    withdrawing->add_option("school", arguments->school, "name, code or id")->required();
    arguments->place.add_to(*withdrawing);
    withdrawing->callback([arguments, &code] { code = withdraw(*arguments); });
    auto* state = node->add_subcommand("status", "how far each box is");
    arguments->place.add_to(*state);
    state->add_flag("--json", arguments->json, "as JSON");
    state->callback([arguments, &code] { code = status(*arguments); });

    auto* joining = app.add_subcommand("join", "make this empty folder the box of a school");
    joining->add_option("code", arguments->code, "one-time code of the parent")->required();
    joining->add_option("--parent", arguments->parent, "https://… of the parent")->required();
    joining->add_option("--parent-authority", arguments->authority, "PEM of the district authority of the parent");
    arguments->place.add_to(*joining);
    joining->callback([arguments, &code] { code = join(*arguments); });
}

}  // namespace santong::server
