#pragma once
// Sequencing of SCORM 2004 packages (imsss, adlseq, adlnav): what may follow on what. Read here, followed by the course
// player; names are those of the standard in our spelling.
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"

namespace santong::files {

/// Carries an objective's state to and from one that all parts of a course share (全局目标).
struct ScormObjectiveMap {
    std::string target;
    bool read_satisfied = true;
    bool read_measure = true;
    bool write_satisfied = false;
    bool write_measure = false;
};
BOOST_DESCRIBE_STRUCT(ScormObjectiveMap, (), (target, read_satisfied, read_measure, write_satisfied, write_measure))

struct ScormObjective {
    std::string id;
    bool primary = false;
    bool satisfied_by_measure = false;
    std::optional<double> min_measure;
    std::vector<ScormObjectiveMap> maps;
};
BOOST_DESCRIBE_STRUCT(ScormObjective, (), (id, primary, satisfied_by_measure, min_measure, maps))

struct ScormCondition {
    std::string condition;  ///< "satisfied", "completed", "attempted" …
    bool negated = false;
    std::string objective;  ///< empty = the primary one
    std::optional<double> threshold;
};
BOOST_DESCRIBE_STRUCT(ScormCondition, (), (condition, negated, objective, threshold))

enum class ScormRuleKind : int { pre, exit, post, rollup };
BOOST_DESCRIBE_ENUM(ScormRuleKind, pre, exit, post, rollup)

/// One rule of an activity; `consideration` and its numbers are those of a rollup rule.
struct ScormRule {
    ScormRuleKind kind = ScormRuleKind::pre;
    std::string action;
    bool any = false;  ///< one condition is enough
    std::string consideration;
    int minimum_count = 0;
    double minimum_percent = 0;
    std::vector<ScormCondition> conditions;
};
BOOST_DESCRIBE_STRUCT(ScormRule, (), (kind, action, any, consideration, minimum_count, minimum_percent, conditions))

/// One node of the tree of activities, parents first; leaves with a page have the identifier of their `Sco`.
struct ScormActivity {
    std::string id;
    std::string parent;  ///< empty: the course itself
    std::string title;
    bool visible = true;
    bool choice = true;
    bool choice_exit = true;
    bool flow = false;
    bool forward_only = false;
    bool current_objective = true;
    bool current_progress = true;
    bool prevent_activation = false;
    bool constrain_choice = false;
    std::optional<int> attempt_limit;
    bool tracked = true;
    bool completion_by_content = false;
    bool objective_by_content = false;
    bool rollup_satisfied = true;
    bool rollup_completion = true;
    double measure_weight = 1;
    std::vector<std::string> required;  ///< for satisfied, not satisfied, completed, incomplete; empty = always
    bool measure_if_active = true;
    bool completed_by_measure = false;
    double min_progress = 1;
    double progress_weight = 1;
    std::string selection_timing;
    std::optional<int> select_count;
    std::string randomization_timing;
    bool reorder = false;
    std::vector<std::string> hide;  ///< what of the player's own buttons is not shown
    std::vector<ScormRule> rules;
    std::vector<ScormObjective> objectives;
};
BOOST_DESCRIBE_STRUCT(ScormActivity, (),
                      (id, parent, title, visible, choice, choice_exit, flow, forward_only, current_objective,
                       current_progress, prevent_activation, constrain_choice, attempt_limit, tracked,
                       completion_by_content, objective_by_content, rollup_satisfied, rollup_completion, measure_weight,
                       required, measure_if_active, completed_by_measure, min_progress, progress_weight,
                       selection_timing, select_count, randomization_timing, reorder, hide, rules, objectives))

}  // namespace santong::files
