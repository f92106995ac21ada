#include "test_database.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <vector>

#include "platform/sql/migrate.hpp"

namespace santong::test {

namespace fs = std::filesystem;

namespace {

std::string server_url() {
    char const* url = std::getenv("SANTONG_TEST_DATABASE");
    return url == nullptr ? "" : url;
}

/// "postgresql://user@host:port/postgres" with another database name.
std::string with_name(std::string const& url, std::string const& name) {
    auto const slash = url.rfind('/');
    auto const question = url.find('?', slash);
    return url.substr(0, slash + 1) + name + (question == std::string::npos ? "" : url.substr(question));
}

std::string unique_name(char const* what) {
    static int count = 0;
    return std::string("santong_") + what + "_" + std::to_string(getpid()) + "_" + std::to_string(++count);
}

fs::path temporary_folder() {
    auto const folder = fs::temp_directory_path() / unique_name("test");
    fs::create_directories(folder);
    return folder;
}

/// What makes a PostgreSQL copy another one than the template: its tables, rules and the list of migrations.
constexpr char const* shape =
    "(SELECT md5(string_agg(part, ',' ORDER BY part)) FROM ("
    "SELECT concat(relname, relkind, relnatts) AS part FROM pg_class WHERE relnamespace = 'public'::regnamespace "
    "UNION ALL SELECT conname::text FROM pg_constraint WHERE connamespace = 'public'::regnamespace "
    "UNION ALL SELECT proname::text FROM pg_proc WHERE pronamespace = 'public'::regnamespace "
    "UNION ALL SELECT tgname::text FROM pg_trigger WHERE NOT tgisinternal "
    "UNION ALL SELECT m::text FROM schema_migration m) AS parts)";

/// Migrated once for the whole run; every test gets a copy. A PostgreSQL copy costs a quarter of a second and more, so
/// one that a test has done with is emptied and given to the next, unless the test changed more than rows.
class Template {
public:
    Template() {
        if (server_url().empty()) {
            folder = temporary_folder();
            auto const db = sql::Database::open({"", folder.string(), 1, 1});
            sql::migrate(*db, sql::embedded_migrations());
        } else {
            name = unique_name("template");
            server("CREATE DATABASE " + name);
            auto const db = sql::Database::open({with_name(server_url(), name), "", 1, 2});
            sql::migrate(*db, sql::embedded_migrations());
            db->script("DO $$ BEGIN EXECUTE format('COMMENT ON SCHEMA public IS %L', " + std::string(shape) +
                       "); END $$");
        }
    }
    ~Template() {
        for (auto const& one : free_) server("DROP DATABASE " + one);
        if (name.empty())
            fs::remove_all(folder);
        else
            server("DROP DATABASE " + name);
    }

    std::string copy() {
        if (!free_.empty()) {
            auto one = std::move(free_.back());
            free_.pop_back();
            return one;
        }
        auto made = unique_name("db");
        server("CREATE DATABASE " + made + " TEMPLATE " + name);
        return made;
    }
    void give_back(std::string const& copy) {
        try {
            sql::Database::open({with_name(server_url(), copy), "", 1, 2})->script(emptied());
            free_.push_back(copy);
        } catch (std::exception const&) {  // it is another one by now, or somebody still holds its rows
            server("DROP DATABASE " + copy + " WITH (FORCE)");
        }
    }

    fs::path folder;
    std::string name;

private:
    static void server(std::string const& command) { sql::Database::open({server_url(), "", 1, 2})->script(command); }
    static std::string emptied() {
        return "DO $$ DECLARE one text; filled boolean; found text; BEGIN SET LOCAL lock_timeout = '2s';"
               "IF obj_description('public'::regnamespace, 'pg_namespace') IS DISTINCT FROM " +
               std::string(shape) +
               " THEN RAISE EXCEPTION 'not as the template'; END IF;"
               "FOR one IN SELECT quote_ident(relname) FROM pg_class WHERE relkind = 'r' "
               "AND relnamespace = 'public'::regnamespace AND relname <> 'schema_migration' LOOP "
               "EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || one || ')' INTO filled;"
               "IF filled THEN found := concat_ws(', ', found, one); END IF; END LOOP;"
               "IF found IS NOT NULL THEN EXECUTE 'TRUNCATE ' || found || ' CASCADE'; END IF;"
               "ALTER SEQUENCE feed_number RESTART; END $$";
    }

    std::vector<std::string> free_;
};

Template& migrated() {
    static Template instance;
    return instance;
}

}  // namespace

TestDatabase::TestDatabase() : folder_(temporary_folder().string()) {
    auto& source = migrated();
    if (source.name.empty()) {
        fs::copy(source.folder, folder_, fs::copy_options::recursive);
    } else {
        name_ = source.copy();
        url_ = with_name(server_url(), name_);
    }
    db_ = sql::Database::open({url_, folder_, 2, 6});
}

TestDatabase::~TestDatabase() {
    db_.reset();
    if (!name_.empty()) migrated().give_back(name_);
    fs::remove_all(folder_);
}

void TestDatabase::reopen() {
    db_.reset();
    db_ = sql::Database::open({url_, folder_, 2, 6});
}

}  // namespace santong::test
