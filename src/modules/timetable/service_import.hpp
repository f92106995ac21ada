#pragma once
// The week timetable from and to a spreadsheet.
#include "modules/timetable/service.hpp"
#include "modules/timetable/sheet.hpp"
#include "platform/files/service.hpp"

namespace santong::timetable {

/// A file of the caller's and the school it is for. `write` makes a draft if nothing is wrong with it. `keep_others`:
/// the classes that the file does not name keep the lessons they have on `from`.
struct ImportRequest {
    core::OrgId school_id;
    core::FileId file_id;
    core::LocalDate from;
    std::optional<bool> write;
    std::optional<bool> keep_others;
};
BOOST_DESCRIBE_STRUCT(ImportRequest, (), (school_id, file_id, from, write, keep_others))

struct ImportClash {
    std::string key;  ///< "timetable.teacher_twice" or "timetable.class_twice"
    std::int32_t weekday = 1;
    std::int32_t period = 1;
    std::string first_class;
    std::string second_class;
    std::string teacher_name;
};
BOOST_DESCRIBE_STRUCT(ImportClash, (), (key, weekday, period, first_class, second_class, teacher_name))

/// What was found; `timetable_id` is the draft, if one was asked for and nothing was refused. Clashes are those of the
/// whole new timetable, kept lessons included.
struct ImportAnswer {
    std::int32_t entries = 0;  ///< lessons in the file
    std::int32_t classes = 0;  ///< classes in the file
    std::int32_t kept = 0;     ///< lessons of other classes that go on; only with `keep_others`
    /// Names of the classes that have lessons on `from` and are not in the file: without `keep_others` they lose them.
    std::vector<std::string> left_out;
    std::vector<RefusedCell> refused;
    std::vector<ImportClash> clashes;
    std::optional<TimetableId> timetable_id;
};
BOOST_DESCRIBE_STRUCT(ImportAnswer, (), (entries, classes, kept, left_out, refused, clashes, timetable_id))

/// Refuses: forbidden or not_found (school, file), "timetable.in_the_past", "timetable.outside_term",
/// "timetable.import_no_bell", what the table reader refuses. A draft replaces the school's earlier drafts of the term.
core::Result<ImportAnswer> import_timetable(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            files::Files const& files, ImportRequest const& request);

/// Where a workbook is written, and in which language its headings are.
struct Workbook {
    std::string path;
    std::string language;
};
/// The list form with the school's classes and subjects to choose from; with `filled` the timetable in force.
core::Result<void> write_workbook(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                  core::OrgId const& school, bool filled, Workbook const& target);
/// The course check as a workbook.
core::Result<void> write_check(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                               core::OrgId const& school, Workbook const& target);

}  // namespace santong::timetable
