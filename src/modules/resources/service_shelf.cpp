#include "modules/resources/service_shelf.hpp"

#include <algorithm>
#include <set>

#include "modules/resources/store.hpp"
#include "modules/resources/store_shelf.hpp"

namespace santong::resources {

ShelfCounts shelf_counts(sql::Tx& tx, core::LocalDate since) {
    ShelfCounts counts;
    for (auto const& row : store::kinds_on_shelf(tx, since)) {
        counts.kinds[row.kind] = row.count;
        counts.resources += row.count;
        counts.reused += row.reused;
    }
    auto const givers = store::givers(tx);
    counts.schools = givers.schools;
    counts.people = givers.people;
    std::map<ChapterId, std::set<Kind>> filed;
    for (auto const& row : store::chapter_kinds(tx, {}, std::nullopt)) filed[row.chapter_id].insert(row.kind);
    for (auto const& leaf : store::leaf_chapters(tx)) {
        ++counts.chapters;
        bool complete = true;
        for (Kind const kind : chapter_needs) {
            if (filed[leaf.id].contains(kind)) continue;
            complete = false;
            ++counts.holes[std::string(core::enum_text(kind))];
        }
        counts.complete += complete ? 1 : 0;
    }
    return counts;
}

}  // namespace santong::resources
