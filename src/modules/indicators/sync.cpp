#include "modules/indicators/sync.hpp"

#include "modules/roster/sync.hpp"

namespace santong::indicators {

namespace {

/// What was said once is never said otherwise: a school that thinks better of it declares anew.
void refuse_other_words(sql::Tx&, sync::Told const& told) {
    auto const& before = told.before.front().rows;
    if (!before.empty() && before != told.after.front().rows)
        throw sync::Refused("a declaration that stands is not changed");
}

}  // namespace

void add_shapes(sync::Shapes& shapes) {
    // Targets of a place go together: those of the schools here and of the places above them.
    shapes.add(
        {.type = "indicators.Targets",
         .tables = {{.name = "indicator_target", .key = "org_id"}},
         .held = "SELECT org_id AS id FROM indicator_target WHERE district_id = $1 AND (org_id IN (" +
                 roster::subtree_held() +
                 ") OR org_id IN (SELECT ancestor_id FROM org_closure WHERE district_id = $1 AND org_id = $2))"});
    shapes.add({.type = "indicators.Declaration",
                .direction = sync::Direction::both,
                .tables = {{.name = "declaration"}},
                .held = roster::held_in("declaration", "org_id"),
                .check = refuse_other_words});
}

}  // namespace santong::indicators
