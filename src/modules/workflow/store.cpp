#include "modules/workflow/store.hpp"

namespace santong::workflow::store {

namespace {

#define ITEM_COLUMNS                                                                                           \
    "i.id, i.subject_kind, i.subject_id, i.title, i.path_id, i.scope, i.submitter_person, i.origin_school_id," \
    " i.subject_code, i.facts, i.state, i.step_number, i.round, i.pool_role, i.pool_org_id, i.pool_subject,"   \
    " i.deputy_person, i.due_at, i.step_since, i.opened_at, i.closed_at"

}  // namespace

std::optional<PathId> find_path(sql::Tx& tx, std::string const& subject_kind, std::string const& scope) {
    return tx.value<PathId>(
        "SELECT id FROM workflow_path WHERE district_id = $1 AND subject_kind = $2 AND scope = $3"
        " ORDER BY version DESC LIMIT 1",
        tx.district(), subject_kind, scope);
}

void insert_path(sql::Tx& tx, PathId const& id, std::string const& subject_kind, std::string const& scope,
                 std::vector<StepRule> const& rules) {
    tx.execute("INSERT INTO workflow_path (district_id, id, subject_kind, scope, version) VALUES ($1, $2, $3, $4, 1)",
               tx.district(), id, subject_kind, scope);
    for (auto const& rule : rules) {
        tx.execute(
            "INSERT INTO workflow_step_def (district_id, path_id, number, name, pool_role, pool_level,"
            " needs_subject, days) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
            tx.district(), id, rule.number, rule.name, rule.pool_role, rule.pool_level, rule.needs_subject, rule.days);
    }
}

std::vector<StepRule> path_rules(sql::Tx& tx, PathId const& id) {
    return tx.rows<StepRule>(
        "SELECT number, name, pool_role, pool_level, needs_subject, days FROM workflow_step_def"
        " WHERE district_id = $1 AND path_id = $2 ORDER BY number",
        tx.district(), id);
}

std::optional<Item> find(sql::Tx& tx, ItemId const& id) {
    return tx.optional_row<Item>("SELECT " ITEM_COLUMNS " FROM workflow_item i WHERE i.district_id = $1 AND i.id = $2",
                                 tx.district(), id);
}

std::vector<Item> items(sql::Tx& tx, std::vector<ItemId> const& ids) {
    return tx.rows<Item>("SELECT " ITEM_COLUMNS " FROM workflow_item i WHERE i.district_id = $1 AND i.id {in $2}",
                         tx.district(), ids);
}

std::optional<Item> find_of_subject(sql::Tx& tx, std::string const& subject_kind, std::string const& subject_id) {
    return tx.optional_row<Item>("SELECT " ITEM_COLUMNS
                                 " FROM workflow_item i WHERE i.district_id = $1 AND i.subject_kind = $2"
                                 " AND i.subject_id = $3 ORDER BY CASE WHEN i.state = 'open' THEN 0 ELSE 1 END, "
                                 "i.opened_at DESC, i.id DESC LIMIT 1",
                                 tx.district(), subject_kind, subject_id);
}

void insert(sql::Tx& tx, Item const& item) {
    tx.insert_one("workflow_item", item);
}

bool update(sql::Tx& tx, Item const& item, Item const& before) {
    return tx.execute(
               "UPDATE workflow_item SET title = $3, facts = $4, state = $5, step_number = $6, round = $7, pool_role = "
               "$8,"
               " pool_org_id = $9, pool_subject = $10, deputy_person = $11, due_at = $12, step_since = $13,"
               " closed_at = $14, subject_code = $15 WHERE district_id = $1 AND id = $2 AND state = $16"
               " AND step_number = $17 AND round = $18",
               tx.district(), item.id, item.title, item.facts, item.state, item.step_number, item.round, item.pool_role,
               item.pool_org_id, item.pool_subject, item.deputy_person, item.due_at, item.step_since, item.closed_at,
               item.subject_code, before.state, before.step_number, before.round) == 1;
}

void replace_steps(sql::Tx& tx, ItemId const& id, int round, std::vector<Step> const& steps) {
    tx.execute("DELETE FROM workflow_step WHERE district_id = $1 AND item_id = $2 AND round = $3", tx.district(), id,
               round);
    tx.insert("workflow_step", steps);
}

std::vector<Step> steps(sql::Tx& tx, ItemId const& id, int round) {
    return tx.rows<Step>(
        "SELECT item_id, round, number, name, pool_role, pool_org_id, pool_subject, days, fell_back"
        " FROM workflow_step WHERE district_id = $1 AND item_id = $2 AND round = $3 ORDER BY number",
        tx.district(), id, round);
}

void insert_decision(sql::Tx& tx, DecisionRow const& row) {
    tx.insert_one("workflow_decision", row);
}

std::vector<DecisionRow> decisions(sql::Tx& tx, ItemId const& id) {
    return tx.rows<DecisionRow>(
        "SELECT id, item_id, round, step_number, person_id, decision, reason, checklist, at"
        " FROM workflow_decision WHERE district_id = $1 AND item_id = $2 ORDER BY at, id",
        tx.district(), id);
}

std::vector<DecisionRow> decisions_of_subject(sql::Tx& tx, std::string const& subject_kind,
                                              std::string const& subject_id) {
    return tx.rows<DecisionRow>(
        "SELECT d.id, d.item_id, d.round, d.step_number, d.person_id, d.decision, d.reason, d.checklist, d.at"
        " FROM workflow_item i JOIN workflow_decision d ON d.district_id = i.district_id AND d.item_id = i.id"
        " WHERE i.district_id = $1 AND i.subject_kind = $2 AND i.subject_id = $3 ORDER BY d.at, d.id",
        tx.district(), subject_kind, subject_id);
}

bool has_decided(sql::Tx& tx, ItemId const& id, core::PersonId const& person, int round) {
    return tx.value<std::int64_t>(
                 "SELECT COUNT(*) FROM workflow_decision WHERE district_id = $1 AND item_id = $2"
                 " AND person_id = $3 AND (CAST($4 AS INTEGER) = 0 OR round = $4)"
                 " AND decision IN ('approve', 'return')",
                 tx.district(), id, person, round)
               .value_or(0) > 0;
}

bool has_decided_on(sql::Tx& tx, std::string const& subject_kind, std::string const& subject_id,
                    core::PersonId const& person) {
    return tx.value<std::int64_t>(
                 "SELECT COUNT(*) FROM workflow_item i JOIN workflow_decision d ON d.district_id = i.district_id"
                 " AND d.item_id = i.id WHERE i.district_id = $1 AND i.subject_kind = $2 AND i.subject_id = $3"
                 " AND d.person_id = $4 AND d.decision IN ('approve', 'return')",
                 tx.district(), subject_kind, subject_id, person)
               .value_or(0) > 0;
}

void save_checklist(sql::Tx& tx, ItemId const& id, core::PersonId const& person, int round, core::RawJson const& ticked,
                    core::Instant at) {
    tx.execute(
        "INSERT INTO workflow_checklist (district_id, item_id, person_id, round, ticked, at)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (district_id, item_id, person_id, round)"
        " DO UPDATE SET ticked = excluded.ticked, at = excluded.at",
        tx.district(), id, person, round, ticked, at);
}

std::optional<core::RawJson> find_checklist(sql::Tx& tx, ItemId const& id, core::PersonId const& person, int round) {
    return tx.value<core::RawJson>(
        "SELECT ticked FROM workflow_checklist WHERE district_id = $1 AND item_id = $2"
        " AND person_id = $3 AND round = $4",
        tx.district(), id, person, round);
}

std::vector<SavedChecklist> find_checklists(sql::Tx& tx, core::PersonId const& person,
                                            std::vector<ItemId> const& items) {
    return tx.rows<SavedChecklist>(
        "SELECT c.item_id, c.ticked FROM workflow_checklist c JOIN workflow_item i ON i.district_id = c.district_id"
        " AND i.id = c.item_id AND i.round = c.round WHERE c.district_id = $1 AND c.person_id = $2 AND c.item_id {in "
        "$3}",
        tx.district(), person, items);
}

std::int64_t open_count(sql::Tx& tx, std::string const& subject_kind) {
    return tx
        .value<std::int64_t>(
            "SELECT COUNT(*) FROM workflow_item WHERE district_id = $1 AND state = 'open'"
            " AND (CAST($2 AS TEXT) = '' OR subject_kind = $2)",
            tx.district(), subject_kind)
        .value_or(0);
}

std::vector<std::int64_t> closed_ages(sql::Tx& tx, std::string const& subject_kind, core::Instant since) {
    return tx.column<std::int64_t>(
        "SELECT closed_at - opened_at AS age FROM workflow_item WHERE district_id = $1"
        " AND (CAST($2 AS TEXT) = '' OR subject_kind = $2) AND state IN ('approved', 'returned') AND closed_at >= $3 "
        "ORDER BY age",
        tx.district(), subject_kind, since);
}

void insert_all(sql::Tx& tx, BulkItems const& bulk) {
    tx.insert("workflow_item", bulk.items);
    tx.insert("workflow_step", bulk.steps);
    tx.insert("workflow_decision", bulk.decisions);
}

}  // namespace santong::workflow::store
