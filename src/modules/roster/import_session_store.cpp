#include "modules/roster/import_guardians.hpp"
#include "modules/roster/import_store.hpp"
#include "platform/sql/query.hpp"

namespace santong::roster::store {

void put_session(sql::Tx& tx, ImportSession const& session) {
    tx.insert_one(
        "import_session", session,
        "ON CONFLICT (district_id, id) DO UPDATE SET format = excluded.format, encoding = excluded.encoding,"
        " sheet = excluded.sheet, header_row = excluded.header_row, first_data_row = excluded.first_data_row,"
        " header_key = excluded.header_key, columns = excluded.columns, cover = excluded.cover, end_in = "
        "excluded.end_in,"
        " state = excluded.state, places = excluded.places, job_id = excluded.job_id, totals = excluded.totals,"
        " updated_at = excluded.updated_at, written_at = excluded.written_at");
}

std::optional<ImportSession> find_session(sql::Tx& tx, ImportId const& id) {
    return tx.optional_row<ImportSession>(
        "SELECT id, kind, file_id, file_name, file_size, format, encoding, sheet, header_row, first_data_row, "
        "header_key,"
        " columns, cover, end_in, state, made_by, made_by_name, places, job_id, totals, created_at, updated_at, "
        "written_at"
        " FROM import_session WHERE district_id = $1 AND id = $2",
        tx.district(), id);
}

std::vector<ImportSession> sessions(sql::Tx& tx, std::optional<core::AccountId> const& made_by, int limit) {
    sql::Query query;
    query.text =
        "SELECT id, kind, file_id, file_name, file_size, format, encoding, sheet, header_row, first_data_row,"
        " header_key, columns, cover, end_in, state, made_by, made_by_name, places, job_id, totals, created_at,"
        " updated_at, written_at FROM import_session WHERE district_id = ";
    query.text += query.bind(tx.district());
    if (made_by) query.text += " AND made_by = " + query.bind(*made_by);
    query.text += " ORDER BY created_at DESC, id DESC LIMIT " + query.bind(limit);
    return query.rows<ImportSession>(tx);
}

void remove_session(sql::Tx& tx, ImportId const& id) {
    remove_rows(tx, id);
    tx.execute("DELETE FROM import_session WHERE district_id = $1 AND id = $2", tx.district(), id);
}

void remove_rows(sql::Tx& tx, ImportId const& session) {
    tx.execute("DELETE FROM import_row WHERE district_id = $1 AND session_id = $2", tx.district(), session);
    remove_untold(tx, session);
}

void put_rows(sql::Tx& tx, std::vector<ImportRow> const& rows) {
    tx.insert("import_row", rows,
              "ON CONFLICT (district_id, session_id, number) DO UPDATE SET state = excluded.state,"
              " school_id = excluded.school_id, school_name = excluded.school_name, place_id = excluded.place_id, "
              "person_id = excluded.person_id,"
              " name = excluded.name, cells = excluded.cells, fixed = excluded.fixed, decision = excluded.decision,"
              " reason = excluded.reason, problems = excluded.problems, changes = excluded.changes,"
              " written = excluded.written");
}

std::optional<ImportRow> find_row(sql::Tx& tx, ImportId const& session, std::int32_t number) {
    return tx.optional_row<ImportRow>(
        "SELECT session_id, number, state, school_id, school_name, place_id, person_id, name, cells, fixed, decision, "
        "reason,"
        " problems, changes, written FROM import_row WHERE district_id = $1 AND session_id = $2 AND number = $3",
        tx.district(), session, number);
}

std::vector<ImportRow> rows_after(sql::Tx& tx, ImportId const& session, std::int32_t after, int limit) {
    return list_rows(tx, session, {}, after, limit);
}

std::vector<ImportRow> touched_rows(sql::Tx& tx, ImportId const& session) {
    return tx.rows<ImportRow>(
        "SELECT session_id, number, state, school_id, school_name, place_id, person_id, name, cells, fixed, decision, "
        "reason,"
        " problems, changes, written FROM import_row WHERE district_id = $1 AND session_id = $2"
        " AND (fixed = TRUE OR decision <> 'none') ORDER BY number",
        tx.district(), session);
}

std::vector<ImportRow> list_rows(sql::Tx& tx, ImportId const& session, RowFilter const& filter, std::int32_t after,
                                 int limit) {
    sql::Query query;
    query.text =
        "SELECT session_id, number, state, school_id, school_name, place_id, person_id, name, cells, fixed, decision,"
        " reason, problems, changes, written FROM import_row WHERE district_id = ";
    query.text +=
        query.bind(tx.district()) + " AND session_id = " + query.bind(session) + " AND number > " + query.bind(after);
    if (!filter.state.empty()) query.text += " AND state = " + query.bind(filter.state);
    if (!filter.school.empty()) query.text += " AND school_name = " + query.bind(filter.school);
    if (!filter.reason.empty())
        query.text += " AND ' ' || reason || ' ' LIKE " + query.bind("% " + filter.reason + " %");
    if (auto const place = OrgId::parse(filter.place)) query.text += " AND place_id = " + query.bind(*place);
    query.text += " ORDER BY number LIMIT " + query.bind(limit);
    return query.rows<ImportRow>(tx);
}

std::vector<ImportFacet> facets_by_school(sql::Tx& tx, ImportId const& session) {
    return tx.rows<ImportFacet>(
        "SELECT school_name AS key, school_name AS name, COUNT(*) AS count FROM import_row"
        " WHERE district_id = $1 AND session_id = $2 AND state = 'refused'"
        " GROUP BY school_name ORDER BY COUNT(*) DESC, school_name",
        tx.district(), session);
}

std::vector<ImportFacet> facets_by_reason(sql::Tx& tx, ImportId const& session) {
    return tx.rows<ImportFacet>(
        "SELECT reason AS key, '' AS name, COUNT(*) AS count FROM import_row"
        " WHERE district_id = $1 AND session_id = $2 AND state = 'refused'"
        " GROUP BY reason",
        tx.district(), session);
}

std::vector<ImportSchool> schools_of(sql::Tx& tx, ImportId const& session) {
    return tx.rows<ImportSchool>(
        "SELECT school_name AS name, SUM(CASE WHEN state = 'added' THEN 1 ELSE 0 END) AS added,"
        " SUM(CASE WHEN state = 'changed' THEN 1 ELSE 0 END) AS changed,"
        " SUM(CASE WHEN state = 'same' THEN 1 ELSE 0 END) AS same,"
        " SUM(CASE WHEN state = 'refused' THEN 1 ELSE 0 END) AS refused,"
        " SUM(CASE WHEN state = 'ask' THEN 1 ELSE 0 END) AS ask FROM import_row"
        " WHERE district_id = $1 AND session_id = $2 AND state <> 'ended'"
        " GROUP BY school_name ORDER BY school_name",
        tx.district(), session);
}

std::vector<ImportFacet> row_counts(sql::Tx& tx, ImportId const& session) {
    return tx.rows<ImportFacet>(
        "SELECT state AS key, '' AS name, COUNT(*) AS count FROM import_row"
        " WHERE district_id = $1 AND session_id = $2 GROUP BY state UNION ALL"
        " SELECT 'written' AS key, '' AS name, COUNT(*) AS count FROM import_row"
        " WHERE district_id = $1 AND session_id = $2 AND written = TRUE",
        tx.district(), session);
}

void put_mapping(sql::Tx& tx, ImportMapping const& mapping) {
    tx.insert_one("import_mapping", mapping,
                  "ON CONFLICT (district_id, kind, header_key) DO UPDATE SET name = excluded.name,"
                  " columns = excluded.columns, made_by = excluded.made_by, updated_at = excluded.updated_at");
}

std::optional<ImportMapping> find_mapping(sql::Tx& tx, ImportKind kind, std::string const& header_key) {
    return tx.optional_row<ImportMapping>(
        "SELECT id, kind, header_key, name, columns, made_by, updated_at"
        " FROM import_mapping WHERE district_id = $1 AND kind = $2 AND header_key = $3",
        tx.district(), kind, header_key);
}

std::vector<ImportMapping> mappings(sql::Tx& tx) {
    return tx.rows<ImportMapping>(
        "SELECT id, kind, header_key, name, columns, made_by, updated_at FROM import_mapping"
        " WHERE district_id = $1 ORDER BY updated_at DESC LIMIT 100",
        tx.district());
}

}  // namespace santong::roster::store
