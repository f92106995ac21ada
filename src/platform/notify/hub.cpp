#include "platform/notify/hub.hpp"

#include <algorithm>

namespace santong::notify {

Hub::Hub(SessionOpen session_open, HubOptions options) : session_open_(std::move(session_open)), options_(options) {
    keeper_ = std::jthread([this](std::stop_token stop) {
        std::unique_lock lock(mutex_);
        while (!stop.stop_requested()) {
            wake_.wait_for(lock, stop, std::chrono::seconds(options_.seconds_between_checks), [] { return false; });
            lock.unlock();
            if (!stop.stop_requested()) check_listeners();
            lock.lock();
        }
    });
}

Hub::~Hub() {
    keeper_.request_stop();
    keeper_.join();
    for (auto const& listener : listeners_) listener.stream->close();
}

void Hub::allow(std::string prefix, TopicRule rule) {
    rules_.emplace_back(std::move(prefix), std::move(rule));
}

bool Hub::may_hear(auth::Caller const& caller, std::string_view topic) const {
    return std::any_of(rules_.begin(), rules_.end(),
                       [&](auto const& rule) { return topic.starts_with(rule.first) && rule.second(caller, topic); });
}

std::vector<Hub::Listener> Hub::listeners() const {
    std::lock_guard const lock(mutex_);
    return listeners_;
}

void Hub::drop(http::EventStream const* stream) {
    std::lock_guard const lock(mutex_);
    std::erase_if(listeners_, [&](Listener const& listener) { return listener.stream.get() == stream; });
}

void Hub::publish(core::DistrictId district, std::string const& topic, std::string_view json) {
    std::vector<std::shared_ptr<http::EventStream>> streams;
    {
        std::lock_guard const lock(mutex_);
        for (auto const& listener : listeners_) {
            auto const& topics = listener.topics;
            if (listener.district == district && std::find(topics.begin(), topics.end(), topic) != topics.end())
                streams.push_back(listener.stream);
        }
    }
    for (auto const& stream : streams)
        if (!stream->send(topic, json)) drop(stream.get());
}

void Hub::close_topic(core::DistrictId district, std::string const& topic) {
    for (auto const& listener : listeners()) {
        if (listener.district != district || listener.topics != std::vector{topic}) continue;
        listener.stream->close();
        drop(listener.stream.get());
    }
}

void Hub::subscribe(auth::Caller const& caller, std::vector<std::string> topics,
                    std::shared_ptr<http::EventStream> stream) {
    std::shared_ptr<http::EventStream> oldest;
    {
        std::lock_guard const lock(mutex_);
        auto const mine = [&](Listener const& listener) { return listener.account == caller.account; };
        auto const count = static_cast<std::size_t>(std::count_if(listeners_.begin(), listeners_.end(), mine));
        if (count >= options_.streams_per_account) {
            auto const first = std::find_if(listeners_.begin(), listeners_.end(), mine);
            oldest = first->stream;
            listeners_.erase(first);
        }
        listeners_.push_back({caller.district, caller.account, caller.session_key, std::move(topics), stream});
    }
    if (oldest) oldest->close();
    stream->send("hello", "{}");
}

std::vector<std::string> Hub::heard(core::DistrictId district, std::string_view prefix) const {
    std::vector<std::string> topics;
    for (auto const& listener : listeners()) {
        if (listener.district != district) continue;
        for (auto const& topic : listener.topics)
            if (topic.starts_with(prefix)) topics.push_back(topic);
    }
    std::sort(topics.begin(), topics.end());
    topics.erase(std::unique(topics.begin(), topics.end()), topics.end());
    return topics;
}

/// Finds clients that are gone, and ends the streams of sessions that were closed meanwhile.
void Hub::check_listeners() {
    for (auto const& listener : listeners()) {
        bool open = false;
        try {
            open = session_open_(listener.district, listener.session_key);
        } catch (sql::DatabaseError const&) {
            open = true;  // nobody loses his screen because the database is away for a moment
        }
        if (open && listener.stream->send("ping", "{}")) continue;
        listener.stream->close();
        drop(listener.stream.get());
    }
}

}  // namespace santong::notify
