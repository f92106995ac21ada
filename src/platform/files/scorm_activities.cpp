#include "platform/files/scorm_activities.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <set>

#include "platform/files/scorm_manifest.hpp"
#include "platform/files/scorm_xml.hpp"
#include "platform/text/utf8.hpp"

namespace santong::files {

namespace {

using scorm_xml::attribute;
using scorm_xml::child;
using scorm_xml::local_name;

constexpr std::size_t most_rules = 100, longest_word = 400, longest_heading = 300;

bool said_flag(pugi::xml_node node, std::string_view name, bool otherwise) {
    auto const value = attribute(node, name);
    return value.empty() ? otherwise : value == "true" || value == "1";
}

std::string short_word(std::string_view text) {
    return std::string(text::truncate_bytes(text::clean(text), longest_word));
}

std::optional<double> decimal(std::string_view text) {
    auto const from = text.find_first_not_of(" \t\r\n");
    if (from == std::string_view::npos) return std::nullopt;
    double value = 0;
    auto const read = std::from_chars(text.data() + from, text.data() + text.size(), value);
    if (read.ec != std::errc{}) return std::nullopt;
    return value;
}

double decimal_of(pugi::xml_node node, std::string_view name, double otherwise) {
    return decimal(attribute(node, name)).value_or(otherwise);
}

std::optional<int> whole_of(pugi::xml_node node, std::string_view name) {
    auto const value = decimal(attribute(node, name));
    if (!value || *value < 0 || *value > 1000) return std::nullopt;
    return static_cast<int>(*value);
}

/// An item's sequencing, and that of the collection which it refers to for what it does not say itself.
struct Said {
    pugi::xml_node own, shared;

    pugi::xml_node part(std::string_view name) const {
        auto const found = child(own, name);
        return found ? found : child(shared, name);
    }
};

pugi::xml_node in_collection(pugi::xml_node manifest, std::string_view id) {
    if (id.empty()) return {};
    return child(manifest, "sequencingCollection").find_child([&](pugi::xml_node node) {
        return attribute(node, "ID") == id;
    });
}

std::vector<ScormCondition> conditions_of(pugi::xml_node list, std::string_view name) {
    std::vector<ScormCondition> found;
    for (auto const& one : list.children()) {
        if (local_name(one.name()) != name || found.size() >= most_rules) continue;
        found.push_back({short_word(attribute(one, "condition")), attribute(one, "operator") == "not",
                         short_word(attribute(one, "referencedObjective")),
                         decimal(attribute(one, "measureThreshold"))});
    }
    return found;
}

void add_rules(pugi::xml_node list, std::string_view name, ScormRuleKind kind, std::vector<ScormRule>& rules) {
    for (auto const& one : list.children()) {
        if (local_name(one.name()) != name || rules.size() >= most_rules) continue;
        auto const conditions = child(one, "ruleConditions");
        ScormRule rule;
        rule.kind = kind;
        rule.action = short_word(attribute(child(one, "ruleAction"), "action"));
        rule.any = attribute(conditions, "conditionCombination") == "any";
        rule.conditions = conditions_of(conditions, "ruleCondition");
        rules.push_back(std::move(rule));
    }
}

void add_rollup(pugi::xml_node list, std::vector<ScormRule>& rules) {
    for (auto const& one : list.children()) {
        if (local_name(one.name()) != "rollupRule" || rules.size() >= most_rules) continue;
        auto const conditions = child(one, "rollupConditions");
        ScormRule rule;
        rule.kind = ScormRuleKind::rollup;
        rule.action = short_word(attribute(child(one, "rollupAction"), "action"));
        rule.any = attribute(conditions, "conditionCombination") != "all";
        rule.consideration = short_word(attribute(one, "childActivitySet"));
        rule.minimum_count = whole_of(one, "minimumCount").value_or(0);
        rule.minimum_percent = decimal_of(one, "minimumPercent", 0);
        rule.conditions = conditions_of(conditions, "rollupCondition");
        rules.push_back(std::move(rule));
    }
}

ScormObjective objective_of(pugi::xml_node node, bool primary) {
    ScormObjective made;
    made.id = short_word(attribute(node, "objectiveID"));
    made.primary = primary;
    made.satisfied_by_measure = said_flag(node, "satisfiedByMeasure", false);
    made.min_measure = decimal(child(node, "minNormalizedMeasure").text().get());
    for (auto const& one : node.children()) {
        if (local_name(one.name()) != "mapInfo" || made.maps.size() >= most_rules) continue;
        made.maps.push_back({short_word(attribute(one, "targetObjectiveID")),
                             said_flag(one, "readSatisfiedStatus", true), said_flag(one, "readNormalizedMeasure", true),
                             said_flag(one, "writeSatisfiedStatus", false),
                             said_flag(one, "writeNormalizedMeasure", false)});
    }
    return made;
}

std::vector<ScormObjective> objectives_of(pugi::xml_node list) {
    std::vector<ScormObjective> found;
    for (auto const& one : list.children()) {
        bool const primary = local_name(one.name()) == "primaryObjective";
        if ((primary || local_name(one.name()) == "objective") && found.size() < most_rules) {
            found.push_back(objective_of(one, primary));
        }
    }
    return found;
}

void read_controls(Said const& said, ScormActivity& made) {
    auto const mode = said.part("controlMode");
    made.choice = said_flag(mode, "choice", true);
    made.choice_exit = said_flag(mode, "choiceExit", true);
    made.flow = said_flag(mode, "flow", false);
    made.forward_only = said_flag(mode, "forwardOnly", false);
    made.current_objective = said_flag(mode, "useCurrentAttemptObjectiveInfo", true);
    made.current_progress = said_flag(mode, "useCurrentAttemptProgressInfo", true);
    auto const choices = said.part("constrainedChoiceConsiderations");
    made.prevent_activation = said_flag(choices, "preventActivation", false);
    made.constrain_choice = said_flag(choices, "constrainChoice", false);
    made.attempt_limit = whole_of(said.part("limitConditions"), "attemptLimit");
    auto const delivery = said.part("deliveryControls");
    made.tracked = said_flag(delivery, "tracked", true);
    made.completion_by_content = said_flag(delivery, "completionSetByContent", false);
    made.objective_by_content = said_flag(delivery, "objectiveSetByContent", false);
    auto const chance = said.part("randomizationControls");
    made.selection_timing = short_word(attribute(chance, "selectionTiming"));
    made.select_count = whole_of(chance, "selectCount");
    made.randomization_timing = short_word(attribute(chance, "randomizationTiming"));
    made.reorder = said_flag(chance, "reorderChildren", false);
}

void read_rollup(Said const& said, ScormActivity& made) {
    auto const rollup = said.part("rollupRules");
    made.rollup_satisfied = said_flag(rollup, "rollupObjectiveSatisfied", true);
    made.rollup_completion = said_flag(rollup, "rollupProgressCompletion", true);
    made.measure_weight = decimal_of(rollup, "objectiveMeasureWeight", 1);
    add_rollup(rollup, made.rules);
    auto const wanted = said.part("rollupConsiderations");
    if (!wanted) return;
    constexpr std::array names{"requiredForSatisfied", "requiredForNotSatisfied", "requiredForCompleted",
                               "requiredForIncomplete"};
    for (auto const* name : names) made.required.push_back(short_word(attribute(wanted, name)));
    made.measure_if_active = said_flag(wanted, "measureSatisfactionIfActive", true);
}

void read_presentation(pugi::xml_node item, ScormActivity& made) {
    auto const threshold = child(item, "completionThreshold");
    made.completed_by_measure = said_flag(threshold, "completedByMeasure", false);
    made.min_progress = decimal_of(threshold, "minProgressMeasure", 1);
    made.progress_weight = decimal_of(threshold, "progressWeight", 1);
    for (auto const& one : child(child(item, "presentation"), "navigationInterface").children()) {
        if (local_name(one.name()) == "hideLMSUI" && made.hide.size() < 10)
            made.hide.push_back(short_word(one.text().get()));
    }
}

ScormActivity activity_of(pugi::xml_node manifest, pugi::xml_node item) {
    Said said;
    said.own = child(item, "sequencing");
    said.shared = in_collection(manifest, attribute(said.own, "IDRef"));
    ScormActivity made;
    made.title = scorm_xml::words(child(item, "title"), longest_heading);
    made.visible = said_flag(item, "isvisible", true);
    read_controls(said, made);
    auto const rules = said.part("sequencingRules");
    add_rules(rules, "preConditionRule", ScormRuleKind::pre, made.rules);
    add_rules(rules, "exitConditionRule", ScormRuleKind::exit, made.rules);
    add_rules(rules, "postConditionRule", ScormRuleKind::post, made.rules);
    read_rollup(said, made);
    made.objectives = objectives_of(said.part("objectives"));
    read_presentation(item, made);
    return made;
}

/// The items below a node; counts them as they stand, so that each finds its name.
struct ActivityWalk {
    pugi::xml_node manifest;
    std::map<std::size_t, std::string> const& names;
    std::set<std::string> taken;
    std::vector<ScormActivity> found;
    std::size_t place = 0;

    /// A page is called as its `Sco`; what groups pages has its own identifier, if nothing else has it.
    std::string name_of(pugi::xml_node item) {
        auto const known = names.find(place);
        if (known != names.end()) return known->second;
        auto own = short_word(attribute(item, "identifier"));
        bool const page = std::ranges::any_of(names, [&](auto const& one) { return one.second == own; });
        if (own.empty() || page || !taken.insert(own).second) own = "cluster-" + std::to_string(place + 1);
        return own;
    }

    void below(pugi::xml_node parent, std::string const& id) {
        for (auto const& item : parent.children()) {
            if (local_name(item.name()) != "item") continue;
            if (found.size() >= 2 * most_scos) return;
            auto made = activity_of(manifest, item);
            made.id = name_of(item);
            ++place;
            made.parent = id;
            auto const own = made.id;
            found.push_back(std::move(made));
            below(item, own);
        }
    }
};

bool says_anything(pugi::xml_node organization) {
    return static_cast<bool>(
        organization.find_node([](pugi::xml_node node) { return local_name(node.name()) == "sequencing"; }));
}

}  // namespace

std::vector<ScormActivity> read_activities(pugi::xml_node manifest, pugi::xml_node organization,
                                           std::map<std::size_t, std::string> const& names) {
    if (!says_anything(organization)) return {};
    ActivityWalk walk{manifest, names, {}, {}};
    auto root = activity_of(manifest, organization);
    root.id = "course-root";
    walk.found.push_back(std::move(root));
    walk.below(organization, "course-root");
    return walk.found;
}

}  // namespace santong::files
