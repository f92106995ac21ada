// A hub that gives files and a box that takes them, over whatever line lies between: what T9 to T12 measure.
// usage: santong_transfer give FOLDER BOX ADDRESS PORT FILE… [-- FILE…]   serves the files; those after -- lie there,
// too,
//        as the edition before, and nobody wants them; says "ready" and ends with its input
//        santong_transfer take BOX ADDRESS [KNOWN FILE…]        fetches all; the files named lie at the box already
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <stdexcept>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "modules/nodes/contents.hpp"
#include "modules/nodes/http.hpp"
#include "modules/nodes/node_keys.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/store.hpp"
#include "platform/feed/feed.hpp"
#include "platform/files/store.hpp"
#include "platform/http/server.hpp"
#include "platform/log/log.hpp"
#include "platform/sql/migrate.hpp"

using namespace santong;
namespace fs = std::filesystem;

namespace {

constexpr core::DistrictId district = 430971;

std::string text_of(fs::path const& file) {
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::unique_ptr<sql::Database> make_database(fs::path const& folder) {
    fs::create_directories(folder / "keys");
    auto db = sql::Database::open({"", folder.string(), 2, 1});
    sql::migrate(*db, sql::embedded_migrations());
    return db;
}

/// A box that is known, and what it has to know.
nodes::Parent introduce(sql::Database& db, fs::path const& hub, fs::path const& box, std::string const& url) {
    fs::create_directories(box / "keys");
    auto const id = nodes::NodeId::make();
    auto const sealed =
        auth::Keys::current().seal(auth::KeyPurpose::node_links, std::string(32, 'k'), "node|" + id.text());
    nodes::store::NodeRow row;
    row.id = id;
    row.org_id = core::OrgId::make();
    row.open_key = core::base64(nodes::own_pair((box / "keys").string()).open);
    row.link_key_id = sealed.key_id;
    row.link_key = {sealed.bytes};
    row.joined_at = core::system_now();
    db.transact(district, [&](sql::Tx& tx) { nodes::store::put_node(tx, row); });
    return {url, id, feed::origin(), core::base64(nodes::own_pair((hub / "keys").string()).open), district, row.org_id,
            {},  {}};
}

int give(std::vector<std::string> const& words) {
    fs::path const hub = words.at(0), box = words.at(1);
    auto const db = make_database(hub);
    auth::Keys::use(auth::Keys::open((hub / "keys").string()));
    feed::set_origin(core::Uuid::make().text());
    core::SystemClock const clock;
    sync::Shapes shapes;
    shapes.add({.type = "resources.File",
                .tables = {{.name = "file_object"}},
                .held = "SELECT id FROM file_object WHERE district_id = $1 AND $2 = $2"});
    files::LocalContentStore contents(hub / "files");
    chunks::KeptManifests manifests(hub / "chunks");
    std::vector<nodes::Wanted> wanted;
    bool of_before = false;
    for (std::size_t i = 4; i < words.size(); ++i) {
        if (words[i] == "--") of_before = true;
        if (words[i] == "--") continue;
        auto const content = contents.adopt(words[i]);
        if (!of_before) wanted.push_back({content.sha256, content.size, nodes::Urgency::later});
        db->transact(district, [&](sql::Tx& tx) {
            files::store::insert_file(
                tx, {core::FileId::make(), content.sha256, content.size, "application/pdf", files::FileKind::document,
                     "file", core::AccountId::make(), clock.now(), std::nullopt, files::FileState::ready});
        });
    }
    nodes::Site const site{*db, clock, clock, shapes, (hub / "keys").string(), "bench", false};
    http::Router router;
    nodes::register_routes(router, site, contents, manifests);
    http::Options options;
    options.address = words.at(2);
    options.port = std::stoi(words.at(3));
    options.temp_dir = hub.string();
    http::Server server(options, router, nullptr);
    auto const above = introduce(*db, hub, box, "http://" + words.at(2) + ":" + words.at(3));
    std::ofstream(box / "parent.json") << core::json::write(above);
    std::ofstream(box / "wanted.json") << core::json::write(wanted);
    server.start();
    std::puts("ready");
    std::fflush(stdout);
    while (std::getchar() != EOF) {}
    server.stop();
    return 0;
}

int take(std::vector<std::string> const& words) {
    fs::path const box = words.at(0);
    auto const db = make_database(box);
    auto const above = core::json::read<nodes::Parent>(text_of(box / "parent.json")).value();
    auto const wanted = core::json::read<std::vector<nodes::Wanted>>(text_of(box / "wanted.json")).value();
    core::SystemClock const clock;
    sync::Shapes const shapes;
    files::LocalContentStore contents(box / "files");
    chunks::KeptManifests manifests(box / "chunks");
    for (std::size_t i = 1; i < words.size(); ++i) {
        contents.adopt(words[i]);
        auto const cut = chunks::cut_file(words[i]);
        if (cut.chunks.size() > 1) manifests.keep(cut.content, {{chunks::write_manifest(cut)}, {}});
    }
    std::puts("ready");
    std::fflush(stdout);
    std::int64_t crossed = 0;
    nodes::Fetcher fetcher(
        {*db, clock, clock, shapes, (box / "keys").string(), "bench", false},
        {contents, manifests, box / "arriving", {}, [&](std::string const&, nodes::CameBy const& by) {
             crossed += by.line_bytes;
         }});
    auto const here = [&] {
        std::size_t count = 0;
        for (auto const& one : wanted) count += contents.open(one.sha256) ? 1 : 0;
        return count;
    };
    auto const began = std::chrono::steady_clock::now();
    while (here() < wanted.size()) {
        if (fetcher.fetch(above, wanted, {}) == 0) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
    auto const took = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    std::printf("{\"seconds\": %.3f, \"crossed\": %lld, \"contents\": %zu}\n", took, static_cast<long long>(crossed),
                wanted.size());
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    log::start(log::Level::error);
    std::vector<std::string> const words(argv + std::min(argc, 2), argv + argc);
    if (argc > 5 && std::string(argv[1]) == "give") return give(words);
    if (argc > 2 && std::string(argv[1]) == "take") return take(words);
    std::fputs("usage: see the first lines of bench/transfer.cpp\n", stderr);
    return 2;
}
