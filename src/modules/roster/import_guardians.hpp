#pragma once
// Guardians whom a corrected list no longer tells (监护关系核对): offered for ending, kept unless somebody chooses.
#include <set>

#include "modules/roster/service_import.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster {

/// A guardianship that a school's list has made.
struct ToldGuardian {
    GuardianshipId guardianship_id;
    OrgId school_id;
    ImportId session_id;
    core::Instant told_at;
};
BOOST_DESCRIBE_STRUCT(ToldGuardian, (), (guardianship_id, school_id, session_id, told_at))

/// One that a later list of the school leaves out, as it is kept.
struct UntoldGuardian {
    ImportId session_id;
    GuardianshipId guardianship_id;
    PersonId pupil_id;
    PersonId guardian_id;
    OrgId school_id;
    std::int32_t row_number = 0;  ///< of the pupil's row
    bool chosen = false;          ///< it ends with the write
    std::optional<core::Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(UntoldGuardian, (),
                      (session_id, guardianship_id, pupil_id, guardian_id, school_id, row_number, chosen, ended_at))

/// Ends the chosen ones that the rows just written still leave out, in the name of whoever started the write.
core::Result<void> end_untold(sql::Tx& tx, core::Clock const& clock, auth::Caller const& by, ImportId const& session,
                              std::set<GuardianshipId> const& still_untold);

namespace store {

std::vector<ToldGuardian> told_guardians(sql::Tx& tx);
void put_told(sql::Tx& tx, std::vector<ToldGuardian> const& rows);
std::vector<UntoldGuardian> untold_of(sql::Tx& tx, ImportId const& session, int limit);
std::optional<UntoldGuardian> find_untold(sql::Tx& tx, ImportId const& session, GuardianshipId const& id);
std::int64_t count_untold(sql::Tx& tx, ImportId const& session);
void put_untold(sql::Tx& tx, std::vector<UntoldGuardian> const& rows);
void remove_untold(sql::Tx& tx, ImportId const& session);

}  // namespace store

}  // namespace santong::roster
