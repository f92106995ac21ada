#include "modules/resources/shelf_rows.hpp"

namespace santong::resources {

std::map<ResourceId, ShelfRow> shelf_rows(core::Clock const& clock, sql::Tx& tx, auth::Caller const& caller,
                                          std::vector<ResourceId> const& ids) {
    std::map<ResourceId, ShelfRow> rows;
    std::vector<Resource> usable;
    for (auto const& resource : store::find_all(tx, ids)) {
        if (!is_gone(resource) && can_read(tx, caller, resource)) {
            usable.push_back(resource);
            continue;
        }
        bool const known = resource.owner_person == caller.person || is_in_audience(tx, caller, resource);
        if (is_gone(resource) && known) rows[resource.id] = {{}, resource.title, resource.recalled_reason};
    }
    for (auto& row : summaries(tx, clock, caller, usable)) rows[row.id].item = std::move(row);
    return rows;
}

}  // namespace santong::resources
