#include "modules/push/http.hpp"

#include "modules/push/http_requests.hpp"
#include "modules/push/http_rules.hpp"
#include "modules/push/permissions.hpp"
#include "modules/push/service_board.hpp"
#include "platform/http/workbook.hpp"

namespace santong::push {

namespace {

using http::Access;
using http::Call;
using http::Router;

OrderId order_id(Call const& call) {
    return call.id<OrderId>("order_id");
}

http::Response csv_file(Desk const& desk, Call& call) {
    PushFileQuery query;
    auto const read = http::read_query(call, core::type_of<PushFileQuery>(), &query);
    if (!read) return http::Response::problem(read.error(), call.trace_id);
    auto text = csv_of(desk, call.caller, query, call.language);
    if (!text) return http::Response::problem(text.error(), call.trace_id);
    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = std::move(*text);
    response.with("Content-Disposition", "attachment; filename=\"push.csv\"");
    return response;
}

void reading_routes(Router& router, Desk const& desk) {
    auto const view = Access::with(permissions::view);
    router
        .list<PushWeekQuery, PushBoard>(
            "/api/v1/push/board", view,
            [desk](Call const& call, PushWeekQuery const& query) { return board(desk, call.caller, query); })
        .says(
            "A week of pushing: what came in time, windows and caps, what was not used, orders, what needs somebody.");
    router
        .list<PushOrderQuery, PushOrderList>(
            "/api/v1/push/orders", view,
            [desk](Call const& call, PushOrderQuery const& query) { return list_orders(desk, call.caller, query); })
        .says("Push orders, what is needed first stands first.");
    router
        .get<PushOrderView>("/api/v1/push/orders/{order_id}", view,
                            [desk](Call const& call) { return order_view(desk, call.caller, order_id(call)); })
        .says("One order with its schools: what has come, when the rest will, by when it is needed.");
    router
        .list<PushReceiptQuery, PushReceiptList>(
            "/api/v1/push/receipts", view,
            [desk](Call const& call, PushReceiptQuery const& query) { return list_receipts(desk, call.caller, query); })
        .says("Receipts of a week, and what should have come and has not.");
}

void file_routes(Router& router, Desk const& desk) {
    auto const view = Access::with(permissions::view);
    router
        .raw(http::Method::get, "/api/v1/push/board/export.xlsx", view, http::workbook_type,
             [desk](Call& call) {
                 PushWeekQuery query;
                 auto const read = http::read_query(call, core::type_of<PushWeekQuery>(), &query);
                 if (!read) return http::Response::problem(read.error(), call.trace_id);
                 http::WorkbookFile const file;
                 auto const done = write_workbook(desk, call.caller, query, file.path().string(), call.language);
                 if (!done) return http::Response::problem(done.error(), call.trace_id);
                 return file.answer("attachment; filename=\"push.xlsx\"");
             })
        .says("The week's orders and receipts as a workbook.")
        .slowly();
    auto& csv = router.raw(http::Method::get, "/api/v1/push/board/export.csv", view, "text/csv",
                           [desk](Call& call) { return csv_file(desk, call); });
    csv.query = &core::type_of<PushFileQuery>();
    csv.says("The week's orders, or its receipts, as CSV.").slowly();
}

template <PushAct act>
void act_route(Router& router, Desk const& desk, std::string const& word, std::string const& says) {
    router
        .act<PushSeen, PushOrderView>("/api/v1/push/orders/{order_id}/" + word, Access::with(permissions::manage),
                                      [desk](Call const& call, PushSeen const& seen) {
                                          return act_on_order(desk, call.caller, order_id(call), act, seen);
                                      })
        .says(says);
}

void ordering_routes(Router& router, Desk const& desk) {
    auto const manage = Access::with(permissions::manage);
    router
        .act<PushWish, PushPreview>(
            "/api/v1/push/order-preview", manage,
            [desk](Call const& call, PushWish const& wish) { return preview(desk, call.caller, wish); })
        .says("What an order would do: schools, bytes, when it would be there. Nothing is written.");
    router
        .post<PushWish, PushOrderView>(
            "/api/v1/push/orders", manage,
            [desk](Call const& call, PushWish const& wish) { return make_order(desk, call.caller, wish); })
        .says("Makes a push order.");
    act_route<PushAct::pause>(router, desk, "pause", "Holds an order back; what has come stays.");
    act_route<PushAct::resume>(router, desk, "resume", "Lets an order go on.");
    act_route<PushAct::cancel>(router, desk, "cancel", "Ends an order before everything has come.");
    router
        .put<PushPriorityWish, PushOrderView>("/api/v1/push/orders/{order_id}/priority", manage,
                                              [desk](Call const& call, PushPriorityWish const& wish) {
                                                  return set_priority(desk, call.caller, order_id(call), wish);
                                              })
        .says("Sets how urgent an order is, and before which other it goes.");
    router
        .put<PushNeedWish, PushOrderView>("/api/v1/push/orders/{order_id}/need", manage,
                                          [desk](Call const& call, PushNeedWish const& wish) {
                                              return move_need(desk, call.caller, order_id(call), wish);
                                          })
        .says("Moves the time by which a school needs an order.");
    router
        .put<PushDisplayWish, PushOrderView>("/api/v1/push/orders/{order_id}/display", manage,
                                             [desk](Call const& call, PushDisplayWish const& wish) {
                                                 return set_display(desk, call.caller, order_id(call), wish);
                                             })
        .says("Changes where an order shows what it sends: public page, people's pages, screens in class.");
}

}  // namespace

void register_routes(http::Router& router, Desk const& desk) {
    reading_routes(router, desk);
    file_routes(router, desk);
    ordering_routes(router, desk);
    register_rule_routes(router, desk);
    register_request_routes(router, desk);
}

}  // namespace santong::push
