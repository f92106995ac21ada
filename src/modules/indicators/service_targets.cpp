#include "modules/indicators/service_targets.hpp"

#include <algorithm>

#include "core/json.hpp"

#include "modules/indicators/permissions.hpp"
#include "modules/indicators/store.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"

namespace santong::indicators {

namespace {

constexpr double most_rooms = 100000;

core::Result<core::OrgId> may_set(sql::Tx& tx, auth::Caller const& caller) {
    auto const county = roster::district(tx).org_id;
    TRY_VOID(caller.require(tx, permissions::set_targets, county));
    return county;
}

/// What is aimed at now; 0 = nothing.
double value_of(sql::Tx& tx, std::string const& indicator, core::OrgId const& county, core::LocalDate due) {
    for (auto const& one : store::targets(tx)) {
        if (one.indicator == indicator && one.org_id == county && one.due == due) return one.value;
    }
    return 0;
}

}  // namespace

core::Result<TargetList> list_targets(sql::Database& db, auth::Caller const& caller) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<TargetList> {
        auto const county = roster::district(tx).org_id;
        TRY_VOID(caller.require(tx, permissions::view_district, county));
        TargetList list{{}, caller.may(tx, permissions::set_targets, county)};
        for (auto const& one : store::targets(tx)) {
            if (one.org_id == county) list.items.push_back({one.indicator, one.due, one.value});
        }
        std::ranges::stable_sort(list.items, {}, &DistrictTarget::indicator);
        return list;
    });
}

core::Result<DistrictTarget> set_target(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                        TargetWish const& wanted) {
    bool const rooms = wanted.indicator == code::rooms;
    if (!rooms && find_indicator(wanted.indicator) == nullptr && !is_derived(wanted.indicator))
        return core::invalid_at("/indicator", "indicators.not_found");
    if (!(wanted.value > 0 && wanted.value <= (rooms ? most_rooms : 100))) {
        return core::invalid_at("/value", "indicators.no_such_value");
    }
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<DistrictTarget> {
        auto const county = TRY(may_set(tx, caller));
        if (wanted.due < roster::today(tx, clock)) return core::invalid_at("/due", "indicators.target_passed");
        if (wanted.seen && *wanted.seen != value_of(tx, wanted.indicator, county, wanted.due)) {
            return core::conflict("indicators.target_changed");
        }
        DistrictTarget const set{wanted.indicator, wanted.due, wanted.value};
        store::put_targets(tx, {{set.indicator, county, set.due, set.value}});
        auth::audit(tx, caller, {"indicators.target_set", set.indicator, core::json::write(set)});
        return set;
    });
}

core::Result<void> drop_target(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                               std::string const& indicator, core::LocalDate due) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        auto const county = TRY(may_set(tx, caller));
        if (due < roster::today(tx, clock)) return core::invalid_at("/due", "indicators.target_passed");
        if (!store::delete_target(tx, indicator, county, due)) return core::not_found("core.not_found");
        auth::audit(tx, caller,
                    {"indicators.target_dropped", indicator, core::json::write(DistrictTarget{indicator, due, 0})});
        return {};
    });
}

}  // namespace santong::indicators
