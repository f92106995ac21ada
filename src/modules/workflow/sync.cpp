#include "modules/workflow/sync.hpp"

#include <algorithm>

#include "modules/roster/service.hpp"
#include "modules/roster/service_area.hpp"
#include "modules/roster/sync.hpp"
#include "modules/workflow/pools.hpp"
#include "modules/workflow/store.hpp"
#include "modules/workflow/subjects.hpp"
#include "platform/feed/feed.hpp"

namespace santong::workflow {

namespace {

/// An item may name a path that was first used at its own place: it is made here, too.
void make_path(sql::Tx& tx, std::string const& kind, std::string const& path_id) {
    auto const* subject = find_subject(kind);
    if (subject == nullptr) throw std::invalid_argument("reviews of the kind " + kind + " are not known here");
    for (auto const& name : subject->path_names) {
        if (path_id_of(kind, name).text() == path_id) (void)path_of(tx, kind, name);
    }
}

void take_paths(sql::Tx& tx, sync::Rows& rows, std::string_view) {
    if (rows.table != "workflow_item") return;
    std::vector<sync::Rows> const tables{rows};
    for (std::size_t i = 0; i < rows.rows.size(); ++i)
        make_path(tx, sync::cell(tables, rows.table, "subject_kind", i), sync::cell(tables, rows.table, "path_id", i));
}

/// Whether people of the child's subtree decide on a step of this level.
bool decides(sql::Tx& tx, sync::Peer const& peer, Item const& item, PoolLevel level) {
    switch (level) {
        case PoolLevel::school: return roster::in_subtree(tx, peer, item.origin_school_id.text());
        case PoolLevel::area: return roster::in_subtree(tx, peer, roster::area_of(tx, item.origin_school_id).text());
        case PoolLevel::county: return roster::in_subtree(tx, peer, roster::district(tx).org_id.text());
    }
    return false;
}

/// The number of the step at which the item stood; 1 for a new one.
int step_before(sync::Told const& told) {
    auto const text = sync::cell(told.before, "workflow_item", "step_number");
    return text.empty() ? 1 : std::stoi(text);
}

/// A child decides its own people's steps only, of things that are here.
void refuse_foreign_steps(sql::Tx& tx, sync::Told const& told) {
    auto const id = ItemId::parse(told.change.id);
    auto const item = id ? store::find(tx, *id) : std::nullopt;
    if (!item) return;
    auto const* subject = find_subject(item->subject_kind);
    if (subject == nullptr || (subject->stands && !subject->stands(tx, item->subject_id)))
        throw sync::Refused("a review of something that is not here");
    if (!roster::in_subtree(tx, told.peer, item->origin_school_id.text()))
        throw sync::Refused("a review of another school's");
    auto const from = step_before(told);
    bool const was_approved = sync::cell(told.before, "workflow_item", "state") == "approved";
    bool const approves = item->state == ItemState::approved && !was_approved;
    bool const returns =
        item->state == ItemState::returned && sync::cell(told.before, "workflow_item", "state") != "returned";
    for (auto const& rule : store::path_rules(tx, item->path_id)) {
        bool const passed = rule.number >= from && (approves || rule.number < item->step_number);
        bool const returned = returns && rule.number == item->step_number;
        if ((passed || returned) && !decides(tx, told.peer, *item, rule.pool_level))
            throw sync::Refused("step " + std::to_string(rule.number) + " is not decided at this place");
    }
}

/// A box names the next pool without knowing who is there: where there is nobody, the next one above is sought.
void find_people(sql::Tx& tx, Item const& before) {
    if (before.state != ItemState::open) return;
    auto steps = store::steps(tx, before.id, before.round);
    auto const step = std::ranges::find(steps, before.step_number, &Step::number);
    auto const rules = store::path_rules(tx, before.path_id);
    auto const rule = std::ranges::find(rules, before.step_number, &StepRule::number);
    if (step == steps.end() || rule == rules.end()) return;
    PoolQuestion question{before.origin_school_id,
                          before.subject_code,
                          roster::district(tx).zone().date_of(before.step_since),
                          {before.submitter_person}};
    for (auto const& row : store::decisions(tx, before.id)) {
        if (row.round == before.round && row.decision == DecisionKind::approve) question.barred.insert(row.person_id);
    }
    if (has_people(tx, *step, question)) return;
    auto const pool = find_pool(tx, *rule, question);
    if (!pool || pool->same_people_as(*step)) return;
    step->pool_role = pool->role;
    step->pool_org_id = pool->org_id;
    step->pool_subject = pool->subject;
    step->fell_back = pool->fell_back;
    store::replace_steps(tx, before.id, before.round, steps);
    Item item = before;
    item.pool_role = pool->role;
    item.pool_org_id = pool->org_id;
    item.pool_subject = pool->subject;
    if (store::update(tx, item, before))
        feed::put_following(tx, {"workflow.Item", item.id.text(), item.origin_school_id}, item);
}

void find_people_of_all(sql::Tx& tx, std::vector<std::string> const& ids) {
    if (knows_people_above()) return;
    std::vector<ItemId> items;
    for (auto const& text : ids) {
        if (auto const id = ItemId::parse(text)) items.push_back(*id);
    }
    for (auto const& item : store::items(tx, items)) find_people(tx, item);
}

}  // namespace

void add_shapes(sync::Shapes& shapes) {
    using sync::Direction;
    shapes.add({.type = "workflow.Path",
                .tables = {{.name = "workflow_path"}, {.name = "workflow_step_def", .key = "path_id"}},
                .held = "SELECT id FROM workflow_path WHERE district_id = $1"});
    shapes.add({.type = "workflow.Item",
                .direction = Direction::both,
                .tables = {{.name = "workflow_item", .read_as = &core::type_of<Item>},
                           {.name = "workflow_step", .key = "item_id"},
                           {.name = "workflow_decision",
                            .key = "item_id",
                            .grows = true,
                            .united = true,
                            .read_as = &core::type_of<DecisionRow>}},
                .held = roster::held_in("workflow_item", "origin_school_id"),
                .check = refuse_foreign_steps,
                .incoming = take_paths,
                .applied = find_people_of_all});
}

}  // namespace santong::workflow
