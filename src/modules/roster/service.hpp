#pragma once
// The roster's door for other modules: reading. Writing: service_write.hpp. Nothing here checks who asks: the use case
// that calls it has done so. `on` is a day of the district (`today`).
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "modules/roster/post.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster {

// ---- district and time

/// The district of this transaction; a nameless one in China's zone while nothing has been imported.
District district(sql::Tx& tx);
/// The day it is in the district by the teaching clock.
core::LocalDate today(sql::Tx& tx, core::Clock const& clock);
/// All terms, oldest first.
std::vector<Term> terms(sql::Tx& tx);
/// The term that runs on a day; in the holidays the one before it, before the first term the first.
/// Refuses with "roster.no_term" if the district has none.
core::Result<Term> term_at(sql::Tx& tx, core::LocalDate on);

// ---- organisations

/// Refuses with "roster.org_not_found".
core::Result<Org> org(sql::Tx& tx, OrgId const& id);
/// Those that exist, in no particular order.
std::vector<Org> orgs(sql::Tx& tx, std::vector<OrgId> const& ids);
/// Open nodes directly below, by their sort number.
std::vector<Org> children(sql::Tx& tx, OrgId const& id, std::optional<OrgKind> kind = {});
/// Open nodes at any depth below and the node itself.
std::vector<Org> subtree(sql::Tx& tx, OrgId const& id, std::optional<OrgKind> kind = {});
/// The node itself, then all above it, nearest first.
std::vector<OrgId> self_and_ancestors(sql::Tx& tx, OrgId const& id);
/// The nearest school or teaching point at or above a node (a class, a grade, a department).
/// Refuses with "roster.no_school" if there is none.
core::Result<OrgId> school_of(sql::Tx& tx, OrgId const& any);
/// All open schools and teaching points, by sort number.
std::vector<School> schools(sql::Tx& tx);
/// Refuses with "roster.org_not_found".
core::Result<School> school(sql::Tx& tx, OrgId const& id);
/// Classes that a school has on a day (graduated ones are not among them), by grade and number.
std::vector<ClassGroup> classes(sql::Tx& tx, OrgId const& school_id, core::LocalDate on);
/// Refuses with "roster.class_not_found".
core::Result<ClassGroup> class_group(sql::Tx& tx, OrgId const& id, core::LocalDate on);
/// Many classes at once; those that exist, also such that have left.
std::vector<ClassGroup> class_groups(sql::Tx& tx, std::vector<OrgId> const& ids, core::LocalDate on);
std::vector<Room> rooms(sql::Tx& tx, OrgId const& school_id);

// ---- subjects (table ZXXKC of 2012 and its extension of 2022; in the program, no transaction needed)

/// All subjects that a row may name, in the order of the tables.
std::vector<Subject> const& subjects();
/// The title in "zh-CN" or "en"; the code itself if it is unknown.
std::string subject_title(std::string_view code, std::string_view language);

// ---- people

/// Refuses with "roster.person_not_found".
core::Result<Person> person(sql::Tx& tx, PersonId const& id);
std::vector<Person> people(sql::Tx& tx, std::vector<PersonId> const& ids);
/// Names of those that exist.
std::map<PersonId, std::string> names(sql::Tx& tx, std::vector<PersonId> const& ids);
/// Teachers of one school (posts `teacher` at it), by name.
std::vector<Teacher> teachers(sql::Tx& tx, OrgId const& school_id, core::LocalDate on);
int teacher_count(sql::Tx& tx, OrgId const& school_id, core::LocalDate on);
/// Number of teachers of every school that has any.
std::map<OrgId, int> teacher_counts(sql::Tx& tx, core::LocalDate on);
/// Posts at one class: homeroom teacher and those appointed to the class itself.
std::vector<Teacher> teachers_of_class(sql::Tx& tx, OrgId const& class_id, core::LocalDate on);
std::vector<Pupil> pupils_of_class(sql::Tx& tx, OrgId const& class_id, core::LocalDate on);
/// Number of pupils of every school that has any.
std::map<OrgId, int> pupil_counts(sql::Tx& tx, core::LocalDate on);
/// The class somebody is enrolled in on a day.
std::optional<OrgId> pupil_class(sql::Tx& tx, PersonId const& pupil, core::LocalDate on);
/// The children that somebody answers for on a day.
std::vector<PersonId> pupils_of_guardian(sql::Tx& tx, PersonId const& guardian, core::LocalDate on);
/// Those who answer for a pupil on a day.
std::vector<PersonId> guardians_of_pupil(sql::Tx& tx, PersonId const& pupil, core::LocalDate on);
/// Posts that run on a day.
std::vector<Post> posts_of(sql::Tx& tx, PersonId const& person, core::LocalDate on);
/// People who hold a post of this kind exactly at this organisation; `subject` empty = any.
std::vector<PersonId> holders(sql::Tx& tx, auth::Role kind, OrgId const& org_id, std::string_view subject,
                              core::LocalDate on);

}  // namespace santong::roster
