#include "modules/reports/http.hpp"

#include "modules/reports/permissions.hpp"
#include "platform/http/workbook.hpp"

namespace santong::reports {

namespace {

struct MonthQuery {
    std::string month;
};
BOOST_DESCRIBE_STRUCT(MonthQuery, (), (month))

struct VersionQuery {
    std::int32_t version = 0;
};
BOOST_DESCRIBE_STRUCT(VersionQuery, (), (version))

ReportAt at_of(http::Call const& call, int version = 0) {
    return {call.id<core::OrgId>("org_id"), call.text("month"), version};
}

constexpr char one_report[] = "/api/v1/school-reports/{org_id}/{month}";

void register_reading(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const view = http::Access::with(permissions::view);
    router
        .list<MonthQuery, ReportBoard>("/api/v1/school-reports", view,
                                       [&db, &clock](http::Call const& call, MonthQuery const& query) {
                                           return board(db, call.caller, clock, query.month);
                                       })
        .says("Monthly reports of a month: all schools for the county, the own ones for a school, with their sum.");
    auto& sheet = router.raw(http::Method::get, "/api/v1/school-reports/export.xlsx", view, http::workbook_type,
                             [&db, &clock](http::Call& call) {
                                 MonthQuery query;
                                 auto const read = http::read_query(call, core::type_of<MonthQuery>(), &query);
                                 if (!read) return http::Response::problem(read.error(), call.trace_id);
                                 http::WorkbookFile const file;
                                 auto const done = export_board(db, call.caller, clock, query.month,
                                                                file.path().string(), call.language);
                                 if (!done) return http::Response::problem(done.error(), call.trace_id);
                                 return file.answer("attachment; filename=\"reports.xlsx\"");
                             });
    sheet.query = &core::type_of<MonthQuery>();
    sheet.slowly().says("The same as a workbook; each export is recorded.");
    router
        .list<VersionQuery, ReportView>(one_report, view,
                                        [&db, &clock](http::Call const& call, VersionQuery const& query) {
                                            return report(db, call.caller, clock, at_of(call, query.version));
                                        })
        .says("One report: computed now until it is signed, as signed from then on; the running month as it stands.");
}

}  // namespace

void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    register_reading(router, db, clock);
    std::string const path = one_report;
    auto const signs = http::Access::with(permissions::sign);
    router
        .put<NewReason, ReportView>(path + "/reasons", http::Access::with(permissions::explain),
                                    [&db, &clock](http::Call const& call, NewReason const& body) {
                                        return explain(db, call.caller, clock, at_of(call), body);
                                    })
        .says("Says why an exception stands; an empty reason takes it back.");
    router
        .act<Signature, ReportView>(path + "/sign", signs,
                                    [&db, &clock](http::Call const& call, Signature const& body) {
                                        return sign(db, call.caller, clock, at_of(call), body);
                                    })
        .says("The principal signs what he has read: it is frozen.");
    router
        .act<core::Nothing, ReportView>(path + "/pass-on", signs,
                                        [&db, &clock](http::Call const& call, core::Nothing const&) {
                                            return pass_on(db, call.caller, clock, at_of(call));
                                        })
        .says("The central school passes a village school's report on to the county.");
    router
        .act<ReturnWish, ReportView>(path + "/return", http::Access::with(permissions::view),
                                     [&db, &clock](http::Call const& call, ReturnWish const& body) {
                                         return send_back(db, call.caller, clock, at_of(call), body);
                                     })
        .says("Sends a report back with a reason; what was signed stays as a version.");
    router
        .act<core::Nothing, ReportView>(path + "/correct", signs,
                                        [&db, &clock](http::Call const& call, core::Nothing const&) {
                                            return correct(db, call.caller, clock, at_of(call));
                                        })
        .says("Begins a new version of a signed report.");
    router
        .put<ReportPolicy, ReportPolicy>(
            "/api/v1/report-policy", http::Access::with(permissions::receive),
            [&db](http::Call const& call, ReportPolicy const& body) { return set_policy(db, call.caller, body); })
        .says("Sets the day on which reports are due and the seconds a field takes by hand.");
}

}  // namespace santong::reports
