#pragma once
// Lessons that a teacher took beside the timetable (临时课). Part of the door of the timetable.
#include "modules/timetable/domain.hpp"
#include "platform/auth/caller.hpp"
#include "platform/sql/database.hpp"

namespace santong::timetable {

struct ConfirmUnplanned {
    std::string reason;  ///< stands in the list of substitutions
};
BOOST_DESCRIBE_STRUCT(ConfirmUnplanned, (), (reason))
/// The office makes an unplanned lesson one that counts as taught: a substitution of kind `added`, which can be taken
/// back like any other. Refuses "timetable.not_unplanned"; not_found for a lesson of another school.
core::Result<Substitution> confirm_unplanned(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                             LessonId const& id, ConfirmUnplanned const& wish);

}  // namespace santong::timetable
