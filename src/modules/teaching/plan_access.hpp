#pragma once
// Who may read and change a plan, and how a save is written. Inner header of the module.
#include "modules/teaching/service_plans.hpp"

namespace santong::teaching::plan_access {

/// The caller's own plan, or "teaching.plan_not_found".
core::Result<LessonPlan> own(sql::Tx& tx, auth::Caller const& caller, PlanId const& id);
/// Also one that a colleague of his school shares.
core::Result<LessonPlan> readable(sql::Tx& tx, auth::Caller const& caller, PlanId const& id);

PlanView view(sql::Tx& tx, auth::Caller const& caller, LessonPlan const& plan, core::LocalDate today);

/// Writes the plan into the history and says it in the feed. `fresh`: a new entry, whatever was saved a moment ago.
enum class HistoryEntry { same_span, fresh };
void remember(sql::Tx& tx, LessonPlan const& plan, HistoryEntry entry);

/// Links lessons of the caller to a plan. Refuses "teaching.lesson_not_found".
core::Result<void> link(sql::Tx& tx, auth::Caller const& caller, PlanId const& id,
                        std::vector<LessonId> const& lessons);

/// Resources that a content has and `before` had not must be readable by the caller.
core::Result<void> check_new_resources(sql::Tx& tx, auth::Caller const& caller, PlanContent const& content,
                                       PlanContent const& before);

}  // namespace santong::teaching::plan_access
