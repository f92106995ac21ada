#include "platform/files/scorm_xml.hpp"

#include <cstring>

#include "platform/text/utf8.hpp"

namespace santong::files::scorm_xml {

std::string_view local_name(char const* name) {
    char const* colon = std::strchr(name, ':');
    return colon ? colon + 1 : name;
}

pugi::xml_node child(pugi::xml_node parent, std::string_view name) {
    return parent.find_child([&](pugi::xml_node node) { return local_name(node.name()) == name; });
}

std::string_view attribute(pugi::xml_node node, std::string_view name) {
    return node.find_attribute([&](pugi::xml_attribute one) { return local_name(one.name()) == name; }).value();
}

std::string words(pugi::xml_node node, std::size_t most) {
    return std::string(text::truncate_bytes(text::clean(node.text().get()), most));
}

}  // namespace santong::files::scorm_xml
