#include "platform/feed/feed.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>

namespace santong::feed {

namespace {

/// An entry as it waits for its number.
struct Row {
    std::int64_t seq = 0;
    std::string origin;
    std::int64_t origin_seq = 0;
    EntryKind kind = EntryKind::put;
    std::string type;
    std::string entity_id;
    std::string scope_org_id;
    std::int64_t version = 0;
    core::Instant at;
    std::string body;
    std::string via;
};
BOOST_DESCRIBE_STRUCT(Row, (), (seq, origin, origin_seq, kind, type, entity_id, scope_org_id, version, at, body, via))

/// What one transaction has said so far.
struct Pending {
    std::vector<Row> rows;
    std::set<std::pair<std::string, std::int64_t>> taken;  ///< of other nodes
};

struct Listeners {
    std::mutex mutex;
    std::vector<std::function<void(core::DistrictId)>> all;
};
Listeners& listeners() {
    static Listeners instance;
    return instance;
}

std::string& own_name() {
    static std::string node = "local";
    return node;
}

std::atomic<std::int64_t>& last_version() {
    static std::atomic<std::int64_t> last{0};
    return last;
}
std::atomic<std::int64_t>& correction_ms() {
    static std::atomic<std::int64_t> correction{0};
    return correction;
}

/// Number of the first entry that this process made since its parent last told it the time; 0: none.
std::atomic<std::int64_t>& first_made() {
    static std::atomic<std::int64_t> first{0};
    return first;
}

/// Whether a version since then had to run ahead of the clock, because something known is later than the clock says.
std::atomic<bool>& ran_ahead() {
    static std::atomic<bool> ran{false};
    return ran;
}

constexpr std::int64_t tolerated_ms = 2'000;
constexpr std::int64_t most_ahead_ms = 60'000;
constexpr std::int64_t counted_in_ms = 1 << 16;

/// What stood here when this process began: by its own clock, and the last number.
struct Beginning {
    core::Instant at;
    std::int64_t seq = 0;
};
Beginning& beginning() {
    static Beginning instance;
    return instance;
}

/// Hybrid logical clock: milliseconds in the upper 48 bits, a counter below; never runs backwards. Even: an odd one
/// says what only follows from the version before it (append_following).
std::int64_t next_version() {
    auto& last = last_version();
    std::int64_t const now = version_at(core::Instant{core::system_now().ms + correction_ms().load()});
    std::int64_t before = last.load();
    std::int64_t next;
    do {
        next = std::max(now, before + 2 - before % 2);
    } while (!last.compare_exchange_weak(before, next));
    if (next > now + version_at({most_ahead_ms})) ran_ahead() = true;
    return next;
}

/// Reserves `count` numbers. On PostgreSQL the lock is held until after the commit has become visible, so numbers
/// stand in commit order; on SQLite there is one writer.
std::int64_t reserve(sql::Tx& tx, std::size_t count) {
    auto const wanted = static_cast<std::int64_t>(count);
    if (tx.dialect() == sql::Dialect::sqlite) {
        return *tx.value<std::int64_t>("UPDATE feed_number SET last = last + $1 RETURNING last - $1", wanted);
    }
    constexpr int lock_class = 0x5a17;
    tx.rows<core::Nothing>("SELECT FROM pg_advisory_xact_lock($1, $2)", lock_class, tx.district());
    return *tx.value<std::int64_t>(
        "SELECT MAX(n) - $1 FROM (SELECT nextval('feed_number') AS n FROM generate_series(1, CAST($1 AS BIGINT))) AS "
        "numbers",
        wanted);
}

void flush(sql::Tx& tx) {
    auto& rows = tx.attachment<Pending>().rows;
    if (rows.empty()) return;
    auto number = reserve(tx, rows.size());
    for (auto& row : rows) {
        row.seq = ++number;
        if (!row.via.empty()) continue;
        row.origin_seq = row.seq;
        std::int64_t none = 0;
        first_made().compare_exchange_strong(none, row.seq);
    }
    tx.insert("feed_entry", rows);
    rows.clear();
    tx.attachment<Pending>().taken.clear();
    auto const district = tx.district();
    tx.after_commit([district] {
        std::vector<std::function<void(core::DistrictId)>> all;
        {
            std::lock_guard lock(listeners().mutex);
            all = listeners().all;
        }
        for (auto const& listener : all) listener(district);
    });
}

}  // namespace

void set_origin(std::string node) {
    own_name() = std::move(node);
}

std::string const& origin() {
    return own_name();
}

std::int64_t version_at(core::Instant at) {
    return at.ms << 16;
}

void set_clock_correction(std::int64_t ms) {
    correction_ms() = ms;
    // What was made while the clock was far ahead does not pull along what is made from now on.
    auto const most = version_at(core::Instant{core::system_now().ms + ms + most_ahead_ms});
    auto& last = last_version();
    std::int64_t before = last.load();
    while (before > most && !last.compare_exchange_weak(before, most)) {}
}

namespace {

constexpr std::int64_t newest_looked_at = 10'000;

/// Entries made here get the version of the moment in which they were made, as far as it is known.
void correct_tail(sql::Tx& tx, std::int64_t ms) {
    auto const now = version_at({core::system_now().ms + ms});
    auto const future = now + version_at({most_ahead_ms});
    // Who made them before this process began wrote down a time that nobody can read any more: not later than that.
    if (beginning().seq > 0)
        tx.execute(
            "UPDATE feed_entry SET version = $5 + seq % 30000 * 2 WHERE district_id = $1 AND seq > $2 AND seq <= $3"
            " AND origin = $4 AND version > $6",
            tx.district(), beginning().seq - newest_looked_at, beginning().seq, own_name(),
            std::min(now, version_at(beginning().at.plus_ms(ms))), future);
    auto const first = first_made().load();
    if (first == 0) return;
    // When each was made stands in it by the machine's clock, which runs evenly as long as this process does.
    tx.execute(
        "UPDATE feed_entry SET version = (CASE WHEN (at + $4) * $6 > $5 THEN $5 ELSE (at + $4) * $6 END) + seq % 30000 "
        "* 2"
        " WHERE district_id = $1 AND seq >= $2 AND origin = $3 AND (version > $7"
        " OR (CASE WHEN (at + $4) * $6 > $5 THEN $5 ELSE (at + $4) * $6 END) > version + $8)",
        tx.district(), first, own_name(), ms, now, counted_in_ms, future, version_at({tolerated_ms}));
}

}  // namespace

bool correct_clock(sql::Database& db, core::DistrictId district, std::int64_t ms) {
    auto const change = ms - correction_ms().load();
    bool const other = change < -tolerated_ms || change > tolerated_ms;
    if (!other && !ran_ahead()) {
        first_made() = 0;
        return false;
    }
    db.transact(district, [&](sql::Tx& tx) {
        set_clock_correction(ms);
        correct_tail(tx, ms);
    });
    first_made() = 0;
    ran_ahead() = false;
    return other;
}

void go_on(sql::Database& db, core::DistrictId district) {
    auto const latest = db.read(district, [](sql::Tx& tx) {
        beginning() = {core::system_now(), last_seq(tx)};
        return tx.value<std::int64_t>(
            "SELECT MAX(version) FROM (SELECT version FROM feed_entry WHERE district_id = $1 AND seq > $2) AS tail",
            tx.district(), beginning().seq - newest_looked_at);
    });
    if (!latest) return;
    observe(*latest);
    ran_ahead() = *latest > version_at({core::system_now().ms + correction_ms().load() + most_ahead_ms});
}

void observe(std::int64_t version) {
    auto& last = last_version();
    std::int64_t before = last.load();
    while (before < version && !last.compare_exchange_weak(before, version)) {}
}

void append(sql::Tx& tx, EntryKind kind, Address const& address, std::string body) {
    auto& pending = tx.attachment<Pending>();
    if (pending.rows.empty()) tx.before_commit(flush);
    pending.rows.push_back({0,
                            own_name(),
                            0,
                            kind,
                            std::string(address.type),
                            address.entity_id,
                            address.scope.is_nil() ? std::string() : address.scope.text(),
                            next_version(),
                            core::system_now(),
                            std::move(body),
                            {}});
}

void append_following(sql::Tx& tx, Address const& address, std::string body) {
    flush(tx);
    auto const known = tx.value<std::int64_t>(
        "SELECT version FROM feed_entry WHERE district_id = $1 AND type = $2 AND entity_id = $3 AND kind <> 'event'"
        " ORDER BY seq DESC LIMIT 1",
        tx.district(), address.type, address.entity_id);
    append(tx, EntryKind::put, address, std::move(body));
    if (!known) return;
    auto& row = tx.attachment<Pending>().rows.back();
    row.version = (*known + 1) | 1;
    row.at = core::Instant{row.version / counted_in_ms - correction_ms().load()};
}

void write_down(sql::Tx& tx) {
    flush(tx);
}

bool take(sql::Tx& tx, Entry const& entry, std::string const& via) {
    return take_all(tx, {entry}, via) == 1;
}

std::size_t take_all(sql::Tx& tx, std::vector<Entry> const& entries, std::string const& via) {
    SANTONG_ASSERT(!via.empty());
    std::map<std::string, std::vector<std::int64_t>> numbers;
    for (auto const& entry : entries) numbers[entry.origin].push_back(entry.origin_seq);
    std::set<std::pair<std::string, std::int64_t>> here;
    for (auto const& [origin, of_it] : numbers) {
        for (auto const number : tx.column<std::int64_t>(
                 "SELECT origin_seq FROM feed_entry WHERE district_id = $1 AND origin = $2 AND origin_seq {in $3}",
                 tx.district(), origin, of_it))
            here.emplace(origin, number);
    }
    auto& pending = tx.attachment<Pending>();
    std::size_t fresh = 0;
    for (auto const& entry : entries) {
        std::pair const name(entry.origin, entry.origin_seq);
        if (here.contains(name)) continue;
        observe(entry.version);
        if (!pending.taken.insert(name).second) continue;
        if (pending.rows.empty()) tx.before_commit(flush);
        pending.rows.push_back({0, entry.origin, entry.origin_seq, entry.kind, entry.type, entry.entity_id,
                                entry.scope_org_id, entry.version, entry.at, entry.body.value, via});
        ++fresh;
    }
    return fresh;
}

bool knows(sql::Tx& tx, std::string const& origin, std::int64_t origin_seq) {
    return tx
        .value<std::int64_t>(
            "SELECT MIN(seq) FROM feed_entry WHERE district_id = $1 AND origin = $2 AND origin_seq = $3", tx.district(),
            origin, origin_seq)
        .has_value();
}

void continue_after(sql::Tx& tx, std::int64_t seq) {
    if (tx.dialect() == sql::Dialect::sqlite)
        tx.execute("UPDATE feed_number SET last = $1 WHERE last < $1", seq);
    else
        tx.value<std::int64_t>(
            "SELECT setval('feed_number', GREATEST(CAST($1 AS BIGINT), last_value)) FROM feed_number", seq);
}

void remove(sql::Tx& tx, Address const& address) {
    append(tx, EntryKind::remove, address, "null");
}

std::vector<Entry> read(sql::Tx& tx, std::int64_t after, int limit) {
    return tx.rows<Entry>(
        "SELECT seq, origin, origin_seq, kind, type, entity_id, scope_org_id, version, at, body FROM feed_entry"
        " WHERE district_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        tx.district(), after, limit);
}

std::int64_t last_seq(sql::Tx& tx, std::vector<std::string> const& types) {
    // One look at the end of the index for each type, all in one statement.
    std::string text = "SELECT MAX(newest) FROM (";
    std::vector<sql::Param> params{sql::to_param(tx.district())};
    for (auto const& type : types) {
        params.push_back(sql::to_param(type));
        if (params.size() > 2) text += " UNION ALL ";
        text += "SELECT (SELECT MAX(seq) FROM feed_entry WHERE district_id = $1 AND type = $" +
                std::to_string(params.size()) + ") AS newest";
    }
    std::int64_t newest = 0;
    tx.run_text(text + ") of_types", params, [&](sql::Cells const& cells) {
        if (!cells.is_null(0)) newest = cells.integer(0);
    });
    return newest;
}

std::int64_t last_seq(sql::Tx& tx) {
    return tx.value<std::int64_t>("SELECT MAX(seq) FROM feed_entry WHERE district_id = $1", tx.district()).value_or(0);
}

std::vector<Parked> parked(sql::Tx& tx) {
    return tx.rows<Parked>("SELECT consumer, seq, reason, at FROM feed_parked WHERE district_id = $1 ORDER BY seq",
                           tx.district());
}

void on_commit(std::function<void(core::DistrictId)> listener) {
    std::lock_guard lock(listeners().mutex);
    listeners().all.push_back(std::move(listener));
}

}  // namespace santong::feed
