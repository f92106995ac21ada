#pragma once
#include <string>
#include <unordered_set>

namespace santong::auth {

/// Passwords that everybody tries first, in lower case; made by `common_passwords.py`.
std::unordered_set<std::string> const& common_passwords();

}  // namespace santong::auth
