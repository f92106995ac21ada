#pragma once
#include "modules/workflow/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::workflow::store {

/// What a queue is narrowed to.
struct QueueFilter {
    std::string subject_kind;
    std::string fact_kind;  ///< facts ->> 'kind'
    std::optional<std::int64_t> after_due;
    std::string after_id;
    int limit = 50;
};

/// A pool that a caller belongs to through one grant: the role, the node whose subtree it covers, one subject or all.
struct PoolFace {
    std::string role;
    core::OrgId org_id;
    std::string subject;
};

/// How many things wait, by what their facts say they are.
struct KindCount {
    std::string kind;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(KindCount, (), (kind, count))

std::optional<PathId> find_path(sql::Tx& tx, std::string const& subject_kind, std::string const& scope);
void insert_path(sql::Tx& tx, PathId const& id, std::string const& subject_kind, std::string const& scope,
                 std::vector<StepRule> const& rules);
std::vector<StepRule> path_rules(sql::Tx& tx, PathId const& id);

std::optional<Item> find(sql::Tx& tx, ItemId const& id);
std::vector<Item> items(sql::Tx& tx, std::vector<ItemId> const& ids);
std::optional<Item> find_of_subject(sql::Tx& tx, std::string const& subject_kind, std::string const& subject_id);
void insert(sql::Tx& tx, Item const& item);
/// False if somebody else has moved the item since it was read as `before`.
bool update(sql::Tx& tx, Item const& item, Item const& before);

void replace_steps(sql::Tx& tx, ItemId const& id, int round, std::vector<Step> const& steps);
std::vector<Step> steps(sql::Tx& tx, ItemId const& id, int round);

void insert_decision(sql::Tx& tx, DecisionRow const& row);
std::vector<DecisionRow> decisions(sql::Tx& tx, ItemId const& id);
std::vector<DecisionRow> decisions_of_subject(sql::Tx& tx, std::string const& subject_kind,
                                              std::string const& subject_id);
/// Whether a person has approved or returned this item in a round (0 = in any).
bool has_decided(sql::Tx& tx, ItemId const& id, core::PersonId const& person, int round);
/// The same over all items of a thing.
bool has_decided_on(sql::Tx& tx, std::string const& subject_kind, std::string const& subject_id,
                    core::PersonId const& person);

void save_checklist(sql::Tx& tx, ItemId const& id, core::PersonId const& person, int round, core::RawJson const& ticked,
                    core::Instant at);
std::optional<core::RawJson> find_checklist(sql::Tx& tx, ItemId const& id, core::PersonId const& person, int round);
/// Checklists that a person has saved for the current round of items.
struct SavedChecklist {
    ItemId item_id;
    core::RawJson ticked;
};
BOOST_DESCRIBE_STRUCT(SavedChecklist, (), (item_id, ticked))
std::vector<SavedChecklist> find_checklists(sql::Tx& tx, core::PersonId const& person,
                                            std::vector<ItemId> const& items);

/// Open items of the caller's pools and those handed to him, without his own, by due time.
std::vector<Item> queue(sql::Tx& tx, std::vector<PoolFace> const& pools, core::PersonId const& me,
                        QueueFilter const& filter);
std::vector<KindCount> queue_counts(sql::Tx& tx, std::vector<PoolFace> const& pools, core::PersonId const& me,
                                    std::string const& subject_kind, std::int64_t due_before);
/// Items that the person has decided on, latest first.
struct DecidedItem : Item {
    DecisionKind decision = DecisionKind::approve;
    core::Instant decided_at;
    DecisionId decision_id;
    BOOST_DESCRIBE_CLASS(DecidedItem, (Item), (decision, decided_at, decision_id), (), ())
};
/// Where a page of them begins: decided earlier, or at that moment and with a smaller id.
struct DecidedBefore {
    std::int64_t at = 0;
    std::string id;
};
std::vector<DecidedItem> decided(sql::Tx& tx, core::PersonId const& me, std::string const& subject_kind,
                                 std::optional<DecidedBefore> const& before, int limit);

std::int64_t open_count(sql::Tx& tx, std::string const& subject_kind);
/// Ages of the items closed since a moment, shortest first.
std::vector<std::int64_t> closed_ages(sql::Tx& tx, std::string const& subject_kind, core::Instant since);

void insert_all(sql::Tx& tx, BulkItems const& bulk);

}  // namespace santong::workflow::store
