#pragma once
// A course (SCORM) and how far somebody has come in it. May include: core/ only.
#include <optional>
#include <string>
#include <vector>

#include "modules/resources/domain.hpp"

namespace santong::resources {

enum class Completion : int { not_yet, begun, completed };
BOOST_DESCRIBE_ENUM(Completion, not_yet, begun, completed)

enum class Success : int { unknown, passed, failed };
BOOST_DESCRIBE_ENUM(Success, unknown, passed, failed)

/// How far one person has come in one page of a course (学习进度). Whose it is stands beside it.
struct CourseState {
    ResourceId resource_id;
    core::PersonId person_id;
    std::string sco;  ///< identifier in the manifest
    int version = 1;  ///< of the resource, on which it was made
    Completion completion = Completion::begun;
    Success success = Success::unknown;
    std::optional<int> score;  ///< percent of what can be reached; empty = the page gives none
    int seconds = 0;           ///< spent in it
    core::Instant begun_at;
    core::Instant updated_at;
    std::optional<core::Instant> completed_at;
};
BOOST_DESCRIBE_STRUCT(CourseState, (),
                      (resource_id, person_id, sco, version, completion, success, score, seconds, begun_at, updated_at,
                       completed_at))

/// Most bytes of what a page wants to have kept (cmi with suspend_data; the standards ask for 4,096 and 64,000).
constexpr std::size_t most_course_bytes = 128 * 1024;
/// Longest time that one page may report: a page that was left open over night is not a night's work.
constexpr int longest_course_seconds = 24 * 3600;

/// What is kept when a page reports again: what was once completed or passed stays so, of two scores the better one.
CourseState merged(std::optional<CourseState> const& before, CourseState now);

/// A whole course of so many pages: completed when each is, passed when none failed and one passed; the score is the
/// mean of those pages that give one.
struct CourseResult {
    Completion completion = Completion::not_yet;
    Success success = Success::unknown;
    std::optional<int> score;
    int completed = 0;  ///< pages
    int seconds = 0;
    std::optional<core::Instant> updated_at;
};
BOOST_DESCRIBE_STRUCT(CourseResult, (), (completion, success, score, completed, seconds, updated_at))

CourseResult result_of(std::vector<CourseState> const& states, int pages);

}  // namespace santong::resources
