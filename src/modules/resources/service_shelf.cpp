#include "modules/resources/service_shelf.hpp"

#include <algorithm>

#include "modules/resources/store.hpp"
#include "modules/resources/store_shelf.hpp"

namespace santong::resources {

ShelfState shelf_state(sql::Tx& tx, core::Instant before) {
    ShelfState state;
    state.resources = store::on_shelf(tx, before);
    auto const givers = store::givers(tx, before);
    state.schools = givers.schools;
    state.people = givers.people;
    std::map<ChapterId, std::set<Kind>> filed;
    for (auto const& row : store::filed_kinds(tx, before)) {
        if (std::ranges::find(chapter_needs, row.kind) != std::end(chapter_needs))
            filed[row.chapter_id].insert(row.kind);
    }
    for (auto const& leaf : store::leaf_chapters(tx)) ++state.chapters[filed[leaf.id]];
    return state;
}

std::set<ResourceId> opened_elsewhere(sql::Tx& tx, core::LocalDate from, core::LocalDate to) {
    auto const ids = store::opened_elsewhere(tx, from, to);
    return {ids.begin(), ids.end()};
}

}  // namespace santong::resources
