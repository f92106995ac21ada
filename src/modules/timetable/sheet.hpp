#pragma once
// A week timetable as schools keep it in a spreadsheet: read cell by cell, every refusal with its place. Knows no
// database. May include: domain.hpp, platform/text.
#include <map>
#include <set>

#include "modules/timetable/domain.hpp"
#include "platform/text/table.hpp"

namespace santong::timetable {

/// The words a sheet may use at one school, in the form of `text::without_blanks`.
struct SheetWords {
    std::map<std::string, core::OrgId> classes;
    std::map<std::string, std::string> subjects;  ///< title -> code; codes stand for themselves
    struct Teacher {
        core::PersonId id;
        std::string subject;
    };
    std::multimap<std::string, Teacher> teachers;  ///< by name and by staff number
    std::set<int> periods;                         ///< numbers of the bell
};

/// A cell that cannot be taken: where it stands, what it says, and why (an i18n key; `<reason>_hint` says what to do).
struct RefusedCell {
    std::string sheet;
    std::string cell;  ///< "B5"
    std::string value;
    std::string reason;
    std::map<std::string, std::string> params;
};
BOOST_DESCRIBE_STRUCT(RefusedCell, (), (sheet, cell, value, reason, params))

struct SheetReading {
    std::vector<Entry> entries;  ///< without ids
    std::vector<RefusedCell> refused;
};

/// Most entries and refusals that one file gives; a county's largest school has some 3,000 lessons a week.
inline constexpr std::size_t most_entries = 20'000;
inline constexpr std::size_t most_refused = 500;

/// Reads all sheets that are not hidden. A sheet with a header of 班级, 星期, 节次 and 学科 is a list; one with a row
/// of weekdays is the grid of one class, named by the sheet or by a cell above that row. Refusals of the file itself
/// are those of the reader, and "timetable.import_too_long".
core::Result<SheetReading> read_sheets(text::TableReader& table, SheetWords const& words);

/// 1–7 of 周一, 星期一, 一, Monday, Mon or 1; 0 for anything else.
int weekday_of(std::string_view word);
/// The number in 第1节, 第一节, 1 or 一; 0 for anything else.
int period_of(std::string_view word);

}  // namespace santong::timetable
