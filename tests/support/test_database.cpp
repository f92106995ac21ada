#include "test_database.hpp"

#include <unistd.h>

#include <cstdlib>
#include <filesystem>

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

/// Migrated once for the whole run; every test gets a copy.
struct Template {
    Template() {
        if (server_url().empty()) {
            folder = temporary_folder();
            auto const db = sql::Database::open({"", folder.string(), 1, 1});
            sql::migrate(*db, sql::embedded_migrations());
        } else {
            name = unique_name("template");
            sql::Database::open({server_url(), "", 1, 2})->script("CREATE DATABASE " + name);
            auto const db = sql::Database::open({with_name(server_url(), name), "", 1, 2});
            sql::migrate(*db, sql::embedded_migrations());
        }
    }
    ~Template() {
        if (name.empty())
            fs::remove_all(folder);
        else
            sql::Database::open({server_url(), "", 1, 2})->script("DROP DATABASE " + name);
    }
    fs::path folder;
    std::string name;
};

Template const& migrated() {
    static Template const instance;
    return instance;
}

}  // namespace

TestDatabase::TestDatabase() : folder_(temporary_folder().string()) {
    auto const& source = migrated();
    if (source.name.empty()) {
        fs::copy(source.folder, folder_, fs::copy_options::recursive);
    } else {
        name_ = unique_name("db");
        sql::Database::open({server_url(), "", 1, 2})->script("CREATE DATABASE " + name_ + " TEMPLATE " + source.name);
        url_ = with_name(server_url(), name_);
    }
    db_ = sql::Database::open({url_, folder_, 2, 6});
}

TestDatabase::~TestDatabase() {
    db_.reset();
    if (!name_.empty())
        sql::Database::open({server_url(), "", 1, 2})->script("DROP DATABASE " + name_ + " WITH (FORCE)");
    fs::remove_all(folder_);
}

void TestDatabase::reopen() {
    db_.reset();
    db_ = sql::Database::open({url_, folder_, 2, 6});
}

}  // namespace santong::test
