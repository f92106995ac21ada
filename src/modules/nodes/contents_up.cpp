#include "modules/nodes/contents_up.hpp"

#include <algorithm>
#include <fstream>
#include <map>
#include <mutex>

#include "core/json.hpp"
#include "modules/nodes/parent_ask.hpp"
#include "modules/nodes/store.hpp"
#include "platform/auth/audit.hpp"
#include "platform/files/service.hpp"
#include "platform/log/log.hpp"
#include "platform/sync/outgoing.hpp"

namespace santong::nodes {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t room_kept = std::int64_t{256} << 20;

/// Contents that the changes name, with their sizes.
std::vector<store::ContentRow> contents_of(std::vector<sync::Change> const& changes, core::Instant now) {
    std::vector<store::ContentRow> found;
    for (auto const& change : changes) {
        if (change.deed != sync::Deed::put) continue;
        for (std::size_t i = 0;; ++i) {
            auto const digest = sync::cell(change.tables, "file_object", "sha256", i);
            if (digest.empty()) break;
            auto const size = sync::cell(change.tables, "file_object", "size", i);
            if (files::is_sha256(digest) && !size.empty())
                found.push_back({digest, std::strtoll(size.c_str(), nullptr, 10), now});
        }
    }
    return found;
}

std::vector<sync::Shape const*> file_shapes(sync::Shapes const& shapes) {
    std::vector<sync::Shape const*> found;
    for (auto const& shape : shapes.all()) {
        if (!shape.tables.empty() && shape.tables.front().name == "file_object") found.push_back(&shape);
    }
    return found;
}

std::set<std::string> as_set(std::vector<std::string> const& all) {
    return {all.begin(), all.end()};
}

/// The size of a content that the child brings with a file of its own; nothing if it brings none.
std::optional<std::int64_t> size_told(Site const& site, Child const& child, std::string const& sha256) {
    return site.db.read(child.district, [&](sql::Tx& tx) -> std::optional<std::int64_t> {
        std::vector<std::string> ids;
        for (auto const& id : files::Files::with_content(tx, sha256)) ids.push_back(id.text());
        for (auto const* shape : file_shapes(site.shapes)) {
            if (shape->direction == sync::Direction::down) continue;
            if (!sync::written_of(tx, *shape, child.peer.root_org_id, ids).empty())
                return store::size_of_content(tx, sha256);
        }
        return std::nullopt;
    });
}

void forget_due(Site const& site, core::DistrictId district, std::string const& sha256) {
    site.db.transact(district, [&](sql::Tx& tx) { store::forget_due(tx, sha256); });
}

std::int64_t size_of(fs::path const& path) {
    std::error_code unknown;
    auto const size = fs::file_size(path, unknown);
    return unknown ? 0 : static_cast<std::int64_t>(size);
}

void append(fs::path const& path, std::string_view bytes) {
    std::ofstream out(path, std::ios::binary | std::ios::app);
    out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    out.flush();
    if (!out) throw std::runtime_error(path.string() + " cannot be written");
}

/// One content that has come whole, or has not.
core::Result<PartSaid> finish(Site const& site, Child const& child, files::ContentStore& contents,
                              std::string const& sha256, fs::path const& path) {
    auto const size = size_of(path);
    bool const right = contents.adopt(path).sha256 == sha256;
    std::error_code ignored;
    fs::remove(path, ignored);
    if (right) {
        forget_due(site, child.district, sha256);
        log::info("a content came from below", {{"sha256", sha256}, {"node", child.id.text()}});
        return PartSaid{size, true};
    }
    site.db.transact(child.district, [&](sql::Tx& tx) {
        auto caller = auth::terminal_caller(tx.district());
        caller.client = "node " + child.id.text();
        auth::audit(tx, caller, {"nodes.bad_content", sha256});
    });
    return core::invalid("nodes.bad_content");
}

}  // namespace

core::Result<PartSaid> take_part(Site const& site, Child const& child, files::ContentStore& contents,
                                 Part const& part) {
    static std::mutex one_at_a_time;
    if (!files::is_sha256(part.sha256)) return core::not_found("files.not_found");
    auto const size = size_told(site, child, part.sha256);
    if (!size) return core::not_found("files.not_found");
    std::lock_guard const lock(one_at_a_time);
    if (contents.open(part.sha256)) {
        forget_due(site, child.district, part.sha256);
        return PartSaid{*size, true};
    }
    auto const path = contents.arriving(child.id.text() + "-" + part.sha256);
    auto const here = size_of(path);
    if (part.from != here || part.bytes.empty()) return PartSaid{here, false};
    if (contents.free_bytes() < *size - here + room_kept)
        return core::Error(core::ErrorCode::unavailable, "nodes.disk_full");
    append(path, part.bytes.substr(0, static_cast<std::size_t>(std::max<std::int64_t>(0, *size - here))));
    if (size_of(path) < *size) return PartSaid{size_of(path), false};
    return finish(site, child, contents, part.sha256, path);
}

void note_due(sql::Tx& tx, NodeId const& child, std::vector<sync::Change> const& changes, core::Instant now) {
    for (auto const& content : contents_of(changes, now)) store::put_due(tx, child, content);
}

bool is_due(sql::Tx& tx, std::string const& sha256) {
    return store::is_due(tx, sha256);
}

void note_told(sql::Tx& tx, std::vector<sync::Change> const& changes, core::Instant now) {
    for (auto const& content : contents_of(changes, now)) store::put_told(tx, content);
}

bool lies_only_here(sql::Tx& tx, std::string const& sha256) {
    return store::is_told(tx, sha256);
}

std::set<std::string> not_to_forget(Site const& site, Parent const& above, std::vector<std::string> const& contents) {
    return site.db.read(above.district, [&](sql::Tx& tx) {
        std::set<std::string> stay;
        std::map<std::string, std::string> content_of;
        std::vector<std::string> ids;
        for (auto const& sha256 : contents) {
            if (lies_only_here(tx, sha256)) stay.insert(sha256);
            for (auto const& id : files::Files::with_content(tx, sha256)) {
                ids.push_back(id.text());
                content_of[id.text()] = sha256;
            }
        }
        auto const root = above.org_id.text();
        std::set<std::string> given;  // a file that nobody above could have sent was made here
        for (auto const* shape : file_shapes(site.shapes)) {
            given.merge(as_set(sync::held_of(tx, *shape, root, ids)));
            if (shape->direction == sync::Direction::down) continue;
            for (auto const& id : sync::written_of(tx, *shape, root, ids)) stay.insert(content_of[id]);
        }
        for (auto const& id : ids) {
            if (!given.contains(id)) stay.insert(content_of[id]);
        }
        return stay;
    });
}

namespace {

/// How sending one content went.
enum class Sent { whole, later, line_down };

std::string block_at(fs::path const& file, std::int64_t from) {
    std::ifstream in(file, std::ios::binary);
    in.seekg(from);
    std::string block(static_cast<std::size_t>(block_size), '\0');
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    block.resize(static_cast<std::size_t>(in.gcount()));
    return block;
}

Sent send_one(Site const& site, Parent const& above, fs::path const& file, std::string const& sha256,
              std::stop_token const& stop) {
    std::string block;  // the first question only asks
    std::int64_t from = 0;
    while (!stop.stop_requested()) {
        auto const path = "/api/v1/node/contents/" + sha256 + "/" + std::to_string(from);
        auto const answer = ask_with_bytes(site, above, path, block);
        if (answer.status == 0 || answer.status >= 500 || answer.status == 429) return Sent::line_down;
        if (answer.status != 200) {
            log::warning("the parent does not take a content", {{"sha256", sha256}, {"why", said(answer)}});
            return Sent::later;
        }
        auto const part = core::json::read<PartSaid>(answer.body, core::json::UnknownFields::ignore);
        if (!part) return Sent::later;
        if (part->whole) return Sent::whole;
        bool const no_further = !block.empty() && part->received == from;
        if (no_further) return Sent::later;
        from = part->received;
        block = block_at(file, from);
        if (block.empty()) return Sent::later;
    }
    return Sent::line_down;
}

}  // namespace

int send_contents(Site const& site, Parent const& above, files::ContentStore& contents, std::stop_token const& stop) {
    constexpr std::int64_t rests_ms = 300'000;
    static std::map<std::string, core::Instant> rests_until;  // of this process's one parent; one thread sends
    int sent = 0;
    auto const waiting = site.db.read(above.district, [](sql::Tx& tx) { return store::told(tx); });
    for (auto const& one : waiting) {
        if (stop.stop_requested()) break;
        auto const now = site.machine.now();
        if (auto const rest = rests_until.find(one.sha256); rest != rests_until.end() && now < rest->second) continue;
        // What came from above and is not here is only asked after: the parent has it.
        auto const went = send_one(site, above, contents.open(one.sha256).value_or(fs::path()), one.sha256, stop);
        if (went == Sent::line_down) break;
        if (went == Sent::later) rests_until[one.sha256] = now.plus_ms(rests_ms);
        if (went != Sent::whole) continue;
        rests_until.erase(one.sha256);
        site.db.transact(above.district, [&](sql::Tx& tx) { store::forget_told(tx, one.sha256); });
        ++sent;
    }
    return sent;
}

}  // namespace santong::nodes
