#include "modules/roster/import_rows.hpp"

#include <set>

#include "core/json.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/vault.hpp"

namespace santong::roster {

namespace {

constexpr std::string_view cells_field = "import_row";

template <class T>
T read_json(core::RawJson const& json) {
    auto value = core::json::read<T>(json.value, core::json::UnknownFields::ignore);
    return value ? std::move(*value) : T{};
}

PersonId key_of(ImportId const& session) {
    return session.as<core::PersonTag>();
}

}  // namespace

std::vector<ImportColumn> columns_of(ImportSession const& session) {
    return read_json<std::vector<ImportColumn>>(session.columns);
}

std::vector<OrgId> places_of(ImportSession const& session) {
    return read_json<std::vector<OrgId>>(session.places);
}

std::vector<ImportCover> cover_of(ImportSession const& session) {
    return read_json<std::vector<ImportCover>>(session.cover);
}

std::vector<OrgId> end_in_of(ImportSession const& session) {
    return read_json<std::vector<OrgId>>(session.end_in);
}

ImportTotals totals_of(ImportSession const& session) {
    return read_json<ImportTotals>(session.totals);
}

ImportNote import_note(ImportSession const& session) {
    auto const totals = totals_of(session);
    return {session.file_name, session.kind, totals.rows,    totals.added,   totals.changed,    totals.same,
            totals.refused,    totals.ask,   totals.written, totals.schools, end_in_of(session)};
}

void count_rows(sql::Tx& tx, ImportSession& session) {
    auto totals = totals_of(session);
    totals.added = totals.changed = totals.same = totals.refused = totals.ask = totals.ended = totals.written = 0;
    for (auto const& one : store::row_counts(tx, session.id)) {
        if (one.key == "added") totals.added = one.count;
        if (one.key == "changed") totals.changed = one.count;
        if (one.key == "same") totals.same = one.count;
        if (one.key == "refused") totals.refused = one.count;
        if (one.key == "ask") totals.ask = one.count;
        if (one.key == "ended") totals.ended = one.count;
        if (one.key == "written") totals.written = one.count;
    }
    totals.rows = totals.added + totals.changed + totals.same + totals.refused + totals.ask;
    session.totals.value = core::json::write(totals);
}

std::string seal_cells(sql::Tx& tx, ImportId const& session, ImportCells const& cells) {
    auto sealed = auth::seal(tx, key_of(session), cells_field, core::json::write(cells));
    return sealed ? std::move(sealed->value) : std::string();
}

ImportCells open_cells(sql::Tx& tx, ImportRow const& row) {
    auto clear = auth::open(tx, key_of(row.session_id), cells_field, {row.cells});
    if (!clear || clear->empty()) return {};
    auto cells = core::json::read<ImportCells>(*clear);
    return cells ? std::move(*cells) : ImportCells{};
}

void take_verdict(ImportRow& row, ImportVerdict const& verdict) {
    row.state = verdict.state;
    row.school_id = verdict.school_id;
    row.school_name = verdict.school_name;
    row.person_id = verdict.person_id;
    row.name = verdict.read.name;
    std::set<std::string> reasons;
    for (auto const& problem : verdict.problems) reasons.insert(problem.key);
    row.reason.clear();
    for (auto const& key : reasons) row.reason += (row.reason.empty() ? "" : " ") + key;
    row.problems.value = core::json::write(verdict.problems);
    row.changes.value = core::json::write(verdict.changes);
}

ImportRowView view_of(ImportRow const& row) {
    return {row.number,
            row.state,
            row.school_name,
            row.name,
            read_json<std::vector<ImportProblem>>(row.problems),
            read_json<std::vector<std::string>>(row.changes),
            row.decision,
            row.fixed,
            row.written};
}

ImportContext load_context(ImportPlace const& at, core::DistrictId district, ImportSession const& session) {
    return at.db.read(district,
                      [&](sql::Tx& tx) { return ImportContext(tx, today(tx, at.clock), places_of(session)); });
}

}  // namespace santong::roster
