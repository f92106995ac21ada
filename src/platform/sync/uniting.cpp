#include "platform/sync/uniting.hpp"

#include <algorithm>
#include <set>

#include "platform/feed/feed.hpp"
#include "platform/sync/changes.hpp"
#include "platform/sync/records.hpp"

namespace santong::sync {

namespace {

/// The names of rows: the cells of their column "id".
std::set<std::string> names_of(Rows const& rows) {
    std::set<std::string> names;
    auto const column = std::ranges::find(rows.columns, "id");
    if (column == rows.columns.end()) return names;
    auto const at = static_cast<std::size_t>(column - rows.columns.begin());
    for (auto const& row : rows.rows) {
        if (at < row.size() && row[at]) names.insert(*row[at]);
    }
    return names;
}

/// Says the entity anew as it stands, a step above its newest version: what anybody changes stands above that.
void tell_again(sql::Tx& tx, Shape const& shape, std::string const& id) {
    feed::write_down(tx);
    std::string scope, body;
    tx.run_text(
        "SELECT scope_org_id, body FROM feed_entry WHERE district_id = $1 AND type = $2 AND entity_id = $3"
        " AND kind <> 'event' ORDER BY seq DESC LIMIT 1",
        {std::int64_t{tx.district()}, shape.type, id}, [&](sql::Cells const& cells) {
            scope = cells.text(0);
            body = cells.text(1);
        });
    if (body.empty()) return;
    feed::append_following(tx, {shape.type, id, core::OrgId::parse(scope).value_or(core::OrgId{})}, body);
}

}  // namespace

bool has_history(Shape const& shape) {
    return std::ranges::any_of(shape.tables, &Table::united);
}

void add_missing(sql::Tx& tx, Shape const& shape, std::vector<Change> const& changes) {
    std::set<std::string> grown;
    for (auto const& table : shape.tables) {
        if (!table.united) continue;
        auto const here = read_rows(tx, table, ids_of(changes));
        for (auto const& change : changes) {
            auto const* told = rows_of(change, table.name);
            if (told == nullptr) continue;
            auto const found = here.find(change.id);
            auto const known = found == here.end() ? std::set<std::string>{} : names_of(found->second);
            auto missing = *told;
            std::erase_if(missing.rows, [&](auto const& row) {
                auto const names = names_of({table.name, told->columns, {row}});
                return names.empty() || known.contains(*names.begin());
            });
            if (missing.rows.empty()) continue;
            write_rows(tx, table, change.id, missing);
            grown.insert(change.id);
        }
    }
    for (auto const& id : grown) tell_again(tx, shape, id);
}

void tell_united(sql::Tx& tx, Shape const& shape, std::vector<Change> const& changes) {
    if (shape.direction != Direction::both) return;
    std::set<std::string> unknown;
    for (auto const& table : shape.tables) {
        if (!table.united) continue;
        auto const here = read_rows(tx, table, ids_of(changes));
        for (auto const& change : changes) {
            auto const found = here.find(change.id);
            auto const* told = rows_of(change, table.name);
            if (found == here.end() || told == nullptr) continue;
            auto const names = names_of(*told);
            auto const all = names_of(found->second);
            if (!std::ranges::includes(names, all)) unknown.insert(change.id);
        }
    }
    for (auto const& id : unknown) tell_again(tx, shape, id);
}

}  // namespace santong::sync
