#pragma once
// One connection to PostgreSQL through libpq: prepared statements, and a BEGIN that travels with the first of them.
#include <libpq-fe.h>

#include <unordered_map>
#include <utility>

#include "platform/sql/database.hpp"

namespace santong::sql {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPointer = std::unique_ptr<PGresult, ClearResult>;

/// How a transaction begins and ends: prepared once on each connection.
struct Bracket {
    char const* name;
    char const* text;
};
inline constexpr Bracket begin_write = {"begin_write", "BEGIN ISOLATION LEVEL SERIALIZABLE"};
inline constexpr Bracket begin_read = {"begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"};

class PostgresConnection final : public Connection {
public:
    explicit PostgresConnection(std::string const& url);
    ~PostgresConnection() override;
    PostgresConnection(PostgresConnection const&) = delete;
    PostgresConnection& operator=(PostgresConnection const&) = delete;

    Dialect dialect() const override { return Dialect::postgresql; }
    bool usable() const;
    /// Begins a transaction together with its first statement: one round trip for both.
    void begin_with_next(Bracket const& bracket) { begin_ = &bracket; }
    /// Ends a transaction that wrote nothing; the answer is awaited by whoever uses the connection next.
    void end_unread();

    long run(Sql const& sql, std::span<Param const> params, std::function<void(Cells const&)> const& on_row) override;
    void script(std::string const& text) override;
    void copy_out(std::string const& statement, std::function<void(std::string_view)> const& on_line) override;
    void copy_in(std::string const& statement) override;
    void copy_in_put(std::string_view lines) override;
    void copy_in_end() override;

private:
    struct Prepared {
        std::string name;
        std::size_t parameters = 0;
    };
    /// SQLite ignores a parameter that a text does not use; here the statement itself says how many it takes.
    Prepared const& prepared(char const* text);
    void prepare_brackets();
    void settle();
    /// For what goes without a pipeline: the transaction begins by itself.
    void get_ready();
    ResultPointer execute_with_begin(std::string const& name, int count, std::vector<char const*> const& values);
    /// In a pipeline each statement has one result and then none.
    ResultPointer next_result();
    void begin_copy(std::string const& statement, ExecStatusType expected);
    void end_copy(std::string const& statement);

    PGconn* connection_;
    Bracket const* begin_ = nullptr;  ///< how the transaction begins, with its first statement
    bool ending_ = false;             ///< a COMMIT is on its way whose answer nobody has read
    std::unordered_map<std::string, Prepared> cache_;
    long made_ = 0;
};

}  // namespace santong::sql
