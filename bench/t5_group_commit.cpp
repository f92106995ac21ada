// 64 writers, synchronous=FULL: through platform/sql, which commits many in one fsync, and one commit a row.
#include <atomic>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <mutex>
#include <thread>

#include "platform/sql/database.hpp"

using namespace santong;
using Clock = std::chrono::steady_clock;

namespace {

struct Figures {
    double per_second = 0;
    double worst_ms = 0;
};

/// Lets 64 threads write for `seconds` through `write`.
template <class F>
Figures measure(F const& write, double seconds) {
    std::atomic<long> done{0};
    std::array<double, 64> worst{};
    auto const end = Clock::now() + std::chrono::duration<double>(seconds);
    {
        std::vector<std::jthread> writers;
        for (std::size_t i = 0; i < worst.size(); ++i) {
            writers.emplace_back([&, i] {
                while (Clock::now() < end) {
                    auto const began = Clock::now();
                    write();
                    ++done;
                    worst[i] =
                        std::max(worst[i], std::chrono::duration<double, std::milli>(Clock::now() - began).count());
                }
            });
        }
    }
    return {static_cast<double>(done) / seconds, *std::max_element(worst.begin(), worst.end())};
}

}  // namespace

int main() {
    auto const folder = std::filesystem::temp_directory_path() / ("santong-commit-" + core::Uuid::make().text());
    {
        auto const db = sql::Database::open({"", folder.string(), 1, 1});
        db->script("CREATE TABLE answer (district_id INTEGER NOT NULL, text TEXT NOT NULL)");
        auto const insert = [&] {
            db->transact(1, [](sql::Tx& tx) {
                tx.execute("INSERT INTO answer (district_id, text) VALUES ($1, $2)", 1, "some text of a usual length");
            });
        };
        std::mutex turn;
        auto const singly = measure(
            [&] {
                std::lock_guard lock(turn);
                insert();
            },
            5);
        auto const grouped = measure(insert, 5);
        std::printf("one commit a row: %.0f a second, worst %.1f ms\n", singly.per_second, singly.worst_ms);
        std::printf("grouped: %.0f a second, worst %.1f ms (%.3f of the other)\n", grouped.per_second, grouped.worst_ms,
                    grouped.worst_ms / singly.worst_ms);
        std::printf("T5 ratio %.1f\n", grouped.per_second / singly.per_second);
    }
    std::filesystem::remove_all(folder);
}
