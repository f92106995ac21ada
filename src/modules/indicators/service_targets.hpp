#pragma once
// What the district wants to reach, and by when.
#include "modules/indicators/service_cockpit.hpp"

namespace santong::indicators {

/// A goal of the whole district: an indicator, or "ROOMS" (a number of classrooms with equipment).
struct DistrictTarget {
    std::string indicator;
    core::LocalDate due;
    double value = 0;
};
BOOST_DESCRIBE_STRUCT(DistrictTarget, (), (indicator, due, value))

/// A goal as somebody sets it.
struct TargetWish {
    std::string indicator;
    core::LocalDate due;
    double value = 0;
    std::optional<double> seen;  ///< what stood there when he looked, 0 = nothing; absent = whatever stands there
};
BOOST_DESCRIBE_STRUCT(TargetWish, (), (indicator, due, value, seen))

struct TargetList {
    std::vector<DistrictTarget> items;  ///< by indicator and date
    bool may_set = false;               ///< the caller
};
BOOST_DESCRIBE_STRUCT(TargetList, (), (items, may_set))

core::Result<TargetList> list_targets(sql::Database& db, auth::Caller const& caller);
/// Another value for the same indicator and date replaces the one before; recorded in the audit log.
/// Refuses "indicators.not_found", "indicators.no_such_value", "indicators.target_passed", "indicators.target_changed".
core::Result<DistrictTarget> set_target(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                        TargetWish const& wanted);
/// Refuses "core.not_found", "indicators.target_passed": what was once aimed at stays on record.
core::Result<void> drop_target(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                               std::string const& indicator, core::LocalDate due);

}  // namespace santong::indicators
