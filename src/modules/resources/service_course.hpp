#pragma once
// Courses (SCORM) played with their results kept: for the learner himself, and for his teachers as far as they may see.
#include "modules/resources/domain_course.hpp"
#include "modules/resources/service_author.hpp"
#include "platform/files/packages.hpp"

namespace santong::resources {

/// What the use cases of courses work with.
struct Courses {
    Library library;
    files::Packages& packages;
};

/// One page of a course, and how far the caller has come in it.
struct CoursePage {
    std::string sco;
    std::string title;
    std::string url;  ///< on the second origin; ends with the session and within hours
    std::string launch_data;
    std::string mastery_score;
    bool reports = true;  ///< false: a page that reports nothing, done once it was seen
    Completion completion = Completion::not_yet;
    Success success = Success::unknown;
    std::optional<int> score{};
    int seconds = 0;
    std::string cmi{};  ///< JSON that the page left; empty = it begins anew
};
BOOST_DESCRIBE_STRUCT(CoursePage, (),
                      (sco, title, url, launch_data, mastery_score, reports, completion, success, score, seconds, cmi))

struct CoursePlay {
    ResourceId resource_id;
    int version = 1;
    files::ScormEdition edition = files::ScormEdition::scorm_12;
    std::string title;
    std::string player_url;  ///< the page of the second origin that frames the course and hands it its run-time
    std::vector<CoursePage> pages;
    CourseResult mine;
    std::vector<files::ScormActivity> activities{};  ///< what may follow on what (SCORM 2004); none: every page is free
    std::string sequencing{};  ///< JSON that the player left of the way through the activities; empty = it begins anew
};
BOOST_DESCRIBE_STRUCT(CoursePlay, (),
                      (resource_id, version, edition, title, player_url, pages, mine, activities, sequencing))

/// A course with its file, before http.cpp makes addresses of `href`s (they stand in `url`).
struct OpenedCourse {
    CoursePlay view;
    core::FileId file_id;
};

/// What a page says of the caller's progress; with an empty `sco`, what the player says of the whole of a sequenced
/// course.
struct CourseReport {
    int version = 1;
    std::string sco;
    Completion completion = Completion::begun;
    Success success = Success::unknown;
    std::optional<int> score;  ///< 0–100
    int seconds = 0;           ///< altogether
    std::string cmi;
};
BOOST_DESCRIBE_STRUCT(CourseReport, (), (version, sco, completion, success, score, seconds, cmi))

/// How many pupils of a class have come how far in a course.
struct CourseClass {
    core::OrgId class_id;
    std::string name;
    int pupils = 0;
    int completed = 0;
    int begun = 0;
    int not_yet = 0;
    bool detail = false;  ///< the caller teaches this subject in it and may see the pupils one by one
};
BOOST_DESCRIBE_STRUCT(CourseClass, (), (class_id, name, pupils, completed, begun, not_yet, detail))
struct CourseClasses {
    int pages = 0;
    std::vector<CourseClass> items;
};
BOOST_DESCRIBE_STRUCT(CourseClasses, (), (pages, items))

struct CoursePupil {
    core::PersonId person_id;
    std::string name;
    CourseResult result;
};
BOOST_DESCRIBE_STRUCT(CoursePupil, (), (person_id, name, result))
struct CoursePupils {
    core::OrgId class_id;
    std::string class_name;
    int pages = 0;
    std::vector<CoursePupil> pupils;  ///< as the class lists them, never by result
};
BOOST_DESCRIBE_STRUCT(CoursePupils, (), (class_id, class_name, pages, pupils))

/// The course of the version that this caller gets. Refuses what is no course ("resources.no_course").
core::Result<OpenedCourse> course(Courses const& courses, auth::Caller const& caller, ResourceId const& id);
/// Keeps what a page reports of the caller. Refuses a page that the course does not have ("resources.no_such_page"),
/// another version than the caller's ("resources.course_changed"), more than `most_course_bytes`
/// ("resources.course_too_large"), no JSON and scores beyond 0–100.
core::Result<CourseResult> report(Courses const& courses, auth::Caller const& caller, ResourceId const& id,
                                  CourseReport const& said);
/// Begins the course anew: what the pages left is forgotten, what was reached stays.
core::Result<CourseResult> begin_anew(Courses const& courses, auth::Caller const& caller, ResourceId const& id);

/// The caller's own classes (taught, or as homeroom teacher) of the course's grades with counts; none for anybody who
/// has no class.
core::Result<CourseClasses> course_classes(Courses const& courses, auth::Caller const& caller, ResourceId const& id);
/// Pupils of one class, for who teaches the resource's subject in it; each look is audited. Everybody else gets
/// not_found.
core::Result<CoursePupils> course_pupils(Courses const& courses, auth::Caller const& caller, ResourceId const& id,
                                         core::OrgId const& class_id);

}  // namespace santong::resources
