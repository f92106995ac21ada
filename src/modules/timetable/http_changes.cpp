#include "modules/timetable/http_changes.hpp"

#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service_changes.hpp"
#include "platform/http/workbook.hpp"

namespace santong::timetable {

namespace {

using http::Access;
using http::Call;

struct QueueQuery {
    core::OrgId school_id;
};
BOOST_DESCRIBE_STRUCT(QueueQuery, (), (school_id))
struct SheetQuery {
    core::OrgId school_id;
    core::LocalDate date;
};
BOOST_DESCRIBE_STRUCT(SheetQuery, (), (school_id, date))
struct MonthQuery {
    core::OrgId school_id;
    std::string month;  ///< YYYY-MM
};
BOOST_DESCRIBE_STRUCT(MonthQuery, (), (school_id, month))

struct ChangeQueue {
    std::vector<ChangeView> items;
};
BOOST_DESCRIBE_STRUCT(ChangeQueue, (), (items))
struct ChangeRequests {
    std::vector<ChangeRequest> items;
};
BOOST_DESCRIBE_STRUCT(ChangeRequests, (), (items))
struct Decisions {
    std::vector<DecidedRequest> items;
};
BOOST_DESCRIBE_STRUCT(Decisions, (), (items))
struct SwapList {
    std::vector<SwapOption> items;
};
BOOST_DESCRIBE_STRUCT(SwapList, (), (items))

/// Where the routes find what they need.
struct Site {
    sql::Database& db;
    core::Clock const& clock;
    notify::Hub& hub;

    void tell(Call const& call, ChangeRequest const& request) const {
        auto const say = [&](std::string const& id) { hub.publish(call.caller.district, "changes:" + id, "{}"); };
        say(request.school_id.text());
        say(request.asked_by.text());
        for (auto const& colleague : colleagues_of(request)) say(colleague.text());
    }
    core::Result<ChangeRequest> told(Call const& call, core::Result<ChangeRequest> done) const {
        if (done) tell(call, *done);
        return done;
    }
};

ChangeRequestId request_of(Call const& call) {
    return call.id<ChangeRequestId>("request_id");
}

void register_asking(http::Router& router, Site site) {
    router
        .get<MyChanges>("/api/v1/change-requests/mine", Access::signed_in(),
                        [site](Call const& call) { return my_changes(site.db, call.caller, site.clock); })
        .says("What the caller asked for, what he is asked, and changes of the coming days that concern him.");
    router
        .post<NewChange, ChangeRequests>(
            "/api/v1/change-requests", Access::signed_in(),
            [site](Call const& call, NewChange const& body) -> core::Result<ChangeRequests> {
                ChangeRequests made{TRY(ask_change(site.db, call.caller, site.clock, body))};
                for (auto const& one : made.items) site.tell(call, one);
                return made;
            })
        .says("Asks for lessons of one's own to be taken over, exchanged, or seen to by the office.");
    router
        .act<core::Nothing, ChangeRequest>(
            "/api/v1/change-requests/{request_id}/withdraw", Access::signed_in(),
            [site](Call const& call, core::Nothing const&) {
                return site.told(call, withdraw_change(site.db, call.caller, site.clock, request_of(call)));
            })
        .says("Withdraws a request that is not decided yet.");
    router
        .put<Proposal, ChangeRequest>(
            "/api/v1/change-requests/{request_id}/proposal", Access::signed_in(),
            [site](Call const& call, Proposal const& body) {
                return site.told(call, propose_change(site.db, call.caller, site.clock, request_of(call), body));
            })
        .says("Proposes somebody else, or another way; by the asker or the office.");
    router
        .act<Answer, ChangeRequest>(
            "/api/v1/change-requests/{request_id}/answer", Access::signed_in(),
            [site](Call const& call, Answer const& body) {
                return site.told(call, answer_change(site.db, call.caller, site.clock, request_of(call), body));
            })
        .says("The colleague who is asked agrees or declines.");
    router
        .list<SwapWish, SwapList>("/api/v1/timetable/swaps", Access::with(permissions::view),
                                  [site](Call const& call, SwapWish const& query) -> core::Result<SwapList> {
                                      return SwapList{TRY(swap_options(site.db, call.caller, site.clock, query))};
                                  })
        .says("Lessons of the class that a lesson can be exchanged with so that it clashes for nobody.");
}

void register_desk(http::Router& router, Site site) {
    router
        .list<QueueQuery, ChangeQueue>(
            "/api/v1/change-requests", Access::with(permissions::substitute),
            [site](Call const& call, QueueQuery const& query) -> core::Result<ChangeQueue> {
                return ChangeQueue{TRY(change_queue(site.db, call.caller, site.clock, query.school_id))};
            })
        .says("A school's requests: open, waiting, ready, and lately decided.");
    router
        .act<Decision, Decisions>("/api/v1/change-requests/decide", Access::with(permissions::substitute),
                                  [site](Call const& call, Decision const& body) -> core::Result<Decisions> {
                                      Decisions done{TRY(decide_changes(site.db, call.caller, site.clock, body))};
                                      for (auto const& one : done.items) {
                                          if (one.request) site.tell(call, *one.request);
                                      }
                                      return done;
                                  })
        .says("Approves or refuses requests, each on its own.");
    router
        .list<SheetQuery, ChangeSheet>("/api/v1/substitutions/sheet", Access::with(permissions::view),
                                       [site](Call const& call, SheetQuery const& query) {
                                           return change_sheet(site.db, call.caller, query.school_id, query.date);
                                       })
        .says("The changes of a day for everybody at the school, without reasons.");
    auto& route = router.raw(http::Method::get, "/api/v1/substitutions/export.xlsx", Access::with(permissions::view),
                             http::workbook_type, [site](http::Call& call) {
                                 MonthQuery query{};
                                 auto const read = http::read_query(call, core::type_of<MonthQuery>(), &query);
                                 if (!read) return http::Response::problem(read.error(), call.trace_id);
                                 http::WorkbookFile const file;
                                 auto const done = write_changes(site.db, call.caller, query.school_id, query.month,
                                                                 {file.path().string(), call.language});
                                 if (!done) return http::Response::problem(done.error(), call.trace_id);
                                 return file.answer("attachment; filename=\"changes-" + query.month + ".xlsx\"");
                             });
    route.query = &core::type_of<MonthQuery>();
    route.says("A month's changes with counts a teacher: all for the office, one's own for a teacher.");
}

}  // namespace

void register_change_routes(http::Router& router, sql::Database& db, core::Clock const& clock, notify::Hub& hub) {
    hub.allow("changes:", may_hear_changes);
    register_asking(router, Site{db, clock, hub});
    register_desk(router, Site{db, clock, hub});
}

}  // namespace santong::timetable
