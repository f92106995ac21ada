#pragma once
// With whom a lesson was. Inner header of the module.
#include <map>

#include "modules/teaching/service_records.hpp"

namespace santong::teaching {

/// Of those sessions that had company or were taken beside the timetable.
std::map<SessionId, RecordCompany> company_of(sql::Tx& tx, std::vector<ClassSession> const& sessions);

}  // namespace santong::teaching
