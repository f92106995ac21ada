#pragma once
// The bureau's cockpit and lists of indicators.
#include "modules/indicators/views.hpp"
#include "platform/auth/caller.hpp"

namespace santong::indicators {

/// What a figure is asked for. `week` 0 = the current one; `org` empty = what the caller stands for: the district, else
/// his school.
struct FigureQuery {
    std::int32_t week = 0;
    std::string org;
};
BOOST_DESCRIBE_STRUCT(FigureQuery, (), (week, org))

/// Which schools need help in a week. Needs `view_district`; every school figure in it is guarded.
core::Result<Cockpit> cockpit(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, int week,
                              std::string const& language);
/// The numbers of the district or of one school.
core::Result<IndicatorList> list_indicators(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            FigureQuery const& query);

}  // namespace santong::indicators
