#include <condition_variable>
#include <mutex>
#include <thread>

#include "platform/feed/feed.hpp"

namespace santong::feed {

namespace {

constexpr int batch_size = 500;

std::int64_t cursor_of(sql::Tx& tx, Consumer& consumer) {
    auto const seq = tx.value<std::int64_t>("SELECT seq FROM feed_cursor WHERE district_id = $1 AND consumer = $2",
                                            tx.district(), consumer.name());
    if (seq) return *seq;
    std::int64_t const start = consumer.snapshot(tx) ? last_seq(tx) : 0;
    tx.execute("INSERT INTO feed_cursor (district_id, consumer, seq) VALUES ($1, $2, $3)", tx.district(),
               consumer.name(), start);
    return start;
}

void move_cursor(sql::Tx& tx, Consumer& consumer, std::int64_t seq) {
    tx.execute("UPDATE feed_cursor SET seq = $3 WHERE district_id = $1 AND consumer = $2", tx.district(),
               consumer.name(), seq);
}

/// One batch in one transaction; returns how many entries it passed.
std::size_t run_batch(sql::Database& db, core::DistrictId district, Consumer& consumer, int limit) {
    return db.transact(district, [&](sql::Tx& tx) -> std::size_t {
        auto const entries = read(tx, cursor_of(tx, consumer), limit);
        if (entries.empty()) return 0;
        for (auto const& entry : entries) {
            if (consumer.wants(entry.type)) consumer.handle(tx, entry);
        }
        consumer.batch_done(tx);
        move_cursor(tx, consumer, entries.back().seq);
        return entries.size();
    });
}

/// Sets the next entry aside with its reason, so that the ones behind it go on.
void park_next(sql::Database& db, core::DistrictId district, Consumer& consumer, std::string const& reason) {
    db.transact(district, [&](sql::Tx& tx) {
        auto const entries = read(tx, cursor_of(tx, consumer), 1);
        if (entries.empty()) return;
        tx.execute(
            "INSERT INTO feed_parked (district_id, consumer, seq, reason, at) VALUES ($1, $2, $3, $4, $5)"
            " ON CONFLICT DO NOTHING",
            district, consumer.name(), entries.front().seq, reason, core::system_now());
        move_cursor(tx, consumer, entries.front().seq);
    });
}

}  // namespace

std::int64_t position_of(sql::Tx& tx, std::string_view consumer) {
    return tx
        .value<std::int64_t>("SELECT seq FROM feed_cursor WHERE district_id = $1 AND consumer = $2", tx.district(),
                             std::string(consumer))
        .value_or(0);
}

std::size_t run_consumer(sql::Database& db, core::DistrictId district, Consumer& consumer, int max_batches) {
    std::size_t passed = 0;
    int singles = 0;
    for (int batch = 0; batch < max_batches; ++batch) {
        try {
            auto const count = run_batch(db, district, consumer, singles > 0 ? 1 : batch_size);
            if (count == 0) return passed;
            passed += count;
            if (singles > 0) --singles;
        } catch (sql::RetryableError const&) {
            throw;  // the database is away: nobody's entry is to blame
        } catch (std::exception const& error) {
            if (singles == 0) {
                singles = batch_size;  // find the entry that fails by going one by one
            } else {
                park_next(db, district, consumer, error.what());
                ++passed;
                --singles;
            }
        }
    }
    return passed;
}

struct Pump::State {
    sql::Database& db;
    std::vector<core::DistrictId> districts;
    std::vector<Consumer*> consumers;
    std::mutex running;  ///< held while consumers run
    std::mutex mutex;
    std::condition_variable_any wake;
    bool asked = true;
    std::jthread thread;

    std::size_t run_all() {
        std::lock_guard lock(running);
        std::size_t passed = 0;
        for (auto const district : districts) {
            for (auto* consumer : consumers) passed += run_consumer(db, district, *consumer);
        }
        return passed;
    }
    void loop(std::stop_token const& stop) {
        while (!stop.stop_requested()) {
            {
                std::unique_lock lock(mutex);
                wake.wait_for(lock, stop, std::chrono::seconds(2), [&] { return asked; });
                asked = false;
            }
            if (stop.stop_requested()) return;
            try {
                run_all();
            } catch (sql::DatabaseError const&) {  // away or full: entries stay, the next round tries again
            }
        }
    }
};

Pump::Pump(sql::Database& db, std::vector<core::DistrictId> districts, std::vector<Consumer*> consumers)
    : state_(std::make_shared<State>(db, std::move(districts), std::move(consumers))) {
    std::weak_ptr<State> const weak = state_;
    on_commit([weak](core::DistrictId) {
        if (auto const state = weak.lock()) {
            std::lock_guard lock(state->mutex);
            state->asked = true;
            state->wake.notify_one();
        }
    });
    state_->thread = std::jthread([state = state_.get()](std::stop_token const& stop) { state->loop(stop); });
}

Pump::~Pump() {
    state_->thread.request_stop();
    state_->thread.join();
}

void Pump::wake() {
    std::lock_guard lock(state_->mutex);
    state_->asked = true;
    state_->wake.notify_one();
}

void Pump::drain() {
    while (state_->run_all() > 0) {  // a consumer may write entries that another one wants
    }
}

}  // namespace santong::feed
