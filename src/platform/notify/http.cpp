#include "platform/notify/hub.hpp"

namespace santong::notify {

namespace {

constexpr std::size_t most_topics = 20;

/// What is listened to: topics with commas between them.
struct EventsQuery {
    std::string topics;
};
BOOST_DESCRIBE_STRUCT(EventsQuery, (), (topics))

core::Result<std::vector<std::string>> topics_of(Hub const& hub, http::Call const& call) {
    std::vector<std::string> topics;
    auto const wish = call.query_value("topics");
    for (std::string_view rest = wish; !rest.empty();) {
        auto const comma = std::min(rest.find(','), rest.size());
        if (comma > 0) topics.emplace_back(rest.substr(0, comma));
        rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    if (topics.size() > most_topics)
        return core::too_large("notify.too_many_topics", {{"limit", std::to_string(most_topics)}});
    for (auto const& topic : topics)
        if (!hub.may_hear(call.caller, topic)) return core::forbidden();
    return topics;
}

}  // namespace

void register_routes(http::Router& router, Hub& hub) {
    auto& route = router.raw(
        http::Method::get, "/api/v1/events", http::Access::signed_in(), "text/event-stream", [&hub](http::Call& call) {
            auto topics = topics_of(hub, call);
            if (!topics) return http::Response::problem(topics.error(), call.trace_id);
            http::Response response;
            response.content_type = "text/event-stream";
            response.events = [&hub, caller = call.caller, list = std::move(*topics)](auto stream) {
                hub.subscribe(caller, list, std::move(stream));
            };
            return response;
        });
    route.query = &core::type_of<EventsQuery>();
    route.says(
        "Live events of the topics named in ?topics=a,b, as far as the caller may hear them; without any it only tells "
        "that the server is there.");
}

}  // namespace santong::notify
