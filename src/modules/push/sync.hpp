#pragma once
// What of push travels between places, and what a school's box does for it.
#include <functional>
#include <string_view>
#include <vector>

#include "modules/nodes/contents.hpp"
#include "modules/push/domain.hpp"
#include "platform/files/content_store.hpp"
#include "platform/sync/shape.hpp"

namespace santong::push {

/// Orders go down to the schools in them; receipts and recall receipts go up; requests are known on both sides. Rules
/// stay where they are made.
void add_shapes(sync::Shapes& shapes);

/// At a box: contents that its schools were promised, in the order in which lessons need them; those that are here are
/// among them. Small things that a teacher waits for stand first.
std::vector<nodes::Wanted> contents_due(sql::Tx& tx, core::Instant now);
/// All contents of one order, documents before films.
std::vector<nodes::Wanted> contents_of_order(sql::Tx& tx, core::Uuid const& order);

/// A content that came whole to a box.
struct Arrived {
    std::string sha256;
    std::int64_t line_bytes = 0;  ///< what the line carried for it
    std::string_view by;          ///< "line", "pack", "neighbour"
    std::int64_t near_bytes = 0;  ///< what a neighbour gave of it
};
/// Writes down by which way it came; `look` then writes the receipts.
void note_arrived(sql::Database& db, core::DistrictId district, Arrived const& arrived, core::Instant now);

/// At a box: compares what lies here with what orders and requests want and writes receipts where that has changed;
/// told again, it writes nothing. Who asked hears of it. Returns how many receipts and requests changed.
int look(sql::Database& db, core::DistrictId district, files::ContentStore& contents, core::Instant now);

}  // namespace santong::push
