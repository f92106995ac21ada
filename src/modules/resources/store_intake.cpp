#include "modules/resources/store_intake.hpp"

namespace santong::resources::store {

namespace {

#define INTAKE_COLUMNS                                                                                       \
    "id, owner_person, owner_account, school_id, name, archive_file_id, state, unpacked, job_id, error_key," \
    " created_at, updated_at"
#define ROW_COLUMNS                                                                                                \
    "intake_id, number, path, size, sha256, file_id, media_type, pages, duration_seconds, verdict, reason, doubt," \
    " twin_number, twin_id, title, kind, subject, grade_from, grade_to, textbook_id, chapter_id, resource_id"

/// What stands for itself in a LIKE pattern, with "!" as the escape.
std::string pattern_of(std::string const& words) {
    std::string pattern = "%";
    for (char const c : words) {
        if (c == '%' || c == '_' || c == '!') pattern += '!';
        pattern += c;
    }
    return pattern + '%';
}

}  // namespace

void insert_intake(sql::Tx& tx, Intake const& intake) {
    tx.insert_one("resource_intake", intake);
}

std::optional<Intake> find_intake(sql::Tx& tx, IntakeId const& id) {
    return tx.optional_row<Intake>("SELECT " INTAKE_COLUMNS " FROM resource_intake WHERE district_id = $1 AND id = $2",
                                   tx.district(), id);
}

void update_intake(sql::Tx& tx, Intake const& i) {
    tx.execute(
        "UPDATE resource_intake SET name = $3, state = $4, unpacked = $5, job_id = $6, error_key = $7, updated_at = $8"
        " WHERE district_id = $1 AND id = $2",
        tx.district(), i.id, i.name, i.state, i.unpacked, i.job_id, i.error_key, i.updated_at);
}

std::vector<Intake> intakes_of(sql::Tx& tx, core::PersonId const& owner, int limit) {
    return tx.rows<Intake>("SELECT " INTAKE_COLUMNS
                           " FROM resource_intake WHERE district_id = $1 AND owner_person = $2"
                           " ORDER BY created_at DESC, id DESC LIMIT $3",
                           tx.district(), owner, limit);
}

void delete_intake(sql::Tx& tx, IntakeId const& id) {
    tx.execute("DELETE FROM resource_intake_row WHERE district_id = $1 AND intake_id = $2", tx.district(), id);
    tx.execute("DELETE FROM resource_intake WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<Intake> intakes_untouched(sql::Tx& tx, core::Instant before, int limit) {
    return tx.rows<Intake>("SELECT " INTAKE_COLUMNS
                           " FROM resource_intake WHERE district_id = $1 AND updated_at < $2"
                           " AND state NOT IN ('working', 'submitting') ORDER BY updated_at LIMIT $3",
                           tx.district(), before, limit);
}

std::vector<core::FileId> files_of_intake(sql::Tx& tx, IntakeId const& id) {
    return tx.column<core::FileId>(
        "SELECT file_id FROM resource_intake_row WHERE district_id = $1 AND intake_id = $2 AND file_id IS NOT NULL",
        tx.district(), id);
}

void insert_rows(sql::Tx& tx, std::vector<IntakeRow> const& rows) {
    tx.insert("resource_intake_row", rows, "ON CONFLICT DO NOTHING");
}

void update_row(sql::Tx& tx, IntakeRow const& r) {
    tx.execute(
        "UPDATE resource_intake_row SET sha256 = $4, file_id = $5, media_type = $6, pages = $7, duration_seconds = $8,"
        " verdict = $9, reason = $10, doubt = $11, twin_number = $12, twin_id = $13, title = $14, kind = $15,"
        " subject = $16, grade_from = $17, grade_to = $18, textbook_id = $19, chapter_id = $20, resource_id = $21,"
        " size = $22 WHERE district_id = $1 AND intake_id = $2 AND number = $3",
        tx.district(), r.intake_id, r.number, r.sha256, r.file_id, r.media_type, r.pages, r.duration_seconds, r.verdict,
        r.reason, r.doubt, r.twin_number, r.twin_id, r.title, r.kind, r.subject, r.grade_from, r.grade_to,
        r.textbook_id, r.chapter_id, r.resource_id, r.size);
}

int last_row(sql::Tx& tx, IntakeId const& id) {
    return tx
        .value<std::int32_t>("SELECT MAX(number) FROM resource_intake_row WHERE district_id = $1 AND intake_id = $2",
                             tx.district(), id)
        .value_or(0);
}

std::vector<IntakeRow> rows_by_number(sql::Tx& tx, IntakeId const& id, std::vector<int> const& numbers) {
    return tx.rows<IntakeRow>("SELECT " ROW_COLUMNS
                              " FROM resource_intake_row WHERE district_id = $1 AND intake_id = $2"
                              " AND number {in $3} ORDER BY number",
                              tx.district(), id, numbers);
}

std::vector<IntakeRow> rows_with_verdict(sql::Tx& tx, IntakeId const& id, Verdict verdict, int after, int limit) {
    return tx.rows<IntakeRow>("SELECT " ROW_COLUMNS
                              " FROM resource_intake_row WHERE district_id = $1 AND intake_id = $2"
                              " AND verdict = $3 AND number > $4 ORDER BY number LIMIT $5",
                              tx.district(), id, verdict, after, limit);
}

std::vector<IntakeRow> find_rows(sql::Tx& tx, IntakeId const& id, RowSearch const& wish) {
    std::string const verdict(wish.verdict ? core::enum_text(*wish.verdict) : "");
    return tx.rows<IntakeRow>("SELECT " ROW_COLUMNS
                              " FROM resource_intake_row WHERE district_id = $1 AND intake_id = $2 AND number > $3"
                              " AND (CAST($4 AS TEXT) = '' OR verdict = $4)"
                              " AND (CAST($5 AS TEXT) = '%%' OR LOWER(path) LIKE LOWER($5) ESCAPE '!'"
                              " OR LOWER(title) LIKE LOWER($5) ESCAPE '!')"
                              " ORDER BY number LIMIT $6",
                              tx.district(), id, wish.after, verdict, pattern_of(wish.words), wish.limit);
}

std::vector<VerdictCount> count_rows(sql::Tx& tx, IntakeId const& id) {
    return tx.rows<VerdictCount>(
        "SELECT verdict, COUNT(*) AS files, CAST(SUM(size) AS BIGINT) AS bytes FROM resource_intake_row"
        " WHERE district_id = $1 AND intake_id = $2 GROUP BY verdict",
        tx.district(), id);
}

int earlier_row_with(sql::Tx& tx, IntakeId const& id, int number, std::string const& sha256) {
    return tx
        .value<std::int32_t>(
            "SELECT MIN(number) FROM resource_intake_row WHERE district_id = $1 AND intake_id = $2"
            " AND sha256 = $3 AND number < $4 AND verdict NOT IN ('junk', 'refused', 'duplicate')",
            tx.district(), id, sha256, number)
        .value_or(0);
}

std::optional<ResourceId> resource_with(sql::Tx& tx, std::string const& sha256, core::PersonId const& person) {
    return tx.value<ResourceId>(
        "SELECT r.id FROM resource_version v JOIN resource r ON r.district_id = v.district_id AND r.id = v.resource_id"
        " WHERE v.district_id = $1 AND v.sha256 = $2 AND (r.state IN ('published', 'in_review')"
        " OR (r.owner_person = $3 AND r.state <> 'recalled')) ORDER BY r.created_at, r.id LIMIT 1",
        tx.district(), sha256, person);
}

}  // namespace santong::resources::store

#undef INTAKE_COLUMNS
#undef ROW_COLUMNS
