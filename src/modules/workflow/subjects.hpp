#pragma once
#include "modules/workflow/service.hpp"

namespace santong::workflow {

/// What is known of a kind of reviewable thing; an unknown kind is a broken assumption.
Subject const& subject_of(std::string const& kind);

/// The same, or nullptr.
Subject const* find_subject(std::string const& kind);
/// The path's row under this name has this id where it was made since paths travel.
PathId path_id_of(std::string const& subject_kind, std::string const& name);
/// See `register_people_above`; whether there is a place above at all.
bool people_are_above(sql::Tx& tx, core::OrgId const& org);
bool knows_people_above();

/// When a step is due at the organisation whose people are asked: a deadline falls on a day when they are at school.
core::Instant due_at(sql::Tx& tx, core::OrgId const& pool_org_id, core::Instant from, int days);

/// Whether every line of the kind's review sheet is ticked.
bool is_filled(Subject const& subject, std::vector<std::string> const& ticked);

/// The keys in a saved checklist; empty for anything that is not a list of texts.
std::vector<std::string> ticked_keys(core::RawJson const& checklist);

}  // namespace santong::workflow
