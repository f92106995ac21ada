#include "platform/auth/audit_store.hpp"

#define AUDIT_COLUMNS \
    "number, at, account_id, person_id, action, subject, detail, client, trace_id, previous_hash, hash"

namespace santong::auth::store {

std::optional<AuditHead> audit_head(sql::Tx& tx) {
    return tx.optional_row<AuditHead>("SELECT number, hash, signature FROM audit_head WHERE district_id = $1",
                                      tx.district());
}

void put_audit_head(sql::Tx& tx, AuditHead const& head) {
    tx.insert_one("audit_head", head,
                  "ON CONFLICT (district_id) DO UPDATE SET number = excluded.number, hash = excluded.hash,"
                  " signature = excluded.signature");
}

void insert_audit_row(sql::Tx& tx, AuditRow const& row) { tx.insert_one("audit_log", row); }

std::vector<AuditRow> audit_rows(sql::Tx& tx, std::int64_t after, int limit) {
    return tx.rows<AuditRow>("SELECT " AUDIT_COLUMNS " FROM audit_log WHERE district_id = $1 AND number > $2"
                             " ORDER BY number LIMIT $3",
                             tx.district(), after, limit);
}

std::vector<AuditRow> find_audit_rows(sql::Tx& tx, AuditQuery const& query, std::int64_t before, int limit) {
    std::string text = "SELECT " AUDIT_COLUMNS " FROM audit_log WHERE district_id = $1 AND number < $2";
    std::vector<sql::Param> params{sql::to_param(tx.district()), sql::to_param(before)};
    auto add = [&](std::string const& condition, sql::Param param) {
        params.push_back(std::move(param));
        text += " AND " + condition + "$" + std::to_string(params.size());
    };
    if (query.action.ends_with('.')) {
        // "session." up to, but without, "session/": '/' follows '.' in both databases' byte order.
        add("action >= ", query.action);
        add("action < ", query.action.substr(0, query.action.size() - 1) + "/");
    } else if (!query.action.empty()) {
        add("action = ", query.action);
    }
    if (!query.account_id.empty()) add("account_id = ", query.account_id);
    if (!query.subject.empty()) add("subject = ", query.subject);
    if (query.from > 0) add("at >= ", query.from);
    if (query.to > 0) add("at < ", query.to);
    params.push_back(sql::to_param(limit));
    text += " ORDER BY number DESC LIMIT $" + std::to_string(params.size());
    return tx.rows_text<AuditRow>(text, params);
}

}  // namespace santong::auth::store
