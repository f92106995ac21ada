#pragma once
// Who reviews: pools found from the posts of the roster. Used by the service only.
#include <set>

#include "modules/workflow/service.hpp"

namespace santong::workflow {

/// For whom and when a pool is sought.
struct PoolQuestion {
    core::OrgId school_id;
    std::string subject;
    core::LocalDate on;
    std::set<core::PersonId> barred;  ///< the author, and who has decided in this round
};

/// A pool with at least one person who is not barred.
struct Pool {
    std::string role;
    core::OrgId org_id;
    std::string subject;
    bool fell_back = false;

    bool same_people_as(Step const& step) const {
        return role == step.pool_role && org_id == step.pool_org_id && subject == step.pool_subject;
    }
};

/// The pool of a step, or the next one above it that is not empty. Refuses "workflow.no_reviewer".
core::Result<Pool> find_pool(sql::Tx& tx, StepRule const& rule, PoolQuestion const& question);

/// Whether the pool that was found for a step has somebody who is not barred.
bool has_people(sql::Tx& tx, Step const& step, PoolQuestion const& question);

/// The steps that an item passes in a round: those whose pool is already that of an earlier step are left out.
core::Result<std::vector<Step>> find_steps(sql::Tx& tx, std::vector<StepRule> const& rules,
                                           PoolQuestion const& question);

/// Whether the caller belongs to the pool that has the item now, or it was handed to him; it is open and not his own,
/// and he has not decided in this round.
bool may_decide(sql::Tx& tx, auth::Caller const& caller, Item const& item);

/// Whether the author has taken back what the caller could otherwise decide on now.
bool taken_back(sql::Tx& tx, auth::Caller const& caller, Item const& item);

}  // namespace santong::workflow
