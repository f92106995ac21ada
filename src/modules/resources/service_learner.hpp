#pragma once
// The door for modules that note a pupil's own learning without naming him.
#include <string>

#include "core/id.hpp"
#include "core/time.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources {

/// A mark of a pupil that holds for the week of `at` alone: the same for all that he does in it, and nobody can tell
/// from it who he is, or that it is he again a week later.
std::string learner_mark(sql::Tx& tx, core::PersonId const& pupil, core::Instant at);

}  // namespace santong::resources
