#pragma once
// What lies unused (已送达未使用) is told to the schools, never to a single teacher.
#include "platform/sql/database.hpp"

namespace santong::push {

/// Tells the office of each school where an order's things lie for fourteen days without a use, of each order once: for
/// the server's timer, above. Its academic office; where that is vacant its technician, then its principal. Schools
/// without a box are in no rate, and are told nothing. Returns how many schools were told; told again, it tells
/// nothing.
int remind_unused(sql::Database& db, core::DistrictId district, core::Clock const& clock);

}  // namespace santong::push
