#include "modules/roster/store.hpp"

namespace santong::roster::store {

namespace {

/// How many codes a version of a table has.
struct CodeCount {
    std::string name;
    std::int32_t count = 0;
};
BOOST_DESCRIBE_STRUCT(CodeCount, (), (name, count))

}  // namespace

std::map<std::string, int> code_counts(sql::Tx& tx) {
    std::map<std::string, int> counts;
    for (auto const& row :
         tx.rows<CodeCount>("SELECT table_name || '/' || version AS name, COUNT(*) AS count FROM code_item"
                            " GROUP BY table_name, version")) {
        counts[row.name] = row.count;
    }
    return counts;
}

void put_code_table(sql::Tx& tx, std::string const& table, std::string const& version,
                    std::vector<CodeItem> const& items) {
    tx.execute("INSERT INTO code_table (name, version) VALUES ($1, $2) ON CONFLICT DO NOTHING", table, version);
    for (auto const& item : items) {
        tx.execute(
            "INSERT INTO code_item (table_name, version, code, title, title_en, sort, valid_from, valid_to)"
            " VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (table_name, version, code) DO UPDATE SET"
            " title = excluded.title, title_en = excluded.title_en, sort = excluded.sort",
            table, version, item.code, item.title, item.title_en, item.sort, item.valid_from, item.valid_to);
    }
}

std::vector<CodeItem> code_items(sql::Tx& tx, std::string const& table) {
    return tx.rows<CodeItem>(
        "SELECT version, code, title, title_en, sort, valid_from, valid_to FROM code_item"
        " WHERE table_name = $1 ORDER BY version, sort",
        table);
}

#define OWN_COLUMNS "table_name, code, title, title_en, added_at, retired_at"

std::map<std::string, int> code_tables(sql::Tx& tx) {
    std::map<std::string, int> counts;
    for (auto const& row : tx.rows<CodeCount>(
             "SELECT table_name AS name, COUNT(*) AS count FROM code_item GROUP BY table_name ORDER BY table_name"))
        counts[row.name] = row.count;
    return counts;
}

std::vector<OwnCode> own_codes(sql::Tx& tx, std::string const& table) {
    return tx.rows<OwnCode>("SELECT " OWN_COLUMNS
                            " FROM own_code WHERE district_id = $1 AND ($2 = '' OR table_name = $2)"
                            " ORDER BY table_name, code",
                            tx.district(), table);
}
std::vector<OwnCode> own_codes_everywhere(sql::Tx& tx, std::string const& table) {
    return tx.rows<OwnCode>("SELECT " OWN_COLUMNS " FROM own_code WHERE table_name = $1 ORDER BY district_id, code",
                            table);
}
bool insert_own_code(sql::Tx& tx, OwnCode const& code) {
    return tx.execute(
               "INSERT INTO own_code (district_id, table_name, code, title, title_en, added_at, retired_at)"
               " VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING",
               tx.district(), code.table_name, code.code, code.title, code.title_en, code.added_at,
               code.retired_at) == 1;
}
void update_own_code(sql::Tx& tx, OwnCode const& code) {
    tx.execute(
        "UPDATE own_code SET title = $4, title_en = $5, retired_at = $6 WHERE district_id = $1 AND table_name = $2"
        " AND code = $3",
        tx.district(), code.table_name, code.code, code.title, code.title_en, code.retired_at);
}

}  // namespace santong::roster::store
