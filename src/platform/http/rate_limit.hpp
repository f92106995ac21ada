#pragma once
// Token buckets in this process: one per account and one per address.
#include <array>
#include <chrono>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace santong::http {

/// How much one party may ask. A rate of 0 means no limit.
struct Bucket {
    double per_second = 0;
    double burst = 0;
};

/// A school of 500 behind one address opens a lesson at once: the address is generous, the account less so.
struct RateLimits {
    Bucket address{1'000, 10'000};
    Bucket account{50, 1'000};
    bool loopback = false;  ///< whether clients on this machine are counted too
};

/// Thread-safe. Forgets parties whose bucket is full again.
class RateLimiter {
public:
    explicit RateLimiter(Bucket bucket) : bucket_(bucket) {}
    /// Takes one token; returns 0, or the seconds to wait until there is one.
    int take(std::string_view party, std::chrono::steady_clock::time_point now = std::chrono::steady_clock::now());
    std::size_t size() const;

private:
    struct Level {
        double tokens = 0;
        std::chrono::steady_clock::time_point at;
    };
    struct Shard {
        mutable std::mutex mutex;
        std::unordered_map<std::string, Level> levels;
        std::size_t sweep_at = 1'024;
    };
    void sweep(Shard& shard, std::chrono::steady_clock::time_point now) const;
    double filled(Level const& level, std::chrono::steady_clock::time_point now) const;

    Bucket bucket_;
    std::array<Shard, 16> shards_;
};

}  // namespace santong::http
