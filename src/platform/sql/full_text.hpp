#pragma once
// Chinese full text on both databases: FTS5 on SQLite, tsvector on PostgreSQL (DESIGN 3). A module makes the tables by
// marked lines of its migration, for a table `x_search` of things with a {uuid} key:
//   --sqlite:CREATE TABLE x_search (number INTEGER PRIMARY KEY, district_id INTEGER NOT NULL, key TEXT NOT NULL, UNIQUE
//   (district_id, key));
//   --sqlite:CREATE VIRTUAL TABLE x_search_words USING fts5(words, tokenize = 'unicode61');
//   --postgresql:CREATE TABLE x_search (district_id INTEGER NOT NULL, key {uuid} NOT NULL, words TSVECTOR NOT NULL,
//   PRIMARY KEY (district_id, key));
//   --postgresql:CREATE INDEX x_search_words ON x_search USING GIN (words);
#include <string>
#include <string_view>

#include "platform/sql/query.hpp"

namespace santong::sql {

/// The index of one such pair of tables.
class FullText {
public:
    /// `table` is a literal such as "resource_search".
    explicit constexpr FullText(char const* table) : table_(table) {}

    /// Makes `text` findable under a key; what stood there before is replaced.
    void put(Tx& tx, std::string const& key, std::string_view text) const;
    void remove(Tx& tx, std::string const& key) const;
    /// A condition such as "r.id IN (…)" for the things that match what a person typed; empty if nothing in it can be
    /// searched for.
    std::string condition(Tx const& tx, Query& query, std::string const& column, std::string_view typed) const;

private:
    char const* table_;
};

}  // namespace santong::sql
