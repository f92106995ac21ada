#pragma once
// Reports make themselves: a job a month, school by school, that goes on where it was cut off.
#include <functional>

#include "core/time.hpp"
#include "platform/jobs/runner.hpp"

namespace santong::reports {

/// What making reports works with.
struct MakingPlace {
    sql::Database& db;
    jobs::Jobs const& jobs;
    core::Clock const& clock;
};

/// Queues the job for last month's reports if some are missing and no job is at it. Every hour.
void queue_due(MakingPlace const& at, core::DistrictId district);
void register_making(jobs::JobRunner& runner, MakingPlace const& at);

/// How far the work is; false = stop here.
using Making = std::function<bool(std::int64_t done, std::int64_t of)>;
/// Makes last month's reports of every school that had a term then, and tells who has to sign; those that are there
/// stay.
void make_due(sql::Database& db, core::DistrictId district, core::Clock const& clock, Making const& tell = {});

}  // namespace santong::reports
