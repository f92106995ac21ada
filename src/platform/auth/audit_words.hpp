#pragma once
// A row of the audit log in words: its detail as facts, and as before and after.
#include <map>
#include <string>
#include <vector>

#include "platform/auth/audit_log.hpp"

namespace santong::auth {

/// Names by identifier, as far as they are known and may be shown.
using AuditNames = std::map<std::string, std::string>;

/// Every identifier in a text, once.
std::vector<core::Uuid> identifiers_in(std::string const& text);

/// Fields of the detail, nested ones by their last name. Identifiers stand as names, or as their last eight signs;
/// lists of more than `longest_list` as their length.
std::vector<AuditFact> facts_of(std::string const& detail, AuditNames const& names, std::string_view language);
/// Fields that differ between the detail's "before" and "after".
std::vector<AuditChange> changes_of(std::string const& detail, AuditNames const& names, std::string_view language);

std::string action_in_words(std::string const& action, std::string_view language);
/// Who did it and from where: a name, "command line (user)", "nobody".
std::string actor_in_words(AuditItem const& item, std::string_view language);

}  // namespace santong::auth
