#pragma once
#include <cstdint>
#include <string_view>
#include <vector>

namespace santong::server::demo {

/// The demo's own source of chance: the same seed gives the same district on every machine (SplitMix64).
class Random {
public:
    explicit Random(std::uint64_t seed) : state_(seed) {}
    /// A stream of its own for a named part, so that a change in one part leaves the others as they were.
    Random part(std::string_view name) const {
        std::uint64_t hash = state_ ^ 0xcbf29ce484222325ULL;
        for (char const c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
        return Random(hash);
    }
    std::uint64_t next() {
        std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// 0 … count-1.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
    int between(int low, int high) { return low + static_cast<int>(below(static_cast<std::size_t>(high - low + 1))); }
    /// 0 … 1.
    double share() { return static_cast<double>(next() >> 11) / 9007199254740992.0; }
    bool chance(double p) { return share() < p; }
    template <class T>
    T const& pick(std::vector<T> const& from) {
        return from[below(from.size())];
    }
    template <class T>
    void shuffle(std::vector<T>& list) {
        for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[below(i)]);
    }

private:
    std::uint64_t state_;
};

}  // namespace santong::server::demo
