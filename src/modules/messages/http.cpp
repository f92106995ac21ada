#include "modules/messages/http.hpp"

namespace santong::messages {

void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock, notify::Hub& hub) {
    using http::Access;
    using http::Call;
    hub.allow(topic_of({}).substr(0, topic_of({}).find(':') + 1), may_hear);
    on_change([&hub](core::DistrictId district, core::PersonId const& person) {
        hub.publish(district, topic_of(person), "{}");
    });
    router
        .list<InboxQuery, Inbox>(
            "/api/v1/me/messages", Access::signed_in(),
            [&db, &clock](Call const& call, InboxQuery const& query) { return inbox(db, call.caller, clock, query); })
        .says("The caller's own messages, newest first.");
    router
        .act<ReadAll, Left>(
            "/api/v1/me/messages/read-all", Access::signed_in(),
            [&db, &clock](Call const& call, ReadAll const& body) { return read_all(db, call.caller, clock, body); })
        .says("Counts all messages up to one as read.");
    router
        .act<core::Nothing, Left>("/api/v1/me/messages/{message_id}/read", Access::signed_in(),
                                  [&db, &clock](Call const& call, core::Nothing const&) {
                                      return read_one(db, call.caller, clock, call.id<MessageId>("message_id"));
                                  })
        .says("Counts one message as read.");
}

}  // namespace santong::messages
