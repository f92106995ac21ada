#include "relay.hpp"

#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <unistd.h>

#include <array>
#include <cmath>
#include <deque>
#include <vector>

namespace santong::linkem {

namespace {

struct Packet {
    double due = 0;
    std::vector<char> bytes;
};

/// One direction: from one device into the other.
struct Direction {
    Line::Way way;
    int from;
    int to;
    Pacer pacer;
    std::deque<Packet> under_way;
};

void take(Direction& d, Line& line, std::mt19937_64& random) {
    thread_local std::array<char, 70'000> buffer;
    std::uniform_real_distribution<double> percent(0, 100);
    auto const [shape, state] = line.setting(d.way);
    Counts counts;
    for (ssize_t got = 0; (got = read(d.from, buffer.data(), buffer.size())) > 0;) {
        if (buffer[0] >> 4 != 4) continue;  // the devices greet each other in IPv6
        auto const now = seconds_now();
        ++counts.packets;
        counts.bytes += static_cast<std::uint64_t>(got);
        if (state != Line::State::whole) {
            ++counts.cut_off;
        } else if (d.pacer.waiting(now) * 1000 > shape.queue_ms) {
            ++counts.queued_out;
        } else {
            auto const leaves = d.pacer.leave(now, static_cast<std::size_t>(got), shape);
            if (percent(random) < shape.loss_percent)
                ++counts.lost;
            else
                d.under_way.push_back({leaves + shape.delay_ms / 1000, {buffer.begin(), buffer.begin() + got}});
        }
    }
    if (counts.packets > 0) line.count(d.way, counts);
}

/// Lets out what is due; seconds until the next packet, a fifth of a second at most.
double give(Direction& d, Line& line) {
    if (line.state() != Line::State::whole) d.under_way.clear();
    Counts counts;
    while (!d.under_way.empty() && d.under_way.front().due <= seconds_now() + 2e-5) {
        auto const& bytes = d.under_way.front().bytes;
        if (write(d.to, bytes.data(), bytes.size()) > 0) counts.arrived += bytes.size();
        d.under_way.pop_front();
    }
    if (counts.arrived > 0) line.count(d.way, counts);
    return d.under_way.empty() ? 0.2 : std::min(0.2, d.under_way.front().due - seconds_now());
}

/// A line does not wait for the other programs of a machine that is busy: each time it came late would be lost to it,
/// and a figure would be one of the machine. Where this is not allowed it takes its turn as all do.
void come_first() {
    sched_param const before_all_usual_ones{1};
    (void)pthread_setschedparam(pthread_self(), SCHED_RR, &before_all_usual_ones);
}

}  // namespace

void relay(std::stop_token const& stop, Line& line, int hub, int box, std::uint64_t seed) {
    come_first();
    std::mt19937_64 random(seed);
    std::array<Direction, 2> both{Direction{Line::Way::down, hub, box, {}, {}},
                                  Direction{Line::Way::up, box, hub, {}, {}}};
    double wait = 0;
    while (!stop.stop_requested()) {
        std::array<pollfd, 2> devices{pollfd{hub, POLLIN, 0}, pollfd{box, POLLIN, 0}};
        timespec const most{0, static_cast<long>(std::max(wait, 1e-6) * 1e9)};
        ppoll(devices.data(), devices.size(), &most, nullptr);
        for (auto& one : both) take(one, line, random);
        wait = 0.2;
        for (auto& one : both) wait = std::min(wait, give(one, line));
    }
}

}  // namespace santong::linkem
