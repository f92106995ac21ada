// The embedded database: one writer thread that commits many waiting transactions in one fsync, readers beside it.
#include <sqlite3.h>

#include <condition_variable>
#include <deque>
#include <exception>
#include <filesystem>
#include <list>
#include <mutex>
#include <thread>

#include "core/json.hpp"
#include "platform/sql/one_statement.hpp"
#include "platform/sql/rewrite.hpp"

namespace santong::sql {

namespace {

[[noreturn]] void fail(sqlite3* db, int code) {
    std::string const what = std::string("sqlite: ") + (db != nullptr ? sqlite3_errmsg(db) : sqlite3_errstr(code));
    char const* state = "58000";
    if ((code & 0xff) == SQLITE_FULL) state = "53100";
    if ((code & 0xff) == SQLITE_CONSTRAINT) state = code == SQLITE_CONSTRAINT_FOREIGNKEY ? "23503" : "23505";
    throw DatabaseError(what, state);
}

struct StatementCells final : Cells {
    explicit StatementCells(sqlite3_stmt* s) : statement(s) {}
    int count() const override { return sqlite3_column_count(statement); }
    std::string_view name(int c) const override { return sqlite3_column_name(statement, c); }
    bool is_null(int c) const override { return sqlite3_column_type(statement, c) == SQLITE_NULL; }
    std::int64_t integer(int c) const override { return sqlite3_column_int64(statement, c); }
    double real(int c) const override { return sqlite3_column_double(statement, c); }
    std::string_view text(int c) const override {
        auto const* bytes = sqlite3_column_text(statement, c);
        return {reinterpret_cast<char const*>(bytes), static_cast<std::size_t>(sqlite3_column_bytes(statement, c))};
    }
    std::string bytes(int c) const override {
        auto const* data = static_cast<char const*>(sqlite3_column_blob(statement, c));
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement, c))};
    }
    sqlite3_stmt* statement;
};

void append_json_list(std::string& out, ListParam const& list) {
    out += '[';
    for (std::size_t i = 0; i < list.items.size(); ++i) {
        if (i > 0) out += ',';
        if (list.numeric)
            out += list.items[i];
        else
            core::json::write_string(out, list.items[i]);
    }
    out += ']';
}

int bind(sqlite3_stmt* statement, int at, Param const& param) {
    auto const text = [&](std::string const& value) {
        return sqlite3_bind_text64(statement, at, value.data(), value.size(), SQLITE_TRANSIENT, SQLITE_UTF8);
    };
    switch (param.index()) {
        case 0: return sqlite3_bind_null(statement, at);
        case 1: return sqlite3_bind_int(statement, at, std::get<bool>(param) ? 1 : 0);
        case 2: return sqlite3_bind_int64(statement, at, std::get<std::int64_t>(param));
        case 3: return sqlite3_bind_double(statement, at, std::get<double>(param));
        case 4: return text(std::get<std::string>(param));
        case 5: {
            auto const& bytes = std::get<core::Bytes>(param).value;
            return sqlite3_bind_blob64(statement, at, bytes.data(), bytes.size(), SQLITE_TRANSIENT);
        }
        case 6: return text(std::get<core::RawJson>(param).value);
        default: {
            std::string list;
            append_json_list(list, std::get<ListParam>(param));
            return text(list);
        }
    }
}

class SqliteConnection final : public Connection {
public:
    SqliteConnection(std::string const& file, bool read_only) {
        int const flags = (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE) |
                          SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
        int const code = sqlite3_open_v2(file.c_str(), &db_, flags, nullptr);
        if (code != SQLITE_OK) fail(db_, code);
        sqlite3_busy_timeout(db_, 10'000);
        script(read_only ? "PRAGMA query_only=1; PRAGMA cache_size=-2000;"
                         : "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                           "PRAGMA cache_size=-8000; PRAGMA wal_autocheckpoint=2000; PRAGMA temp_store=MEMORY;");
    }
    ~SqliteConnection() override {
        forget_statements();
        sqlite3_close(db_);
    }
    /// Not while a statement runs.
    void release_memory() {
        forget_statements();
        sqlite3_db_release_memory(db_);
    }
    Dialect dialect() const override { return Dialect::sqlite; }

    long run(Sql const& sql, std::span<Param const> params, std::function<void(Cells const&)> const& on_row) override {
        Lease const lease(*this, sql.text);
        for (std::size_t i = 0; i < params.size(); ++i) {
            int const code = bind(lease.statement, static_cast<int>(i) + 1, params[i]);
            if (code == SQLITE_RANGE) continue;  // a parameter that this text does not use
            if (code != SQLITE_OK) fail(db_, code);
        }
        StatementCells const cells(lease.statement);
        long rows = 0;
        auto const before = sqlite3_total_changes64(db_);
        for (;;) {
            int const code = sqlite3_step(lease.statement);
            if (code == SQLITE_DONE) break;
            if (code != SQLITE_ROW) fail(db_, code);
            ++rows;
            if (on_row) on_row(cells);
        }
        return on_row ? rows : own_changes(before);
    }

    void script(std::string const& text) override {
        int const code = sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr);
        if (code != SQLITE_OK) fail(db_, code);
    }
    /// As `script` for one statement that is asked for again and again.
    void step(char const* text) { run(text, {}, nullptr); }
    bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

private:
    /// Rows that the statement which has just ended changed itself. The total cannot say: it grows by what foreign keys
    /// cascade to, and by the words of FTS5, which go to disk when the next statement that may have to be undone alone
    /// opens its savepoint. What changes no rows leaves the number of the statement before it.
    long own_changes(sqlite3_int64 total_before) const {
        if (sqlite3_total_changes64(db_) == total_before) return 0;
        return static_cast<long>(sqlite3_changes64(db_));
    }

    /// A statement from the cache, or a fresh one while the cached one is running.
    struct Lease {
        Lease(SqliteConnection& connection, char const* text) : owner(connection) {
            auto found = owner.cache_.find(text);
            if (found != owner.cache_.end() && sqlite3_stmt_busy(found->second) == 0) {
                statement = found->second;
                return;
            }
            auto const own = rewrite(text, Dialect::sqlite);
            int const code = sqlite3_prepare_v3(owner.db_, own.c_str(), static_cast<int>(own.size()),
                                                SQLITE_PREPARE_PERSISTENT, &statement, nullptr);
            if (code != SQLITE_OK) {
                throw DatabaseError(std::string("sqlite: ") + sqlite3_errmsg(owner.db_) + " in: " + own, "42601");
            }
            if (found != owner.cache_.end() || owner.cache_.size() >= 600)
                temporary = true;
            else
                owner.cache_.emplace(text, statement);
        }
        ~Lease() {
            if (temporary) {
                sqlite3_finalize(statement);
            } else {
                sqlite3_reset(statement);
                sqlite3_clear_bindings(statement);
            }
        }
        SqliteConnection& owner;
        sqlite3_stmt* statement = nullptr;
        bool temporary = false;
    };

    void forget_statements() {
        for (auto& [text, statement] : cache_) sqlite3_finalize(statement);
        cache_.clear();
    }

    sqlite3* db_ = nullptr;
    std::unordered_map<std::string, sqlite3_stmt*> cache_;
};

/// One waiting `transact`.
struct Request {
    core::DistrictId district;
    std::function<Outcome(Tx&)> const* use_case;
    std::function<void(Tx&)> prologue;
    std::exception_ptr error;
    std::vector<std::function<void()>> after_commit;
    bool done = false;
};

class SqliteDatabase final : public Database {
public:
    explicit SqliteDatabase(Options const& options)
        : file_((std::filesystem::path(options.path) / "santong.db").string()), writer_connection_(file_, false) {
        for (int i = 0; i < std::max(1, options.readers); ++i) readers_.push_back(reader());
        writer_ = std::jthread([this] { serve(); });
    }
    ~SqliteDatabase() override {
        {
            std::lock_guard lock(mutex_);
            stopping_ = true;
        }
        wake_.notify_all();
        writer_.join();
    }
    Dialect dialect() const override { return Dialect::sqlite; }
    void script(std::string const& text) override {
        std::lock_guard lock(writing_);
        writer_connection_.script(text);
    }
    void refresh_statistics() override {
        script("PRAGMA analysis_limit=20000; ANALYZE;");
        std::lock_guard lock(reader_mutex_);
        ++statistics_;  // a connection reads them when it is opened
    }
    void release_memory() override {
        {
            std::lock_guard const lock(writing_);
            writer_connection_.release_memory();
        }
        std::lock_guard const lock(reader_mutex_);
        for (auto& one : readers_) one.connection->release_memory();
    }

protected:
    void write(core::DistrictId district, std::function<Outcome(Tx&)> const& use_case) override {
        SANTONG_ASSERT(std::this_thread::get_id() != writer_.get_id());  // a transact inside a transact
        Request request{district, &use_case, thread_prologue(), nullptr, {}};
        {
            std::unique_lock lock(mutex_);
            queue_.push_back(&request);
            wake_.notify_one();
            finished_.wait(lock, [&] { return request.done; });
        }
        if (request.error) std::rethrow_exception(request.error);
        for (auto const& step : request.after_commit) step();
    }
    void read_only(core::DistrictId district, std::function<void(Tx&)> const& use_case) override {
        ReaderLease const lease(*this);
        auto& connection = *lease.reader.connection;
        connection.step("BEGIN");
        try {
            Tx tx(connection, district);
            use_case(tx);
        } catch (...) {
            connection.step("ROLLBACK");
            throw;
        }
        connection.step("COMMIT");
    }
    void read_single(core::DistrictId district, std::function<void(Tx&)> const& use_case) override {
        ReaderLease const lease(*this);
        OneStatement once(*lease.reader.connection);
        Tx tx(once, district);
        use_case(tx);
    }

private:
    struct Reader {
        std::unique_ptr<SqliteConnection> connection;
        int statistics = 0;  ///< when it was opened
    };
    Reader reader() const { return {std::make_unique<SqliteConnection>(file_, true), statistics_}; }

    struct ReaderLease {
        explicit ReaderLease(SqliteDatabase& database) : owner(database) {
            std::unique_lock lock(owner.reader_mutex_);
            owner.reader_free_.wait(lock, [&] { return !owner.readers_.empty(); });
            reader = std::move(owner.readers_.back());
            owner.readers_.pop_back();
            if (reader.statistics != owner.statistics_) reader = owner.reader();
        }
        ~ReaderLease() {
            {
                std::lock_guard lock(owner.reader_mutex_);
                owner.readers_.push_back(std::move(reader));
            }
            owner.reader_free_.notify_one();
        }
        SqliteDatabase& owner;
        Reader reader;
    };

    void serve() {
        for (;;) {
            std::vector<Request*> batch;
            {
                std::unique_lock lock(mutex_);
                wake_.wait(lock, [&] { return stopping_ || !queue_.empty(); });
                if (queue_.empty()) return;
            }
            {
                std::lock_guard writing(writing_);
                if (!run_batch(batch) && batch.size() > 1) run_singly(batch);
            }
            std::lock_guard lock(mutex_);
            for (auto* request : batch) request->done = true;
            finished_.notify_all();
        }
    }

    Request* next() {
        std::lock_guard lock(mutex_);
        if (queue_.empty()) return nullptr;
        auto* request = queue_.front();
        queue_.pop_front();
        return request;
    }

    /// Runs what is waiting, and what arrives meanwhile, under one commit. False if the commit failed as a whole.
    bool run_batch(std::vector<Request*>& batch) {
        auto const start = std::chrono::steady_clock::now();
        try {
            writer_connection_.script("BEGIN IMMEDIATE");
            while (auto* request = next()) {
                batch.push_back(request);
                run_one(*request);
                if (batch.size() >= 512 || std::chrono::steady_clock::now() - start > std::chrono::milliseconds(10))
                    break;
            }
            writer_connection_.script("COMMIT");
            return true;
        } catch (...) {
            if (writer_connection_.in_transaction()) writer_connection_.script("ROLLBACK");
            if (batch.empty()) {
                if (auto* request = next()) batch.push_back(request);
            }
            for (auto* request : batch) request->error = std::current_exception();
            return false;
        }
    }

    /// After a failed batch nobody has been answered, so each closure may run again, alone, and get its own error.
    void run_singly(std::vector<Request*> const& batch) {
        for (auto* request : batch) {
            request->error = nullptr;
            request->after_commit.clear();
            try {
                writer_connection_.script("BEGIN IMMEDIATE");
                run_one(*request);
                writer_connection_.script("COMMIT");
            } catch (...) {
                if (writer_connection_.in_transaction()) writer_connection_.script("ROLLBACK");
                request->error = std::current_exception();
            }
        }
    }

    /// One closure in a savepoint. Throws only if the whole transaction is lost.
    void run_one(Request& request) {
        writer_connection_.script("SAVEPOINT one");
        Outcome outcome = Outcome::roll_back;
        try {
            Tx tx(writer_connection_, request.district);
            if (request.prologue) request.prologue(tx);
            outcome = (*request.use_case)(tx);
            if (outcome == Outcome::commit) {
                TxAccess::before_commit(tx);
                request.after_commit = TxAccess::take_after_commit(tx);
            }
        } catch (...) {
            if (!writer_connection_.in_transaction()) throw;
            request.error = std::current_exception();
            outcome = Outcome::roll_back;
        }
        writer_connection_.script(outcome == Outcome::commit ? "RELEASE one" : "ROLLBACK TO one; RELEASE one");
    }

    std::string file_;
    SqliteConnection writer_connection_;
    std::mutex writing_;
    std::mutex mutex_;
    std::condition_variable wake_, finished_;
    std::deque<Request*> queue_;
    bool stopping_ = false;
    std::mutex reader_mutex_;
    std::condition_variable reader_free_;
    std::vector<Reader> readers_;
    int statistics_ = 0;
    std::jthread writer_;
};

}  // namespace

std::unique_ptr<Database> open_sqlite(Database::Options const& options) {
    std::filesystem::create_directories(options.path);
    return std::make_unique<SqliteDatabase>(options);
}

}  // namespace santong::sql
