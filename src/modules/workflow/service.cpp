// Starting, reopening and taking back: the author's side.
#include "modules/workflow/service.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/roster/service.hpp"
#include "modules/workflow/pools.hpp"
#include "modules/workflow/store.hpp"
#include "modules/workflow/subjects.hpp"
#include "platform/feed/feed.hpp"

namespace santong::workflow {

namespace {

std::map<std::string, Subject>& registered() {
    static std::map<std::string, Subject> subjects;
    return subjects;
}

SchoolDays& calendar() {
    static SchoolDays known = nullptr;
    return known;
}

PeopleAbove& people_above() {
    static PeopleAbove known;
    return known;
}

/// What the feed tells of a path: it goes down to where reviews begin.
struct PathSaid {
    PathId id;
    std::string subject_kind;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PathSaid, (), (id, subject_kind, name))

void say(sql::Tx& tx, Item const& item) {
    feed::put(tx, {"workflow.Item", item.id.text(), item.origin_school_id}, item);
}

void record(sql::Tx& tx, Item const& item, DecisionKind kind, core::Instant at) {
    store::insert_decision(tx,
                           {DecisionId::make(), item.id, item.round, 0, item.submitter_person, kind, {}, {"[]"}, at});
}

/// Puts an item at a step of its round.
void enter(sql::Tx& tx, Item& item, Step const& step, core::Instant now) {
    item.step_number = step.number;
    item.pool_role = step.pool_role;
    item.pool_org_id = step.pool_org_id;
    item.pool_subject = step.pool_subject;
    item.deputy_person.reset();
    item.step_since = now;
    item.due_at = due_at(tx, step.pool_org_id, now, step.days);
}

std::string const& path_name(NewItem const& wish) {
    return wish.path.empty() ? wish.scope : wish.path;
}

core::Result<Item> start_new(sql::Tx& tx, core::Instant now, NewItem const& wish, std::vector<Step> steps,
                             core::PersonId const& author) {
    Item item;
    item.id = ItemId::make();
    item.subject_kind = wish.subject_kind;
    item.subject_id = wish.subject_id;
    item.title = wish.title;
    item.path_id = path_of(tx, wish.subject_kind, path_name(wish));
    item.scope = wish.scope;
    item.submitter_person = author;
    item.origin_school_id = wish.origin_school_id;
    item.subject_code = wish.subject_code;
    item.facts = wish.facts;
    item.opened_at = now;
    enter(tx, item, steps.front(), now);
    store::insert(tx, item);
    for (auto& step : steps) step.item_id = item.id;
    store::replace_steps(tx, item.id, item.round, steps);
    record(tx, item, DecisionKind::submit, now);
    say(tx, item);
    return item;
}

core::Result<Item> reopen(sql::Tx& tx, core::Instant now, NewItem const& wish, std::vector<Step> steps,
                          Item const& before) {
    Item item = before;
    item.title = wish.title;
    item.facts = wish.facts;
    item.subject_code = wish.subject_code;
    item.state = ItemState::open;
    item.round = before.round + 1;
    item.closed_at.reset();
    auto step = std::ranges::find_if(steps, [&](Step const& s) { return s.number >= before.step_number; });
    enter(tx, item, step == steps.end() ? steps.back() : *step, now);
    if (!store::update(tx, item, before)) return core::conflict("workflow.changed_meanwhile");
    for (auto& row : steps) {
        row.item_id = item.id;
        row.round = item.round;
    }
    store::replace_steps(tx, item.id, item.round, steps);
    record(tx, item, DecisionKind::resubmit, now);
    say(tx, item);
    return item;
}

}  // namespace

void register_school_days(SchoolDays days) {
    calendar() = days;
}

void register_people_above(PeopleAbove above) {
    people_above() = std::move(above);
}

bool knows_people_above() {
    return people_above() != nullptr;
}

bool people_are_above(sql::Tx& tx, core::OrgId const& org) {
    return people_above() && people_above()(tx, org);
}

core::Instant due_at(sql::Tx& tx, core::OrgId const& pool_org_id, core::Instant from, int days) {
    auto const zone = roster::district(tx).zone();
    auto const first = zone.date_of(from).plus_days(1);
    std::vector<core::LocalDate> school_days;
    if (calendar() != nullptr) school_days = calendar()(tx, pool_org_id, first, first.plus_days(calendar_days_ahead));
    return due_after(from, days, zone, school_days);
}

void register_subject(Subject subject) {
    auto kind = subject.kind;
    registered()[std::move(kind)] = std::move(subject);
}

Subject const& subject_of(std::string const& kind) {
    auto const found = registered().find(kind);
    SANTONG_ASSERT(found != registered().end());
    return found->second;
}

Subject const* find_subject(std::string const& kind) {
    auto const found = registered().find(kind);
    return found == registered().end() ? nullptr : &found->second;
}

bool is_filled(Subject const& subject, std::vector<std::string> const& ticked) {
    return std::ranges::all_of(subject.checklist, [&](CheckItem const& item) {
        return item.mark || std::ranges::find(ticked, item.key) != ticked.end();
    });
}

std::vector<std::string> ticked_keys(core::RawJson const& checklist) {
    auto keys = core::json::read<std::vector<std::string>>(checklist.value);
    return keys ? std::move(*keys) : std::vector<std::string>{};
}

PathId path_of(sql::Tx& tx, std::string const& subject_kind, std::string const& scope) {
    if (auto const found = store::find_path(tx, subject_kind, scope)) return *found;
    // The same id at every place: a path that a box and its hub both make first is one.
    auto const id = path_id_of(subject_kind, scope);
    store::insert_path(tx, id, subject_kind, scope, subject_of(subject_kind).path(scope));
    feed::put(tx, {"workflow.Path", id.text(), {}}, PathSaid{id, subject_kind, scope});
    return id;
}

PathId path_id_of(std::string const& subject_kind, std::string const& name) {
    return PathId{core::Uuid::named("workflow:" + subject_kind + ":" + name)};
}

core::Result<Item> start(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, NewItem const& wish) {
    if (subject_of(wish.subject_kind).path(path_name(wish)).empty())
        return core::invalid_at("/scope", "workflow.unknown_scope");
    auto const former = store::find_of_subject(tx, wish.subject_kind, wish.subject_id);
    if (former && former->state == ItemState::open) return core::conflict("workflow.already_open");
    auto const rules = store::path_rules(tx, path_of(tx, wish.subject_kind, path_name(wish)));
    PoolQuestion const question{wish.origin_school_id, wish.subject_code, roster::today(tx, clock), {caller.person}};
    auto steps = TRY(find_steps(tx, rules, question));
    bool const again = former && former->state == ItemState::returned && former->scope == wish.scope &&
                       former->submitter_person == caller.person;
    if (again) return reopen(tx, clock.now(), wish, std::move(steps), *former);
    return start_new(tx, clock.now(), wish, std::move(steps), caller.person);
}

core::Result<Item> withdraw(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, ItemId const& id) {
    auto const before = store::find(tx, id);
    if (!before || before->submitter_person != caller.person) return core::not_found("workflow.not_found");
    if (before->state != ItemState::open) return core::conflict("workflow.not_open");
    Item item = *before;
    item.state = ItemState::withdrawn;
    item.closed_at = clock.now();
    if (!store::update(tx, item, *before)) return core::conflict("workflow.changed_meanwhile");
    record(tx, item, DecisionKind::withdraw, clock.now());
    say(tx, item);
    subject_of(item.subject_kind).on_outcome(tx, item, Outcome::withdrawn, {}, clock.now());
    return item;
}

void cancel(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, std::string const& subject_kind,
            std::string const& subject_id, std::string const& reason) {
    auto const before = store::find_of_subject(tx, subject_kind, subject_id);
    if (!before || before->state != ItemState::open) return;
    Item item = *before;
    item.state = ItemState::withdrawn;
    item.closed_at = clock.now();
    SANTONG_ASSERT(store::update(tx, item, *before));
    store::insert_decision(tx, {DecisionId::make(),
                                item.id,
                                item.round,
                                0,
                                caller.person,
                                DecisionKind::withdraw,
                                reason,
                                {"[]"},
                                clock.now()});
    say(tx, item);
}

Standing standing(sql::Tx& tx, auth::Caller const& caller, std::string const& subject_kind,
                  std::string const& subject_id) {
    auto const item = store::find_of_subject(tx, subject_kind, subject_id);
    if (!item) return Standing::none;
    if (may_decide(tx, caller, *item)) return Standing::current;
    return store::has_decided_on(tx, subject_kind, subject_id, caller.person) ? Standing::earlier : Standing::none;
}

std::optional<Item> item_of(sql::Tx& tx, std::string const& subject_kind, std::string const& subject_id) {
    return store::find_of_subject(tx, subject_kind, subject_id);
}

std::vector<DecisionRow> history(sql::Tx& tx, std::string const& subject_kind, std::string const& subject_id) {
    return store::decisions_of_subject(tx, subject_kind, subject_id);
}

bool marked(sql::Tx& tx, Item const& item, std::string const& mark) {
    auto const rows = store::decisions(tx, item.id);
    auto const last = std::ranges::find(rows.rbegin(), rows.rend(), DecisionKind::approve, &DecisionRow::decision);
    if (last == rows.rend()) return false;
    auto const steps = store::steps(tx, item.id, last->round);
    auto const step = std::ranges::find(steps, last->step_number, &Step::number);
    if (step == steps.end() || step->pool_org_id != roster::district(tx).org_id) return false;
    auto const keys = ticked_keys(last->checklist);
    return std::ranges::find(keys, mark) != keys.end();
}

std::vector<Step> steps(sql::Tx& tx, ItemId const& id) {
    auto const item = store::find(tx, id);
    return item ? store::steps(tx, id, item->round) : std::vector<Step>{};
}

void write_bulk(sql::Tx& tx, BulkItems const& bulk) {
    store::insert_all(tx, bulk);
    for (auto const& item : bulk.items) say(tx, item);
}

}  // namespace santong::workflow
