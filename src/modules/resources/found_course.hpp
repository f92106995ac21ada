#pragma once
// A course that the caller may read, with its package; shared by the use cases of courses.
#include "modules/resources/service_course.hpp"

namespace santong::resources {

struct FoundCourse {
    Resource resource;
    Version version;
    files::ScormCourse course;
};

/// Unpacks the package the first time, so not inside a transaction. Refuses what is no course ("resources.no_course").
core::Result<FoundCourse> find_course(Courses const& courses, auth::Caller const& caller, ResourceId const& id);
/// Of the pages that the course has now.
CourseResult result_in(std::vector<CourseState> states, files::ScormCourse const& course);

}  // namespace santong::resources
