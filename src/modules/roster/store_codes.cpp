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

}  // namespace santong::roster::store
