#pragma once
// The backup that the server makes by itself every night.
#include <optional>
#include <string>

#include "core/described.hpp"
#include "platform/jobs/runner.hpp"
#include "server/application.hpp"

namespace santong::server::backup {

/// Where it goes and when. The passphrase lies in `passphrase_path`.
struct NightlyPlan {
    std::string folder;
    std::int32_t minute = 150;  ///< of the day, in the district's zone
    std::int32_t keep = 14;     ///< the newest of them stay
};
BOOST_DESCRIBE_STRUCT(NightlyPlan, (), (folder, minute, keep))

/// How it stands with the backups of this place: for `doctor` and the system administrator's home.
struct NightlyStatus {
    std::optional<core::Instant> last_at;  ///< of any backup, also one made by hand
    bool planned = false;
    std::string folder;
    std::int32_t minute = 0;
    std::int32_t keep = 0;
    std::int32_t kept = 0;  ///< that lie in the folder
    std::string fault;      ///< why the last night's failed; empty if it did not
};
BOOST_DESCRIBE_STRUCT(NightlyStatus, (), (last_at, planned, folder, minute, keep, kept, fault))

/// "backup.passphrase" in the folder of the keys, for its owner only.
std::string passphrase_path(Place const& place);

std::optional<NightlyPlan> nightly_plan(sql::Tx& tx);
void set_nightly_plan(sql::Tx& tx, NightlyPlan const& plan);
NightlyStatus nightly_status(sql::Database& db);

/// Puts tonight's backup into the queue once its minute has come, once a day of the district.
void queue_nightly(sql::Database& db, jobs::Jobs const& jobs, core::DistrictId district, core::Instant now);
/// The work of that job: makes the file, reads it back, lets the oldest ones go.
void register_nightly(jobs::JobRunner& runner, Place const& place, sql::Database& db);

}  // namespace santong::server::backup
