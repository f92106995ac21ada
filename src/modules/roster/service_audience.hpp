#pragma once
// Whom a notice reaches: everybody who works at, learns at, or answers for a pupil of some schools.
#include <vector>

#include "modules/roster/service.hpp"

namespace santong::roster {

/// As what somebody is reached; whoever works anywhere is staff.
enum class AudienceKind : int { staff, guardian, pupil };

/// Somebody who is reached (通知对象), once, whatever else he is.
struct AudienceMember {
    PersonId person_id;
    AudienceKind kind = AudienceKind::staff;
    OrgId school_id;  ///< nil: an office above the schools
    OrgId class_id;   ///< the pupil's, or that of a guardian's child; nil for staff
};

/// Which of the two halves of a school is meant.
struct AudienceWish {
    std::vector<OrgId> schools;  ///< empty = the whole district, offices included
    bool staff = true;
    bool families = true;
};

/// Everybody on a day, by person.
std::vector<AudienceMember> audience(sql::Tx& tx, AudienceWish const& wish, core::LocalDate on);

}  // namespace santong::roster
