#pragma once
// One lesson as it is written in cells.
#include "modules/timetable/sheet.hpp"

namespace santong::timetable {

/// A refusal before its place is known.
struct CellRefusal {
    std::string reason;
    std::map<std::string, std::string> params;
};

/// Subject, teacher, room and weeks as texts.
struct LessonWords {
    std::string subject;
    std::string teacher;
    std::string room;
    std::string weeks;
};

/// Splits "数学 李文静 501(单)", "数学/李文静" or "数学李文静"; several lessons of one cell stand behind ; or a second
/// line with weeks of their own.
std::vector<LessonWords> split_cell(std::string_view cell, SheetWords const& words);

/// Fills subject, teacher, room and weeks of an entry; the first word that is unknown refuses it.
std::optional<CellRefusal> fill(Entry& entry, LessonWords const& lesson, SheetWords const& words);

}  // namespace santong::timetable
