#pragma once
// A hub with a library (LibraryWorld) that serves its files, and the box of one of its schools.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <random>

#include "core/base64.hpp"
#include "modules/nodes/contents.hpp"
#include "modules/nodes/giving.hpp"
#include "modules/nodes/http.hpp"
#include "modules/nodes/node_keys.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/service_invitations.hpp"
#include "modules/resources/sync.hpp"
#include "modules/resources/tests/library_world.hpp"
#include "modules/roster/sync.hpp"
#include "platform/chunks/stream.hpp"
#include "platform/files/disk.hpp"
#include "platform/http/server.hpp"

namespace santong::test {

inline std::string film_of(std::size_t size, unsigned seed) {
    std::mt19937_64 random(seed);
    std::string bytes = "%PDF-1.4\n";
    while (bytes.size() < size) bytes += static_cast<char>(random());
    return bytes + "\n%%EOF\n";
}

inline sync::Shapes shapes_of_files() {
    sync::Shapes shapes;
    roster::add_shapes(shapes);
    resources::add_shapes(shapes);
    return shapes;
}

/// The district's hub as it serves, and the box of mingxin.
struct TransferWorld : LibraryWorld {
    TransferWorld()
        : hub{db(), machine, clock, shapes, folder + "/hub-keys", "0.2.0", false},
          hub_manifests(folder + "/hub-chunks"),
          box_contents(folder + "/box-files"),
          box_manifests(folder + "/box-chunks"),
          giver(hub, contents, hub_manifests) {
        for (auto const* name : {"/hub-keys", "/box-keys"}) std::filesystem::create_directories(folder + name);
        nodes::register_routes(router, hub, contents, hub_manifests);
        http::Options options;
        options.port = 0;
        options.temp_dir = folder;
        server = std::make_unique<http::Server>(options, router, nullptr);
        server->start();
        above = joined(mingxin.id, "/box-keys");
        child = nodes::child(hub, district(), above.node).value();
    }

    /// A box of this school with keys in this folder; answers what it knows of the hub.
    nodes::Parent joined(core::OrgId const& school, std::string const& keys) {
        std::filesystem::create_directories(folder + keys);
        auto const made = nodes::invite(hub, caller(info_office), school).value();
        auto const pair = nodes::own_pair(folder + keys);
        auto const answer = nodes::join(hub, {made.code, nodes::NodeId::make(), core::base64(pair.open),
                                              core::base64(nodes::exchange_pair().open), "0.2.0"})
                                .value();
        return {"http://127.0.0.1:" + std::to_string(server->port()),
                answer.node,
                answer.parent,
                answer.open_key,
                answer.district,
                answer.org_id,
                {},
                {}};
    }

    /// A file in the library; answers its content.
    std::string in_library(std::string const& title, std::string const& bytes, resources::Scope scope,
                           auth::Caller const& author) {
        resources::NewResource wish;
        wish.file_id = upload_file(author, title + ".pdf", bytes);
        wish.about.title = title;
        wish.about.subject = "14";
        wish.about.grade_from = wish.about.grade_to = 5;
        wish.about.licence = resources::Licence::cc_by;
        wish.about.source = resources::Source::own_work;
        wish.about.attribution = "张老师";
        publish(author, resources::create(library, author, wish).value().item.id, scope);
        return files.find(district(), *wish.file_id)->sha256;
    }
    std::string for_all(std::string const& title, std::string const& bytes) {
        return in_library(title, bytes, resources::Scope::district, teacher());
    }

    nodes::Fetcher fetcher(std::function<nodes::LinkPlan()> plan = {}) {
        nodes::Site const site{db(), machine, clock, shapes, folder + "/box-keys", "0.2.0", false};
        nodes::FetcherPlace place{box_contents, box_manifests, folder + "/arriving", std::move(plan), {}, {}, {}};
        place.arrived = [this](std::string const& sha256, nodes::CameBy const& by) {
            crossed[sha256] += by.line_bytes;
            nearby[sha256] += by.near_bytes;
            ways[sha256] = by.way;
        };
        place.neighbours = neighbours;
        return {site, std::move(place)};
    }
    nodes::Wanted wanted(std::string const& sha256, nodes::Urgency urgency = nodes::Urgency::later) {
        return {sha256, files::disk::size_of(contents.open(sha256).value()), urgency};
    }
    int fetch(std::vector<std::string> const& all) {
        std::vector<nodes::Wanted> list;
        for (auto const& sha256 : all) list.push_back(wanted(sha256));
        auto one = fetcher();
        return one.fetch(above, list, {});
    }

    core::SystemClock machine;
    sync::Shapes shapes = shapes_of_files();
    nodes::Site hub;
    chunks::KeptManifests hub_manifests;
    files::LocalContentStore box_contents;
    chunks::KeptManifests box_manifests;
    nodes::Giver giver;
    http::Router router;
    std::unique_ptr<http::Server> server;
    nodes::Parent above;
    nodes::Child child;
    std::function<std::vector<nodes::Parent>()> neighbours;  ///< of the box
    std::map<std::string, std::int64_t> crossed;             ///< bytes on the line for what came
    std::map<std::string, std::int64_t> nearby;              ///< bytes of neighbours for what came
    std::map<std::string, std::string> ways;
};

}  // namespace santong::test
