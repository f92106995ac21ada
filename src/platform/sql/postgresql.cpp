// PostgreSQL through libpq: prepared statements, a pool, and closures that run again after a serialization failure.
#include <libpq-fe.h>

#include <charconv>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <random>
#include <thread>

#include "platform/sql/rewrite.hpp"

namespace santong::sql {

namespace {

struct ClearResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPointer = std::unique_ptr<PGresult, ClearResult>;

/// States after which the same closure may succeed: serialization, deadlock, and every way of losing the server.
bool retryable(std::string_view state) {
    return state == "40001" || state == "40P01" || state.starts_with("08") || state.starts_with("57P") || state == "25006";
}

[[noreturn]] void fail(PGconn* connection, PGresult* result, std::string const& statement) {
    char const* field = result != nullptr ? PQresultErrorField(result, PG_DIAG_SQLSTATE) : nullptr;
    std::string const state = PQstatus(connection) != CONNECTION_OK ? "08006" : field != nullptr ? field : "58000";
    std::string const what = std::string("postgresql: ") + PQerrorMessage(connection) + " in: " + statement;
    if (retryable(state)) throw RetryableError(what, state);
    throw DatabaseError(what, state);
}

struct ResultCells final : Cells {
    explicit ResultCells(PGresult* r) : result(r) {}
    int count() const override { return PQnfields(result); }
    std::string_view name(int c) const override { return PQfname(result, c); }
    bool is_null(int c) const override { return PQgetisnull(result, row, c) != 0; }
    std::int64_t integer(int c) const override {
        auto const value = text(c);
        if (value == "t") return 1;
        std::int64_t number = 0;
        std::from_chars(value.data(), value.data() + value.size(), number);
        return number;
    }
    double real(int c) const override {
        auto const value = text(c);
        double number = 0;
        std::from_chars(value.data(), value.data() + value.size(), number);
        return number;
    }
    std::string_view text(int c) const override {
        return {PQgetvalue(result, row, c), static_cast<std::size_t>(PQgetlength(result, row, c))};
    }
    std::string bytes(int c) const override {
        std::size_t size = 0;
        auto* data = PQunescapeBytea(reinterpret_cast<unsigned char const*>(PQgetvalue(result, row, c)), &size);
        std::string out(reinterpret_cast<char const*>(data), size);
        PQfreemem(data);
        return out;
    }
    PGresult* result;
    int row = 0;
};

std::string array_literal(ListParam const& list) {
    std::string out = "{";
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        if (i > 0) out += ',';
        out += '"';
        for (char const c : list.items[i]) {
            if (c == '"' || c == '\\') out += '\\';
            out += c;
        }
        out += '"';
    }
    return out + '}';
}

/// Text form of a parameter; empty for NULL.
std::optional<std::string> text_form(Param const& param) {
    switch (param.index()) {
        case 0: return std::nullopt;
        case 1: return std::get<bool>(param) ? "t" : "f";
        case 2: return std::to_string(std::get<std::int64_t>(param));
        case 3: {
            char digits[40];
            return std::string(digits, std::to_chars(digits, digits + sizeof digits, std::get<double>(param)).ptr);
        }
        case 4: return std::get<std::string>(param);
        case 5: {
            static constexpr char digits[] = "0123456789abcdef";
            std::string out = "\\x";
            for (unsigned char const c : std::get<core::Bytes>(param).value) {
                out += digits[c >> 4];
                out += digits[c & 15];
            }
            return out;
        }
        case 6: return std::get<core::RawJson>(param).value;
        default: return array_literal(std::get<ListParam>(param));
    }
}

class PostgresConnection final : public Connection {
public:
    explicit PostgresConnection(std::string const& url) : connection_(PQconnectdb(url.c_str())) {
        if (PQstatus(connection_) != CONNECTION_OK) {
            std::string const what = std::string("postgresql: ") + PQerrorMessage(connection_);
            PQfinish(connection_);
            throw RetryableError(what, "08001");
        }
        PQsetNoticeProcessor(connection_, [](void*, char const*) {}, nullptr);
        script("SET TIME ZONE 'UTC'; SET statement_timeout='120s'; SET extra_float_digits=3;");
    }
    ~PostgresConnection() override { PQfinish(connection_); }
    Dialect dialect() const override { return Dialect::postgresql; }
    bool usable() const { return PQstatus(connection_) == CONNECTION_OK && PQtransactionStatus(connection_) == PQTRANS_IDLE; }

    long run(Sql const& sql, std::span<Param const> params, std::function<void(Cells const&)> const& on_row) override {
        auto const& name = prepared(sql.text);
        std::vector<std::optional<std::string>> texts;
        std::vector<char const*> values;
        for (auto const& param : params) texts.push_back(text_form(param));
        for (auto const& text : texts) values.push_back(text ? text->c_str() : nullptr);
        auto const count = std::min(values.size(), name.parameters);
        ResultPointer const result(PQexecPrepared(connection_, name.name.c_str(), static_cast<int>(count), values.data(),
                                                  nullptr, nullptr, 0));
        auto const status = PQresultStatus(result.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(connection_, result.get(), sql.text);
        if (!on_row) return std::atol(PQcmdTuples(result.get()));
        ResultCells cells(result.get());
        int const rows = PQntuples(result.get());
        for (cells.row = 0; cells.row < rows; ++cells.row) on_row(cells);
        return rows;
    }
    void script(std::string const& text) override {
        ResultPointer const result(PQexec(connection_, text.c_str()));
        auto const status = PQresultStatus(result.get());
        if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail(connection_, result.get(), text);
    }

private:
    struct Prepared {
        std::string name;
        std::size_t parameters = 0;
    };
    /// SQLite ignores a parameter that a text does not use; here the statement itself says how many it takes.
    Prepared const& prepared(char const* text) {
        auto found = cache_.find(text);
        if (found != cache_.end()) return found->second;
        if (cache_.size() >= 2000) {
            script("DEALLOCATE ALL");
            cache_.clear();
        }
        Prepared entry{"s" + std::to_string(++made_), 0};
        auto const own = rewrite(text, Dialect::postgresql);
        ResultPointer const made(PQprepare(connection_, entry.name.c_str(), own.c_str(), 0, nullptr));
        if (PQresultStatus(made.get()) != PGRES_COMMAND_OK) fail(connection_, made.get(), own);
        ResultPointer const described(PQdescribePrepared(connection_, entry.name.c_str()));
        entry.parameters = static_cast<std::size_t>(PQnparams(described.get()));
        return cache_.emplace(text, entry).first->second;
    }

    PGconn* connection_;
    std::unordered_map<std::string, Prepared> cache_;
    long made_ = 0;
};

class PostgresDatabase final : public Database {
public:
    explicit PostgresDatabase(Options const& options) : url_(options.url), limit_(std::max(2, options.connections)) {
        free_.push_back(std::make_unique<PostgresConnection>(url_));
        open_ = 1;
    }
    Dialect dialect() const override { return Dialect::postgresql; }
    void script(std::string const& text) override {
        Lease const lease(*this);
        lease.connection->script(text);
    }
    void copy_to(std::string const&) override { throw DatabaseError("use pg_dump for a PostgreSQL database", "0A000"); }

protected:
    void write(core::DistrictId district, std::function<Outcome(Tx&)> const& use_case) override {
        auto const prologue = thread_prologue();
        retry([&](PostgresConnection& connection) {
            connection.script("BEGIN ISOLATION LEVEL SERIALIZABLE");
            Tx tx(connection, district);
            if (prologue) prologue(tx);
            if (use_case(tx) == Outcome::roll_back) {
                connection.script("ROLLBACK");
                return;
            }
            TxAccess::before_commit(tx);
            auto const number = tx.value<std::string>("SELECT CAST(pg_current_xact_id_if_assigned() AS TEXT)");
            commit(connection, number.value_or(""));
            for (auto const& step : TxAccess::take_after_commit(tx)) step();
        });
    }
    void read_only(core::DistrictId district, std::function<void(Tx&)> const& use_case) override {
        retry([&](PostgresConnection& connection) {
            connection.script("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
            Tx tx(connection, district);
            use_case(tx);
            connection.script("COMMIT");
        });
    }

private:
    /// A connection from the pool; one that is broken or left inside a transaction is closed, not returned.
    struct Lease {
        explicit Lease(PostgresDatabase& database) : owner(database) {
            std::unique_lock lock(owner.mutex_);
            owner.available_.wait(lock, [&] { return !owner.free_.empty() || owner.open_ < owner.limit_; });
            if (!owner.free_.empty()) {
                connection = std::move(owner.free_.back());
                owner.free_.pop_back();
                return;
            }
            ++owner.open_;
            lock.unlock();
            try {
                connection = std::make_unique<PostgresConnection>(owner.url_);
            } catch (...) {
                give_up_place();
                throw;
            }
        }
        ~Lease() {
            if (connection->usable()) {
                {
                    std::lock_guard lock(owner.mutex_);
                    owner.free_.push_back(std::move(connection));
                }
                owner.available_.notify_one();
            } else {
                connection.reset();
                give_up_place();
            }
        }
        void give_up_place() {
            {
                std::lock_guard lock(owner.mutex_);
                --owner.open_;
            }
            owner.available_.notify_one();
        }
        PostgresDatabase& owner;
        std::unique_ptr<PostgresConnection> connection;
    };

    /// Runs again after a conflict at once, after a lost server with growing pauses up to half a minute in all.
    void retry(std::function<void(PostgresConnection&)> const& work) {
        thread_local std::mt19937 random{std::random_device{}()};
        for (int attempt = 0;; ++attempt) {
            bool lost = false;
            try {
                Lease const lease(*this);
                try {
                    work(*lease.connection);
                    return;
                } catch (...) {
                    roll_back(*lease.connection);
                    throw;
                }
            } catch (RetryableError const& error) {
                lost = !error.sqlstate().starts_with("40");
                if (attempt >= (lost ? 12 : 40)) throw;
            }
            auto const most = std::min(lost ? 100 << std::min(attempt, 5) : 2 << std::min(attempt, 6), 4000);
            std::this_thread::sleep_for(std::chrono::milliseconds(1 + static_cast<int>(random() % static_cast<unsigned>(most))));
        }
    }
    static void roll_back(PostgresConnection& connection) {
        try {
            connection.script("ROLLBACK");
        } catch (DatabaseError const&) {  // the connection is gone; its lease closes it
        }
    }

    /// A commit whose answer was lost may have happened: the server remembers by the transaction's number.
    void commit(PostgresConnection& connection, std::string const& number) {
        try {
            connection.script("COMMIT");
        } catch (RetryableError const& error) {
            if (error.sqlstate().starts_with("40") || number.empty() || !was_committed(number)) throw;
        }
    }
    bool was_committed(std::string const& number) {
        for (int attempt = 0; attempt < 12; ++attempt) {
            try {
                PostgresConnection fresh(url_);
                Tx tx(fresh, 0);
                auto const state = tx.value<std::string>("SELECT pg_xact_status(CAST($1 AS xid8))", number);
                if (state != "in progress") return state == "committed";
            } catch (RetryableError const&) {  // the server is still away
            }
            std::this_thread::sleep_for(std::chrono::milliseconds(200 << std::min(attempt, 4)));
        }
        throw DatabaseError("postgresql: the fate of a commit is unknown, the server did not come back", "08007");
    }

    std::string url_;
    int limit_;
    int open_ = 0;
    std::mutex mutex_;
    std::condition_variable available_;
    std::vector<std::unique_ptr<PostgresConnection>> free_;
};

}  // namespace

std::unique_ptr<Database> open_postgresql(Database::Options const& options) {
    return std::make_unique<PostgresDatabase>(options);
}

}  // namespace santong::sql
