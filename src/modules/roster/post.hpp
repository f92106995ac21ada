#pragma once
#include <optional>
#include <string>

#include "modules/roster/domain.hpp"
#include "platform/auth/caller.hpp"

namespace santong::roster {

/// What somebody does somewhere (任职). A post gives the grant of the same role at its organisation while it lasts:
/// `teacher` stands at a school, `homeroom` at a class, `research_head` at a school with a subject, bureau roles at the
/// county.
struct Post {
    PostId id;
    PersonId person_id;
    OrgId org_id;
    auth::Role kind = auth::Role::teacher;
    std::string subject;  ///< code of table ZXXKC; empty = none in particular
    std::string title;    ///< 副校长, 语文教研组长
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(Post, (), (id, person_id, org_id, kind, subject, title, from_date, to_date))

}  // namespace santong::roster
