// Queues: what waits for somebody, whichever pools he belongs to.
#include "modules/workflow/store.hpp"
#include "platform/sql/query.hpp"

namespace santong::workflow::store {

namespace {

constexpr char const* columns =
    "i.id, i.subject_kind, i.subject_id, i.title, i.path_id, i.scope, i.submitter_person, i.origin_school_id,"
    " i.subject_code, i.facts, i.state, i.step_number, i.round, i.pool_role, i.pool_org_id, i.pool_subject,"
    " i.deputy_person, i.due_at, i.step_since, i.opened_at, i.closed_at";

/// Open items that one of the pools may decide, or that were handed to me; never my own, none that I decided this
/// round.
std::string waiting_for(sql::Query& q, std::vector<PoolFace> const& pools, core::PersonId const& me) {
    auto const mine = q.bind(me);
    std::string any = "(i.deputy_person = " + mine;
    for (auto const& pool : pools) {
        any += " OR (i.pool_role = " + q.bind(pool.role) +
               " AND i.pool_org_id IN (SELECT c.org_id FROM org_closure c"
               " WHERE c.district_id = i.district_id AND c.ancestor_id = " +
               q.bind(pool.org_id) + ")";
        if (!pool.subject.empty()) any += " AND (i.pool_subject = '' OR i.pool_subject = " + q.bind(pool.subject) + ")";
        any += ")";
    }
    return "i.state = 'open' AND i.submitter_person <> " + mine + " AND " + any +
           ") AND NOT EXISTS (SELECT 1 FROM workflow_decision d WHERE d.district_id = i.district_id AND d.item_id = "
           "i.id"
           " AND d.round = i.round AND d.person_id = " +
           mine + " AND d.decision IN ('approve', 'return'))";
}

}  // namespace

std::vector<Item> queue(sql::Tx& tx, std::vector<PoolFace> const& pools, core::PersonId const& me,
                        QueueFilter const& filter) {
    sql::Query q;
    q.text = std::string("SELECT ") + columns + " FROM workflow_item i WHERE i.district_id = " + q.bind(tx.district());
    q.text += " AND " + waiting_for(q, pools, me);
    if (!filter.subject_kind.empty()) q.text += " AND i.subject_kind = " + q.bind(filter.subject_kind);
    if (!filter.fact_kind.empty()) q.text += " AND i.facts ->> 'kind' = " + q.bind(filter.fact_kind);
    if (filter.after_due) {
        auto const due = q.bind(*filter.after_due);
        q.text +=
            " AND (i.due_at > " + due + " OR (i.due_at = " + due + " AND i.id > " + q.bind(filter.after_id) + "))";
    }
    q.text += " ORDER BY i.due_at, i.id LIMIT " + q.bind(filter.limit);
    return q.rows<Item>(tx);
}

std::vector<KindCount> queue_counts(sql::Tx& tx, std::vector<PoolFace> const& pools, core::PersonId const& me,
                                    std::string const& subject_kind, std::int64_t due_before) {
    sql::Query q;
    q.text =
        "SELECT COALESCE(i.facts ->> 'kind', '') AS kind, COUNT(*) AS count FROM workflow_item i"
        " WHERE i.district_id = " +
        q.bind(tx.district());
    q.text += " AND " + waiting_for(q, pools, me);
    if (!subject_kind.empty()) q.text += " AND i.subject_kind = " + q.bind(subject_kind);
    q.text += " AND i.due_at < " + q.bind(due_before);
    q.text += " GROUP BY 1 ORDER BY 2 DESC, 1";
    return q.rows<KindCount>(tx);
}

std::vector<DecidedItem> decided(sql::Tx& tx, core::PersonId const& me, std::string const& subject_kind,
                                 std::optional<DecidedBefore> const& before, int limit) {
    sql::Query q;
    q.text = std::string("SELECT ") + columns +
             ", d.decision, d.at AS decided_at, d.id AS decision_id"
             " FROM workflow_decision d JOIN workflow_item i ON i.district_id = d.district_id AND i.id = d.item_id"
             " WHERE d.district_id = " +
             q.bind(tx.district()) + " AND d.person_id = " + q.bind(me) +
             " AND d.decision IN ('approve', 'return')"
             " AND i.submitter_person <> d.person_id";
    if (!subject_kind.empty()) q.text += " AND i.subject_kind = " + q.bind(subject_kind);
    if (before) q.text += " AND (d.at, d.id) < (" + q.bind(before->at) + ", " + q.bind(before->id) + ")";
    q.text += " ORDER BY d.at DESC, d.id DESC LIMIT " + q.bind(limit);
    return q.rows<DecidedItem>(tx);
}

}  // namespace santong::workflow::store
