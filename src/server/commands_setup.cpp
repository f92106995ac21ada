#include "server/commands_setup.hpp"

#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "core/message.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/password.hpp"
#include "server/cannot_begin.hpp"
#include "server/parts.hpp"
#include "server/place_options.hpp"
#include "server/setup/answer_file.hpp"
#include "server/setup/checks.hpp"
#include "server/setup/setup.hpp"

namespace santong::server {

namespace {

constexpr char const* language = "en";

struct SetupArguments {
    PlaceOptions place;
    std::string answers;
    bool check_only = false;
};

/// Each problem with the table of the file and its key; true if there is one.
bool refused(char const* step, core::Error const& error) {
    if (error.problems.empty())
        std::fprintf(stderr, "%s: %s\n", step, core::message(error.key, error.params, language).c_str());
    for (auto const& problem : error.problems) {
        std::fprintf(stderr, "%s%s: %s\n", step, problem.pointer.c_str(),
                     core::message(problem.key, problem.params, language).c_str());
    }
    return true;
}

template <class T>
bool refused(char const* step, core::Result<T> const& result) {
    return !result && refused(step, result.error());
}

/// The same rules as in the browser; a second factor is enrolled at the first sign-in, which nothing goes around.
bool check_people(setup::AnswerFile const& file, std::vector<setup::KeptPerson>& people) {
    bool bad = false;
    for (auto const& [role, answer] : setup::people_of(file)) {
        bad |= refused("people", setup::check_person(answer, role, people, false));
        for (auto const& other : people) {
            if (other.role == role) bad |= refused("people", core::invalid_at("/role", "setup.role_twice"));
        }
        setup::KeptPerson person;
        person.role = role;
        person.id = core::PersonId::make();
        person.name = answer.name;
        person.login = auth::normalized_login(answer.login);
        if (!bad && !answer.password.empty()) person.password_hash = auth::hash_password(answer.password).value();
        people.push_back(std::move(person));
    }
    for (auto const role : setup::first_roles) {
        bool const there = std::any_of(people.begin(), people.end(), [&](auto const& one) { return one.role == role; });
        if (!there)
            bad |=
                refused("people", core::invalid("setup.role_missing", {{"role", std::string(core::enum_text(role))}}));
    }
    return !bad && people.size() == std::size(setup::first_roles);
}

void print_codes(sql::Database& db, std::vector<setup::KeptPerson> const& people) {
    for (auto const& person : people) {
        if (!person.password_hash.empty()) continue;
        auto const issued = auth::code_for_login(db, person.login, {});
        if (!issued) throw std::runtime_error("no code for " + person.login);
        std::printf("%s %s %s\n", std::string(core::enum_text(person.role)).c_str(), issued->login.c_str(),
                    issued->code.c_str());
    }
}

int set_up(SetupArguments const& arguments) {
    auto const settings = arguments.place.settings();
    auto const file = setup::read_answer_file(arguments.answers);
    Application application(place_of(settings));
    auto& parts = application.parts();
    if (!parts.districts.empty()) throw CannotBegin("a district stands here already");
    setup::Setup wizard(application, 0, [] {});
    auto const place = setup::place_of(file);
    auto const today = core::Zone{place.zone_minutes}.date_of(core::system_now());
    std::vector<setup::KeptPerson> people;
    bool bad = refused("place", wizard.save_place(place));
    bad |= refused("district", wizard.save_district(setup::district_of(file, today)));
    bad |= !check_people(file, people);
    bad |= refused("certificate", wizard.save_certificate(setup::certificate_of(file)));
    bad |= refused("backup", wizard.save_backup(setup::backup_of(file)));
    if (bad) return exit_cannot_begin;
    if (arguments.check_only) return 0;
    wizard.set_people(people);
    if (refused("keys", wizard.save_keys({true}))) return exit_cannot_begin;
    auto const done = wizard.finish(auth::terminal_caller(0));
    if (refused("finish", done)) return exit_cannot_begin;
    print_codes(*parts.db, people);
    for (auto const& key : wizard.key_sheet().keys) std::printf("key %s %s\n", key.id.c_str(), key.fingerprint.c_str());
    if (!done->address.empty()) std::printf("address %s\n", done->address.c_str());
    return 0;
}

}  // namespace

void register_setup_commands(CLI::App& app, int& code) {
    auto const arguments = std::make_shared<SetupArguments>();
    auto* command = app.add_subcommand("setup", "open a district from a file of answers, as the wizard of serve does");
    arguments->place.add_to(*command);
    command->add_option("--answers", arguments->answers, "TOML file; see config/answers.toml")
        ->required()
        ->check(CLI::ExistingFile);
    command->add_flag("--check", arguments->check_only, "check the answers and open nothing");
    command->callback([arguments, &code] { code = set_up(*arguments); });
}

}  // namespace santong::server
