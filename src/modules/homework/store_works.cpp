#include "core/json.hpp"
#include "modules/homework/store.hpp"

#define SUBMISSION_COLUMNS "id, homework_id, school_id, class_id, pupil_id, state, round, reminded_at, updated_at"
#define WORK_COLUMNS                                                                                  \
    "w.submission_id, w.round, w.how, w.text, w.files, w.handed_in_at, w.late, w.result, w.comment, " \
    "w.mark_version, w.marked_by, w.marked_at, w.returned_at, w.correction, w.files_erased"

namespace santong::homework::store {

namespace {

/// A work as its row is: the files as JSON.
struct WorkRow {
    SubmissionId submission_id;
    std::int32_t round = 1;
    HandedBy how = HandedBy::online;
    std::string text;
    core::RawJson files;
    core::Instant handed_in_at;
    bool late = false;
    MarkResult result = MarkResult::none;
    std::string comment;
    std::int64_t mark_version = 0;
    std::optional<core::PersonId> marked_by;
    std::optional<core::Instant> marked_at;
    std::optional<core::Instant> returned_at;
    bool correction = false;
    bool files_erased = false;
};
BOOST_DESCRIBE_STRUCT(WorkRow, (),
                      (submission_id, round, how, text, files, handed_in_at, late, result, comment, mark_version,
                       marked_by, marked_at, returned_at, correction, files_erased))

struct StrokesRow {
    SubmissionId submission_id;
    std::int32_t round = 1;
    std::int32_t sheet = 0;
    core::RawJson strokes;
};
BOOST_DESCRIBE_STRUCT(StrokesRow, (), (submission_id, round, sheet, strokes))

WorkRow row_of(Work const& one) {
    return {one.submission_id, one.round,     one.how,         one.text,       {core::json::write(one.files)},
            one.handed_in_at,  one.late,      one.result,      one.comment,    one.mark_version,
            one.marked_by,     one.marked_at, one.returned_at, one.correction, one.files_erased};
}

std::vector<Work> works_of(std::vector<WorkRow> const& rows) {
    std::vector<Work> found;
    for (auto const& row : rows) {
        auto files = core::json::read<std::vector<WorkFile>>(row.files.value, core::json::UnknownFields::ignore);
        found.push_back({row.submission_id, row.round, row.how, row.text, std::move(files.value()), row.handed_in_at,
                         row.late, row.result, row.comment, row.mark_version, row.marked_by, row.marked_at,
                         row.returned_at, row.correction, row.files_erased});
    }
    return found;
}

}  // namespace

std::optional<Submission> submission(sql::Tx& tx, SubmissionId const& id) {
    return tx.optional_row<Submission>(
        "SELECT " SUBMISSION_COLUMNS " FROM homework_submission WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<Submission> submissions(sql::Tx& tx, HomeworkId const& homework, core::OrgId const& class_id) {
    return tx.rows<Submission>("SELECT " SUBMISSION_COLUMNS
                               " FROM homework_submission WHERE district_id = $1 AND homework_id = $2"
                               " AND class_id = $3",
                               tx.district(), homework, class_id);
}

std::vector<Submission> submissions_of(sql::Tx& tx, core::PersonId const& pupil,
                                       std::vector<HomeworkId> const& homework) {
    if (homework.empty()) return {};
    return tx.rows<Submission>("SELECT " SUBMISSION_COLUMNS
                               " FROM homework_submission WHERE district_id = $1 AND pupil_id = $2"
                               " AND homework_id {in $3}",
                               tx.district(), pupil, homework);
}

void put_submission(sql::Tx& tx, Submission const& row) {
    tx.insert_one("homework_submission", row,
                  "ON CONFLICT (district_id, id) DO UPDATE SET class_id = excluded.class_id, state = excluded.state,"
                  " round = excluded.round, reminded_at = excluded.reminded_at, updated_at = excluded.updated_at");
}

std::vector<Work> works(sql::Tx& tx, std::vector<SubmissionId> const& ids) {
    if (ids.empty()) return {};
    return works_of(tx.rows<WorkRow>("SELECT " WORK_COLUMNS
                                     " FROM homework_work w WHERE w.district_id = $1 AND w.submission_id {in $2}"
                                     " ORDER BY w.submission_id, w.round",
                                     tx.district(), ids));
}

std::optional<Work> work(sql::Tx& tx, SubmissionId const& id, int round) {
    auto found = works_of(tx.rows<WorkRow>("SELECT " WORK_COLUMNS " FROM homework_work w WHERE w.district_id = $1"
                                           " AND w.submission_id = $2 AND w.round = $3",
                                           tx.district(), id, round));
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

void insert_works(sql::Tx& tx, std::vector<Work> const& all) {
    std::vector<WorkRow> rows;
    rows.reserve(all.size());
    for (auto const& one : all) rows.push_back(row_of(one));
    tx.insert("homework_work", rows);
}

void put_work(sql::Tx& tx, Work const& one) {
    tx.insert_one("homework_work", row_of(one),
                  "ON CONFLICT (district_id, submission_id, round) DO UPDATE SET how = excluded.how,"
                  " text = excluded.text, files = excluded.files, handed_in_at = excluded.handed_in_at,"
                  " late = excluded.late, result = excluded.result, comment = excluded.comment,"
                  " mark_version = excluded.mark_version, marked_by = excluded.marked_by,"
                  " marked_at = excluded.marked_at, returned_at = excluded.returned_at,"
                  " correction = excluded.correction, files_erased = excluded.files_erased");
}

void remove_work(sql::Tx& tx, SubmissionId const& id, int round) {
    tx.execute("DELETE FROM homework_work WHERE district_id = $1 AND submission_id = $2 AND round = $3", tx.district(),
               id, round);
}

std::vector<InkRow> ink(sql::Tx& tx, SubmissionId const& id) {
    std::vector<InkRow> found;
    for (auto const& row :
         tx.rows<StrokesRow>("SELECT submission_id, round, sheet, strokes FROM homework_ink WHERE district_id = $1"
                             " AND submission_id = $2 ORDER BY round, sheet",
                             tx.district(), id)) {
        auto strokes =
            core::json::read<std::vector<MarkStroke>>(row.strokes.value, core::json::UnknownFields::ignore).value();
        found.push_back({row.submission_id, row.round, {row.sheet, std::move(strokes)}});
    }
    return found;
}

void put_ink(sql::Tx& tx, std::vector<InkRow> const& rows) {
    for (auto const& row : rows) {
        StrokesRow const stored{row.submission_id, row.round, row.ink.sheet, {core::json::write(row.ink.strokes)}};
        tx.insert_one("homework_ink", stored,
                      "ON CONFLICT (district_id, submission_id, round, sheet) DO UPDATE SET strokes ="
                      " excluded.strokes");
    }
}

void remove_ink(sql::Tx& tx, SubmissionId const& id, int round) {
    tx.execute("DELETE FROM homework_ink WHERE district_id = $1 AND submission_id = $2 AND round = $3", tx.district(),
               id, round);
}

std::vector<Work> old_works(sql::Tx& tx, core::LocalDate before, int limit) {
    return works_of(tx.rows<WorkRow>(
        "SELECT " WORK_COLUMNS
        " FROM homework h JOIN homework_submission s ON s.district_id = h.district_id AND s.homework_id = h.id"
        " JOIN homework_work w ON w.district_id = s.district_id AND w.submission_id = s.id"
        " WHERE h.district_id = $1 AND h.due_on < $2 AND w.files_erased = FALSE"
        " ORDER BY w.submission_id, w.round LIMIT $3",
        tx.district(), before, limit));
}

}  // namespace santong::homework::store
