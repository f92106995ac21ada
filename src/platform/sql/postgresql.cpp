// A pool of connections to PostgreSQL, and closures that run again after a serialization failure.
#include <condition_variable>
#include <mutex>
#include <random>
#include <thread>

#include "platform/sql/one_statement.hpp"
#include "platform/sql/postgresql_connection.hpp"
#include "platform/sql/rewrite.hpp"

namespace santong::sql {

namespace {

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
    void refresh_statistics() override { script("ANALYZE"); }

protected:
    void write(core::DistrictId district, std::function<Outcome(Tx&)> const& use_case) override {
        auto const before = thread_prologue();
        retry([&](PostgresConnection& connection) {
            connection.begin_with_next(begin_write);
            Tx tx(connection, district);
            if (before) before(tx);
            if (use_case(tx) == Outcome::roll_back) {
                connection.script("ROLLBACK");
                return;
            }
            TxAccess::before_commit(tx);
            auto const number = tx.value<std::string>("SELECT CAST(pg_current_xact_id_if_assigned() AS TEXT)");
            commit_once(connection, number.value_or(""));
            for (auto const& step : TxAccess::take_after_commit(tx)) step();
        });
    }
    void read_only(core::DistrictId district, std::function<void(Tx&)> const& use_case) override {
        retry([&](PostgresConnection& connection) {
            connection.begin_with_next(begin_read);
            Tx tx(connection, district);
            use_case(tx);
            connection.end_unread();
        });
    }
    void read_single(core::DistrictId district, std::function<void(Tx&)> const& use_case) override {
        retry([&](PostgresConnection& connection) {
            OneStatement once(connection);
            Tx tx(once, district);
            use_case(tx);
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
            std::this_thread::sleep_for(
                std::chrono::milliseconds(1 + static_cast<int>(random() % static_cast<unsigned>(most))));
        }
    }
    static void roll_back(PostgresConnection& connection) {
        try {
            connection.script("ROLLBACK");
        } catch (DatabaseError const&) {  // the connection is gone; its lease closes it
        }
    }

    /// A commit whose answer was lost may have happened: the server remembers by the transaction's number.
    void commit_once(PostgresConnection& connection, std::string const& number) {
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
