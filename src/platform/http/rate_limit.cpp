#include "platform/http/rate_limit.hpp"

#include <algorithm>
#include <cmath>

namespace santong::http {

double RateLimiter::filled(Level const& level, std::chrono::steady_clock::time_point now) const {
    auto const seconds = std::chrono::duration<double>(now - level.at).count();
    return std::min(bucket_.burst, level.tokens + seconds * bucket_.per_second);
}

int RateLimiter::take(std::string_view party, std::chrono::steady_clock::time_point now) {
    if (bucket_.per_second <= 0) return 0;
    auto& shard = shards_[std::hash<std::string_view>{}(party) % shards_.size()];
    std::lock_guard lock(shard.mutex);
    if (shard.levels.size() >= shard.sweep_at) sweep(shard, now);
    auto [slot, fresh] = shard.levels.try_emplace(std::string(party), Level{bucket_.burst, now});
    auto& level = slot->second;
    level.tokens = filled(level, now);
    level.at = now;
    if (level.tokens >= 1) {
        level.tokens -= 1;
        return 0;
    }
    return std::max(1, static_cast<int>(std::ceil((1 - level.tokens) / bucket_.per_second)));
}

void RateLimiter::sweep(Shard& shard, std::chrono::steady_clock::time_point now) const {
    std::erase_if(shard.levels, [&](auto const& entry) { return filled(entry.second, now) >= bucket_.burst; });
    shard.sweep_at = std::max<std::size_t>(1'024, shard.levels.size() * 2);
}

std::size_t RateLimiter::size() const {
    std::size_t count = 0;
    for (auto const& shard : shards_) {
        std::lock_guard lock(shard.mutex);
        count += shard.levels.size();
    }
    return count;
}

}  // namespace santong::http
