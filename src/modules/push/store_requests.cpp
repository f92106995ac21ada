#include "modules/push/store.hpp"

namespace santong::push::store {

namespace {

#define REQUEST_COLUMNS "id, resource_id, school_id, person_id, speed, state, size, asked_at, expected_at, arrived_at"
#define RECALL_COLUMNS "id, resource_id, school_id, was_here, in_class, removed_at"

}  // namespace

std::optional<PushRequest> request(sql::Tx& tx, RequestId const& id) {
    return tx.optional_row<PushRequest>(
        "SELECT " REQUEST_COLUMNS " FROM push_request WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<PushRequest> requests_of(sql::Tx& tx, core::PersonId const& person, core::Instant since) {
    return tx.rows<PushRequest>("SELECT " REQUEST_COLUMNS
                                " FROM push_request WHERE district_id = $1 AND person_id = $2"
                                " AND (asked_at >= $3 OR state = 'waiting') ORDER BY asked_at DESC, id DESC",
                                tx.district(), person, since);
}

std::vector<PushRequest> waiting_requests(sql::Tx& tx) {
    return tx.rows<PushRequest>("SELECT " REQUEST_COLUMNS
                                " FROM push_request WHERE district_id = $1 AND state = 'waiting'"
                                " ORDER BY asked_at, id",
                                tx.district());
}

std::vector<PushRequest> requests_for(sql::Tx& tx, ResourceId const& resource, core::Instant since) {
    return tx.rows<PushRequest>("SELECT " REQUEST_COLUMNS
                                " FROM push_request WHERE district_id = $1 AND resource_id = $2"
                                " AND (state = 'waiting' OR (state = 'here' AND arrived_at >= $3))"
                                " ORDER BY asked_at, id",
                                tx.district(), resource, since);
}

void put_request(sql::Tx& tx, PushRequest const& request) {
    tx.execute("DELETE FROM push_request WHERE district_id = $1 AND id = $2", tx.district(), request.id);
    tx.insert_one("push_request", request);
}

std::optional<PushRecall> recall(sql::Tx& tx, RecallId const& id) {
    return tx.optional_row<PushRecall>("SELECT " RECALL_COLUMNS " FROM push_recall WHERE district_id = $1 AND id = $2",
                                       tx.district(), id);
}

std::vector<PushRecall> recalls(sql::Tx& tx, ResourceId const& resource) {
    return tx.rows<PushRecall>("SELECT " RECALL_COLUMNS
                               " FROM push_recall WHERE district_id = $1 AND resource_id = $2 ORDER BY removed_at, id",
                               tx.district(), resource);
}

void put_recall(sql::Tx& tx, PushRecall const& recall) {
    tx.execute("DELETE FROM push_recall WHERE district_id = $1 AND id = $2", tx.district(), recall.id);
    tx.insert_one("push_recall", recall);
}

}  // namespace santong::push::store
