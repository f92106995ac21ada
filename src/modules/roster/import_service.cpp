#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <sstream>

#include "core/json.hpp"
#include "modules/roster/import_guardians.hpp"
#include "modules/roster/import_rows.hpp"
#include "modules/roster/import_sheet.hpp"
#include "modules/roster/permissions.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/vault.hpp"

namespace santong::roster {

namespace {

constexpr int most_imports = 50;
constexpr std::int32_t most_rows_shown = 200;

/// Nodes whose people the caller may import. Whoever has none gets here only by mistake.
core::Result<std::vector<OrgId>> places_of_caller(auth::Caller const& caller) {
    auto places = caller.scope(permissions::import);
    if (places.empty()) return core::forbidden();
    return places;
}

bool covers_district(sql::Tx& tx, std::vector<OrgId> const& places) {
    return std::ranges::find(places, district(tx).org_id) != places.end();
}

/// An import of the caller, or one of anybody for who may import for the whole district.
core::Result<ImportSession> session_for(sql::Tx& tx, auth::Caller const& caller, ImportId const& id) {
    auto const places = TRY(places_of_caller(caller));
    auto session = store::find_session(tx, id);
    if (!session) return core::not_found("roster.import_not_found");
    if (session->made_by != caller.account && !covers_district(tx, places)) {
        return core::not_found("roster.import_not_found");
    }
    return std::move(*session);
}

/// Under what headings are remembered: a school's choice is its own, the district's is everybody's.
std::string memory_key(sql::Tx& tx, ImportSession const& session) {
    auto const places = core::json::read<std::vector<OrgId>>(session.places.value);
    bool const own = places && !places->empty() && !covers_district(tx, *places);
    return session.header_key + (own ? "@" + places->front().text() : "");
}

std::optional<ImportMapping> remembered(sql::Tx& tx, ImportSession const& session) {
    auto own = store::find_mapping(tx, session.kind, memory_key(tx, session));
    return own ? std::move(own) : store::find_mapping(tx, session.kind, session.header_key);
}

/// How many refused rows each reason has; a row with two counts for both.
std::vector<ImportFacet> reasons_of(sql::Tx& tx, ImportId const& id) {
    std::map<std::string, std::int64_t> counts;
    for (auto const& group : store::facets_by_reason(tx, id)) {
        std::istringstream keys(group.key);
        for (std::string key; keys >> key;) counts[key] += group.count;
    }
    std::vector<ImportFacet> reasons;
    for (auto const& [key, count] : counts) reasons.push_back({key, "", count});
    std::ranges::stable_sort(reasons, std::greater<>(), &ImportFacet::count);
    return reasons;
}

ImportView view_of(sql::Tx& tx, ImportSession const& session) {
    ImportView view;
    view.id = session.id;
    view.kind = session.kind;
    view.file_name = session.file_name;
    view.file_size = session.file_size;
    view.format = session.format;
    view.encoding = session.encoding;
    view.sheet = session.sheet;
    view.header_row = session.header_row;
    view.first_data_row = session.first_data_row;
    view.columns = columns_of(session);
    view.fields = import_fields(session.kind);
    view.known_headings = remembered(tx, session).has_value();
    view.cover = cover_of(session);
    view.end_in = end_in_of(session);
    view.untold = store::count_untold(tx, session.id);
    view.state = session.state;
    view.totals = totals_of(session);
    view.job_id = session.job_id;
    view.refused_by_school = store::facets_by_school(tx, session.id);
    view.by_school = store::schools_of(tx, session.id);
    view.refused_by_reason = reasons_of(tx, session.id);
    view.made_by_name = session.made_by_name;
    view.created_at = session.created_at;
    view.updated_at = session.updated_at;
    view.written_at = session.written_at;
    return view;
}

/// Takes over what somebody said of columns with these headings.
void apply_mapping(std::vector<ImportColumn>& columns, ImportMapping const& mapping) {
    auto const choices = core::json::read<std::vector<ColumnChoice>>(mapping.columns.value);
    if (!choices) return;
    for (auto& column : columns) {
        auto const choice = std::ranges::find(*choices, column.index, &ColumnChoice::index);
        if (choice == choices->end()) continue;
        column.field = choice->field;
        column.confidence = 1;
        column.personal = column.personal || (choice->field && is_personal_field(*choice->field));
    }
}

core::Result<void> check_choices(ImportKind kind, std::vector<ImportColumn> const& columns) {
    std::set<RosterField> seen;
    for (auto const& column : columns) {
        if (!column.field) continue;
        auto const pointer = "/columns/" + std::to_string(column.index);
        bool const known =
            std::ranges::any_of(import_fields(kind), [&](auto const& one) { return one.field == *column.field; });
        if (!known) return core::invalid_at(pointer, "roster.import_field_unknown");
        if (!seen.insert(*column.field).second) return core::invalid_at(pointer, "roster.import_field_twice");
    }
    for (auto const& field : import_fields(kind)) {
        if (field.required && !seen.contains(field.field))
            return core::invalid_at("/columns", "roster.import_name_column");
    }
    return {};
}

core::Result<void> check_ends(std::vector<ImportCover> const& cover, std::vector<OrgId> const& end_in) {
    for (auto const& place : end_in) {
        auto const found = std::ranges::find(cover, place, &ImportCover::place_id);
        if (found == cover.end()) return core::conflict("roster.import_not_covered");
        if (found->unknown == 0) continue;
        auto const name = found->school_name + (found->name.empty() ? "" : " " + found->name);
        return core::conflict("roster.import_mend_first", {{"place", name}, {"rows", std::to_string(found->unknown)}});
    }
    return {};
}

/// Notes which guardians end with the write; all others stay.
core::Result<void> choose_untold(sql::Tx& tx, ImportId const& id, std::vector<GuardianshipId> const& ends) {
    for (auto const& one : ends)
        if (!store::find_untold(tx, id, one)) return core::conflict("roster.import_guardian_gone");
    auto rows = store::untold_of(tx, id, std::numeric_limits<int>::max());
    for (auto& row : rows) row.chosen = std::ranges::find(ends, row.guardianship_id) != ends.end();
    store::put_untold(tx, rows);
    return {};
}

bool busy(ImportSession const& session) {
    return session.state == ImportState::checking || session.state == ImportState::writing;
}

/// Nothing of an import moves while it is worked on, nor after it was written: what it says then is what was written.
core::Result<void> check_open(ImportSession const& session) {
    if (busy(session)) return core::conflict("roster.import_busy");
    if (session.state == ImportState::written) return core::conflict("roster.import_closed");
    return {};
}

core::Result<ImportView> start(ImportPlace const& at, auth::Caller const& caller, ImportId const& id,
                               std::function<core::Result<void>(sql::Tx&, ImportSession&)> const& prepare,
                               char const* kind, char const* audited) {
    return at.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ImportView> {
        auto session = TRY(session_for(tx, caller, id));
        TRY_VOID(check_open(session));
        TRY_VOID(prepare(tx, session));
        // Who starts it says where it may write: his scope may have changed since the file was taken.
        session.places.value = core::json::write(TRY(places_of_caller(caller)));
        session.job_id = at.jobs.add(tx, {kind, caller.account, {}, core::json::write(ImportJob{id, caller.person})});
        session.updated_at = core::system_now();
        store::put_session(tx, session);
        if (audited) auth::audit(tx, caller, {audited, id.text(), core::json::write(import_note(session))});
        return view_of(tx, session);
    });
}

}  // namespace

core::Result<ImportView> begin_import(ImportPlace const& at, auth::Caller const& caller, NewImport const& wish) {
    auto const places = TRY(places_of_caller(caller));
    auto const file =
        TRY(at.db.read(caller.district, [&](sql::Tx& tx) { return at.files.own(tx, caller, wish.file_id); }));
    auto look = TRY(look_at_sheet(at.files.open(file), wish.kind));
    if (!look.has_rows) return core::invalid("roster.import_only_headings");
    ImportSession session;
    session.id = ImportId::make();
    session.kind = wish.kind;
    session.file_id = file.id;
    session.file_name = file.name;
    session.file_size = file.size;
    session.format = look.format;
    session.encoding = look.encoding;
    session.sheet = look.sheet;
    session.header_row = look.header_row;
    session.first_data_row = look.first_data_row;
    session.header_key = look.header_key;
    session.made_by = caller.account;
    session.made_by_name = caller.name;
    session.places.value = core::json::write(places);
    session.totals.value = core::json::write(ImportTotals{});
    session.created_at = session.updated_at = core::system_now();
    return at.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ImportView> {
        auto columns = look.columns;
        if (auto const known = remembered(tx, session)) apply_mapping(columns, *known);
        session.columns.value = core::json::write(columns);
        TRY_VOID(at.files.hold(tx, file.id, import_holder, session.id.text()));
        store::put_session(tx, session);
        auth::audit(tx, caller, {"roster.import_begin", session.id.text(), core::json::write(import_note(session))});
        return view_of(tx, session);
    });
}

core::Result<core::Page<ImportSummary>> list_imports(ImportPlace const& at, auth::Caller const& caller) {
    auto const places = TRY(places_of_caller(caller));
    return at.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<ImportSummary>> {
        auto const all = covers_district(tx, places);
        core::Page<ImportSummary> page;
        for (auto const& one : store::sessions(tx, all ? std::nullopt : std::optional(caller.account), most_imports)) {
            page.items.push_back({one.id, one.kind, one.file_name, one.state, totals_of(one), one.made_by_name,
                                  one.created_at, one.written_at});
        }
        return page;
    });
}

core::Result<ImportView> find_import(ImportPlace const& at, auth::Caller const& caller, ImportId const& id) {
    return at.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ImportView> {
        return view_of(tx, TRY(session_for(tx, caller, id)));
    });
}

core::Result<ImportView> map_columns(ImportPlace const& at, auth::Caller const& caller, ImportId const& id,
                                     MappingRequest const& request) {
    return at.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ImportView> {
        auto session = TRY(session_for(tx, caller, id));
        TRY_VOID(check_open(session));
        ImportMapping mapping{ImportMappingId::make(),
                              session.kind,
                              memory_key(tx, session),
                              session.file_name,
                              core::RawJson{core::json::write(request.columns)},
                              caller.account,
                              core::system_now()};
        auto columns = columns_of(session);
        apply_mapping(columns, mapping);
        TRY_VOID(check_choices(session.kind, columns));
        session.columns.value = core::json::write(columns);
        if (request.first_data_row) session.first_data_row = std::max(1, *request.first_data_row);
        if (session.state == ImportState::checked) session.state = ImportState::columns;
        session.updated_at = core::system_now();
        store::put_session(tx, session);
        if (request.remember.value_or(true)) store::put_mapping(tx, mapping);
        return view_of(tx, session);
    });
}

core::Result<ImportView> start_dry_run(ImportPlace const& at, auth::Caller const& caller, ImportId const& id) {
    return start(
        at, caller, id,
        [](sql::Tx&, ImportSession& session) -> core::Result<void> {
            TRY_VOID(check_choices(session.kind, columns_of(session)));
            session.state = ImportState::checking;
            return {};
        },
        check_job, nullptr);  // the job notes what it has found
}

core::Result<ImportView> start_write(ImportPlace const& at, auth::Caller const& caller, ImportId const& id,
                                     WriteRequest const& request) {
    return start(
        at, caller, id,
        [&](sql::Tx& tx, ImportSession& session) -> core::Result<void> {
            if (session.state == ImportState::columns) return core::conflict("roster.import_try_first");
            TRY_VOID(check_ends(cover_of(session), request.end_in));
            TRY_VOID(choose_untold(tx, session.id, request.end_guardians.value_or(std::vector<GuardianshipId>())));
            session.end_in.value = core::json::write(request.end_in);
            session.state = ImportState::writing;
            return {};
        },
        write_job, write_job);
}

core::Result<core::Page<ImportRowView>> list_import_rows(ImportPlace const& at, auth::Caller const& caller,
                                                         ImportId const& id, RowQuery const& query) {
    return at.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<ImportRowView>> {
        auto const session = TRY(session_for(tx, caller, id));
        auto const limit = std::clamp(query.limit, 1, most_rows_shown);
        auto const rows = store::list_rows(tx, session.id, {query.state, query.school, query.reason, query.place},
                                           query.after, limit + 1);
        core::Page<ImportRowView> page;
        for (auto const& row : rows) {
            if (static_cast<std::int32_t>(page.items.size()) == limit) {
                page.next = std::to_string(page.items.back().number);
                break;
            }
            page.items.push_back(view_of(row));
        }
        return page;
    });
}

core::Result<ImportRowView> fix_row(ImportPlace const& at, auth::Caller const& caller, ImportId const& id,
                                    std::int32_t number, RowFix const& fix) {
    auto const session = TRY(at.db.read(caller.district, [&](sql::Tx& tx) { return session_for(tx, caller, id); }));
    TRY_VOID(check_open(session));
    auto const context = load_context(at, caller.district, session);
    auto const columns = columns_of(session);
    return at.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ImportRowView> {
        auto row = store::find_row(tx, id, number);
        if (!row || row->state == ImportRowState::ended) return core::not_found("roster.import_row_gone");
        if (row->written) return core::conflict("roster.import_row_written");
        auto cells = open_cells(tx, *row);
        auto put = [&](std::int32_t column, std::string const& value) {
            bool const known = std::ranges::any_of(columns, [&](auto const& one) { return one.index == column; });
            if (!known) return;
            auto const index = static_cast<std::size_t>(column);
            if (cells.texts.size() <= index) cells.texts.resize(index + 1);
            cells.texts[index] = value;
            std::erase(cells.ruined, column);
            row->fixed = true;
        };
        if (fix.use_suggestions.value_or(false)) {
            for (auto const& problem : view_of(*row).problems) {
                if (!problem.suggestion.empty()) put(problem.column, problem.suggestion);
            }
        }
        for (auto const& one : fix.cells) put(one.column, one.value);
        if (fix.decision) row->decision = *fix.decision;
        RowChecker checker(context, session.kind, columns);
        take_verdict(*row, checker.check({cells, row->number, row->decision}));
        row->cells = seal_cells(tx, id, cells);
        store::put_rows(tx, {*row});
        auto counted = session;
        count_rows(tx, counted);
        store::put_session(tx, counted);
        return view_of(*row);
    });
}

core::Result<core::Nothing> drop_import(ImportPlace const& at, auth::Caller const& caller, ImportId const& id) {
    return at.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto const session = TRY(session_for(tx, caller, id));
        if (busy(session)) return core::conflict("roster.import_busy");
        store::remove_session(tx, id);
        auth::erase_person_key(tx, id.as<core::PersonTag>());
        at.files.release(tx, session.file_id, import_holder, id.text());
        auth::audit(tx, caller, {"roster.import_drop", id.text(), core::json::write(import_note(session))});
        return core::Nothing{};
    });
}

core::Result<core::Page<MappingView>> list_mappings(ImportPlace const& at, auth::Caller const& caller) {
    auto const places = TRY(places_of_caller(caller));
    return at.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<MappingView>> {
        bool const all = covers_district(tx, places);
        core::Page<MappingView> page;
        for (auto const& one : store::mappings(tx)) {
            // The name of a mapping is that of somebody's own file.
            if (all || one.made_by == caller.account)
                page.items.push_back({one.id, one.kind, one.name, one.updated_at});
        }
        return page;
    });
}

}  // namespace santong::roster
