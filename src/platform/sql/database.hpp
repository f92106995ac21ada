#pragma once
// The thin SQL layer (DESIGN 3): one SQL text for SQLite and PostgreSQL, $1 placeholders, described structs as rows.
#include <functional>
#include <memory>
#include <optional>
#include <source_location>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/assert.hpp"
#include "core/result.hpp"
#include "platform/sql/value.hpp"

namespace santong::sql {

enum class Dialect { sqlite, postgresql };

/// A statement's text and the function that runs it; count and time are exported under that name.
struct Sql {
    char const* text;
    std::source_location where;
    // NOLINTNEXTLINE(google-explicit-constructor): a literal is the usual way to write a statement
    Sql(char const* text_, std::source_location where_ = std::source_location::current())
        : text(text_), where(where_) {}
};

/// The database is gone, full, or refuses a statement: nobody's input is to blame.
class DatabaseError : public std::runtime_error {
public:
    DatabaseError(std::string const& what, std::string sqlstate)
        : runtime_error(what), sqlstate_(std::move(sqlstate)) {}
    std::string const& sqlstate() const { return sqlstate_; }
    bool disk_full() const { return sqlstate_ == "53100"; }

private:
    std::string sqlstate_;
};

/// Thrown where the same closure may succeed when it is run again; `transact` does that.
class RetryableError : public DatabaseError {
    using DatabaseError::DatabaseError;
};

class Tx;

/// A step that runs at the end of a transaction, before its commit (the feed numbers its entries there).
using BeforeCommit = std::function<void(Tx&)>;

/// One connection, one statement after the other. Only for `platform/sql`.
class Connection {
public:
    virtual ~Connection() = default;
    virtual Dialect dialect() const = 0;
    /// Runs a statement; `on_row` sees each row. Returns the number of rows changed (or read).
    virtual long run(Sql const& sql, std::span<Param const> params,
                     std::function<void(Cells const&)> const& on_row) = 0;
    /// Runs a script without parameters: a migration, BEGIN, COMMIT.
    virtual void script(std::string const& text) = 0;
    /// PostgreSQL's COPY … TO STDOUT, line by line without the line's end, and COPY … FROM STDIN with lines that end.
    virtual void copy_out(std::string const& statement, std::function<void(std::string_view)> const& on_line);
    virtual void copy_in(std::string const& statement);
    virtual void copy_in_put(std::string_view lines);
    virtual void copy_in_end();
};

/// An open transaction in the name of one district.
class Tx {
public:
    Tx(Connection& connection, core::DistrictId district) : connection_(connection), district_(district) {}
    Tx(Tx const&) = delete;
    Tx& operator=(Tx const&) = delete;

    core::DistrictId district() const { return district_; }
    Dialect dialect() const { return connection_.dialect(); }

    /// All rows of a SELECT (or RETURNING) as described structs, matched by column name.
    template <class T, class... Args>
    std::vector<T> rows(Sql sql, Args const&... args) {
        std::vector<T> result;
        std::optional<RowMap> map;
        run(sql, {to_param(args)...}, [&](Cells const& cells) {
            if (!map) map.emplace(cells, core::type_of<T>());
            map->read(cells, &result.emplace_back());
        });
        return result;
    }
    /// At most one row; more is a broken assumption.
    template <class T, class... Args>
    std::optional<T> optional_row(Sql sql, Args const&... args) {
        auto result = rows<T>(sql, args...);
        SANTONG_ASSERT(result.size() <= 1);
        if (result.empty()) return std::nullopt;
        return std::move(result.front());
    }
    /// The first column of each row.
    template <class T, class... Args>
    std::vector<T> column(Sql sql, Args const&... args) {
        std::vector<T> result;
        run(sql, {to_param(args)...},
            [&](Cells const& cells) { read_cell(cells, 0, core::type_of<T>(), &result.emplace_back()); });
        return result;
    }
    /// The first column of the only row; empty if there is no row or the cell is NULL.
    template <class T, class... Args>
    std::optional<T> value(Sql sql, Args const&... args) {
        std::optional<T> result;
        run(sql, {to_param(args)...}, [&](Cells const& cells) {
            if (!cells.is_null(0)) read_cell(cells, 0, core::type_of<T>(), &result.emplace());
        });
        return result;
    }
    /// Runs an INSERT, UPDATE or DELETE; returns the number of rows changed.
    template <class... Args>
    long execute(Sql sql, Args const&... args) {
        return run(sql, {to_param(args)...}, nullptr);
    }
    /// Inserts many described structs; their field names are the column names, district_id is added.
    /// `suffix` may be an ON CONFLICT clause. Returns rows written. Fast on both databases.
    template <class T>
    long insert(char const* table, std::span<T const> values, char const* suffix = "") {
        return insert_many(table, core::type_of<T>(), values.data(), sizeof(T), values.size(), suffix);
    }
    template <class T>
    long insert(char const* table, std::vector<T> const& values, char const* suffix = "") {
        return insert(table, std::span<T const>(values), suffix);
    }
    template <class T>
    long insert_one(char const* table, T const& value, char const* suffix = "") {
        return insert(table, std::span<T const>(&value, 1), suffix);
    }
    /// For SQL that is put together at run time (filters, sort orders); `text` must hold no input.
    long run_text(std::string const& text, std::vector<Param> const& params,
                  std::function<void(Cells const&)> const& on_row,
                  std::source_location where = std::source_location::current());
    template <class T>
    std::vector<T> rows_text(std::string const& text, std::vector<Param> const& params,
                             std::source_location where = std::source_location::current()) {
        std::vector<T> result;
        std::optional<RowMap> map;
        run_text(
            text, params,
            [&](Cells const& cells) {
                if (!map) map.emplace(cells, core::type_of<T>());
                map->read(cells, &result.emplace_back());
            },
            where);
        return result;
    }

    /// Registers a step to run once, just before the commit.
    void before_commit(BeforeCommit step) { before_commit_.push_back(std::move(step)); }
    /// Runs a step after the commit is on disk, on the thread that called `transact`. Not for work that must not be
    /// lost.
    void after_commit(std::function<void()> step) { after_commit_.push_back(std::move(step)); }
    /// Values that live as long as this transaction, for machinery such as the feed.
    template <class T>
    T& attachment() {
        static char key;
        auto& slot = attachments_[&key];
        if (!slot) slot = std::make_shared<T>();
        return *static_cast<T*>(slot.get());
    }

private:
    friend class Database;
    friend struct TxAccess;
    long run(Sql const& sql, std::vector<Param> const& params, std::function<void(Cells const&)> const& on_row);
    long insert_many(char const* table, core::Type const& type, void const* first, std::size_t stride,
                     std::size_t count, char const* suffix);

    Connection& connection_;
    core::DistrictId district_;
    std::vector<BeforeCommit> before_commit_;
    std::vector<std::function<void()>> after_commit_;
    std::map<void const*, std::shared_ptr<void>> attachments_;
};

/// Whether a closure's work is to be kept.
enum class Outcome { commit, roll_back };

/// A database of either kind. Thread-safe.
///
/// Rules of a `transact` closure: no I/O, no password hashing, short, and it may run twice.
class Database {
public:
    struct Options {
        std::string url;      ///< "postgresql://…", or empty for the embedded one
        std::string path;     ///< folder of the embedded one
        int readers = 4;      ///< connections for `read`
        int connections = 8;  ///< PostgreSQL connections
    };
    static std::unique_ptr<Database> open(Options const& options);
    virtual ~Database() = default;

    virtual Dialect dialect() const = 0;

    /// Runs a use case that writes. Answers only after the commit is on disk. A Result that holds an error rolls back.
    template <class F>
    auto transact(core::DistrictId district, F&& use_case) -> std::invoke_result_t<F, Tx&> {
        using R = std::invoke_result_t<F, Tx&>;
        if constexpr (std::is_void_v<R>) {
            write(district, [&](Tx& tx) {
                use_case(tx);
                return Outcome::commit;
            });
        } else {
            std::optional<R> result;
            write(district, [&](Tx& tx) {
                result.reset();
                result.emplace(use_case(tx));
                return failed(*result) ? Outcome::roll_back : Outcome::commit;
            });
            return std::move(*result);
        }
    }
    /// Runs a use case that only reads, on a snapshot; does not wait for writers.
    template <class F>
    auto read(core::DistrictId district, F&& use_case) -> std::invoke_result_t<F, Tx&> {
        return collect(use_case, [&](std::function<void(Tx&)> const& work) { read_only(district, work); });
    }
    /// The same for a single SELECT, which sees one state by itself: half the work for PostgreSQL. A second statement,
    /// or one that writes, throws std::logic_error.
    template <class F>
    auto read_one(core::DistrictId district, F&& use_case) -> std::invoke_result_t<F, Tx&> {
        return collect(use_case, [&](std::function<void(Tx&)> const& work) { read_single(district, work); });
    }
    /// Runs a script outside any transaction (migrations, pragmas).
    virtual void script(std::string const& text) = 0;
    /// Lets the database look at how its tables are filled, so that it chooses the right index. Without this SQLite
    /// takes a table's key where an index would read one row of thousands. Quick; for the end of an import and once a
    /// day.
    virtual void refresh_statistics() = 0;
    /// Gives back what is kept to be quick: pages and prepared statements. For a small machine that has come to rest.
    virtual void release_memory() {}
    /// Count, total and slowest time of each named statement since the start.
    struct StatementFigure {
        std::string name;
        std::int64_t count = 0;
        std::int64_t total_us = 0;
    };
    static std::vector<StatementFigure> statement_figures();

protected:
    virtual void write(core::DistrictId district, std::function<Outcome(Tx&)> const& use_case) = 0;
    virtual void read_only(core::DistrictId district, std::function<void(Tx&)> const& use_case) = 0;
    virtual void read_single(core::DistrictId district, std::function<void(Tx&)> const& use_case) = 0;

private:
    /// Runs a use case the given way and hands its result out; of several runs the last counts.
    template <class F, class Way>
    static auto collect(F& use_case, Way way) -> std::invoke_result_t<F, Tx&> {
        using R = std::invoke_result_t<F, Tx&>;
        if constexpr (std::is_void_v<R>) {
            way([&](Tx& tx) { use_case(tx); });
        } else {
            std::optional<R> result;
            way([&](Tx& tx) {
                result.reset();
                result.emplace(use_case(tx));
            });
            return std::move(*result);
        }
    }
    template <class R>
    static bool failed(R const& result) {
        if constexpr (requires { result.has_error(); })
            return result.has_error();
        else
            return false;
    }
};

/// A step that runs first in every `transact` that this thread starts while the scope lives
/// (an idempotency key is claimed in the same transaction as the work it guards).
class PrologueScope {
public:
    explicit PrologueScope(std::function<void(Tx&)> step);
    ~PrologueScope();
    PrologueScope(PrologueScope const&) = delete;
    PrologueScope& operator=(PrologueScope const&) = delete;
};

}  // namespace santong::sql
