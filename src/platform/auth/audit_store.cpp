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

void insert_audit_row(sql::Tx& tx, AuditRow const& row) {
    tx.insert_one("audit_log", row);
}

std::vector<AuditRow> audit_rows(sql::Tx& tx, std::int64_t after, int limit) {
    return tx.rows<AuditRow>("SELECT " AUDIT_COLUMNS
                             " FROM audit_log WHERE district_id = $1 AND number > $2"
                             " ORDER BY number LIMIT $3",
                             tx.district(), after, limit);
}

std::vector<AuditRow> find_audit_rows(sql::Tx& tx, AuditQuery const& query, AuditCircle const& circle,
                                      std::int64_t before, int limit) {
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
    auto among = [&](std::vector<std::string> const& ids) {
        params.push_back(sql::to_param(ids));
        auto const list = "{in $" + std::to_string(params.size()) + "}";
        text += " AND (person_id " + list + " OR account_id " + list + " OR subject " + list + ")";
    };
    if (circle.who) among(*circle.who);
    if (circle.school) among(*circle.school);
    if (query.from > 0) add("at >= ", query.from);
    if (query.to > 0) add("at < ", query.to);
    params.push_back(sql::to_param(limit));
    text += " ORDER BY number DESC LIMIT $" + std::to_string(params.size());
    return tx.rows_text<AuditRow>(text, params);
}

std::vector<AccountOwner> owners_of(sql::Tx& tx, std::vector<core::AccountId> const& accounts) {
    return tx.rows<AccountOwner>("SELECT id, person_id, login FROM auth_account WHERE district_id = $1 AND id {in $2}",
                                 tx.district(), accounts);
}

std::vector<AccountOwner> accounts_called(sql::Tx& tx, std::string const& login) {
    return tx.rows<AccountOwner>("SELECT id, person_id, login FROM auth_account WHERE district_id = $1 AND login = $2",
                                 tx.district(), login);
}

}  // namespace santong::auth::store
