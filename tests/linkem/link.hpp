// A line between two network namespaces: packets are delayed, slowed, lost and cut in user space.
#pragma once

#include <cstdint>
#include <mutex>
#include <random>
#include <string>

namespace santong::linkem {

/// One direction of a line.
struct Shape {
    double kbit = 4000;       ///< kbit/s of IP packets
    double delay_ms = 20;     ///< one way
    double loss_percent = 0;  ///< of packets
    double queue_ms = 200;    ///< how long the modem before the line may let a packet wait
};

/// What went through one direction.
struct Counts {
    std::uint64_t packets = 0;     ///< that were given to the line
    std::uint64_t bytes = 0;       ///< of these packets
    std::uint64_t lost = 0;        ///< packets lost at random
    std::uint64_t queued_out = 0;  ///< packets for which the queue was full
    std::uint64_t cut_off = 0;     ///< packets given while the line was cut
    std::uint64_t arrived = 0;     ///< bytes that came out
};

/// What everybody who carries bytes asks: may they pass, how fast, how many did. Safe between threads.
class Line {
public:
    enum class Way { up, down };
    enum class State { whole, cut, unplugged };  ///< cut: silence; unplugged: the box's own end sees it at once

    struct Setting {
        Shape shape;
        State state = State::whole;
    };
    Setting setting(Way way) const;
    void shape(Way way, Shape const& shape);
    void state(State state);
    State state() const;
    Counts counts(Way way) const;
    void count(Way way, Counts const& more);

private:
    mutable std::mutex mutex_;
    Shape shapes_[2];
    Counts counts_[2];
    State state_ = State::whole;
};

/// When bytes that are given at `now` (seconds) have left a line of one direction; it takes one after the other.
class Pacer {
public:
    /// Seconds that bytes given now would wait before their turn.
    double waiting(double now) const { return free_at_ > now ? free_at_ - now : 0; }
    double leave(double now, std::size_t bytes, Shape const& shape);

private:
    double free_at_ = 0;
};

/// Seconds of a clock that only goes forward.
double seconds_now();

}  // namespace santong::linkem
