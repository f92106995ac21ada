#pragma once
// What of timetables and lessons travels between nodes (DESIGN 4).
#include "platform/sync/shape.hpp"

namespace santong::timetable {

/// Course plans, bells, calendars and timetables go down; what happened in the school goes up; what both may change
/// (substitutions, lessons) goes both ways. The parent makes the lessons of a week, so that each has one identity.
void add_shapes(sync::Shapes& shapes);

}  // namespace santong::timetable
