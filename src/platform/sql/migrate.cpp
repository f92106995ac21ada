#include "platform/sql/migrate.hpp"

#include <algorithm>

#include "platform/sql/rewrite.hpp"

namespace santong::sql {

namespace {

void prepare(Database& db) {
    db.script(
        "CREATE TABLE IF NOT EXISTS schema_migration (module TEXT NOT NULL, number INTEGER NOT NULL,"
        " name TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (module, number))");
}

template <class A, class B>
bool same(A const& a, B const& b) {
    return a.module == b.module && a.number == b.number;
}

}  // namespace

std::vector<AppliedMigration> applied_migrations(Tx& tx) {
    return tx.rows<AppliedMigration>("SELECT module, number FROM schema_migration ORDER BY module, number");
}

std::vector<Migration> known_migrations(std::vector<AppliedMigration> const& applied,
                                        std::span<Migration const> known) {
    for (auto const& row : applied) {
        if (std::none_of(known.begin(), known.end(), [&](auto const& migration) { return same(row, migration); })) {
            throw DatabaseError("the data was written by a newer version: migration " + row.module + "/" +
                                    std::to_string(row.number) + " is unknown to this program",
                                "55000");
        }
    }
    std::vector<Migration> out;
    for (auto const& migration : known) {
        if (std::any_of(applied.begin(), applied.end(), [&](auto const& row) { return same(row, migration); })) {
            out.push_back(migration);
        }
    }
    return out;
}

std::vector<std::string> migrate(Database& db, std::span<Migration const> migrations) {
    prepare(db);
    auto const applied = db.read(0, [](Tx& tx) { return applied_migrations(tx); });
    known_migrations(applied, migrations);  // a folder written by a later program must not be touched by an older one
    std::vector<std::string> ran;
    for (auto const& migration : migrations) {
        if (std::any_of(applied.begin(), applied.end(), [&](auto const& row) { return same(row, migration); }))
            continue;
        auto const script = "BEGIN;\n" + rewrite_migration(migration.text, db.dialect()) +
                            "\nINSERT INTO schema_migration (module, number, name, at) VALUES ('" + migration.module +
                            "', " + std::to_string(migration.number) + ", '" + migration.name + "', " +
                            std::to_string(core::system_now().ms) + ");\nCOMMIT;";
        try {
            db.script(script);
        } catch (DatabaseError const& error) {
            throw DatabaseError("migration " + migration.module + "/" + migration.name + ": " + error.what(),
                                error.sqlstate());
        }
        ran.push_back(migration.module + "/" + migration.name);
    }
    return ran;
}

}  // namespace santong::sql
