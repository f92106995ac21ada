#include "platform/http/event_stream.hpp"

namespace santong::http {

namespace {

constexpr std::size_t most_waiting = 256 << 10;

/// One event in the text/event-stream format; line ends in `data` become further data lines.
void append_event(std::string& out, std::string_view event, std::string_view data) {
    if (!event.empty()) {
        out += "event: ";
        for (char const c : event)
            if (c != '\n' && c != '\r') out += c;
        out += '\n';
    }
    do {
        auto const end = std::min(data.find('\n'), data.size());
        out += "data: ";
        for (char const c : data.substr(0, end))
            if (c != '\r') out += c;
        out += '\n';
        data.remove_prefix(std::min(end + 1, data.size()));
    } while (!data.empty());
    out += '\n';
}

}  // namespace

bool QueuedEvents::send(std::string_view event, std::string_view data) {
    if (!open()) return false;
    bool first = false;
    {
        std::lock_guard lock(mutex_);
        first = waiting_.empty();
        append_event(waiting_, event, data);
        if (waiting_.size() > most_waiting) end();
    }
    if (first || !open()) wake_();
    return open();
}

void QueuedEvents::close() {
    end();
    wake_();
}

std::string QueuedEvents::take() {
    std::lock_guard lock(mutex_);
    return std::exchange(waiting_, {});
}

}  // namespace santong::http
