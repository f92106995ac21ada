#include "modules/timetable/http_import.hpp"

#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service_import.hpp"
#include "platform/http/workbook.hpp"

namespace santong::timetable {

namespace {

struct WorkbookQuery {
    core::OrgId school_id;
};
BOOST_DESCRIBE_STRUCT(WorkbookQuery, (), (school_id))

template <class F>
http::Response workbook(http::Call& call, std::string const& name, F const& write) {
    WorkbookQuery query{};
    auto const read = http::read_query(call, core::type_of<WorkbookQuery>(), &query);
    if (!read) return http::Response::problem(read.error(), call.trace_id);
    http::WorkbookFile const file;
    core::Result<void> const done = write(query.school_id, Workbook{file.path().string(), call.language});
    if (!done) return http::Response::problem(done.error(), call.trace_id);
    return file.answer("attachment; filename=\"" + name + ".xlsx\"");
}

}  // namespace

void register_import_routes(http::Router& router, sql::Database& db, core::Clock const& clock,
                            files::Files const& files) {
    router
        .act<ImportRequest, ImportAnswer>("/api/v1/timetables/import", http::Access::with(permissions::edit),
                                          [&db, &clock, &files](http::Call const& call, ImportRequest const& body) {
                                              return import_timetable(db, call.caller, clock, files, body);
                                          })
        .says(
            "Reads a week timetable from a spreadsheet: lessons found, cells refused, clashes; a draft if asked and "
            "clean.")
        .slowly();
    for (bool const filled : {false, true}) {
        auto const name = std::string(filled ? "export" : "template");
        auto& route = router.raw(
            http::Method::get, "/api/v1/timetables/" + name + ".xlsx", http::Access::with(permissions::view),
            http::workbook_type, [&db, &clock, filled, name](http::Call& call) {
                return workbook(call, "timetable-" + name, [&](core::OrgId const& school, Workbook const& target) {
                    return write_workbook(db, call.caller, clock, school, filled, target);
                });
            });
        route.query = &core::type_of<WorkbookQuery>();
        route.says(filled ? "The timetable in force as a workbook that can be imported again."
                          : "An empty sheet for the import.");
    }
    auto& route =
        router.raw(http::Method::get, "/api/v1/course-check/export.xlsx", http::Access::with(permissions::view),
                   http::workbook_type, [&db, &clock](http::Call& call) {
                       return workbook(call, "course-check", [&](core::OrgId const& school, Workbook const& target) {
                           return write_check(db, call.caller, clock, school, target);
                       });
                   });
    route.query = &core::type_of<WorkbookQuery>();
    route.says("The course check as a workbook.");
}

}  // namespace santong::timetable
