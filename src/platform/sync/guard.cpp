#include "platform/sync/guard.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/json.hpp"
#include "platform/sync/outgoing.hpp"
#include "platform/sync/records.hpp"

namespace santong::sync {

namespace {

/// What the body of an entry says of its place. This node's readers of the feed believe it.
struct Said {
    std::optional<std::string> id;
    std::optional<std::string> school_id;
};
BOOST_DESCRIBE_STRUCT(Said, (), (id, school_id))

/// False: this place made it, nothing is to be learnt.
bool speaks_for_itself(sql::Tx& tx, Peer const& peer, Change const& change) {
    if (change.origin.empty() || change.origin == peer.node) return true;
    bool const ours = change.origin == feed::origin();
    if (ours && tx.value<std::int64_t>(
                    "SELECT MIN(seq) FROM feed_entry WHERE district_id = $1 AND origin = $2 AND origin_seq = $3",
                    tx.district(), change.origin, change.origin_seq))
        return false;
    if (ours || std::ranges::find(peer.others, change.origin) != peer.others.end())
        throw Refused(change.type + " " + change.id + " is told in the name of another place");
    return true;
}

/// Of a type that only its holder may name: whether all of these are the child's.
void check_named(sql::Tx& tx, Shape const& shape, Peer const& peer, Change const& change,
                 std::vector<std::string> const& named) {
    if (held_of(tx, shape, peer.root_org_id, named).size() != named.size())
        throw Refused(change.type + " " + change.id + " names a " + shape.type + " of another school");
}

/// Which entities an entry's body names in this field.
std::vector<std::string> named_in_body(Change const& change, std::string const& field) {
    using Fields = std::map<std::string, core::RawJson>;
    auto const fields = core::json::read<Fields>(change.body.value, core::json::UnknownFields::ignore);
    auto const unreadable = [&] { return Refused("the body of " + change.type + " " + change.id + " cannot be read"); };
    if (!fields) throw unreadable();
    auto const found = fields->find(field);
    if (found == fields->end()) return {};
    auto const id = core::json::read<std::optional<std::string>>(found->second.value);
    if (!id) throw unreadable();
    return *id ? std::vector<std::string>{**id} : std::vector<std::string>{};
}

void check_body(sql::Tx& tx, Shapes const& shapes, Peer const& peer, Change const& change) {
    if (!change.body.value.starts_with('{')) return;
    auto const said = core::json::read<Said>(change.body.value, core::json::UnknownFields::ignore);
    if (!said) throw Refused("the body of " + change.type + " " + change.id + " cannot be read");
    if (said->id && change.deed != Deed::event && *said->id != change.id)
        throw Refused("the body of " + change.type + " " + change.id + " speaks of another entity");
    if (said->school_id && !covers(tx, shapes, peer, *said->school_id))
        throw Refused("the body of " + change.type + " " + change.id + " speaks of another school");
    for (auto const& shape : shapes.all()) {
        if (shape.named_by.empty()) continue;
        if (auto const named = named_in_body(change, shape.named_by); !named.empty())
            check_named(tx, shape, peer, change, named);
    }
}

/// Entities in which the rows that came stand now, beside their own.
std::vector<std::string> owners(sql::Tx& tx, Table const& table, std::string const& id, Rows const& rows) {
    auto const& schema = table_schema(tx, table.name);
    auto const& key = schema.primary_key.back();
    auto const column = std::ranges::find(rows.columns, key);
    if (column == rows.columns.end()) return {};
    auto const at = static_cast<std::size_t>(column - rows.columns.begin());
    std::vector<std::string> names;
    for (auto const& row : rows.rows) {
        if (at < row.size() && row[at]) names.push_back(*row[at]);
    }
    if (names.empty()) return {};
    std::vector<std::string> found;
    tx.run_text("SELECT DISTINCT CAST(" + table.key + " AS TEXT) FROM " + table.name + " WHERE district_id = $1 AND " +
                    key + " {in $2} AND " + table.key + " <> $3",
                {std::int64_t{tx.district()}, sql::to_param(names), id},
                [&](sql::Cells const& cells) { found.emplace_back(cells.text(0)); });
    return found;
}

/// A row that names a class stands in its place (its hour of the timetable): whoever took it would keep the class's own
/// school out.
void check_names(sql::Tx& tx, Shapes const& shapes, Peer const& peer, Change const& change) {
    for (auto const& shape : shapes.all()) {
        if (shape.named_by.empty()) continue;
        std::set<std::string> named;
        for (auto const& came : change.tables) {
            auto const column = std::ranges::find(came.columns, shape.named_by);
            auto const at = static_cast<std::size_t>(column - came.columns.begin());
            for (auto const& row : came.rows) {
                if (at < row.size() && row[at]) named.insert(*row[at]);
            }
        }
        if (!named.empty()) check_named(tx, shape, peer, change, {named.begin(), named.end()});
    }
}

/// A row with a name of its own may stand in another school's entity: it is not taken out of there.
void check_rows(sql::Tx& tx, Shape const& shape, Peer const& peer, Change const& change) {
    for (auto const& table : shape.tables) {
        auto const came = std::ranges::find(change.tables, table.name, &Rows::table);
        if (came == change.tables.end() || !table.group.empty()) continue;
        auto const& schema = table_schema(tx, table.name);
        if (!schema.of_district || std::ranges::find(schema.primary_key, table.key) != schema.primary_key.end())
            continue;
        auto const others = owners(tx, table, change.id, *came);
        if (written_of(tx, shape, peer.root_org_id, others).size() != others.size())
            throw Refused("a row of " + change.type + " " + change.id + " belongs to another school");
    }
}

}  // namespace

bool allowed(sql::Tx& tx, Shapes const& shapes, Peer const& peer, Shape const& shape, Change const& change) {
    if (shape.direction == Direction::down) throw Refused(change.type + " does not come from below");
    if (change.deed == Deed::withdraw) throw Refused("a child withdraws nothing");
    if (!speaks_for_itself(tx, peer, change)) return false;
    if (!covers(tx, shapes, peer, change.scope_org_id)) throw Refused(change.type + " of another school");
    check_body(tx, shapes, peer, change);
    if (change.deed == Deed::event) {
        if (!shape.tables.empty()) throw Refused(change.type + " is no event");
        return true;
    }
    if (shape.tables.empty()) throw Refused(change.type + " is an event");
    bool const stands = !read_rows(tx, shape.tables.front(), {change.id})[change.id].rows.empty();
    if (stands && !shape.held_later && written_of(tx, shape, peer.root_org_id, {change.id}).empty())
        throw Refused(change.type + " " + change.id + " belongs to another school");
    check_names(tx, shapes, peer, change);
    check_rows(tx, shape, peer, change);
    return true;
}

}  // namespace santong::sync
