#include "modules/timetable/http_import.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>

#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service_import.hpp"

namespace santong::timetable {

namespace {

constexpr char workbook_type[] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

struct WorkbookQuery {
    core::OrgId school_id;
};
BOOST_DESCRIBE_STRUCT(WorkbookQuery, (), (school_id))

/// A file for one answer; gone when the answer is made.
struct AnswerFile {
    std::filesystem::path path = std::filesystem::temp_directory_path() / (core::Uuid::make().text() + ".xlsx");
    ~AnswerFile() {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
};

template <class F>
http::Response workbook(http::Call& call, std::string const& name, F const& write) {
    WorkbookQuery query{};
    auto const read = http::read_query(call, core::type_of<WorkbookQuery>(), &query);
    if (!read) return http::Response::problem(read.error(), call.trace_id);
    AnswerFile const file;
    core::Result<void> const done = write(query.school_id, Workbook{file.path.string(), call.language});
    if (!done) return http::Response::problem(done.error(), call.trace_id);
    http::Response response;
    response.content_type = workbook_type;
    std::ifstream in(file.path, std::ios::binary);
    response.body.assign(std::istreambuf_iterator<char>(in), {});
    response.with("Content-Disposition", "attachment; filename=\"" + name + ".xlsx\"");
    return response;
}

}  // namespace

void register_import_routes(http::Router& router, sql::Database& db, core::Clock const& clock, files::Files const& files) {
    router.act<ImportRequest, ImportAnswer>("/api/v1/timetables/import", http::Access::with(permissions::edit),
                                            [&db, &clock, &files](http::Call const& call, ImportRequest const& body) {
                                                return import_timetable(db, call.caller, clock, files, body);
                                            })
        .says("Reads a week timetable from a spreadsheet: lessons found, cells refused, clashes; a draft if asked and clean.")
        .slowly();
    for (bool const filled : {false, true}) {
        auto const name = std::string(filled ? "export" : "template");
        router
            .raw(http::Method::get, "/api/v1/timetables/" + name + ".xlsx", http::Access::with(permissions::view), workbook_type,
                 [&db, &clock, filled, name](http::Call& call) {
                     return workbook(call, "timetable-" + name, [&](core::OrgId const& school, Workbook const& target) {
                         return write_workbook(db, call.caller, clock, school, filled, target);
                     });
                 })
            .says(filled ? "The timetable in force as a workbook that can be imported again." : "An empty sheet for the import.");
    }
    router
        .raw(http::Method::get, "/api/v1/course-check/export.xlsx", http::Access::with(permissions::view), workbook_type,
             [&db, &clock](http::Call& call) {
                 return workbook(call, "course-check", [&](core::OrgId const& school, Workbook const& target) {
                     return write_check(db, call.caller, clock, school, target);
                 });
             })
        .says("The course check as a workbook.");
}

}  // namespace santong::timetable
