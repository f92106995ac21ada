#include "modules/workflow/pools.hpp"

#include <algorithm>

#include "modules/roster/service_area.hpp"
#include "modules/workflow/permissions.hpp"
#include "modules/workflow/store.hpp"
#include "modules/workflow/subjects.hpp"

namespace santong::workflow {

namespace {

/// Nodes at which the reviewers of a step may have their posts, nearest first. A village school is served by the
/// central school above it where it has nobody itself.
std::vector<core::OrgId> places(sql::Tx& tx, StepRule const& rule, core::OrgId const& school) {
    if (rule.pool_level == PoolLevel::county) return {roster::district(tx).org_id};
    if (rule.pool_level == PoolLevel::area) return roster::self_and_ancestors(tx, roster::area_of(tx, school));
    return roster::self_and_ancestors(tx, school);
}

bool has_member(sql::Tx& tx, auth::Role role, core::OrgId const& org, std::string const& subject,
                PoolQuestion const& question) {
    auto const people = roster::holders(tx, role, org, subject, question.on);
    return std::ranges::any_of(people, [&](auto const& person) { return !question.barred.contains(person); });
}

bool covers(auth::Grant const& grant, Item const& item, std::vector<core::OrgId> const& above) {
    return core::enum_text(grant.role) == item.pool_role &&
           (grant.subject.empty() || item.pool_subject.empty() || grant.subject == item.pool_subject) &&
           std::ranges::find(above, grant.org_id) != above.end();
}

}  // namespace

core::Result<Pool> find_pool(sql::Tx& tx, StepRule const& rule, PoolQuestion const& question) {
    for (auto const& candidate : fallback_pools(rule)) {
        auto const role = core::enum_parse<auth::Role>(candidate.pool_role);
        SANTONG_ASSERT(role.has_value());
        auto const subject = candidate.needs_subject ? question.subject : std::string();
        for (auto const& org : places(tx, candidate, question.school_id)) {
            if (has_member(tx, *role, org, subject, question) || people_are_above(tx, org)) {
                return Pool{candidate.pool_role, org, subject, candidate.pool_role != rule.pool_role};
            }
        }
    }
    return core::conflict("workflow.no_reviewer");
}

bool has_people(sql::Tx& tx, Step const& step, PoolQuestion const& question) {
    auto const role = core::enum_parse<auth::Role>(step.pool_role);
    return role && has_member(tx, *role, step.pool_org_id, step.pool_subject, question);
}

core::Result<std::vector<Step>> find_steps(sql::Tx& tx, std::vector<StepRule> const& rules,
                                           PoolQuestion const& question) {
    std::vector<Step> steps;
    for (auto const& rule : rules) {
        auto const pool = TRY(find_pool(tx, rule, question));
        if (std::ranges::any_of(steps, [&](Step const& step) { return pool.same_people_as(step); })) continue;
        steps.push_back(
            {{}, 1, rule.number, rule.name, pool.role, pool.org_id, pool.subject, rule.days, pool.fell_back});
    }
    return steps;
}

bool may_decide(sql::Tx& tx, auth::Caller const& caller, Item const& item) {
    if (item.state != ItemState::open || item.submitter_person == caller.person) return false;
    if (!caller.may_anywhere(permissions::review)) return false;
    if (item.deputy_person != caller.person) {
        auto const above = roster::self_and_ancestors(tx, item.pool_org_id);
        if (!std::ranges::any_of(caller.grants, [&](auto const& grant) { return covers(grant, item, above); }))
            return false;
    }
    return !store::has_decided(tx, item.id, caller.person, item.round);
}

bool taken_back(sql::Tx& tx, auth::Caller const& caller, Item const& item) {
    if (item.state != ItemState::withdrawn) return false;
    Item open = item;
    open.state = ItemState::open;
    if (!may_decide(tx, caller, open)) return false;
    auto const rows = store::decisions(tx, item.id);
    return std::ranges::any_of(rows, [&](DecisionRow const& row) {
        return row.decision == DecisionKind::withdraw && row.round == item.round &&
               row.person_id == item.submitter_person;
    });
}

}  // namespace santong::workflow
