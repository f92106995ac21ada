#pragma once
// Live events to open screens. Nothing is stored: a screen that was away reads the state anew, then listens again.
#include <condition_variable>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "platform/auth/caller.hpp"
#include "platform/http/router.hpp"

namespace santong::notify {

/// May this caller hear this topic? Asked once, when he begins to listen.
using TopicRule = std::function<bool(auth::Caller const& caller, std::string_view topic)>;
/// Whether a session is still open.
using SessionOpen = std::function<bool(core::DistrictId district, std::string const& session_key)>;

struct HubOptions {
    int seconds_between_checks = 4;        ///< a closed session stops hearing within this time
    std::size_t streams_per_account = 12;  ///< one more closes the oldest
};

/// Topics are texts such as "cockpit:<org id>". In process: screens hear what happens on their own app node; across
/// nodes the hub needs PostgreSQL LISTEN/NOTIFY, which is not built yet.
class Hub {
public:
    explicit Hub(SessionOpen session_open, HubOptions options = {});
    ~Hub();
    Hub(Hub const&) = delete;
    Hub& operator=(Hub const&) = delete;

    /// At start only: who may hear the topics that begin with `prefix`. Topics without a rule are heard by nobody.
    void allow(std::string prefix, TopicRule rule);
    bool may_hear(auth::Caller const& caller, std::string_view topic) const;

    /// Sends to everyone who listens to the topic in this district. Quick; may be called anywhere.
    void publish(core::DistrictId district, std::string const& topic, std::string_view json);
    /// Ends the streams that listen to this topic alone: nothing more will come.
    void close_topic(core::DistrictId district, std::string const& topic);
    /// Adds a listener whose rights were checked. The event's name is the topic.
    void subscribe(auth::Caller const& caller, std::vector<std::string> topics,
                   std::shared_ptr<http::EventStream> stream);
    /// Topics with this prefix that somebody listens to now.
    std::vector<std::string> heard(core::DistrictId district, std::string_view prefix) const;

private:
    struct Listener {
        core::DistrictId district = 0;
        core::AccountId account;
        std::string session_key;
        std::vector<std::string> topics;
        std::shared_ptr<http::EventStream> stream;
    };
    std::vector<Listener> listeners() const;
    void check_listeners();
    void drop(http::EventStream const* stream);

    SessionOpen session_open_;
    HubOptions options_;
    std::vector<std::pair<std::string, TopicRule>> rules_;
    mutable std::mutex mutex_;
    std::vector<Listener> listeners_;
    std::condition_variable_any wake_;
    std::jthread keeper_;  ///< last: ends before what it uses
};

/// GET /api/v1/events?topics=a,b
void register_routes(http::Router& router, Hub& hub);

}  // namespace santong::notify
