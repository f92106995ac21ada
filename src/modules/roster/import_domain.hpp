#pragma once
// A school's own sheet on its way into the roster: what is kept of it and what people see of it.
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "modules/roster/domain.hpp"
#include "modules/roster/rules/column_guess.hpp"

namespace santong::roster {

using ImportId = core::Id<struct ImportTag>;
using ImportMappingId = core::Id<struct ImportMappingTag>;
using rules::RosterField;

enum class ImportKind : int { pupils, staff };
BOOST_DESCRIBE_ENUM(ImportKind, pupils, staff)

/// Where the import stands: columns to be looked at, being tried, tried, being written, written.
enum class ImportState : int { columns, checking, checked, writing, written };
BOOST_DESCRIBE_ENUM(ImportState, columns, checking, checked, writing, written)

/// What becomes of a row; `ask`: somebody must say whether it is the same person.
enum class ImportRowState : int { added, changed, same, refused, ask, ended };
BOOST_DESCRIBE_ENUM(ImportRowState, added, changed, same, refused, ask, ended)

/// What somebody has said about a row that may be a person who is here already.
enum class ImportDecision : int { none, same, different, skip };
BOOST_DESCRIBE_ENUM(ImportDecision, none, same, different, skip)

/// A column of the sheet and what it is taken for.
struct ImportColumn {
    std::int32_t index = 0;  ///< 0 is A
    std::string header;
    std::optional<RosterField> field;  ///< none: not imported
    double confidence = 1;             ///< below 0.6 a person should look
    bool personal = false;
    std::vector<std::string> samples;  ///< masked where personal
};
BOOST_DESCRIBE_STRUCT(ImportColumn, (), (index, header, field, confidence, personal, samples))

struct ImportTotals {
    std::int64_t rows = 0;
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t same = 0;
    std::int64_t refused = 0;
    std::int64_t ask = 0;
    std::int64_t ended = 0;
    std::int64_t written = 0;
    std::int64_t schools = 0;
    std::int64_t classes = 0;
    std::int64_t new_classes = 0;
    std::int64_t lost_characters = 0;  ///< rows whose name lost a rare character (生僻字)
};
BOOST_DESCRIBE_STRUCT(ImportTotals, (),
                      (rows, added, changed, same, refused, ask, ended, written, schools, classes, new_classes,
                       lost_characters))

/// A place for which the file speaks: a class that rows of pupils name, a school that rows of staff name. People of
/// other places are none of its business, whether they are in it or not.
struct ImportCover {
    OrgId place_id;
    std::string school_name;
    std::string name;          ///< of the class; empty for the staff of a school
    std::int64_t rows = 0;     ///< of the file
    std::int64_t here = 0;     ///< people who are there in the roster
    std::int64_t absent = 0;   ///< of them those whom the file does not name
    std::int64_t unknown = 0;  ///< refused rows that may be one of them: nobody is ended before they are mended
};
BOOST_DESCRIBE_STRUCT(ImportCover, (), (place_id, school_name, name, rows, here, absent, unknown))

/// What is wrong with one cell.
struct ImportProblem {
    std::int32_t column = -1;  ///< index in the sheet; -1: no column holds it
    std::string field;
    std::string value;  ///< masked where personal
    std::string key;    ///< i18n key of the reason
    core::ErrorParams params;
    std::string hint_key;
    std::string suggestion;  ///< what to write instead; empty if that cannot be known
};
BOOST_DESCRIBE_STRUCT(ImportProblem, (), (column, field, value, key, params, hint_key, suggestion))

/// The row of an import, as it is kept.
struct ImportSession {
    ImportId id;
    ImportKind kind = ImportKind::pupils;
    core::FileId file_id;
    std::string file_name;
    std::int64_t file_size = 0;
    std::string format;
    std::string encoding;
    std::string sheet;
    std::int32_t header_row = 0;
    std::int32_t first_data_row = 1;
    std::string header_key;
    core::RawJson columns{"[]"};
    core::RawJson cover{"[]"};   ///< of ImportCover
    core::RawJson end_in{"[]"};  ///< ids of places whose absent people end
    ImportState state = ImportState::columns;
    core::AccountId made_by;
    std::string made_by_name;
    core::RawJson places{"[]"};  ///< nodes whose people the import may touch
    std::optional<core::JobId> job_id;
    core::RawJson totals{"{}"};
    core::Instant created_at;
    core::Instant updated_at;
    std::optional<core::Instant> written_at;
};
BOOST_DESCRIBE_STRUCT(ImportSession, (),
                      (id, kind, file_id, file_name, file_size, format, encoding, sheet, header_row, first_data_row,
                       header_key, columns, cover, end_in, state, made_by, made_by_name, places, job_id, totals,
                       created_at, updated_at, written_at))

/// Cells of a row as they stand in the sheet, or as they were mended.
struct ImportCells {
    std::vector<std::string> texts;
    std::vector<std::int32_t> ruined;  ///< columns whose digits the spreadsheet has lost
};
BOOST_DESCRIBE_STRUCT(ImportCells, (), (texts, ruined))

/// A row after the dry run, as it is kept. `cells` is sealed.
struct ImportRow {
    ImportId session_id;
    std::int32_t number = 0;  ///< row of the sheet
    ImportRowState state = ImportRowState::refused;
    std::optional<OrgId> school_id;
    std::string school_name;
    std::optional<OrgId> place_id;  ///< of somebody absent: the place of the cover
    std::optional<PersonId> person_id;
    std::string name;
    std::string cells;
    bool fixed = false;
    ImportDecision decision = ImportDecision::none;
    std::string reason;  ///< keys of all its problems, a blank between
    core::RawJson problems{"[]"};
    core::RawJson changes{"[]"};
    bool written = false;
};
BOOST_DESCRIBE_STRUCT(ImportRow, (),
                      (session_id, number, state, school_id, school_name, place_id, person_id, name, cells, fixed,
                       decision, reason, problems, changes, written))

/// Which heading holds what, kept for the next file with the same headings.
struct ImportMapping {
    ImportMappingId id;
    ImportKind kind = ImportKind::pupils;
    std::string header_key;
    std::string name;
    core::RawJson columns{"[]"};
    core::AccountId made_by;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ImportMapping, (), (id, kind, header_key, name, columns, made_by, updated_at))

/// A number of rows behind a filter.
struct ImportFacet {
    std::string key;   ///< id of the school, key of the reason
    std::string name;  ///< of the school
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ImportFacet, (), (key, name, count))

/// What becomes of the rows of one school.
struct ImportSchool {
    std::string name;
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t same = 0;
    std::int64_t refused = 0;
    std::int64_t ask = 0;
};
BOOST_DESCRIBE_STRUCT(ImportSchool, (), (name, added, changed, same, refused, ask))

/// A field that a sheet of this kind may fill.
struct ImportField {
    RosterField field = RosterField::name;
    bool required = false;
    bool personal = false;
};
BOOST_DESCRIBE_STRUCT(ImportField, (), (field, required, personal))

std::vector<ImportField> const& import_fields(ImportKind kind);
bool is_personal_field(RosterField field);
/// A cell as those may see it who may not see the number itself.
std::string masked_cell(RosterField field, std::string const& value);

}  // namespace santong::roster
