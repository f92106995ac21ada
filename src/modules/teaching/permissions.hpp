#pragma once
#include "platform/auth/caller.hpp"

namespace santong::teaching::permissions {

inline constexpr auth::Permission prepare{"teaching.prepare"};  ///< own plans, shared ones of the school
inline constexpr auth::Permission manage_templates{"teaching.manage_templates"};  ///< the school's templates
inline constexpr auth::Permission teach{"teaching.teach"};                        ///< class view of own lessons
inline constexpr auth::Permission view_own_records{
    "teaching.view_own_records"};  ///< own records: see, correct, release
inline constexpr auth::Permission view_school_records{
    "teaching.view_school_records"};  ///< single lessons when open to the school
inline constexpr auth::Permission set_classroom_rule{
    "teaching.set_classroom_rule"};                                 ///< how a school's screens call a pupil
inline constexpr auth::Permission supervise{"teaching.supervise"};  ///< a named lesson, with a written reason
inline constexpr auth::Permission manage_computers{
    "teaching.manage_computers"};  ///< enrol and revoke the computers of a school's classrooms
inline constexpr auth::Permission view_class_resources{"teaching.view_class_resources"};  ///< a pupil's day

}  // namespace santong::teaching::permissions
