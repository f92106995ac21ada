#include "modules/resources/domain_course.hpp"

#include <algorithm>

namespace santong::resources {

CourseState merged(std::optional<CourseState> const& before, CourseState now) {
    now.seconds = std::clamp(now.seconds, 0, longest_course_seconds);
    now.begun_at = before ? before->begun_at : now.updated_at;
    if (before) {
        now.completion = std::max(now.completion, before->completion);
        if (before->success == Success::passed) now.success = Success::passed;
        if (now.success == Success::unknown) now.success = before->success;
        if (before->score) now.score = std::max(now.score.value_or(0), *before->score);
        now.seconds = std::max(now.seconds, before->seconds);
        now.completed_at = before->completed_at;
    }
    if (now.completion == Completion::completed && !now.completed_at) now.completed_at = now.updated_at;
    return now;
}

CourseResult result_of(std::vector<CourseState> const& states, int pages) {
    CourseResult result;
    int scores = 0, sum = 0;
    bool failed = false, passed = false;
    for (auto const& state : states) {
        if (state.completion == Completion::completed) ++result.completed;
        failed = failed || state.success == Success::failed;
        passed = passed || state.success == Success::passed;
        if (state.score) ++scores, sum += *state.score;
        result.seconds += state.seconds;
        if (!result.updated_at || *result.updated_at < state.updated_at) result.updated_at = state.updated_at;
    }
    if (!states.empty()) result.completion = result.completed >= pages ? Completion::completed : Completion::begun;
    if (failed)
        result.success = Success::failed;
    else if (passed)
        result.success = Success::passed;
    if (scores > 0) result.score = (sum + scores / 2) / scores;
    return result;
}

}  // namespace santong::resources
