#pragma once
// What the roster says of an entity in the words of OneRoster: only the columns that the roster itself knows. A column
// of a foreign row stays as it came for as long as this answer stays the same.
#include <map>
#include <string>
#include <unordered_map>

#include "standards/oneroster/picture.hpp"

namespace santong::oneroster {

using Columns = std::map<std::string, std::string>;

/// What entities are called outside; without another name it is their own id.
class SourcedIds {
public:
    void set(EntityId const& entity, std::string const& sourced_id) { names_[entity] = sourced_id; }
    bool has(EntityId const& entity) const { return names_.contains(entity); }
    std::string of(EntityId const& entity) const;
    template <class Tag>
    std::string of(core::Id<Tag> const& id) const {
        return of(id.template as<EntityTag>());
    }

private:
    std::unordered_map<EntityId, std::string> names_;
};

Columns project_org(Picture const& picture, SourcedIds const& ids, roster::Org const& org);
Columns project_session(roster::Term const& term);
Columns project_class(Picture const& picture, SourcedIds const& ids, roster::ClassProfile const& group);
Columns project_user(Picture const& picture, SourcedIds const& ids, roster::ExtractedPerson const& person);
Columns project_demographics(roster::ExtractedPerson const& person);
Columns project_role(SourcedIds const& ids, roster::Post const& post);
/// A teacher's place at a class.
Columns project_teaching(Picture const& picture, SourcedIds const& ids, roster::Post const& post);
Columns project_enrollment(SourcedIds const& ids, roster::Enrolment const& enrolment);

/// 欧阳|娜娜, 张|三; names in letters are divided at their last blank.
std::pair<std::string, std::string> family_and_given(std::string_view name);
/// The other way round.
std::string whole_name(std::string_view family, std::string_view middle, std::string_view given);

/// Ids of rows that only an export has: the course that every class must name, the role of a pupil.
std::string made_id(std::string const& name);

/// "teacher" and others have a word of the standard; the rest is "ext:santong-leader".
std::string role_word(auth::Role role);
std::optional<auth::Role> role_of_word(std::string_view word);

}  // namespace santong::oneroster
