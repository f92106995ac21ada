#pragma once
#include <functional>
#include <string>

#include "platform/http/router.hpp"

namespace santong::server {

/// The course player on the second origin: its page and its scripts out of the embedded screens, framed by our own
/// pages only (`main_origin`). Courses (SCORM) look for their run-time in the frames above them, so it lives beside
/// them and not among the screens.
void register_course_player(http::Router& packages, std::function<std::string()> const& main_origin);

}  // namespace santong::server
