#include "modules/push/store.hpp"

namespace santong::push::store {

namespace {

#define RULE_COLUMNS                                                                                          \
    "id, title, active, school_kinds, grade_from, grade_to, subject, chapter_id, what, due, weekday, minute," \
    " days_ahead, priority, display, made_by, created_at, updated_at, last_run_on, area_id"

}  // namespace

std::vector<PushRule> rules(sql::Tx& tx) {
    return tx.rows<PushRule>("SELECT " RULE_COLUMNS " FROM push_rule WHERE district_id = $1 ORDER BY created_at, id",
                             tx.district());
}

std::optional<PushRule> rule(sql::Tx& tx, RuleId const& id) {
    return tx.optional_row<PushRule>("SELECT " RULE_COLUMNS " FROM push_rule WHERE district_id = $1 AND id = $2",
                                     tx.district(), id);
}

void insert_rule(sql::Tx& tx, PushRule const& rule) {
    tx.insert_one("push_rule", rule);
}

bool update_rule(sql::Tx& tx, PushRule const& rule, core::Instant seen) {
    auto const there = tx.value<core::Instant>("SELECT updated_at FROM push_rule WHERE district_id = $1 AND id = $2",
                                               tx.district(), rule.id);
    if (!there || *there != seen) return false;
    delete_rule(tx, rule.id);
    insert_rule(tx, rule);
    return true;
}

void note_run(sql::Tx& tx, RuleId const& id, core::LocalDate on) {
    tx.execute("UPDATE push_rule SET last_run_on = $3 WHERE district_id = $1 AND id = $2", tx.district(), id, on);
}

void delete_rule(sql::Tx& tx, RuleId const& id) {
    tx.execute("DELETE FROM push_rule WHERE district_id = $1 AND id = $2", tx.district(), id);
}

}  // namespace santong::push::store
