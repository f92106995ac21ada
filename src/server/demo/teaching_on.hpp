#pragma once
#include "core/time.hpp"
#include "platform/jobs/runner.hpp"
#include "platform/sql/database.hpp"

namespace santong::server::demo {

/// While a demo is served its schools go on teaching: lessons that are over leave the class sessions that their
/// teachers' last four weeks lead to expect, and pupils open something of an evening. Each lesson is decided by its own
/// identifier, so that doing the work twice changes nothing; the lessons of those whose accounts visitors use are left
/// to them. In a folder that is no demo nothing is ever written.
struct TeachingOn {
    sql::Database& db;
    jobs::Jobs& jobs;
    core::Clock const& clock;  ///< of the demo
};

/// Queues the work for what has passed since it was done last, once an hour of the demo's clock.
void queue_teaching(TeachingOn const& at);
void register_teaching(jobs::JobRunner& runner, TeachingOn const& at);

/// The work itself: lessons that ended after `from` and not after `until`. Returns how many sessions were written.
std::size_t teach_on(sql::Database& db, core::Instant from, core::Instant until);

}  // namespace santong::server::demo
