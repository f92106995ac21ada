#include "platform/sql/migrate.hpp"

#include "platform/sql/rewrite.hpp"

namespace santong::sql {

namespace {

/// A migration that ran, as the database remembers it.
struct Applied {
    std::string module;
    int number = 0;
};
BOOST_DESCRIBE_STRUCT(Applied, (), (module, number))

void prepare(Database& db) {
    db.script("CREATE TABLE IF NOT EXISTS schema_migration (module TEXT NOT NULL, number INTEGER NOT NULL,"
              " name TEXT NOT NULL, at BIGINT NOT NULL, PRIMARY KEY (module, number))");
}

bool contains(std::vector<Applied> const& applied, Migration const& migration) {
    for (auto const& row : applied) {
        if (row.module == migration.module && row.number == migration.number) return true;
    }
    return false;
}

/// A data folder written by a later program must not be touched by an older one.
void refuse_newer(std::vector<Applied> const& applied, std::span<Migration const> known) {
    for (auto const& row : applied) {
        bool found = false;
        for (auto const& migration : known) {
            found = found || (migration.module == row.module && migration.number == row.number);
        }
        if (!found) {
            throw DatabaseError("the data was written by a newer version: migration " + row.module + "/" +
                                    std::to_string(row.number) + " is unknown to this program", "55000");
        }
    }
}

}  // namespace

std::vector<std::string> migrate(Database& db, std::span<Migration const> migrations) {
    prepare(db);
    auto const applied = db.read(0, [](Tx& tx) { return tx.rows<Applied>("SELECT module, number FROM schema_migration"); });
    refuse_newer(applied, migrations);
    std::vector<std::string> ran;
    for (auto const& migration : migrations) {
        if (contains(applied, migration)) continue;
        auto const script = "BEGIN;\n" + rewrite_migration(migration.text, db.dialect()) +
                            "\nINSERT INTO schema_migration (module, number, name, at) VALUES ('" + migration.module +
                            "', " + std::to_string(migration.number) + ", '" + migration.name + "', " +
                            std::to_string(core::system_now().ms) + ");\nCOMMIT;";
        try {
            db.script(script);
        } catch (DatabaseError const& error) {
            throw DatabaseError("migration " + migration.module + "/" + migration.name + ": " + error.what(), error.sqlstate());
        }
        ran.push_back(migration.module + "/" + migration.name);
    }
    return ran;
}

}  // namespace santong::sql
