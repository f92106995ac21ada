#include "server/commands_packs.hpp"

#include <CLI/CLI.hpp>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <memory>

#include "core/message.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/service_packs.hpp"
#include "modules/push/service_packs.hpp"
#include "modules/push/sync.hpp"
#include "modules/roster/service.hpp"
#include "platform/feed/feed.hpp"
#include "platform/files/store.hpp"
#include "server/cannot_begin.hpp"
#include "server/modules.hpp"
#include "server/opened_place.hpp"
#include "server/parts.hpp"
#include "server/place_options.hpp"

namespace santong::server {

namespace {

namespace fs = std::filesystem;

constexpr int exit_part = 3;
constexpr std::size_t most_names_said = 20;
constexpr char const* export_exit_codes =
    "Exit codes: 0 everything is in the pack; 2 it cannot be begun (folder, school, date): nothing was written; 3 "
    "contents are missing here or damaged and not in the pack. A pack larger than --volume goes on in FILE.2, FILE.3 … "
    "(3900 MB suits the FAT32 of USB disks). Files that are for one school or person only never go into a pack.";
constexpr char const* import_exit_codes =
    "Exit codes: 0 everything in the pack is here now; 2 it cannot be begun (this place has no parent, the file is no "
    "pack, or not of this place's parent): nothing was written; 3 something of it is damaged, missing or not for here: "
    "what is good was taken. It may be stopped and run again, also while the place is served.";

struct PackArguments {
    PlaceOptions place;
    std::string file;
    std::string school;
    std::string order;
    std::string since;
    std::int64_t volume_mb = 3'900;
};

/// One line every two seconds.
nodes::PackProgress progress_lines() {
    auto const next = std::make_shared<std::chrono::steady_clock::time_point>();
    return [next](std::int64_t done, std::int64_t total) {
        auto const now = std::chrono::steady_clock::now();
        if (now < *next) return;
        *next = now + std::chrono::seconds(2);
        std::fprintf(stderr, "%lld of %lld MB\n", static_cast<long long>(done >> 20),
                     static_cast<long long>(total >> 20));
    };
}

core::Instant since_of(OpenedPlace const& opened, std::string const& text) {
    if (text.empty()) return {};
    auto const date = core::LocalDate::parse(text);
    if (!date) throw CannotBegin("--since: a date is written 2026-09-01, not " + text);
    auto const zone = opened.db->read(opened.district(), [](sql::Tx& tx) { return roster::district(tx).zone_minutes; });
    return core::Zone{zone}.at(*date, 0);
}

roster::School school_called(OpenedPlace const& opened, std::string const& word) {
    std::vector<roster::School> found;
    for (auto const& school : opened.db->read(opened.district(), [](sql::Tx& tx) { return roster::schools(tx); })) {
        if (school.id.text() == word || school.school_code == word || school.name == word || school.short_name == word)
            found.push_back(school);
    }
    if (found.size() == 1) return found.front();
    throw CannotBegin("--school: " + std::string(found.empty() ? "no school" : "more than one school") +
                      " has the id, code or name " + word);
}

/// Of an order, what may go into a pack.
std::vector<nodes::Wanted> contents_of_order(OpenedPlace const& opened, std::string const& text) {
    auto const order = push::OrderId::parse(text);
    if (!order) throw CannotBegin("--order: no id of an order: " + text);
    return opened.db->read(opened.district(), [&](sql::Tx& tx) {
        if (push::contents_of_order(tx, core::Uuid::parse(text).value()).empty())
            throw CannotBegin("--order: there is no such order, or nothing is in it");
        return push::contents_of_orders(tx, {*order});
    });
}

/// Names of the files with these contents, for whoever reads the terminal.
void say_names(OpenedPlace const& opened, std::vector<std::string> const& contents, char const* what) {
    std::size_t said = 0;
    for (auto const& sha256 : contents) {
        if (++said > most_names_said) break;
        auto const name = opened.db->read(opened.district(), [&](sql::Tx& tx) {
            auto const ids = files::store::files_with(tx, sha256);
            auto const file = ids.empty() ? std::nullopt : files::store::find_file(tx, ids.front());
            return file ? file->name : std::string("?");
        });
        std::fprintf(stderr, "%s: %s (%s)\n", what, name.c_str(), sha256.c_str());
    }
    if (contents.size() > most_names_said) std::fprintf(stderr, "… and %zu more\n", contents.size() - most_names_said);
}

int export_pack(PackArguments const& arguments) {
    auto const place = arguments.place.place();
    OpenedPlace const opened(place);
    feed::set_origin(node_name(*opened.db));
    nodes::PackWish wish;
    wish.file = arguments.file;
    wish.volume_bytes = arguments.volume_mb * 1'000'000;
    if (arguments.order.empty()) {
        auto const school = school_called(opened, arguments.school);
        wish.org_id = school.id.text();
        wish.org_name = school.name;
        auto const boxed = opened.db->read(opened.district(), [](sql::Tx& tx) { return push::boxed_schools_of(tx); });
        if (!boxed.contains(school.id)) {
            auto const* const why = nodes::parent(*opened.db) ? "push.pack_made_above" : "push.pack_hosted";
            throw CannotBegin(core::message(why, {}, "en"));
        }
        auto const since = since_of(opened, arguments.since);
        wish.contents = opened.db->read(opened.district(), [&](sql::Tx& tx) {
            return push::contents_for_school(tx, opened.shapes, school.id, since);
        });
    } else {
        wish.contents = contents_of_order(opened, arguments.order);
    }
    files::LocalContentStore contents(fs::path(place.data) / "files");
    chunks::KeptManifests manifests(fs::path(place.data) / "chunks");
    auto const made = nodes::write_pack(opened.site(), contents, manifests, opened.district(), wish, progress_lines());
    say_names(opened, made.missing, "not here");
    std::printf("%lld contents, %lld MB, %d %s\n", static_cast<long long>(made.contents),
                static_cast<long long>(made.bytes >> 20), made.volumes, made.volumes == 1 ? "file" : "files");
    return made.missing.empty() ? 0 : exit_part;
}

int import_pack(PackArguments const& arguments) {
    auto const place = arguments.place.place();
    OpenedPlace const opened(place);
    feed::set_origin(node_name(*opened.db));
    auto const above = nodes::parent(*opened.db);
    if (!above) throw CannotBegin("this place has no parent that could have signed a pack");
    if (!fs::exists(arguments.file)) throw CannotBegin("there is no file " + arguments.file);
    files::LocalContentStore contents(fs::path(place.data) / "files");
    chunks::KeptManifests manifests(fs::path(place.data) / "chunks");
    push::PackPlace const into{opened.site(), contents, manifests, place.data, above};
    auto const taken = push::take_pack(into, arguments.file, progress_lines());
    if (!taken) throw CannotBegin(core::message(taken.error().key, taken.error().params, "en"));
    if (!taken->made_for.empty() && taken->made_for != above->org_id.text())
        std::fprintf(stderr, "made for another school: %s\n",
                     taken->made_for_name.empty() ? taken->made_for.c_str() : taken->made_for_name.c_str());
    say_names(opened, taken->damaged, "damaged or cut");
    for (auto const& file : taken->bad_volumes) std::fprintf(stderr, "cannot be read: %s\n", file.c_str());
    if (taken->cut) std::fprintf(stderr, "the end of the pack is missing\n");
    if (taken->lost > 0)
        std::fprintf(stderr, "nothing could be read of %lld contents\n", static_cast<long long>(taken->lost));
    std::printf("came %lld\nhere already %lld\nnot for here %lld\ndamaged %zu\n", static_cast<long long>(taken->came),
                static_cast<long long>(taken->here_already), static_cast<long long>(taken->not_for_here),
                taken->damaged.size());
    bool const whole = taken->damaged.empty() && taken->bad_volumes.empty() && taken->not_for_here == 0 &&
                       taken->lost == 0 && !taken->cut;
    return whole ? 0 : exit_part;
}

}  // namespace

void register_pack_commands(CLI::App& app, int& code) {
    auto const arguments = std::make_shared<PackArguments>();
    auto* pack = app.add_subcommand("pack", "files of the library on a disk");
    pack->require_subcommand(1);
    auto* out = pack->add_subcommand("export", "write what a school may have of the library into a pack");
    arguments->place.add_to(*out);
    out->add_option("--to", arguments->file, "the file to be written")->required();
    auto* school = out->add_option("--school", arguments->school, "name, code or id");
    auto* order = out->add_option("--order", arguments->order, "id of a push order: its contents");
    school->excludes(order);
    out->add_option("--since", arguments->since, "only what was published since, such as 2026-09-01");
    out->add_option("--volume", arguments->volume_mb, "MB of one file at most")->check(CLI::Range(8, 1'000'000'000));
    out->footer(export_exit_codes);
    out->callback([arguments, &code] {
        if (arguments->school.empty() && arguments->order.empty()) throw CannotBegin("name a --school or an --order");
        code = export_pack(*arguments);
    });
    auto* in = pack->add_subcommand("import", "take what is good of a pack that this place's parent has made");
    in->add_option("file", arguments->file, "the pack; FILE.2, FILE.3 … beside it belong to it")->required();
    arguments->place.add_to(*in);
    in->footer(import_exit_codes);
    in->callback([arguments, &code] { code = import_pack(*arguments); });
}

}  // namespace santong::server
