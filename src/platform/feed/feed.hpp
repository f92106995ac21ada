#pragma once
// The one feed (DESIGN 4): what changed, in commit order. A module writes its row and, in the same transaction, its
// entry.
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "core/json.hpp"
#include "platform/sql/database.hpp"

namespace santong::feed {

enum class EntryKind : int { put, remove, event };
BOOST_DESCRIBE_ENUM(EntryKind, put, remove, event)

/// One change as consumers see it. Personal fields inside `body` stand only in their sealed form.
struct Entry {
    std::int64_t seq = 0;  ///< position in the district's feed, in commit order; gaps are normal
    std::string origin;    ///< node that made it
    std::int64_t origin_seq = 0;
    EntryKind kind = EntryKind::put;
    std::string type;  ///< "teaching.ClassSession"
    std::string entity_id;
    std::string scope_org_id;  ///< node of the org tree whose subtree it concerns; empty = the whole district
    std::int64_t version = 0;  ///< hybrid logical clock
    core::Instant at;
    core::RawJson body;
};
BOOST_DESCRIBE_STRUCT(Entry, (), (seq, origin, origin_seq, kind, type, entity_id, scope_org_id, version, at, body))

/// What a writer says of its entry.
struct Address {
    std::string_view type;
    std::string entity_id;
    core::OrgId scope;
};

/// Adds an entry whose body is JSON already; `put` and `event` are the usual ways in.
void append(sql::Tx& tx, EntryKind kind, Address const& address, std::string body);

/// Says that an entity now looks like this.
template <class T>
void put(sql::Tx& tx, Address const& address, T const& entity) {
    append(tx, EntryKind::put, address, core::json::write(entity));
}
/// The same of what only follows from changes that are known already (histories brought together, somebody else found
/// for a step) and is nobody's new will: whatever anybody changes, anywhere and later, stands above it.
void append_following(sql::Tx& tx, Address const& address, std::string body);
template <class T>
void put_following(sql::Tx& tx, Address const& address, T const& entity) {
    append_following(tx, address, core::json::write(entity));
}
/// Says that something happened; events are never changed.
template <class T>
void event(sql::Tx& tx, Address const& address, T const& what) {
    append(tx, EntryKind::event, address, core::json::write(what));
}
/// Says that an entity is gone.
void remove(sql::Tx& tx, Address const& address);

/// Takes an entry that another node made: it keeps its origin and version and gets a number here. `via` names the
/// neighbour it came from. An entry that is here already is not taken twice; answers whether it was new.
bool take(sql::Tx& tx, Entry const& entry, std::string const& via);
/// The same for many at once; answers how many were new.
std::size_t take_all(sql::Tx& tx, std::vector<Entry> const& entries, std::string const& via);
/// Gives numbers to what this transaction has said and taken so far, so that it can be read in it.
void write_down(sql::Tx& tx);
/// Whether an entry of this origin and number is here.
bool knows(sql::Tx& tx, std::string const& origin, std::int64_t origin_seq);
/// The clock of the district (DESIGN 4): what this node's clock is ahead (−) or behind (+), in milliseconds, as its
/// parent sees it; versions made from now on are corrected by it.
void set_clock_correction(std::int64_t ms);
/// The same when the parent has just said what time it is: what this process made since it last heard so bears a
/// version of the wrong clock, and is corrected, too. To be called before anything of it is told or compared. Answers
/// whether the correction is another one now (by more than two seconds).
bool correct_clock(sql::Database& db, core::DistrictId district, std::int64_t ms);
/// Once at start: versions made from now on are later than what is known here, even if the machine's clock went back
/// while it was off (no battery). What is too far ahead is corrected as soon as the parent says the time.
void go_on(sql::Database& db, core::DistrictId district);
/// Versions made from now on are later than this one.
void observe(std::int64_t version);
/// The version that something made at this moment has at least.
std::int64_t version_at(core::Instant at);

/// Numbers given from now on are higher than this: a node that takes the name of a dead one goes on where it stopped.
void continue_after(sql::Tx& tx, std::int64_t seq);

/// Reads on from `after`, at most `limit` entries, never past an open transaction.
std::vector<Entry> read(sql::Tx& tx, std::int64_t after, int limit);
std::int64_t last_seq(sql::Tx& tx);
/// Position of the newest entry of these types, 0 if there is none.
std::int64_t last_seq(sql::Tx& tx, std::vector<std::string> const& types);

/// Position up to which a consumer has read; 0 before its first entry.
std::int64_t position_of(sql::Tx& tx, std::string_view consumer);

/// An entry that a consumer could not apply.
struct Parked {
    std::string consumer;
    std::int64_t seq = 0;
    std::string reason;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(Parked, (), (consumer, seq, reason, at))
std::vector<Parked> parked(sql::Tx& tx);

/// Name of this node in the entries it makes; set once at start.
void set_origin(std::string node);
std::string const& origin();

/// A reader with a cursor of its own. `handle` runs in the transaction that moves the cursor: an entry is applied
/// exactly once. An entry that throws is parked with its reason and never blocks the queue.
class Consumer {
public:
    virtual ~Consumer() = default;
    virtual std::string name() const = 0;
    virtual bool wants(std::string_view type) const = 0;
    virtual void handle(sql::Tx& tx, Entry const& entry) = 0;
    /// Asked once, before the first entry: true if the consumer has just built itself from the tables,
    /// so that it starts at the feed's end instead of its beginning.
    virtual bool snapshot(sql::Tx&) { return false; }
    /// Told once per batch, in the same transaction.
    virtual void batch_done(sql::Tx&) {}
};

/// Runs one consumer over what is there; returns the number of entries passed. `max_batches` bounds the work.
std::size_t run_consumer(sql::Database& db, core::DistrictId district, Consumer& consumer, int max_batches = 1'000'000);

/// A background thread that runs consumers as entries come, woken after each commit that wrote entries.
class Pump {
public:
    Pump(sql::Database& db, std::vector<core::DistrictId> districts, std::vector<Consumer*> consumers);
    ~Pump();
    void wake();
    /// Waits until every consumer has seen all that was committed before the call (tests, imports, `demo`).
    void drain();

private:
    struct State;
    std::shared_ptr<State> state_;
};

/// Told after commits that wrote entries (live screens); called on the committing thread, must be quick.
void on_commit(std::function<void(core::DistrictId)> listener);

}  // namespace santong::feed
