// The long parts of an import: the dry run and the write.
#include "core/json.hpp"
#include "modules/roster/import_guardians.hpp"
#include "modules/roster/import_rows.hpp"
#include "modules/roster/import_sheet.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"

namespace santong::roster {

namespace {

constexpr std::size_t rows_in_piece = 400;
constexpr std::size_t people_in_piece = 200;
constexpr char const* lost_character = "roster.name_lost_character";

std::optional<ImportSession> session_of(ImportPlace const& at, jobs::JobContext& job) {
    auto const input = job.input<ImportJob>();
    if (!input) return std::nullopt;
    return at.db.read(job.district(), [&](sql::Tx& tx) { return store::find_session(tx, input->import_id); });
}

/// What somebody has mended in an earlier dry run.
struct Touched {
    std::map<std::int32_t, ImportCells> cells;
    std::map<std::int32_t, ImportDecision> decisions;
};

Touched touched_of(ImportPlace const& at, core::DistrictId district, ImportId const& session) {
    return at.db.read(district, [&](sql::Tx& tx) {
        Touched touched;
        for (auto const& row : store::touched_rows(tx, session)) {
            if (row.fixed) touched.cells[row.number] = open_cells(tx, row);
            touched.decisions[row.number] = row.decision;
        }
        return touched;
    });
}

/// Who started the job, for the audit log.
auth::Caller starter_of(jobs::JobContext& job) {
    auth::Caller caller;
    caller.district = job.district();
    caller.account = job.job().owner;
    if (auto const input = job.input<ImportJob>()) caller.person = input->started_by.value_or(PersonId{});
    caller.client = std::string(auth::program_client);
    return caller;
}

/// Puts an import into the audit log with what came out of it, under the name of who started it.
void note_import(ImportPlace const& at, jobs::JobContext& job, ImportSession const& session, char const* action) {
    at.db.transact(job.district(), [&](sql::Tx& tx) {
        auth::audit(tx, starter_of(job), {action, session.id.text(), core::json::write(import_note(session))});
    });
}

/// The dry run of one sheet.
class DryRun {
public:
    DryRun(ImportPlace const& at, jobs::JobContext& job, ImportSession session)
        : at_(at),
          job_(job),
          session_(std::move(session)),
          context_(load_context(at, job.district(), session_)),
          checker_(context_, session_.kind, columns_of(session_)),
          touched_(touched_of(at, job.district(), session_.id)) {}

    core::Result<void> run() {
        auto const file = at_.files.find(job_.district(), session_.file_id);
        if (!file) return core::gone("roster.import_file_gone");
        auto rows = TRY(read_sheet(at_.files.open(*file), session_.first_data_row));
        at_.db.transact(job_.district(), [&](sql::Tx& tx) { store::remove_rows(tx, session_.id); });
        std::vector<std::pair<ImportRow, ImportCells>> piece;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            piece.push_back(check(std::move(rows[i])));
            if (piece.size() < rows_in_piece && i + 1 < rows.size()) continue;
            write(piece);
            job_.progress(static_cast<std::int64_t>(i + 1), static_cast<std::int64_t>(rows.size()),
                          "roster.import_step_check");
            if (job_.cancelled()) return back_to_columns();
        }
        add_absent(rows.empty() ? session_.first_data_row : last_number_);
        finish();
        return {};
    }

private:
    std::pair<ImportRow, ImportCells> check(SheetRow sheet_row) {
        ImportRow row;
        row.session_id = session_.id;
        row.number = sheet_row.number;
        last_number_ = std::max(last_number_, row.number);
        if (auto const mended = touched_.cells.find(row.number); mended != touched_.cells.end()) {
            sheet_row.cells = mended->second;
            row.fixed = true;
        }
        if (auto const told = touched_.decisions.find(row.number); told != touched_.decisions.end()) {
            row.decision = told->second;
        }
        auto const verdict = checker_.check({sheet_row.cells, row.number, row.decision});
        take_verdict(row, verdict);
        for (auto const& problem : verdict.problems) lost_ += problem.key == lost_character;
        if (verdict.read.grade > 0 && verdict.school_id) {
            classes_.emplace(*verdict.school_id, verdict.read.grade, verdict.read.class_number);
            if (verdict.read.class_id.is_nil() && verdict.state == ImportRowState::added) {
                new_classes_.emplace(*verdict.school_id, verdict.read.grade, verdict.read.class_number);
            }
        }
        return {std::move(row), std::move(sheet_row.cells)};
    }

    void write(std::vector<std::pair<ImportRow, ImportCells>>& piece) {
        at_.db.transact(job_.district(), [&](sql::Tx& tx) {
            std::vector<ImportRow> rows;
            for (auto& [row, cells] : piece) {
                row.cells = seal_cells(tx, session_.id, cells);
                rows.push_back(row);
            }
            store::put_rows(tx, rows);
        });
        piece.clear();
    }

    /// People of the file's places whom the file does not name, as rows behind its last one.
    void add_absent(std::int32_t number) {
        std::vector<ImportRow> rows;
        auto const cover = checker_.cover();
        for (auto const& place : cover) {
            for (auto const* person : context_.absent(session_.kind, place.place_id, checker_.seen())) {
                ImportRow row;
                row.session_id = session_.id;
                row.number = ++number;
                row.state = ImportRowState::ended;
                auto const* group = context_.class_by_id(place.place_id);
                row.school_id = group ? group->school_id : place.place_id;
                row.school_name = place.school_name;
                row.place_id = place.place_id;
                row.person_id = person->row.id;
                row.name = person->row.name;
                rows.push_back(std::move(row));
            }
        }
        session_.cover.value = core::json::write(cover);
        session_.end_in.value = "[]";
        std::vector<UntoldGuardian> untold;
        for (auto const& one : checker_.left_out())
            untold.push_back(
                {session_.id, one.bond.id, one.bond.pupil_id, one.bond.guardian_id, one.school_id, one.row, false, {}});
        at_.db.transact(job_.district(), [&](sql::Tx& tx) {
            store::put_rows(tx, rows);
            store::put_untold(tx, untold);
        });
    }

    void finish() {
        auto totals = totals_of(session_);
        totals.schools = static_cast<std::int64_t>(checker_.schools().size());
        totals.classes = static_cast<std::int64_t>(classes_.size());
        totals.new_classes = static_cast<std::int64_t>(new_classes_.size());
        totals.lost_characters = lost_;
        session_.totals.value = core::json::write(totals);
        session_.state = ImportState::checked;
        save();
        note_import(at_, job_, session_, check_job);
        job_.finish(session_.totals.value);
    }

    core::Result<void> back_to_columns() {
        session_.state = ImportState::columns;
        save();
        return {};
    }

    void save() {
        session_.updated_at = core::system_now();
        at_.db.transact(job_.district(), [&](sql::Tx& tx) {
            count_rows(tx, session_);
            store::put_session(tx, session_);
        });
    }

    ImportPlace const& at_;
    jobs::JobContext& job_;
    ImportSession session_;
    ImportContext context_;
    RowChecker checker_;
    Touched touched_;
    std::set<std::tuple<OrgId, int, int>> classes_, new_classes_;
    std::int64_t lost_ = 0;
    std::int32_t last_number_ = 0;
};

/// Writes the good rows. Each is checked again first: the roster may have changed since the dry run, and what an
/// earlier attempt has written is found to be there.
class WriteRun {
public:
    WriteRun(ImportPlace const& at, jobs::JobContext& job, ImportSession session)
        : at_(at),
          job_(job),
          session_(std::move(session)),
          context_(load_context(at, job.district(), session_)),
          checker_(context_, session_.kind, columns_of(session_)),
          builder_(context_, session_.kind) {
        for (auto const& place : end_in_of(session_)) ends_.insert(place);
    }

    core::Result<void> run() {
        auto const total = totals_of(session_).rows + totals_of(session_).ended;
        std::int32_t after = 0;
        std::int64_t done = 0;
        for (;;) {
            auto rows = at_.db.read(job_.district(), [&](sql::Tx& tx) {
                return store::rows_after(tx, session_.id, after, static_cast<int>(people_in_piece));
            });
            if (rows.empty()) break;
            after = rows.back().number;
            TRY_VOID(write_piece(std::move(rows)));
            done += static_cast<std::int64_t>(people_in_piece);
            job_.progress(std::min(done, total), total, "roster.import_step_write");
            if (job_.cancelled()) break;
        }
        bool const stopped = job_.cancelled();
        if (!stopped) TRY_VOID(end_guardians());
        finish(stopped ? ImportState::checked : ImportState::written);
        return {};
    }

private:
    core::Result<void> write_piece(std::vector<ImportRow> rows) {
        auto const cells = at_.db.read(job_.district(), [&](sql::Tx& tx) {
            std::vector<ImportCells> opened;
            for (auto const& row : rows) opened.push_back(open_cells(tx, row));
            return opened;
        });
        BulkRoster bulk;
        for (std::size_t i = 0; i < rows.size(); ++i) add(bulk, rows[i], cells[i]);
        std::vector<ToldGuardian> told;
        for (auto const& [bond, school] : builder_.take_told())
            told.push_back({bond, school, session_.id, core::system_now()});
        return at_.db.transact(job_.district(), [&](sql::Tx& tx) -> core::Result<void> {
            TRY_VOID(write_bulk(tx, bulk, at_.clock));
            store::put_rows(tx, rows);
            store::put_told(tx, told);
            return {};
        });
    }

    void add(BulkRoster& bulk, ImportRow& row, ImportCells const& cells) {
        if (row.state == ImportRowState::ended) {
            if (row.written || !row.person_id || !row.school_id || !row.place_id || !ends_.contains(*row.place_id))
                return;
            if (checker_.seen().contains(*row.person_id)) return;  // a row that was mended since the dry run names him
            builder_.end(bulk, *row.person_id, *row.school_id);
            row.written = true;
            return;
        }
        auto const verdict = checker_.check({cells, row.number, row.decision});
        if (row.written) return;
        take_verdict(row, verdict);
        if (row.state != ImportRowState::added && row.state != ImportRowState::changed) return;
        builder_.add(bulk, verdict);
        row.written = true;
    }

    /// Chosen guardians end last: a row that was mended since the dry run may tell one of them after all.
    core::Result<void> end_guardians() {
        std::set<GuardianshipId> untold;
        for (auto const& one : checker_.left_out()) untold.insert(one.bond.id);
        return at_.db.transact(job_.district(), [&](sql::Tx& tx) {
            return end_untold(tx, at_.clock, starter_of(job_), session_.id, untold);
        });
    }

    /// Cancelled, it can be gone on with; written to its end, it is closed.
    void finish(ImportState state) {
        session_.state = state;
        session_.updated_at = core::system_now();
        session_.written_at = session_.updated_at;
        at_.db.transact(job_.district(), [&](sql::Tx& tx) {
            count_rows(tx, session_);
            store::put_session(tx, session_);
        });
        note_import(at_, job_, session_, "roster.import_written");
        at_.db.refresh_statistics();
        job_.finish(session_.totals.value);
    }

    ImportPlace const& at_;
    jobs::JobContext& job_;
    ImportSession session_;
    ImportContext context_;
    RowChecker checker_;
    ImportBuilder builder_;
    std::set<OrgId> ends_;
};

template <class Run>
void handle(ImportPlace const& at, jobs::JobContext& job) {
    auto session = session_of(at, job);
    if (!session) return job.fail(core::gone("roster.import_file_gone"));
    auto const result = Run(at, job, *session).run();
    if (result) return;
    session->state = ImportState::columns;
    at.db.transact(job.district(), [&](sql::Tx& tx) { store::put_session(tx, *session); });
    job.fail(result.error());
}

}  // namespace

void register_import_jobs(jobs::JobRunner& runner, ImportPlace const& at) {
    runner.on(check_job, [at](jobs::JobContext& job) { handle<DryRun>(at, job); });
    runner.on(write_job, [at](jobs::JobContext& job) { handle<WriteRun>(at, job); });
}

}  // namespace santong::roster
