#include "link.hpp"

#include <chrono>

namespace santong::linkem {

Line::Setting Line::setting(Way way) const {
    std::lock_guard const lock(mutex_);
    return {shapes_[static_cast<int>(way)], state_};
}

void Line::shape(Way way, Shape const& shape) {
    std::lock_guard const lock(mutex_);
    shapes_[static_cast<int>(way)] = shape;
}

void Line::state(State state) {
    std::lock_guard const lock(mutex_);
    state_ = state;
}

Line::State Line::state() const {
    std::lock_guard const lock(mutex_);
    return state_;
}

Counts Line::counts(Way way) const {
    std::lock_guard const lock(mutex_);
    return counts_[static_cast<int>(way)];
}

void Line::count(Way way, Counts const& more) {
    std::lock_guard const lock(mutex_);
    auto& all = counts_[static_cast<int>(way)];
    all.packets += more.packets;
    all.bytes += more.bytes;
    all.lost += more.lost;
    all.queued_out += more.queued_out;
    all.cut_off += more.cut_off;
    all.arrived += more.arrived;
}

double Pacer::leave(double now, std::size_t bytes, Shape const& shape) {
    free_at_ = now + waiting(now) + static_cast<double>(bytes) * 8 / (shape.kbit * 1000);
    return free_at_;
}

double seconds_now() {
    return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace santong::linkem
