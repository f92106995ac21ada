#pragma once
// Use cases of the import wizard: a school's own sheet (xlsx, xls, CSV in UTF-8 or GB18030) into the roster.
#include <filesystem>
#include <memory>

#include "modules/roster/import_domain.hpp"
#include "platform/files/service.hpp"
#include "platform/jobs/runner.hpp"

namespace santong::roster {

/// An import as its maker sees it.
struct ImportView {
    ImportId id;
    ImportKind kind = ImportKind::pupils;
    std::string file_name;
    std::int64_t file_size = 0;
    std::string format;
    std::string encoding;
    std::string sheet;
    std::int32_t header_row = 0;
    std::int32_t first_data_row = 1;
    std::vector<ImportColumn> columns;
    std::vector<ImportField> fields;  ///< what columns may be taken for
    bool known_headings = false;      ///< somebody has looked at columns with these headings before
    std::vector<ImportCover> cover;
    std::vector<OrgId> end_in;  ///< places of the cover whose absent people the write has ended
    std::int64_t untold = 0;    ///< guardians of its pupils whom an earlier list told and this one does not
    ImportState state = ImportState::columns;
    ImportTotals totals;
    std::optional<core::JobId> job_id;
    std::vector<ImportSchool> by_school;
    std::vector<ImportFacet> refused_by_school;
    std::vector<ImportFacet> refused_by_reason;
    std::string made_by_name;
    core::Instant created_at;
    core::Instant updated_at;
    std::optional<core::Instant> written_at;
};
BOOST_DESCRIBE_STRUCT(ImportView, (),
                      (id, kind, file_name, file_size, format, encoding, sheet, header_row, first_data_row, columns,
                       fields, known_headings, cover, end_in, untold, state, totals, job_id, by_school,
                       refused_by_school, refused_by_reason, made_by_name, created_at, updated_at, written_at))

/// One line of the list of imports.
struct ImportSummary {
    ImportId id;
    ImportKind kind = ImportKind::pupils;
    std::string file_name;
    ImportState state = ImportState::columns;
    ImportTotals totals;
    std::string made_by_name;
    core::Instant created_at;
    std::optional<core::Instant> written_at;
};
BOOST_DESCRIBE_STRUCT(ImportSummary, (), (id, kind, file_name, state, totals, made_by_name, created_at, written_at))

struct ImportRowView {
    std::int32_t number = 0;
    ImportRowState state = ImportRowState::refused;
    std::string school_name;
    std::string name;
    std::vector<ImportProblem> problems;
    std::vector<std::string> changes;
    ImportDecision decision = ImportDecision::none;
    bool fixed = false;
    bool written = false;
};
BOOST_DESCRIBE_STRUCT(ImportRowView, (),
                      (number, state, school_name, name, problems, changes, decision, fixed, written))

struct NewImport {
    core::FileId file_id;
    ImportKind kind = ImportKind::pupils;
};
BOOST_DESCRIBE_STRUCT(NewImport, (), (file_id, kind))

struct ColumnChoice {
    std::int32_t index = 0;
    std::optional<RosterField> field;
};
BOOST_DESCRIBE_STRUCT(ColumnChoice, (), (index, field))

struct MappingRequest {
    std::vector<ColumnChoice> columns;
    std::optional<std::int32_t> first_data_row;
    std::optional<bool> remember;  ///< for the next file with the same headings; yes unless told otherwise
};
BOOST_DESCRIBE_STRUCT(MappingRequest, (), (columns, first_data_row, remember))

/// Where people end whom the file leaves out: places of the cover, each named. Everywhere else they are kept. And which
/// of the guardians end whom it no longer tells; all others stay.
struct WriteRequest {
    std::vector<OrgId> end_in;
    std::optional<std::vector<GuardianshipId>> end_guardians = {};
};
BOOST_DESCRIBE_STRUCT(WriteRequest, (), (end_in, end_guardians))

/// A guardian whom an earlier list of the school told and this one does not (不再出现的监护人).
struct UntoldGuardianView {
    GuardianshipId guardianship_id;
    std::int32_t row = 0;  ///< of the pupil
    PersonId pupil_id;
    std::string pupil_name;
    std::string class_name;
    std::string guardian_name;
    std::string relation;
    core::LocalDate from_date;
    bool chosen = false;  ///< to end with the write
    std::optional<core::Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(UntoldGuardianView, (),
                      (guardianship_id, row, pupil_id, pupil_name, class_name, guardian_name, relation, from_date,
                       chosen, ended_at))

struct RowQuery {
    std::string state;
    std::string school;
    std::string reason;
    std::string place;  ///< of people whom the file leaves out
    std::int32_t after = 0;
    std::int32_t limit = 50;
};
BOOST_DESCRIBE_STRUCT(RowQuery, (), (state, school, reason, place, after, limit))

struct CellFix {
    std::int32_t column = 0;
    std::string value;
};
BOOST_DESCRIBE_STRUCT(CellFix, (), (column, value))

struct RowFix {
    std::vector<CellFix> cells;
    std::optional<bool> use_suggestions;
    std::optional<ImportDecision> decision;
};
BOOST_DESCRIBE_STRUCT(RowFix, (), (cells, use_suggestions, decision))

struct MappingView {
    ImportMappingId id;
    ImportKind kind = ImportKind::pupils;
    std::string name;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(MappingView, (), (id, kind, name, updated_at))

/// What the use cases work with.
struct ImportPlace {
    sql::Database& db;
    files::Files& files;
    jobs::Jobs& jobs;
    core::Clock const& clock;
};

/// Takes an uploaded file of the caller. Refusals: as `look_at_sheet`, "roster.import_wrong_kind" {found}.
core::Result<ImportView> begin_import(ImportPlace const& at, auth::Caller const& caller, NewImport const& wish);
core::Result<core::Page<ImportSummary>> list_imports(ImportPlace const& at, auth::Caller const& caller);
core::Result<ImportView> find_import(ImportPlace const& at, auth::Caller const& caller, ImportId const& id);
/// Refuses a field that stands twice or a required one that is missing.
core::Result<ImportView> map_columns(ImportPlace const& at, auth::Caller const& caller, ImportId const& id,
                                     MappingRequest const& request);
core::Result<ImportView> start_dry_run(ImportPlace const& at, auth::Caller const& caller, ImportId const& id);
/// Refuses to end people of a place that the file does not speak for ("roster.import_not_covered"), or while a refused
/// row may be one of them ("roster.import_mend_first" {place, rows}), and to end a guardian who was not offered
/// ("roster.import_guardian_gone").
core::Result<ImportView> start_write(ImportPlace const& at, auth::Caller const& caller, ImportId const& id,
                                     WriteRequest const& request);
core::Result<core::Page<ImportRowView>> list_import_rows(ImportPlace const& at, auth::Caller const& caller,
                                                         ImportId const& id, RowQuery const& query);
/// Mends cells, takes suggestions, or answers whether it is the same person; the row is checked anew.
core::Result<ImportRowView> fix_row(ImportPlace const& at, auth::Caller const& caller, ImportId const& id,
                                    std::int32_t number, RowFix const& fix);
core::Result<core::Page<UntoldGuardianView>> list_untold(ImportPlace const& at, auth::Caller const& caller,
                                                         ImportId const& id);
/// Takes back the end of a guardianship that this import has written. Refuses one that stands
/// ("roster.import_guardian_stands").
core::Result<core::Page<UntoldGuardianView>> restore_untold(ImportPlace const& at, auth::Caller const& caller,
                                                            ImportId const& id, GuardianshipId const& guardianship);
core::Result<core::Nothing> drop_import(ImportPlace const& at, auth::Caller const& caller, ImportId const& id);
core::Result<core::Page<MappingView>> list_mappings(ImportPlace const& at, auth::Caller const& caller);

/// The refused rows as they came, with the reasons in a last column; a workbook at `path`. Logged: it holds numbers.
core::Result<std::string> write_refused(ImportPlace const& at, auth::Caller const& caller, ImportId const& id,
                                        std::filesystem::path const& path, std::string_view language);
/// An empty sheet to be filled in.
void write_template(ImportKind kind, std::filesystem::path const& path, std::string_view language);

/// The jobs "roster.import_check" and "roster.import_write".
void register_import_jobs(jobs::JobRunner& runner, ImportPlace const& at);
std::unique_ptr<files::FileAccess> import_file_access();

}  // namespace santong::roster
