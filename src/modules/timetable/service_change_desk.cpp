// The office's side of 调代课: the queue, decisions, the sheet of a day, the month's bookkeeping.
#include <algorithm>
#include <filesystem>

#include "modules/roster/service.hpp"
#include "modules/timetable/changing.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/store.hpp"
#include "modules/timetable/store_changes.hpp"
#include "modules/timetable/substituting.hpp"
#include "modules/timetable/telling.hpp"
#include "platform/auth/audit.hpp"

namespace santong::timetable {

namespace {

constexpr std::size_t most_decisions = 100;

/// A request of a school that the caller decides for, as he saw it, still to be decided.
core::Result<ChangeRequest> to_decide(sql::Tx& tx, auth::Caller const& caller, SeenRequest const& seen) {
    auto const request = store::request(tx, seen.id);
    if (!request || !caller.may(tx, permissions::substitute, request->school_id)) return core::not_found();
    if (!live(request->state)) return core::conflict("timetable.change_over");
    if (request->version != seen.version) return core::conflict("timetable.change_seen_changed");
    return *request;
}

std::string name_of_first(sql::Tx& tx, std::vector<core::PersonId> const& people) {
    return people.empty() ? "" : roster::names(tx, {people.front()})[people.front()];
}

core::Result<DecidedRequest> approve(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock,
                                     ChangeRequest request, bool anyway) {
    if (request.state == ChangeState::open) return core::conflict("timetable.change_no_way");
    if (request.state == ChangeState::asked)
        return core::conflict("timetable.change_waits", {{"name", name_of_first(tx, colleagues_asked(request))}});
    auto const found = TRY(standing(tx, caller, request));
    request.act_id = ActId::make();
    auto rows = substitutions_of(request, found);
    for (auto& row : rows) {
        row.created_by = caller.person;
        row.created_at = clock.now();
    }
    TRY_VOID(record_act(tx, caller, clock, rows, anyway));
    request.state = ChangeState::approved;
    request.decided_by = caller.person;
    request.decided_at = clock.now();
    settle_request(tx, clock.now(), request);
    auto const id = request.id;
    return DecidedRequest{id, "", {}, rows.front().id, TRY(save(tx, std::move(request)))};
}

core::Result<DecidedRequest> refuse(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock,
                                    ChangeRequest request, std::string const& note) {
    request.state = ChangeState::refused;
    request.note = note;
    request.decided_by = caller.person;
    request.decided_at = clock.now();
    auth::audit(tx, caller, {"timetable.change_refused", request.id.text()});
    tell_dropped(tx, caller, clock.now(), request);
    auto const id = request.id;
    return DecidedRequest{id, "", {}, {}, TRY(save(tx, std::move(request)))};
}

}  // namespace

core::Result<std::vector<ChangeView>> change_queue(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, core::OrgId const& school) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<ChangeView>> {
        TRY_VOID(roster::school(tx, school));
        if (!caller.may(tx, permissions::substitute, school))
            return caller.may(tx, permissions::view, school) ? core::forbidden() : core::not_found();
        auto const today = roster::today(tx, clock);
        auto found =
            store::requests_of_school(tx, school, today.plus_days(-2 * ask_days_back), today.plus_days(ask_days_ahead));
        return change_views(tx, caller, clock.now(), std::move(found), true);
    });
}

core::Result<std::vector<DecidedRequest>> decide_changes(sql::Database& db, auth::Caller const& caller,
                                                         core::Clock const& clock, Decision const& decision) {
    if (decision.requests.empty()) return core::invalid_at("/requests", "core.required");
    if (decision.requests.size() > most_decisions)
        return core::invalid_at("/requests", "timetable.change_too_many", {{"max", std::to_string(most_decisions)}});
    if (!decision.approve) TRY_VOID(check_reason(decision.note, "/note"));
    std::vector<DecidedRequest> out;
    for (auto const& seen : decision.requests) {
        auto done = db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<DecidedRequest> {
            auto request = TRY(to_decide(tx, caller, seen));
            if (!decision.approve) return refuse(tx, caller, clock, std::move(request), decision.note);
            return approve(tx, caller, clock, std::move(request), decision.anyway.value_or(false));
        });
        if (done) {
            out.push_back(std::move(*done));
            continue;
        }
        auto const& error = done.error();
        if (out.empty() && error.code == core::ErrorCode::not_found) return error;
        bool const placed = !error.problems.empty();
        out.push_back({seen.id,
                       placed ? error.problems.front().key : error.key,
                       placed ? error.problems.front().params : error.params,
                       {},
                       {}});
    }
    return out;
}

core::Result<ChangeSheet> change_sheet(sql::Database& db, auth::Caller const& caller, core::OrgId const& school,
                                       core::LocalDate date) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ChangeSheet> {
        auto const place = TRY(roster::school(tx, school));
        if (!caller.may(tx, permissions::view, school)) return core::not_found();
        ChangeSheet sheet{place.name, date, views_of(tx, school, store::substitutions(tx, school, date, date))};
        for (auto& one : sheet.items) {
            one.change.reason.clear();
            one.asked_by.reset();
            one.asked_by_name.clear();
        }
        return sheet;
    });
}

}  // namespace santong::timetable
