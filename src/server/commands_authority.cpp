#include "server/commands_authority.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <memory>

#include "core/message.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/private_file.hpp"
#include "platform/tls/authority.hpp"
#include "platform/tls/certificate.hpp"
#include "server/certificate.hpp"
#include "server/parts.hpp"
#include "server/place_options.hpp"

namespace santong::server {

namespace fs = std::filesystem;

namespace {

struct AuthorityArguments {
    PlaceOptions place;
    std::vector<std::string> names;
    std::string name = "Santong district authority 三通区域证书机构";
    std::string out;
    std::string which;
    int days = tls::longest_days;
    bool replace = false;
};

int refuse(core::Error const& error) {
    std::fprintf(stderr, "santong: %s\n", core::message(error.key, error.params, "en").c_str());
    return 1;
}

std::string day(core::Instant at) {
    return core::Zone{}.date_of(at).text();
}

void print_authority(tls::Authority const& authority) {
    auto const facts = tls::read_certificate(authority.root);
    std::printf("%s\n  until    %s\n  signs for %s\n  SHA-256  %s\n  SHA-1    %s\n", authority.name.c_str(),
                day(authority.expires_at).c_str(), authority.permitted.c_str(), facts.sha256.c_str(),
                facts.sha1.c_str());
}

int create(AuthorityArguments const& arguments) {
    auto const settings = arguments.place.settings();
    Application application(place_of(settings));
    tls::NewAuthorityRequest request{arguments.name, arguments.names, arguments.replace};
    bool const named = settings.tls.on() || !settings.tls.names.empty();
    if (request.permits.empty() && named) request.permits = certified_names(settings.server, settings.tls);
    auto const authority = tls::create_authority(application.parts().authority_place(), request);
    if (!authority) return refuse(authority.error());
    print_authority(*authority);
    return 0;
}

int issue(AuthorityArguments const& arguments) {
    Application application(arguments.place.place());
    fs::path const out = arguments.out;
    fs::create_directories(out);
    for (auto const* name : {"certificate.pem", "key.pem"}) {
        if (!fs::exists(out / name)) continue;
        std::fprintf(stderr, "santong: there is a %s in %s already\n", name, arguments.out.c_str());
        return 1;
    }
    auto pair = tls::issue_certificate(application.parts().authority_place(), arguments.names, arguments.days);
    if (!pair) return refuse(pair.error());
    auth::write_private_file(out / "key.pem", pair->key);
    auth::crypto::wipe(pair->key);
    std::ofstream(out / "certificate.pem") << pair->chain;
    std::ofstream(out / "authority.crt") << tls::current_authority(*application.parts().db)->root;
    std::printf("%s  %s  until %s\n", pair->record.serial.c_str(), pair->record.names.c_str(),
                day(pair->record.expires_at).c_str());
    return 0;
}

int revoke(AuthorityArguments const& arguments) {
    Application application(arguments.place.place());
    auto const done = tls::revoke_certificate(application.parts().authority_place(), arguments.which);
    if (!done) return refuse(done.error());
    for (auto const& one : *done) std::printf("%s  %s  revoked\n", one.serial.c_str(), one.names.c_str());
    return 0;
}

int list(AuthorityArguments const& arguments) {
    auto const db = open_existing_database(arguments.place.place());
    auto const authority = tls::current_authority(*db);
    if (!authority) return refuse(core::not_found("tls.no_authority"));
    print_authority(*authority);
    for (auto const& one : tls::issued_certificates(*db)) {
        auto const state = one.revoked_at                        ? "revoked " + day(*one.revoked_at)
                           : one.expires_at < core::system_now() ? "ended " + day(one.expires_at)
                           : one.authority_id != authority->id
                               ? "until " + day(one.expires_at) + ", of an authority before"
                               : "until " + day(one.expires_at);
        std::printf("%s  %s  %s\n", one.serial.c_str(), one.names.c_str(), state.c_str());
    }
    return 0;
}

}  // namespace

void register_authority_commands(CLI::App& app, int& code) {
    auto const arguments = std::make_shared<AuthorityArguments>();
    auto* authority = app.add_subcommand("authority", "the district's own certificate authority");
    authority->require_subcommand(1);

    auto* creating = authority->add_subcommand("create", "make it; prints the fingerprints to be told to the schools");
    arguments->place.add_to(*creating);
    creating->add_option(
        "permits", arguments->names,
        "domains (with all below), addresses and ranges that it may sign for; default: names of [tls]");
    creating->add_option("--name", arguments->name, "as the list of trusted authorities shows it")
        ->capture_default_str();
    creating->add_flag("--replace", arguments->replace, "in place of the one that is there, whose key is deleted");
    creating->callback([arguments, &code] { code = create(*arguments); });

    auto* issuing = authority->add_subcommand("issue", "make a certificate and its key for a box");
    arguments->place.add_to(*issuing);
    issuing->add_option("names", arguments->names, "DNS names and addresses of the box")->required();
    issuing->add_option("--out", arguments->out, "folder for certificate.pem, key.pem, authority.crt")->required();
    issuing->add_option("--days", arguments->days, "how long it holds; 397 at most")->capture_default_str();
    issuing->callback([arguments, &code] { code = issue(*arguments); });

    auto* revoking = authority->add_subcommand("revoke", "put certificates on the list of revoked ones");
    arguments->place.add_to(*revoking);
    revoking->add_option("which", arguments->which, "serial number, or a name: all certificates of that name")
        ->required();
    revoking->callback([arguments, &code] { code = revoke(*arguments); });

    auto* listing = authority->add_subcommand("list", "the authority and what it has issued");
    arguments->place.add_to(*listing);
    listing->callback([arguments, &code] { code = list(*arguments); });
}

}  // namespace santong::server
