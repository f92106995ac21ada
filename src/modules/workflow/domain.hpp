#pragma once
// Review and approval as one engine: a path of steps, a pool of reviewers for each, decisions with reasons.
// May include: core/ only.
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/result.hpp"

namespace santong::workflow {

using ItemId = core::Id<struct WorkflowItemTag>;
using PathId = core::Id<struct WorkflowPathTag>;

enum class ItemState : int { open, approved, returned, withdrawn };
BOOST_DESCRIBE_ENUM(ItemState, open, approved, returned, withdrawn)

/// What somebody did to an item. The author submits, withdraws and resubmits; reviewers approve, return and delegate.
enum class DecisionKind : int { submit, approve, return_, withdraw, resubmit, delegate };
BOOST_DESCRIBE_ENUM(DecisionKind, submit, approve, return_, withdraw, resubmit, delegate)

/// At which node of the org tree a step's reviewers have their posts. `area`: at the central school (中心校) that the
/// item's school belongs to.
enum class PoolLevel : int { school, county, area };
BOOST_DESCRIBE_ENUM(PoolLevel, school, county, area)

/// One step of a path as it is laid down (workflow_step_def): who reviews, within how many days.
struct StepRule {
    int number = 1;
    std::string name;       ///< i18n key
    std::string pool_role;  ///< name of an auth role
    PoolLevel pool_level = PoolLevel::school;
    bool needs_subject = false;
    int days = 3;
};
BOOST_DESCRIBE_STRUCT(StepRule, (), (number, name, pool_role, pool_level, needs_subject, days))

/// A step of one item's round with the pool that was found for it (workflow_step). Where a school has nobody for a
/// step but the author, the pool is that of the next level (`fell_back`).
struct Step {
    ItemId item_id;
    int round = 1;
    int number = 1;
    std::string name;
    std::string pool_role;
    core::OrgId pool_org_id;
    std::string pool_subject;  ///< empty = any subject
    int days = 3;
    bool fell_back = false;
};
BOOST_DESCRIBE_STRUCT(Step, (), (item_id, round, number, name, pool_role, pool_org_id, pool_subject, days, fell_back))

/// Something under review (送审件).
struct Item {
    ItemId id;
    std::string subject_kind;  ///< "resource"
    std::string subject_id;
    std::string title;
    PathId path_id;
    std::string scope;  ///< wished scope: "group", "school", "area", "district", "public"
    core::PersonId submitter_person;
    core::OrgId origin_school_id;
    std::string subject_code;
    core::RawJson facts{"{}"};  ///< what a queue shows of it: {"kind":"video","grade_from":5,…}; no person
    ItemState state = ItemState::open;
    int step_number = 1;
    int round = 1;
    std::string pool_role;  ///< pool of the current step
    core::OrgId pool_org_id;
    std::string pool_subject;
    std::optional<core::PersonId> deputy_person;  ///< to whom a reviewer handed it (请人代审)
    core::Instant due_at;                         ///< of the current step
    core::Instant step_since;
    core::Instant opened_at;
    std::optional<core::Instant> closed_at;
};
BOOST_DESCRIBE_STRUCT(Item, (),
                      (id, subject_kind, subject_id, title, path_id, scope, submitter_person, origin_school_id,
                       subject_code, facts, state, step_number, round, pool_role, pool_org_id, pool_subject,
                       deputy_person, due_at, step_since, opened_at, closed_at))

using DecisionId = core::Id<struct WorkflowDecisionTag>;

/// One entry of an item's history (workflow_decision); never changed.
struct DecisionRow {
    DecisionId id;
    ItemId item_id;
    int round = 1;
    int step_number = 0;  ///< 0 = the author's own act
    core::PersonId person_id;
    DecisionKind decision = DecisionKind::submit;
    std::string reason;
    core::RawJson checklist{"[]"};  ///< keys that the reviewer ticked
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(DecisionRow, (), (id, item_id, round, step_number, person_id, decision, reason, checklist, at))

/// One line of the review sheet (审核单) that a reviewer ticks.
struct CheckItem {
    std::string key;    ///< i18n key, such as "resources.check.no_pupil_face"
    std::string group;  ///< i18n key of its heading
    /// A mark that reviewers of the county may give besides (精品); it need not be ticked.
    bool mark = false;
};
BOOST_DESCRIBE_STRUCT(CheckItem, (), (key, group))

enum class CheckState : int { passed, warning, failed };
BOOST_DESCRIBE_ENUM(CheckState, passed, warning, failed)

/// One line that the program answers itself (自动).
struct AutomaticCheck {
    std::string key;
    std::string group;
    CheckState state = CheckState::passed;
    std::string detail;  ///< i18n key of what was found
    std::map<std::string, std::string> params;
    std::optional<std::string> subject_id;  ///< what it was found in: the resource that has the same bytes
};
BOOST_DESCRIBE_STRUCT(AutomaticCheck, (), (key, group, state, detail, params, subject_id))

/// Items with their steps and decisions as they are, for the demo district and for restoring.
struct BulkItems {
    std::vector<Item> items;
    std::vector<Step> steps;
    std::vector<DecisionRow> decisions;
};

/// Fewest characters of a reason for returning, recalling or delegating.
inline constexpr std::size_t shortest_reason = 4;
inline constexpr std::size_t longest_reason = 500;
/// Days of a step where a path says nothing else (I33: median ≤ 3 days).
inline constexpr int usual_days = 3;

/// The path of a wished scope as the product ships it: group = research-group head; school = then the academic office;
/// area = then that of the central school; district = after the school's the subject's researcher; public = then the
/// information office. Empty for an unknown scope.
std::vector<StepRule> usual_path(std::string_view scope);

/// Roles that are asked, one after the other, when a step's own pool has nobody but the author.
std::vector<StepRule> fallback_pools(StepRule const& rule);

/// How far ahead a calendar is asked for the days of a deadline: over a summer vacation.
inline constexpr int calendar_days_ahead = 120;
/// End of the working day (17:00) on the `days`-th school day after `from`. `school_days` are those of the calendar
/// behind that day, in order. Where they are too few (no calendar, or its next term is not known yet), Mondays to
/// Fridays go on behind the last of them.
core::Instant due_after(core::Instant from, int days, core::Zone zone, std::vector<core::LocalDate> const& school_days);

/// Refuses an empty or too short reason at "/reason".
core::Result<void> check_reason(std::string const& reason);

}  // namespace santong::workflow
