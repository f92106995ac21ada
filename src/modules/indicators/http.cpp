#include "modules/indicators/http.hpp"

#include "modules/indicators/permissions.hpp"
#include "modules/indicators/service_detail.hpp"
#include "modules/indicators/service_school.hpp"
#include "modules/indicators/service_targets.hpp"
#include "platform/http/workbook.hpp"

namespace santong::indicators {

namespace {

struct WeekQuery {
    std::int32_t week = 0;
};
BOOST_DESCRIBE_STRUCT(WeekQuery, (), (week))

struct OrgQuery {
    std::string org;
};
BOOST_DESCRIBE_STRUCT(OrgQuery, (), (org))

struct TargetQuery {
    std::string indicator;
    core::LocalDate due;
};
BOOST_DESCRIBE_STRUCT(TargetQuery, (), (indicator, due))

template <class F>
http::Response workbook(http::Call const& call, std::string const& name, F const& write) {
    http::WorkbookFile const file;
    core::Result<void> const done = write(Export{file.path().string(), call.language});
    if (!done) return http::Response::problem(done.error(), call.trace_id);
    return file.answer("attachment; filename=\"" + name + ".xlsx\"");
}

void register_reading(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const signed_in = http::Access::signed_in();
    router
        .list<WeekQuery, Cockpit>("/api/v1/cockpit", http::Access::with(permissions::view_district),
                                  [&db, &clock](http::Call const& call, WeekQuery const& query) {
                                      return cockpit(db, call.caller, clock, query.week, call.language);
                                  })
        .says("Which schools need help in a week, the district's numbers, the map.");
    router
        .list<FigureQuery, IndicatorList>("/api/v1/indicators", signed_in,
                                          [&db, &clock](http::Call const& call, FigureQuery const& query) {
                                              return list_indicators(db, call.caller, clock, query);
                                          })
        .says("All indicators of the district or of one school.");
    router
        .list<FigureQuery, IndicatorView>("/api/v1/indicators/{code}", signed_in,
                                          [&db, &clock](http::Call const& call, FigureQuery const& query) {
                                              return indicator(db, call.caller, clock, call.text("code"), query,
                                                               call.language);
                                          })
        .says(
            "One indicator: number, target, declared, eight weeks, its parts, school by subject with small cells "
            "hidden.");
    router
        .list<LessonQuery, LessonList>("/api/v1/indicators/{code}/lessons", signed_in,
                                       [&db, &clock](http::Call const& call, LessonQuery const& query) {
                                           return lessons(db, call.caller, clock, call.text("code"), query,
                                                          call.language);
                                       })
        .says("What a figure is made of: single lessons within the school once they are open to it, counts above.");
}

void register_schools(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const signed_in = http::Access::signed_in();
    router
        .list<WeekQuery, SchoolProfileView>("/api/v1/schools/{org_id}/profile", signed_in,
                                            [&db, &clock](http::Call const& call, WeekQuery const& query) {
                                                return school_profile(db, call.caller, clock,
                                                                      call.id<core::OrgId>("org_id"), query.week,
                                                                      call.language);
                                            })
        .says("A school's numbers, courses, rooms and declarations.");
    router
        .list<OrgQuery, PrincipalHome>("/api/v1/principal/home", http::Access::with(permissions::view_school),
                                       [&db, &clock](http::Call const& call, OrgQuery const& query) {
                                           return principal_home(db, call.caller, clock, query.org, call.language);
                                       })
        .says("What a principal must decide today.");
    router
        .post<NewDeclaration, DeclarationView>("/api/v1/declarations", http::Access::with(permissions::declare),
                                               [&db, &clock](http::Call const& call, NewDeclaration const& body) {
                                                   return declare(db, call.caller, clock, body);
                                               })
        .says("A school says a value of its own for a month; it is shown beside the measured one.");
}

void register_targets(http::Router& router, sql::Database& db, core::Clock const& clock) {
    router
        .list<core::Nothing, TargetList>(
            "/api/v1/indicator-targets", http::Access::with(permissions::view_district),
            [&db](http::Call const& call, core::Nothing const&) { return list_targets(db, call.caller); })
        .says("What the district wants to reach, by indicator and date.");
    router
        .put<TargetWish, DistrictTarget>("/api/v1/indicator-targets", http::Access::with(permissions::set_targets),
                                         [&db, &clock](http::Call const& call, TargetWish const& body) {
                                             return set_target(db, call.caller, clock, body);
                                         })
        .says("Sets what is to be reached by a date; refused if somebody has changed what was seen.");
    auto& drop =
        router.raw(http::Method::del, "/api/v1/indicator-targets", http::Access::with(permissions::set_targets),
                   "application/json", [&db, &clock](http::Call& call) {
                       TargetQuery query{};
                       auto const read = http::read_query(call, core::type_of<TargetQuery>(), &query);
                       if (!read) return http::Response::problem(read.error(), call.trace_id);
                       auto const done = drop_target(db, call.caller, clock, query.indicator, query.due);
                       if (!done) return http::Response::problem(done.error(), call.trace_id);
                       return http::Response::json("{}");
                   });
    drop.query = &core::type_of<TargetQuery>();
    drop.says("Takes a target away again, before its date.");
}

void register_exports(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto& figure = router.raw(http::Method::get, "/api/v1/indicators/{code}/export.xlsx", http::Access::signed_in(),
                              http::workbook_type, [&db, &clock](http::Call& call) {
                                  FigureQuery query;
                                  auto const read = http::read_query(call, core::type_of<FigureQuery>(), &query);
                                  if (!read) return http::Response::problem(read.error(), call.trace_id);
                                  return workbook(call, call.text("code"), [&](Export const& target) {
                                      return export_indicator(db, call.caller, clock, call.text("code"), query, target);
                                  });
                              });
    figure.query = &core::type_of<FigureQuery>();
    figure.says("One indicator as a workbook, under the same rules.").slowly();
    auto& cockpit =
        router.raw(http::Method::get, "/api/v1/cockpit/export.xlsx", http::Access::with(permissions::view_district),
                   http::workbook_type, [&db, &clock](http::Call& call) {
                       WeekQuery query;
                       auto const read = http::read_query(call, core::type_of<WeekQuery>(), &query);
                       if (!read) return http::Response::problem(read.error(), call.trace_id);
                       return workbook(call, "cockpit", [&](Export const& target) {
                           return export_cockpit(db, call.caller, clock, query.week, target);
                       });
                   });
    cockpit.query = &core::type_of<WeekQuery>();
    cockpit.says("The cockpit's numbers and schools as a workbook.").slowly();
}

}  // namespace

void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    register_reading(router, db, clock);
    register_schools(router, db, clock);
    register_targets(router, db, clock);
    register_exports(router, db, clock);
}

}  // namespace santong::indicators
