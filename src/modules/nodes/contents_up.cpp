#include "modules/nodes/contents_up.hpp"

#include <algorithm>
#include <condition_variable>
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

/// Contents that somebody at this place wanted to open while they were on their way; of this process.
class WaitedFor {
public:
    static WaitedFor& here() {
        static WaitedFor instance;
        return instance;
    }
    void note(std::string const& sha256) {
        std::lock_guard const lock(mutex_);
        auto const now = std::chrono::steady_clock::now();
        std::erase_if(until_, [&](auto const& one) { return one.second < now; });
        until_[sha256] = now + remembered;
    }
    bool has(std::string const& sha256) {
        std::lock_guard const lock(mutex_);
        auto const found = until_.find(sha256);
        return found != until_.end() && std::chrono::steady_clock::now() < found->second;
    }

private:
    static constexpr std::chrono::minutes remembered{10};
    std::mutex mutex_;
    std::map<std::string, std::chrono::steady_clock::time_point> until_;
};

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
    bool const waited = WaitedFor::here().has(part.sha256);
    if (part.from != here || part.bytes.empty()) return PartSaid{here, false, waited};
    if (contents.free_bytes() < *size - here + room_kept)
        return core::Error(core::ErrorCode::unavailable, "nodes.disk_full");
    append(path, part.bytes.substr(0, static_cast<std::size_t>(std::max<std::int64_t>(0, *size - here))));
    if (size_of(path) < *size) return PartSaid{size_of(path), false, waited};
    return finish(site, child, contents, part.sha256, path);
}

void note_due(sql::Tx& tx, NodeId const& child, std::vector<sync::Change> const& changes, core::Instant now) {
    for (auto const& content : contents_of(changes, now)) store::put_due(tx, child, content);
}

void note_waited_for(std::string const& sha256) {
    WaitedFor::here().note(sha256);
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

std::string block_at(fs::path const& file, std::int64_t from, std::int64_t size) {
    std::ifstream in(file, std::ios::binary);
    in.seekg(from);
    std::string block(static_cast<std::size_t>(size), '\0');
    in.read(block.data(), static_cast<std::streamsize>(block.size()));
    block.resize(static_cast<std::size_t>(in.gcount()));
    return block;
}

/// Sleeps, and wakes when it is to stop.
void rest(std::chrono::nanoseconds time, std::stop_token const& stop) {
    std::mutex mutex;
    std::condition_variable_any wake;
    std::unique_lock lock(mutex);
    wake.wait_for(lock, stop, time, [] { return false; });
}

}  // namespace

/// What may go now goes at this many bytes a second; 0 = as fast as the line.
std::optional<std::int64_t> Sender::pace_of(Waiting const& one) const {
    if (!one.large() || one.waited_for || !place_.plan) return 0;
    return pace(place_.plan(), site_.machine.now());
}

void Sender::let_records_go(std::stop_token const& stop) const {
    constexpr std::chrono::milliseconds look{100};
    auto const end = std::chrono::steady_clock::now() + place_.patience;
    while (place_.entries_wait && !stop.stop_requested() && std::chrono::steady_clock::now() < end &&
           place_.entries_wait())
        rest(look, stop);
}

/// Asks how far it is, and whether somebody waits for it.
Sender::Sent Sender::ask(Parent const& above, Waiting& one) {
    auto const answer = ask_with_bytes(site_, above, "/api/v1/node/contents/" + one.sha256 + "/0", {});
    if (answer.status == 0 || answer.status >= 500 || answer.status == 429) return Sent::line_down;
    if (answer.status != 200) {
        log::warning("the parent does not take a content", {{"sha256", one.sha256}, {"why", said(answer)}});
        return Sent::later;
    }
    auto const part = core::json::read<PartSaid>(answer.body, core::json::UnknownFields::ignore);
    if (!part) return Sent::later;
    one.asked_at = site_.machine.now();
    one.received = part->received;
    one.waited_for = part->waited_for;
    return part->whole ? Sent::whole : Sent::not_now;
}

/// Sends on behind what the parent has: a small one to its end, a large one while its turn lasts.
Sender::Sent Sender::send(Parent const& above, Waiting& one, std::stop_token const& stop) {
    using std::chrono::steady_clock;
    constexpr std::int64_t smallest_block = 16 << 10;
    auto const file = place_.contents.open(one.sha256).value_or(fs::path());
    while (!stop.stop_requested()) {
        let_records_go(stop);
        auto const may = pace_of(one);
        if (!may) return Sent::not_now;
        // About a second of what it may take, so that what comes between has its share of the line.
        auto const size = *may == 0 ? block_size : std::clamp(*may, smallest_block, block_size);
        auto const block = block_at(file, one.received, size);
        if (block.empty()) return Sent::later;
        auto const began = steady_clock::now();
        auto const path = "/api/v1/node/contents/" + one.sha256 + "/" + std::to_string(one.received);
        auto const answer = ask_with_bytes(site_, above, path, block);
        if (answer.status == 0 || answer.status >= 500 || answer.status == 429) return Sent::line_down;
        if (answer.status != 200) {
            log::warning("the parent does not take a content", {{"sha256", one.sha256}, {"why", said(answer)}});
            return Sent::later;
        }
        auto const part = core::json::read<PartSaid>(answer.body, core::json::UnknownFields::ignore);
        if (!part || (!part->whole && part->received == one.received)) return Sent::later;
        if (part->whole) return Sent::whole;
        one.received = part->received;
        one.waited_for = part->waited_for;
        if (*may > 0) {
            auto const due = std::chrono::nanoseconds(static_cast<std::int64_t>(block.size()) * 1'000'000'000 / *may);
            auto const took = steady_clock::now() - began;
            if (took < due) rest(due - took, stop);
        }
        if (one.large() && steady_clock::now() >= turn_ends_) return Sent::not_now;
    }
    return Sent::line_down;
}

bool Sender::rests(std::string const& sha256) const {
    auto const found = rests_until_.find(sha256);
    return found != rests_until_.end() && site_.machine.now() < found->second;
}

/// False where the line does not stand.
bool Sender::note(Sent went, std::string const& sha256, core::DistrictId district, Round& round) {
    constexpr std::int64_t rests_ms = 300'000;
    if (went == Sent::later) rests_until_[sha256] = site_.machine.now().plus_ms(rests_ms);
    if (went == Sent::whole) {
        rests_until_.erase(sha256);
        site_.db.transact(district, [&](sql::Tx& tx) { store::forget_told(tx, sha256); });
        ++round.whole;
    }
    return went != Sent::line_down;
}

/// Of what came from above and is not here it is only asked: the parent has it.
bool Sender::send_small(Parent const& above, std::vector<Waiting> const& all, std::stop_token const& stop,
                        Round& round) {
    for (auto one : all) {
        if (one.large() || rests(one.sha256)) continue;
        if (stop.stop_requested()) return false;
        auto went = ask(above, one);
        if (went == Sent::not_now) went = send(above, one, stop);
        if (!note(went, one.sha256, above.district, round)) return false;
    }
    return true;
}

/// Large ones in the order in which they go. How far one is, and whether somebody waits for it, is asked now and then.
std::vector<Sender::Waiting*> Sender::ask_large(Parent const& above, std::vector<Waiting> const& all, Round& round) {
    constexpr std::int64_t asks_every_ms = 15'000;
    std::vector<Waiting*> order;
    std::set<std::string> listed;
    for (auto const& told : all) {
        if (!told.large() || rests(told.sha256)) continue;
        listed.insert(told.sha256);
        auto& one = large_.try_emplace(told.sha256, told).first->second;
        if (site_.machine.now().ms >= one.asked_at.ms + asks_every_ms) {
            auto const went = ask(above, one);
            if (!note(went, one.sha256, above.district, round)) return {};
            if (went != Sent::not_now) continue;
        }
        order.push_back(&one);
    }
    std::erase_if(large_, [&](auto const& one) { return !listed.contains(one.first); });
    std::ranges::stable_partition(order, [](Waiting const* one) { return one->waited_for; });
    return order;
}

Sender::Round Sender::round(Parent const& above, std::stop_token const& stop) {
    Round round;
    turn_ends_ = std::chrono::steady_clock::now() + place_.turn;
    std::vector<Waiting> all;
    for (auto const& told : site_.db.read(above.district, [](sql::Tx& tx) { return store::told(tx); }))
        all.push_back({told.sha256, told.size});
    if (!send_small(above, all, stop, round)) return round;
    for (auto* one : ask_large(above, all, round)) {
        if (stop.stop_requested() || !pace_of(*one)) break;
        auto const went = send(above, *one, stop);
        if (!note(went, one->sha256, above.district, round)) break;
        round.more = went == Sent::not_now && pace_of(*one).has_value();
        if (round.more) break;
    }
    return round;
}

}  // namespace santong::nodes
