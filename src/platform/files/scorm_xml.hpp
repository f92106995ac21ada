#pragma once
// Reading of manifests whose prefixes nobody can foresee. Inner header of the folder.
#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace santong::files::scorm_xml {

/// A name without its prefix.
std::string_view local_name(char const* name);
/// The first child of a name, with whatever prefix; empty if there is none.
pugi::xml_node child(pugi::xml_node parent, std::string_view name);
std::string_view attribute(pugi::xml_node node, std::string_view name);
/// The text of a node, clean and cut.
std::string words(pugi::xml_node node, std::size_t most);

}  // namespace santong::files::scorm_xml
