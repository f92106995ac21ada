#pragma once
// Who is told of a work that comes back. May include: domain, lower modules.
#include "modules/homework/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::homework {

/// The work has been given back: to the pupil and to those who answer for him.
void tell_returned(sql::Tx& tx, core::Instant now, Homework const& homework, Submission const& submission);

}  // namespace santong::homework
