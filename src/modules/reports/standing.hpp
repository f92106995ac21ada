#pragma once
// How a caller stands to the report of a school: whose turn it is, and what he may see.
#include "core/result.hpp"
#include "modules/reports/domain.hpp"
#include "platform/auth/caller.hpp"
#include "platform/sql/database.hpp"

namespace santong::reports {

struct Standing {
    bool within = false;  ///< of the school or of its central school: everything
    bool from_above = false;
    bool signs = false;      ///< its principal; of a place without one, the central school's
    bool passes_on = false;  ///< principal of its central school
    bool receives = false;
    bool explains = false;
    std::optional<core::OrgId> central;  ///< school above it; absent where the report goes to the county at once

    bool sees() const { return within || from_above; }
};
/// The nearest school above a school (中心校).
std::optional<core::OrgId> central_of(sql::Tx& tx, core::OrgId const& school);
Standing standing(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& school, core::LocalDate today);

}  // namespace santong::reports
