#pragma once
#include "modules/resources/domain_course.hpp"
#include "platform/auth/vault.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources::store {

/// States of one person in a course, or of many people.
std::vector<CourseState> course_states(sql::Tx& tx, ResourceId const& id, std::vector<core::PersonId> const& people);
std::optional<CourseState> course_state(sql::Tx& tx, ResourceId const& id, core::PersonId const& person,
                                        std::string const& sco);
/// What a page left to be found again by this version; empty if it left nothing.
auth::SealedText course_memory(sql::Tx& tx, CourseState const& state);
void put_course_state(sql::Tx& tx, CourseState const& state, auth::SealedText const& cmi);
/// Forgets what the pages left, not how far he came.
void clear_course_memory(sql::Tx& tx, ResourceId const& id, core::PersonId const& person);
void remove_course_states(sql::Tx& tx, ResourceId const& id);

}  // namespace santong::resources::store
