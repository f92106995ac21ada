#include "modules/roster/import_guardians.hpp"

#include <algorithm>
#include <map>

#include "core/json.hpp"
#include "modules/roster/permissions.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_write.hpp"
#include "modules/roster/store.hpp"
#include "platform/auth/audit.hpp"

namespace santong::roster {

namespace {

constexpr int most_untold = 2000;

bool runs_on(Guardianship const& bond, core::LocalDate on) {
    return !bond.to_date || *bond.to_date >= on;
}

std::map<PersonId, std::string> class_names(sql::Tx& tx, std::vector<PersonId> const& pupils, core::LocalDate on) {
    std::map<PersonId, OrgId> seats;
    std::vector<OrgId> classes;
    for (auto const& row : store::open_enrolments(tx, pupils, on)) {
        seats[row.person_id] = row.class_id;
        classes.push_back(row.class_id);
    }
    std::map<OrgId, std::string> titles;
    for (auto const& group : class_groups(tx, classes, on)) titles[group.id] = group.name;
    std::map<PersonId, std::string> found;
    for (auto const& [pupil, seat] : seats) found[pupil] = titles[seat];
    return found;
}

std::vector<UntoldGuardianView> views_of(sql::Tx& tx, std::vector<UntoldGuardian> const& rows, core::LocalDate on) {
    std::vector<PersonId> people, pupils;
    for (auto const& row : rows) {
        people.push_back(row.pupil_id);
        people.push_back(row.guardian_id);
        pupils.push_back(row.pupil_id);
    }
    auto const called = names(tx, people);
    auto const seats = class_names(tx, pupils, on);
    auto const name_of = [](auto const& all, PersonId const& id) {
        auto const found = all.find(id);
        return found == all.end() ? std::string() : found->second;
    };
    std::vector<UntoldGuardianView> views;
    for (auto const& row : rows) {
        auto const bond = store::find_guardianship(tx, row.guardianship_id);
        if (!bond) continue;
        views.push_back({row.guardianship_id, row.row_number, row.pupil_id, name_of(called, row.pupil_id),
                         name_of(seats, row.pupil_id), name_of(called, row.guardian_id), bond->relation,
                         bond->from_date, row.chosen, row.ended_at});
    }
    return views;
}

core::Result<void> write_bond(sql::Tx& tx, core::Clock const& clock, Guardianship const& bond) {
    BulkRoster bulk;
    bulk.guardianships = {bond};
    return write_bulk(tx, bulk, clock);
}

}  // namespace

core::Result<core::Page<UntoldGuardianView>> list_untold(ImportPlace const& at, auth::Caller const& caller,
                                                         ImportId const& id) {
    TRY_VOID(find_import(at, caller, id));
    return at.db.read(caller.district, [&](sql::Tx& tx) {
        core::Page<UntoldGuardianView> page;
        page.items = views_of(tx, store::untold_of(tx, id, most_untold), today(tx, at.clock));
        return page;
    });
}

core::Result<void> end_untold(sql::Tx& tx, core::Clock const& clock, auth::Caller const& by, ImportId const& session,
                              std::set<GuardianshipId> const& still_untold) {
    auto const on = today(tx, clock);
    for (auto row : store::untold_of(tx, session, most_untold)) {
        if (!row.chosen || row.ended_at || !still_untold.contains(row.guardianship_id)) continue;
        auto bond = store::find_guardianship(tx, row.guardianship_id);
        if (!bond || !runs_on(*bond, on)) continue;
        bond->to_date = on.plus_days(-1);
        TRY_VOID(write_bond(tx, clock, *bond));
        auth::audit(tx, by, {"roster.guardian_ended", row.pupil_id.text(), core::json::write(*bond)});
        row.ended_at = core::system_now();
        store::put_untold(tx, {row});
    }
    return {};
}

core::Result<core::Page<UntoldGuardianView>> restore_untold(ImportPlace const& at, auth::Caller const& caller,
                                                            ImportId const& id, GuardianshipId const& guardianship) {
    TRY_VOID(find_import(at, caller, id));
    return at.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<UntoldGuardianView>> {
        auto row = store::find_untold(tx, id, guardianship);
        auto bond = row ? store::find_guardianship(tx, guardianship) : std::nullopt;
        if (!row || !bond) return core::not_found("roster.import_guardian_gone");
        TRY_VOID(caller.require(tx, permissions::import, row->school_id));
        auto const on = today(tx, at.clock);
        if (!row->ended_at || runs_on(*bond, on)) return core::conflict("roster.import_guardian_stands");
        // Whoever has been added anew since then is not doubled.
        for (auto const& other : store::guardianships_of(tx, {row->pupil_id}, on))
            if (other.guardian_id == row->guardian_id) return core::conflict("roster.import_guardian_stands");
        bond->to_date.reset();
        TRY_VOID(write_bond(tx, at.clock, *bond));
        auth::audit(tx, caller, {"roster.guardian_restored", row->pupil_id.text(), core::json::write(*bond)});
        row->ended_at.reset();
        row->chosen = false;
        store::put_untold(tx, {*row});
        core::Page<UntoldGuardianView> page;
        page.items = views_of(tx, store::untold_of(tx, id, most_untold), on);
        return page;
    });
}

}  // namespace santong::roster
