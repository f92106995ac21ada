#pragma once
// What use cases and jobs of an import share.
#include "modules/roster/import_check.hpp"
#include "modules/roster/import_store.hpp"
#include "modules/roster/service_import.hpp"

namespace santong::roster {

/// As FileReference says it.
inline constexpr char const* import_holder = "roster.Import";
inline constexpr char const* check_job = "roster.import_check";
inline constexpr char const* write_job = "roster.import_write";

/// What a job is told.
struct ImportJob {
    ImportId import_id;
    std::optional<PersonId> started_by;
};
BOOST_DESCRIBE_STRUCT(ImportJob, (), (import_id, started_by))

/// What the audit log tells of an import.
struct ImportNote {
    std::string file;
    ImportKind kind = ImportKind::pupils;
    std::int64_t rows = 0;
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t same = 0;
    std::int64_t refused = 0;
    std::int64_t ask = 0;
    std::int64_t written = 0;
    std::int64_t schools = 0;
    std::vector<OrgId> end_in;  ///< where people whom the file leaves out are ended
};
BOOST_DESCRIBE_STRUCT(ImportNote, (), (file, kind, rows, added, changed, same, refused, ask, written, schools, end_in))
ImportNote import_note(ImportSession const& session);

std::vector<ImportColumn> columns_of(ImportSession const& session);
std::vector<OrgId> places_of(ImportSession const& session);
std::vector<ImportCover> cover_of(ImportSession const& session);
std::vector<OrgId> end_in_of(ImportSession const& session);
ImportTotals totals_of(ImportSession const& session);
/// Counts the rows of a session again.
void count_rows(sql::Tx& tx, ImportSession& session);

/// Cells under the session's key.
std::string seal_cells(sql::Tx& tx, ImportId const& session, ImportCells const& cells);
ImportCells open_cells(sql::Tx& tx, ImportRow const& row);
/// Puts a verdict into a row.
void take_verdict(ImportRow& row, ImportVerdict const& verdict);
/// The same as it is shown.
ImportRowView view_of(ImportRow const& row);
ImportContext load_context(ImportPlace const& at, core::DistrictId district, ImportSession const& session);

}  // namespace santong::roster
