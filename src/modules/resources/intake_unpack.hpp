#pragma once
#include "modules/resources/intake_batch.hpp"
#include "modules/resources/intake_work.hpp"

namespace santong::resources {

/// Makes rows and files of a batch's archive, a few at a time; goes on behind the last row that there is. Refuses a
/// broken or overfull archive; "resources.intake.stopped" if somebody wants the job to stop.
core::Result<void> unpack(IntakePlace const& place, jobs::JobContext& job, Intake const& intake);

}  // namespace santong::resources
