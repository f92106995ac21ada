#include "platform/sql/full_text.hpp"

#include "platform/text/search.hpp"

namespace santong::sql {

namespace {

/// The row number under which FTS5 keeps a key's words.
std::int64_t number_of(Tx& tx, std::string const& table, std::string const& key) {
    std::int64_t number = 0;
    tx.run_text("SELECT number FROM " + table + " WHERE district_id = $1 AND key = $2",
                {to_param(tx.district()), to_param(key)}, [&](Cells const& cells) { number = cells.integer(0); });
    return number;
}

}  // namespace

void FullText::put(Tx& tx, std::string const& key, std::string_view text) const {
    std::string const table = table_;
    auto const words = text::index_text(text);
    if (tx.dialect() == Dialect::postgresql) {
        tx.run_text("INSERT INTO " + table +
                        " (district_id, key, words) VALUES ($1, $2, to_tsvector('simple', $3))"
                        " ON CONFLICT (district_id, key) DO UPDATE SET words = excluded.words",
                    {to_param(tx.district()), to_param(key), to_param(words)}, nullptr);
        return;
    }
    tx.run_text("INSERT INTO " + table + " (district_id, key) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                {to_param(tx.district()), to_param(key)}, nullptr);
    auto const number = number_of(tx, table, key);
    tx.run_text("DELETE FROM " + table + "_words WHERE rowid = $1", {to_param(number)}, nullptr);
    tx.run_text("INSERT INTO " + table + "_words (rowid, words) VALUES ($1, $2)", {to_param(number), to_param(words)},
                nullptr);
}

void FullText::remove(Tx& tx, std::string const& key) const {
    std::string const table = table_;
    if (tx.dialect() == Dialect::sqlite) {
        tx.run_text("DELETE FROM " + table + "_words WHERE rowid = $1", {to_param(number_of(tx, table, key))}, nullptr);
    }
    tx.run_text("DELETE FROM " + table + " WHERE district_id = $1 AND key = $2",
                {to_param(tx.district()), to_param(key)}, nullptr);
}

std::string FullText::condition(Tx const& tx, Query& query, std::string const& column, std::string_view typed) const {
    bool const lite = tx.dialect() == Dialect::sqlite;
    auto const match = lite ? text::fts_match_sqlite(typed) : text::fts_match_postgresql(typed);
    if (match.empty()) return {};
    std::string const table = table_;
    auto const district = query.bind(tx.district());
    auto const words = query.bind(match);
    if (lite) {
        return column + " IN (SELECT s.key FROM " + table + "_words w JOIN " + table +
               " s ON s.number = w.rowid WHERE w." + table + "_words MATCH " + words +
               " AND s.district_id = " + district + ")";
    }
    return column + " IN (SELECT s.key FROM " + table + " s WHERE s.district_id = " + district +
           " AND s.words @@ to_tsquery('simple', " + words + "))";
}

}  // namespace santong::sql
