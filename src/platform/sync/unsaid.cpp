#include "platform/sync/unsaid.hpp"

namespace santong::sync {

int say_unsaid(sql::Tx& tx, Shapes const& shapes, std::string const& root) {
    int said = 0;
    for (auto const& shape : shapes.all()) {
        if (!shape.joined_late) continue;
        std::vector<std::string> ids;
        tx.run_text("SELECT DISTINCT CAST(held.id AS TEXT) AS entity FROM (" + shape.held +
                        ") AS held WHERE CAST(held.id AS TEXT) NOT IN"
                        " (SELECT entity_id FROM feed_entry WHERE district_id = $1 AND type = $3)",
                    {std::int64_t{tx.district()}, root, shape.type},
                    [&](sql::Cells const& cells) { ids.emplace_back(cells.text(0)); });
        for (auto const& id : ids) feed::put(tx, {shape.type, id, {}}, core::Nothing{});
        said += static_cast<int>(ids.size());
    }
    return said;
}

}  // namespace santong::sync
