#include "modules/nodes/parent.hpp"

#include <filesystem>
#include <future>
#include <ranges>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "modules/nodes/contents_up.hpp"
#include "modules/nodes/line.hpp"
#include "modules/nodes/node_keys.hpp"
#include "modules/nodes/parent_ask.hpp"
#include "modules/nodes/service.hpp"
#include "modules/nodes/service_served.hpp"
#include "modules/nodes/upgrade.hpp"
#include "modules/roster/service_write.hpp"
#include "platform/feed/feed.hpp"
#include "platform/sql/installation.hpp"
#include "platform/sync/outgoing.hpp"
#include "platform/sync/unsaid.hpp"

namespace santong::nodes {

namespace {

constexpr char const* parent_name = "parent";
constexpr char const* down_cursor = "node_down_cursor";
constexpr char const* up_cursor = "node_up_cursor";
/// How far the parent was told before all is told again: of that it knows, whatever the cursor says meanwhile.
constexpr char const* up_reached = "node_up_reached";
constexpr char const* schema_name = "node_schema";
constexpr char const* up_schema = "node_up_schema";
constexpr char const* clock_name = "clock_correction";

std::string binding(NodeId const& node) {
    return "parent|" + node.text();
}

core::Result<std::string> checked_url(std::string url) {
    while (url.ends_with('/')) url.pop_back();
    bool const local =
        url.starts_with("http://127.") || url.starts_with("http://localhost") || url.starts_with("http://[::1]");
    if (!url.starts_with("https://") && !local) return core::invalid("nodes.bad_url");
    return url;
}

Report report_of(Site const& site, Parent const& above) {
    Report report;
    report.version = site.version;
    report.now = site.machine.now();
    auto const peer = parent_peer(above);
    site.db.read(above.district, [&](sql::Tx& tx) {
        report.waiting_up = sync::waiting(tx, site.shapes, peer, sql::installation_value(tx, up_cursor).value_or(""));
        report.parked = sync::parked_of(tx, above.parent);
    });
    std::error_code unknown;
    auto const space = std::filesystem::space(site.keys_folder, unknown);
    report.disk_free = unknown ? 0 : static_cast<std::int64_t>(space.available);
    return report;
}

/// The parent's clock is the district's. What it is off by is remembered: whoever works here before the parent is
/// reached again, after a start, works by the same clock.
void correct_clock(Site const& site, core::DistrictId district, core::Instant there) {
    constexpr std::int64_t tolerated_ms = 2'000;
    auto off = there.ms - site.machine.now().ms;
    if (off <= tolerated_ms && off >= -tolerated_ms) off = 0;
    if (!feed::correct_clock(site.db, district, off)) return;
    site.db.transact(0, [&](sql::Tx& tx) { sql::set_installation_value(tx, clock_name, std::to_string(off)); });
}

/// A place that was upgraded asks for everything once: a column that it did not know before is in no tail.
std::string cursor_now(sql::Tx& tx, std::string const& schema) {
    if (sql::installation_value(tx, schema_name) != schema) return {};
    return sql::installation_value(tx, down_cursor).value_or("");
}

/// Which places of its subtree other boxes serve, as the header says it, where it does; kept when it is news.
void hear_elsewhere(Site const& site, Parent const& above, std::string const& text) {
    if (text.empty()) return;
    std::set<core::OrgId> places;
    for (auto const part : std::views::split(text, ',')) {
        if (auto const id = core::OrgId::parse(std::string_view(part.begin(), part.end()))) places.insert(*id);
    }
    if (site.db.read(above.district, served_elsewhere) == places) return;
    site.db.transact(above.district, [&](sql::Tx& tx) { note_served_elsewhere(tx, {places.begin(), places.end()}); });
}

/// Takes what came; the cursor moves with it.
void take_pulled(Site const& site, Parent const& above, PullAnswer const& pulled) {
    sync::Taking taking;
    taking.now = pulled.now;
    taking.told = site.db.read(above.district, [](sql::Tx& tx) {
        return sync::further(sql::installation_value(tx, up_cursor).value_or(""),
                             sql::installation_value(tx, up_reached).value_or(""));
    });
    taking.done = [&](sql::Tx& tx) {
        sql::set_installation_value(tx, down_cursor, pulled.batch.cursor);
        sql::set_installation_value(tx, schema_name, schema_word(site));
    };
    sync::take(site.db, above.district, site.shapes, parent_peer(above), pulled.batch.changes, taking);
}

/// Pulls what waits. Within a snapshot the next batch is asked for while one is being written.
bool pull(Site const& site, Parent const& above, Round& round) {
    constexpr int most_batches = 8;
    auto const report = report_of(site, above);
    auto const after = [&](std::string const& cursor) {
        return ask(site, above, "/api/v1/node/pull", core::json::write(PullRequest{cursor, report}));
    };
    auto cursor = site.db.read(above.district, [&](sql::Tx& tx) { return cursor_now(tx, schema_word(site)); });
    if (cursor.empty())
        site.db.transact(above.district, [&](sql::Tx& tx) { sync::say_unsaid(tx, site.shapes, above.org_id.text()); });
    auto answer = after(cursor);
    for (int batches = 1;; ++batches) {
        round.reached = answer.status != 0;
        if (answer.status != 200) {
            round.problem = answer.status == 0 ? answer.problem : said(answer);
            return false;
        }
        round.parent_schema = answer.headers[schema_header];
        auto const pulled = core::json::read<PullAnswer>(answer.body, core::json::UnknownFields::ignore);
        if (!pulled) {
            round.problem = "an answer that cannot be read";
            return false;
        }
        hear_elsewhere(site, above, answer.headers[elsewhere_header]);
        correct_clock(site, above.district, pulled->now);
        round.more = pulled->batch.more;
        std::future<LineAnswer> next;
        if (pulled->batch.more && !pulled->batch.cursor.starts_with("t:") && batches < most_batches)
            next = std::async(std::launch::async, [&] { return after(pulled->batch.cursor); });
        if (pulled->batch.cursor != cursor || !pulled->batch.changes.empty()) take_pulled(site, above, *pulled);
        if (!next.valid()) return true;
        cursor = pulled->batch.cursor;
        answer = next.get();
    }
}

/// Where telling goes on. After an upgrade at either end all is told again: one of the two did not know some of it.
std::string up_cursor_now(Site const& site, Parent const& above, std::string const& parent_schema) {
    auto const schema = schema_word(site) + "/" + parent_schema;
    auto const known = site.db.read(above.district, [&](sql::Tx& tx) {
        return std::pair(sql::installation_value(tx, up_schema), sql::installation_value(tx, up_cursor).value_or(""));
    });
    if (parent_schema.empty() || known.first == schema) return known.second;
    site.db.transact(above.district, [&](sql::Tx& tx) {
        sql::set_installation_value(tx, up_schema, schema);
        sql::set_installation_value(tx, up_reached,
                                    sync::further(known.second, sql::installation_value(tx, up_reached).value_or("")));
        sql::set_installation_value(tx, up_cursor, "t:0");
    });
    return "t:0";
}

bool push_once(Site const& site, Parent const& above, Round& round) {
    auto const peer = parent_peer(above);
    auto const cursor = up_cursor_now(site, above, round.parent_schema);
    std::int64_t last_seq = 0;
    auto const batch = site.db.read(above.district, [&](sql::Tx& tx) {
        last_seq = feed::last_seq(tx);
        return sync::outgoing(tx, site.shapes, peer, cursor);
    });
    if (!batch.changes.empty()) {
        auto const answer = ask(site, above, "/api/v1/node/push",
                                core::json::write(PushRequest{batch.changes, last_seq, report_of(site, above)}));
        if (answer.status != 200) {
            round.problem = answer.status == 0 ? answer.problem : said(answer);
            return false;
        }
    }
    site.db.transact(above.district, [&](sql::Tx& tx) {
        if (sql::installation_value(tx, up_cursor) != batch.cursor)
            sql::set_installation_value(tx, up_cursor, batch.cursor);
        note_told(tx, batch.changes, site.machine.now());
    });
    round.more = round.more || batch.more;
    return true;
}

/// What a new place must know before anything can come.
void settle(Site const& site, JoinAnswer const& answer, Parent const& above) {
    site.db.transact(answer.district, [&](sql::Tx& tx) {
        roster::set_district(tx, {answer.district_org_id, answer.district_name, answer.zone_minutes});
        feed::continue_after(tx, answer.last_seq);
        sql::add_district(tx);
        sql::set_installation_value(tx, up_cursor, sync::cursor_here(tx));
    });
    site.db.transact(0, [&](sql::Tx& tx) {
        sql::set_installation_value(tx, "node", answer.node.text());
        sql::set_installation_value(tx, parent_name, core::json::write(above));
        if (!answer.showed) return;
        sql::set_installation_value(tx, "demo", "yes");
        sql::set_installation_value(tx, "demo_start", std::to_string(answer.showed->ms));
        sql::set_installation_value(tx, "demo_seen_at", std::to_string(site.machine.now().ms));
        sql::set_installation_value(tx, "demo_showed", std::to_string(answer.showed->ms));
    });
}

}  // namespace

std::optional<Parent> parent(sql::Database& db) {
    auto const text = db.read(0, [](sql::Tx& tx) { return sql::installation_value(tx, parent_name); });
    if (!text) return std::nullopt;
    auto known = core::json::read<Parent>(*text, core::json::UnknownFields::ignore);
    if (!known) throw std::runtime_error("what this place knows of its parent cannot be read");
    return std::move(*known);
}

void remember_clock(sql::Database& db) {
    auto const known = db.read(0, [](sql::Tx& tx) { return sql::installation_value(tx, clock_name); });
    if (known) feed::set_clock_correction(std::stoll(*known));
}

sync::Peer parent_peer(Parent const& above) {
    auto const key = auth::Keys::current().open(auth::KeyPurpose::node_links, {above.link_key_id, above.link_key.value},
                                                binding(above.node));
    if (!key) throw std::runtime_error("the key of the parent does not open: is the right keys folder in place?");
    return {above.parent, above.org_id.text(), *key, true};
}

core::Result<JoinAnswer> join_parent(Site const& site, std::string const& code, std::string const& url,
                                     std::string const& authority_file) {
    auto const origin = TRY(checked_url(url));
    if (parent(site.db) || !sql::districts(site.db).empty()) return core::conflict("nodes.not_empty");
    if (!authority_file.empty()) {
        std::filesystem::copy_file(authority_file, std::filesystem::path(site.keys_folder) / "parent-authority.crt",
                                   std::filesystem::copy_options::overwrite_existing);
    }
    auto const pair = own_pair(site.keys_folder);
    auto const exchange = exchange_pair();
    JoinWish const wish{code, NodeId::parse(feed::origin()).value_or(NodeId::make()), core::base64(pair.open),
                        core::base64(exchange.open), site.version};
    auto const answer = post(origin + "/api/v1/node/join", {{"Content-Type", "application/json"}},
                             core::json::write(wish), authority_of(site));
    if (answer.status == 0)
        return core::Error(core::ErrorCode::unavailable, "nodes.unreachable", {{"why", answer.problem}});
    if (answer.status != 200 && answer.status != 201)
        return core::Error(core::ErrorCode::not_found,
                           said(answer).starts_with("nodes.") ? said(answer) : "nodes.refused_join",
                           {{"status", std::to_string(answer.status)}});
    auto const joined = TRY(core::json::read<JoinAnswer>(answer.body));
    auto const other = core::base64_decode(joined.exchange_key);
    auto const link = other ? agree(exchange.secret, *other) : std::string();
    if (link.empty()) return core::invalid("nodes.bad_key");
    auto const sealed = auth::Keys::current().seal(auth::KeyPurpose::node_links, link, binding(joined.node));
    Parent const above{origin,          joined.node,   joined.parent, joined.open_key,
                       joined.district, joined.org_id, sealed.key_id, {sealed.bytes}};
    settle(site, joined, above);
    return joined;
}

bool settled(sql::Database& db, core::DistrictId district) {
    auto const cursor = db.read(district, [](sql::Tx& tx) { return sql::installation_value(tx, down_cursor); });
    return cursor && cursor->starts_with("t:");
}

std::int64_t waiting_up(Site const& site) {
    auto const above = parent(site.db);
    if (!above) return 0;
    auto const peer = parent_peer(*above);
    return site.db.read(above->district, [&](sql::Tx& tx) {
        return sync::waiting(tx, site.shapes, peer, sql::installation_value(tx, up_cursor).value_or(""));
    });
}

Round talk(Site const& site, Parent const& above) {
    Round round;
    try {
        if (pull(site, above, round)) push_once(site, above, round);
    } catch (std::exception const& error) {
        round.problem = error.what();
        round.more = false;
    }
    return round;
}

}  // namespace santong::nodes
