#pragma once
#include <memory>
#include <string>

#include "platform/sql/database.hpp"

namespace santong::test {

/// A fresh, migrated database of the kind that the run is about: SQLite, or the PostgreSQL server whose address stands
/// in SANTONG_TEST_DATABASE. Removed when it goes out of scope.
class TestDatabase {
public:
    TestDatabase();
    ~TestDatabase();
    TestDatabase(TestDatabase const&) = delete;
    TestDatabase& operator=(TestDatabase const&) = delete;

    sql::Database& operator*() const { return *db_; }
    sql::Database* operator->() const { return db_.get(); }
    std::string const& folder() const { return folder_; }
    /// "postgresql://…", or empty for the embedded one.
    std::string const& url() const { return url_; }
    /// Closes and opens again, as after a crash of the program.
    void reopen();

private:
    std::string folder_;
    std::string url_;
    std::string name_;
    std::unique_ptr<sql::Database> db_;
};

/// The district of tests: 大通湖区.
inline constexpr core::DistrictId district = 430971;

}  // namespace santong::test
