#pragma once
// The tree of activities of an organization in a manifest. Inner header of the folder.
#include <map>
#include <pugixml.hpp>
#include <string>
#include <vector>

#include "platform/files/scorm_sequencing.hpp"

namespace santong::files {

/// Activities of an organization, parents first, if it says anything of sequencing; else none: then every page may be
/// opened at any time. `names`: what each item is called by its `Sco`, by its place among all items.
std::vector<ScormActivity> read_activities(pugi::xml_node manifest, pugi::xml_node organization,
                                           std::map<std::size_t, std::string> const& names);

}  // namespace santong::files
