#pragma once
// Values that are dear to make and change seldom, kept in memory until the feed moves past what they were made of.
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "platform/feed/feed.hpp"

namespace santong::feed {

/// Values by key, each made of entities of these types of the feed. Asking costs one look at the end of the feed; a
/// value is made anew when an entry of such a type came after it. Thread-safe.
template <class Value>
class Kept {
public:
    explicit Kept(std::vector<std::string> types, std::size_t most = 1'000) : types_(std::move(types)), most_(most) {}

    template <class Make>
    Value get(sql::Tx& tx, std::string const& key, Make make) {
        // Asked before the value is made: what is written meanwhile makes it old, never wrong.
        auto const newest = last_seq(tx, types_);
        auto const place = std::to_string(tx.district()) + ' ' + key;
        {
            std::lock_guard lock(mutex_);
            if (auto const found = values_.find(place); found != values_.end() && found->second.newest == newest)
                return found->second.value;
        }
        Value value = make();
        std::lock_guard lock(mutex_);
        if (values_.size() >= most_) values_.clear();
        values_[place] = {newest, value};
        return value;
    }

private:
    struct Made {
        std::int64_t newest = 0;
        Value value{};
    };
    std::vector<std::string> const types_;
    std::size_t const most_;
    std::mutex mutex_;
    std::map<std::string, Made> values_;
};

}  // namespace santong::feed
