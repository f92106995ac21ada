#include "platform/sync/settled.hpp"

#include "platform/sync/outgoing.hpp"
#include "platform/sync/records.hpp"

namespace santong::sync {

namespace {

constexpr char const* settled_type = "sync.Settled";

void let_go(sql::Tx& tx, SettledVersion const& settled) {
    tx.execute(
        "DELETE FROM sync_other WHERE district_id = $1 AND type = $2 AND entity_id = $3 AND origin = $4"
        " AND version = $5",
        tx.district(), settled.type, settled.entity_id, settled.origin, settled.version);
}

void let_all_go(sql::Tx& tx, std::vector<std::string> const& ids) {
    for (auto const& settled : tx.rows<SettledVersion>(
             "SELECT id, school_id, type, entity_id, origin, version FROM sync_settled WHERE district_id = $1"
             " AND id {in $2}",
             tx.district(), ids))
        let_go(tx, settled);
}

/// A child settles versions of what it may change itself.
void refuse_foreign_version(sql::Tx& tx, Told const& told) {
    auto const type = cell(told.after, "sync_settled", "type"), id = cell(told.after, "sync_settled", "entity_id");
    auto const* shape = told.shapes.find(type);
    if (shape == nullptr || shape->compared.owner.empty() || !core::Uuid::parse(id))
        throw Refused("a version of " + type + " " + id + ", which nobody compares");
    // What is gone meanwhile has no versions to look at.
    bool const stands = !read_rows(tx, shape->tables.front(), {id})[id].rows.empty();
    if (stands && written_of(tx, *shape, told.peer.root_org_id, {id}).empty())
        throw Refused("a version of " + type + " " + id + ", which is of another school");
}

}  // namespace

void settle(sql::Tx& tx, SettledVersion settled) {
    settled.id = core::Uuid::named("settled " + settled.type + ' ' + settled.entity_id + ' ' + settled.origin + ' ' +
                                   std::to_string(settled.version));
    tx.insert_one("sync_settled", settled, "ON CONFLICT DO NOTHING");
    feed::put(tx, {settled_type, settled.id.text(), settled.school_id}, settled);
    let_go(tx, settled);
}

bool is_settled(sql::Tx& tx, Change const& change) {
    return tx.value<std::int64_t>(
                 "SELECT COUNT(*) FROM sync_settled WHERE district_id = $1 AND type = $2 AND entity_id = $3"
                 " AND origin = $4 AND version = $5",
                 tx.district(), change.type, change.id, change.origin, change.version)
               .value_or(0) > 0;
}

void add_settled(Shapes& shapes, std::string const& orgs) {
    shapes.add({.type = settled_type,
                .direction = Direction::both,
                .tables = {{.name = "sync_settled"}},
                .held = "SELECT id FROM sync_settled WHERE district_id = $1 AND school_id IN (" + orgs + ")",
                .check = refuse_foreign_version,
                .applied = let_all_go});
}

}  // namespace santong::sync
