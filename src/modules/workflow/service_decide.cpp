// Deciding: the reviewer's side that writes.
#include <algorithm>

#include "core/json.hpp"
#include "modules/messages/service.hpp"
#include "modules/roster/service.hpp"
#include "modules/workflow/permissions.hpp"
#include "modules/workflow/pools.hpp"
#include "modules/workflow/review_sheet.hpp"
#include "modules/workflow/service_review.hpp"
#include "modules/workflow/store.hpp"
#include "modules/workflow/subjects.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::workflow {

namespace {

constexpr std::size_t largest_batch = 50;

/// The item, if the caller may decide on it now. Everybody else learns nothing of it.
core::Result<Item> decidable(sql::Tx& tx, auth::Caller const& caller, ItemId const& id) {
    auto const item = store::find(tx, id);
    if (!item) return core::not_found("workflow.not_found");
    if (may_decide(tx, caller, *item)) return *item;
    if (taken_back(tx, caller, *item)) return core::gone("workflow.withdrawn");
    if (item->submitter_person == caller.person) return core::forbidden("workflow.own_item");
    if (store::has_decided(tx, id, caller.person, 0)) {
        return core::conflict(item->state == ItemState::open ? "workflow.decided_already" : "workflow.not_open");
    }
    return core::not_found("workflow.not_found");
}

std::vector<std::string> sheet_to_use(sql::Tx& tx, auth::Caller const& caller, Item const& item,
                                      DecisionRequest const& request) {
    if (request.checklist) return *request.checklist;
    auto const saved = store::find_checklist(tx, item.id, caller.person, item.round);
    return saved ? ticked_keys(*saved) : std::vector<std::string>{};
}

/// Who must not review the next step: the author, and everybody who has decided in this round.
std::set<core::PersonId> barred(sql::Tx& tx, Item const& item) {
    std::set<core::PersonId> people{item.submitter_person};
    for (auto const& row : store::decisions(tx, item.id)) {
        if (row.round == item.round && row.decision == DecisionKind::approve) people.insert(row.person_id);
    }
    return people;
}

/// Puts the item at its next step; false if there is none. Posts may have changed since the round began, so the pool is
/// sought again.
core::Result<bool> advance(sql::Tx& tx, core::Clock const& clock, Item& item) {
    auto steps = store::steps(tx, item.id, item.round);
    auto const next = std::ranges::find_if(steps, [&](Step const& step) { return step.number > item.step_number; });
    if (next == steps.end()) return false;
    auto const rules = store::path_rules(tx, item.path_id);
    auto const rule = std::ranges::find(rules, next->number, &StepRule::number);
    SANTONG_ASSERT(rule != rules.end());
    auto const pool = TRY(
        find_pool(tx, *rule, {item.origin_school_id, item.subject_code, roster::today(tx, clock), barred(tx, item)}));
    next->pool_role = pool.role;
    next->pool_org_id = pool.org_id;
    next->pool_subject = pool.subject;
    next->fell_back = pool.fell_back;
    item.step_number = next->number;
    item.pool_role = pool.role;
    item.pool_org_id = pool.org_id;
    item.pool_subject = pool.subject;
    item.deputy_person.reset();
    item.step_since = clock.now();
    item.due_at = due_at(tx, pool.org_id, clock.now(), next->days);
    store::replace_steps(tx, item.id, item.round, steps);
    return true;
}

/// What the log keeps of a decision; its reason stays in the item's history.
struct DecisionNote {
    int step = 0;
    int round = 1;
    core::OrgId school_id;
    std::optional<core::PersonId> deputy;
};
BOOST_DESCRIBE_STRUCT(DecisionNote, (), (step, round, school_id, deputy))

void record(sql::Tx& tx, auth::Caller const& caller, Item const& before, DecisionRow row,
            std::optional<core::PersonId> deputy = {}) {
    row.id = DecisionId::make();
    row.item_id = before.id;
    row.round = before.round;
    row.step_number = before.step_number;
    row.person_id = caller.person;
    store::insert_decision(tx, row);
    DecisionNote const note{before.step_number, before.round, before.origin_school_id, deputy};
    auth::audit(tx, caller,
                {"workflow." + std::string(core::enum_text(row.decision)), before.id.text(), core::json::write(note)});
}

/// Moves the item on after a decision that is already recorded.
core::Result<Outcome> settle(sql::Tx& tx, core::Clock const& clock, Item& item, DecisionKind decision) {
    if (decision == DecisionKind::approve && TRY(advance(tx, clock, item))) return Outcome::passed_step;
    item.state = decision == DecisionKind::approve ? ItemState::approved : ItemState::returned;
    item.closed_at = clock.now();
    return decision == DecisionKind::approve ? Outcome::approved : Outcome::returned;
}

/// The author hears how his review has ended; who decided and why he reads at the thing itself.
void tell_author(sql::Tx& tx, core::Instant now, Item const& item, Outcome outcome) {
    auto const& subject = subject_of(item.subject_kind);
    messages::Notice notice;
    notice.kind = outcome == Outcome::approved ? subject.told_approved : subject.told_returned;
    notice.about = item.id.text();
    notice.href = (subject.page.empty() ? "/" + item.subject_kind + "s/" : subject.page) + item.subject_id;
    messages::send(tx, now, notice, {item.submitter_person});
}

}  // namespace

core::Result<Item> decide(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, ItemId const& id,
                          DecisionRequest const& request) {
    if (request.decision != DecisionKind::approve && request.decision != DecisionKind::return_) {
        return core::invalid_at("/decision", "core.unknown_choice");
    }
    auto const reason = request.reason.value_or("");
    if (request.decision == DecisionKind::return_ || !reason.empty()) TRY_VOID(check_reason(reason));
    auto const before = TRY(decidable(tx, caller, id));
    auto const ticked = sheet_to_use(tx, caller, before, request);
    if (request.decision == DecisionKind::approve) TRY_VOID(check_sheet(tx, before, ticked));
    DecisionRow row;
    row.decision = request.decision;
    row.reason = reason;
    row.checklist = {core::json::write(ticked)};
    row.at = clock.now();
    record(tx, caller, before, row);
    Item item = before;
    auto const outcome = TRY(settle(tx, clock, item, request.decision));
    if (!store::update(tx, item, before)) return core::conflict("workflow.changed_meanwhile");
    feed::put(tx, {"workflow.Item", item.id.text(), item.origin_school_id}, item);
    subject_of(item.subject_kind).on_outcome(tx, item, outcome, reason, clock.now());
    if (outcome != Outcome::passed_step) tell_author(tx, clock.now(), item, outcome);
    return item;
}

core::Result<Review> decide(sql::Database& db, core::Clock const& clock, auth::Caller const& caller, ItemId const& id,
                            DecisionRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Review> {
        TRY_VOID(decide(tx, clock, caller, id, request));
        return review_in(tx, caller, id);
    });
}

core::Result<BatchAnswer> decide_many(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                      BatchRequest const& request) {
    if (request.item_ids.empty()) return core::invalid_at("/item_ids", "core.required");
    if (request.item_ids.size() > largest_batch) {
        return core::invalid_at("/item_ids", "workflow.batch_too_large", {{"max", std::to_string(largest_batch)}});
    }
    if (request.decision == DecisionKind::return_) TRY_VOID(check_reason(request.reason.value_or("")));
    BatchAnswer answer;
    for (auto const& id : request.item_ids) {
        auto const done = db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Item> {
            auto const item = TRY(decidable(tx, caller, id));
            auto const saved = sheet_to_use(tx, caller, item, {});
            if (!is_filled(subject_of(item.subject_kind), saved)) return core::conflict("workflow.batch_not_filled");
            return decide(tx, clock, caller, id, {request.decision, request.reason, saved});
        });
        answer.rows.push_back({id, done.has_value(), done ? std::string() : done.error().key});
    }
    return answer;
}

core::Result<Review> save_checklist(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                    ItemId const& id, ChecklistRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Review> {
        auto const item = TRY(decidable(tx, caller, id));
        auto const& known = subject_of(item.subject_kind).checklist;
        for (auto const& key : request.ticked) {
            if (std::ranges::find(known, key, &CheckItem::key) == known.end()) {
                return core::invalid_at("/ticked", "core.unknown_choice");
            }
        }
        store::save_checklist(tx, id, caller.person, item.round, {core::json::write(request.ticked)}, clock.now());
        return review_in(tx, caller, id);
    });
}

namespace {

/// Reviewers of the item's school and of the county.
std::vector<Deputy> possible_deputies(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                      Item const& item) {
    auto const today = roster::today(tx, clock);
    auto never = barred(tx, item);
    never.insert(caller.person);
    std::vector<core::PersonId> ids;
    std::vector<Deputy> people;
    for (auto const& org : roster::self_and_ancestors(tx, item.origin_school_id)) {
        for (int i = 0; i <= static_cast<int>(auth::Role::auditor); ++i) {
            auto const role = static_cast<auth::Role>(i);
            if (!auth::PermissionRegistry::instance().has(role, permissions::review)) continue;
            for (auto const& person : roster::holders(tx, role, org, {}, today)) {
                if (!never.insert(person).second) continue;
                ids.push_back(person);
                people.push_back({person, {}, std::string(core::enum_text(role))});
            }
        }
    }
    auto names = roster::names(tx, ids);
    for (auto& deputy : people) deputy.name = names[deputy.person_id];
    return people;
}

}  // namespace

core::Result<Deputies> deputies(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                ItemId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<Deputies> {
        auto const item = TRY(decidable(tx, caller, id));
        return Deputies{possible_deputies(tx, clock, caller, item)};
    });
}

core::Result<Review> delegate(sql::Database& db, core::Clock const& clock, auth::Caller const& caller, ItemId const& id,
                              DelegateRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Review> {
        TRY_VOID(check_reason(request.reason));
        auto const before = TRY(decidable(tx, caller, id));
        auto const possible = possible_deputies(tx, clock, caller, before);
        if (std::ranges::find(possible, request.person_id, &Deputy::person_id) == possible.end()) {
            return core::invalid_at("/person_id", "workflow.not_a_reviewer");
        }
        DecisionRow row;
        row.decision = DecisionKind::delegate;
        row.reason = request.reason;
        row.at = clock.now();
        record(tx, caller, before, row, request.person_id);
        Item item = before;
        item.deputy_person = request.person_id;
        if (!store::update(tx, item, before)) return core::conflict("workflow.changed_meanwhile");
        feed::put(tx, {"workflow.Item", item.id.text(), item.origin_school_id}, item);
        return review_in(tx, caller, id);
    });
}

}  // namespace santong::workflow
