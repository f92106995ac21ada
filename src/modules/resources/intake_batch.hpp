#pragma once
// What the use cases and the jobs of an intake share.
#include "modules/resources/service_intake.hpp"
#include "modules/resources/store_intake.hpp"
#include "platform/auth/caller.hpp"

namespace santong::resources {

inline constexpr char const* intake_job = "resources.intake";
inline constexpr char const* intake_submit_job = "resources.intake_submit";
/// Holder type of a batch's files; nobody but their maker reads them.
inline constexpr char const* intake_holder_type = "resources.Intake";

struct IntakeInput {
    IntakeId intake_id;
};
BOOST_DESCRIBE_STRUCT(IntakeInput, (), (intake_id))
struct IntakeSubmitInput {
    IntakeId intake_id;
    IntakeSubmit wish;
};
BOOST_DESCRIBE_STRUCT(IntakeSubmitInput, (), (intake_id, wish))

/// The giver, with what he may do today.
auth::Caller giver_of(sql::Tx& tx, core::Clock const& clock, Intake const& intake);
/// Writes a state and when it was reached.
void set_state(sql::Tx& tx, core::Clock const& clock, Intake& intake, IntakeState state);
/// A row as it is before anybody has looked into it: junk and what is never taken is seen by its name.
IntakeRow row_of(IntakeId const& id, int number, std::string const& path, std::int64_t size);

}  // namespace santong::resources
