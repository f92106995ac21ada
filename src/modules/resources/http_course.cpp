#include "modules/resources/http_course.hpp"

#include "modules/resources/permissions.hpp"
#include "modules/resources/service_course.hpp"

namespace santong::resources {

namespace {

ResourceId resource_id(http::Call const& call) {
    return call.id<ResourceId>("resource_id");
}

core::Result<CoursePlay> with_addresses(files::FileRoutes const& site, http::Call const& call, OpenedCourse opened) {
    auto const file = site.files.find(call.caller.district, opened.file_id);
    if (!file) return core::not_found("files.not_found");
    if (file->state == files::FileState::damaged) return core::gone("files.damaged");
    for (auto& page : opened.view.pages) page.url = files::package_page_address(site, *file, page.url, call.caller).url;
    opened.view.player_url = site.package_origin() + "/course.html";
    return opened.view;
}

}  // namespace

void register_course_routes(http::Router& router, Library const& library, files::FileRoutes const& site) {
    auto const access = http::Access::with(permissions::view);
    Courses const courses{library, site.packages};
    router
        .get<CoursePlay>("/api/v1/resources/{resource_id}/course", access,
                         [courses, site](http::Call const& call) -> core::Result<CoursePlay> {
                             return with_addresses(site, call, TRY(course(courses, call.caller, resource_id(call))));
                         })
        .says("Pages of a SCORM course with addresses, and how far the caller has come.")
        .slowly();
    router
        .put<CourseReport, CourseResult>("/api/v1/resources/{resource_id}/course", access,
                                         [courses](http::Call const& call, CourseReport const& body) {
                                             return report(courses, call.caller, resource_id(call), body);
                                         })
        .says("What a page of a course reports of the caller; at most 128 KB to be found again.");
    router
        .act<core::Nothing, CourseResult>("/api/v1/resources/{resource_id}/course/anew", access,
                                          [courses](http::Call const& call, core::Nothing const&) {
                                              return begin_anew(courses, call.caller, resource_id(call));
                                          })
        .says("Begins a course anew; what was reached stays.");
    router
        .get<CourseClasses>(
            "/api/v1/resources/{resource_id}/course/classes", access,
            [courses](http::Call const& call) { return course_classes(courses, call.caller, resource_id(call)); })
        .says("How many pupils of the caller's own classes have come how far.");
    router
        .get<CoursePupils>("/api/v1/resources/{resource_id}/course/classes/{class_id}", access,
                           [courses](http::Call const& call) {
                               return course_pupils(courses, call.caller, resource_id(call),
                                                    call.id<core::OrgId>("class_id"));
                           })
        .says("How far the pupils of one class have come, for who teaches the subject in it. Each look is logged.");
}

}  // namespace santong::resources
