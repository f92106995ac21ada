#include "platform/files/scorm_manifest.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <map>
#include <pugixml.hpp>
#include <set>

#include "platform/files/scorm_activities.hpp"
#include "platform/files/scorm_xml.hpp"
#include "platform/files/zip_reader.hpp"
#include "platform/text/utf8.hpp"

namespace santong::files {

namespace {

constexpr std::size_t largest_manifest = 4 << 20;
constexpr std::size_t longest_identifier = 200, longest_title = 300, longest_launch_data = 4096;

using scorm_xml::attribute;
using scorm_xml::child;
using scorm_xml::local_name;
using scorm_xml::words;

/// A reference as the name that it stands for: "a%20b.html" is the file "a b.html".
std::string decoded(std::string_view reference) {
    std::string name;
    for (std::size_t at = 0; at < reference.size(); ++at) {
        int value = 0;
        auto const digits = reference.substr(at + 1, 2);
        bool const coded = reference[at] == '%' && digits.size() == 2 &&
                           std::from_chars(digits.data(), digits.data() + 2, value, 16).ptr == digits.data() + 2;
        name += coded ? static_cast<char>(value) : reference[at];
        if (coded) at += 2;
    }
    return name;
}

struct Page {
    std::string href;
    bool reports = true;
};

/// Pages by the identifier of their resource, with every xml:base above them.
std::map<std::string, Page> pages_of(pugi::xml_node manifest) {
    std::map<std::string, Page> pages;
    auto const resources = child(manifest, "resources");
    std::string const base = std::string(attribute(manifest, "base")) + std::string(attribute(resources, "base"));
    for (auto const& resource : resources.children()) {
        std::string const href(attribute(resource, "href"));
        if (local_name(resource.name()) != "resource" || href.empty() || href.find("://") != std::string::npos)
            continue;
        auto const query = std::min(href.find_first_of("?#"), href.size());
        auto const page = base + std::string(attribute(resource, "base")) + href.substr(0, query);
        bool const asset = attribute(resource, "scormtype") == "asset" || attribute(resource, "scormType") == "asset";
        pages.emplace(attribute(resource, "identifier"), Page{decoded(page) + href.substr(query), !asset});
    }
    return pages;
}

/// How many items were seen, and which of them have a page.
struct ItemPlaces {
    std::size_t seen = 0;
    std::vector<std::size_t> of_pages;
};

/// `href` with the parameters that an item gives it (SCORM content aggregation 3.4.1.7).
std::string with_parameters(std::string href, std::string_view parameters) {
    while (!parameters.empty() && (parameters[0] == '?' || parameters[0] == '&')) parameters.remove_prefix(1);
    if (parameters.empty()) return href;
    if (parameters[0] == '#') return href.find('#') == std::string::npos ? href + std::string(parameters) : href;
    return href + (href.find('?') == std::string::npos ? '?' : '&') + std::string(parameters);
}

/// Pages of the items below a node; `items` gets each page's place among all items.
void add_items(pugi::xml_node parent, std::map<std::string, Page> const& pages, ScormCourse& course,
               ItemPlaces& items) {
    for (auto const& item : parent.children()) {
        if (local_name(item.name()) != "item") continue;
        auto const place = items.seen++;
        auto const page = pages.find(std::string(attribute(item, "identifierref")));
        if (page != pages.end() && course.scos.size() <= most_scos) {
            auto const data = child(item, "dataFromLMS") ? child(item, "dataFromLMS") : child(item, "datafromlms");
            items.of_pages.push_back(place);
            course.scos.push_back(
                {std::string(text::truncate_bytes(text::clean(attribute(item, "identifier")), longest_identifier)),
                 words(child(item, "title"), longest_title),
                 with_parameters(page->second.href, attribute(item, "parameters")), words(data, longest_launch_data),
                 words(child(item, "masteryscore"), longest_identifier), page->second.reports});
        }
        add_items(item, pages, course, items);
    }
}

pugi::xml_node organization_of(pugi::xml_node manifest) {
    auto const organizations = child(manifest, "organizations");
    auto const wanted = attribute(organizations, "default");
    auto const named = organizations.find_child([&](pugi::xml_node node) {
        return local_name(node.name()) == "organization" && attribute(node, "identifier") == wanted;
    });
    return named ? named : child(organizations, "organization");
}

ScormEdition edition_of(pugi::xml_node manifest) {
    std::string_view const version = child(child(manifest, "metadata"), "schemaversion").text().get();
    if (!version.empty())
        return version.starts_with("1.2") || version.starts_with("1.1") ? ScormEdition::scorm_12
                                                                        : ScormEdition::scorm_2004;
    for (auto const& one : manifest.attributes())
        if (std::strstr(one.value(), "adlcp_v1p3")) return ScormEdition::scorm_2004;
    return ScormEdition::scorm_12;
}

}  // namespace

core::Result<ScormCourse> read_scorm_manifest(std::string_view text) {
    pugi::xml_document document;
    if (!document.load_buffer(text.data(), text.size())) return core::invalid("files.scorm_manifest_broken");
    auto const manifest = child(document, "manifest");
    if (!manifest) return core::invalid("files.scorm_manifest_broken");
    ScormCourse course;
    course.edition = edition_of(manifest);
    auto const organization = organization_of(manifest);
    course.title = words(child(organization, "title"), longest_title);
    auto const pages = pages_of(manifest);
    ItemPlaces items;
    add_items(organization, pages, course, items);
    // A package without an organization is a course of its first page.
    if (course.scos.empty() && !organization && !pages.empty())
        course.scos.push_back(
            {pages.begin()->first, course.title, pages.begin()->second.href, {}, {}, pages.begin()->second.reports});
    if (course.scos.empty()) return core::invalid("files.package_no_start");
    if (course.scos.size() > most_scos)
        return core::invalid("files.scorm_too_many", {{"max", std::to_string(most_scos)}});
    // Careless programs leave identifiers out or use one twice; results are kept by them.
    std::set<std::string> identifiers;
    for (std::size_t i = 0; i < course.scos.size(); ++i) {
        auto& name = course.scos[i].identifier;
        if (name.empty() || identifiers.contains(name)) name = "page-" + std::to_string(i + 1);
        identifiers.insert(name);
    }
    // Of a single page there is nothing that could follow on anything.
    if (course.edition == ScormEdition::scorm_2004 && course.scos.size() > 1) {
        std::map<std::size_t, std::string> names;
        for (std::size_t i = 0; i < items.of_pages.size() && i < course.scos.size(); ++i) {
            names.emplace(items.of_pages[i], course.scos[i].identifier);
        }
        course.activities = read_activities(manifest, organization, names);
    }
    return course;
}

core::Result<ScormCourse> check_scorm(std::filesystem::path const& zip) {
    std::string manifest;
    std::set<std::string> names;
    TRY_VOID(visit_zip(zip, [&](ArchiveEntry const& entry, EntryBytes const& bytes) -> core::Result<void> {
        if (entry.kind == EntryKind::file) names.insert(entry.name);
        if (entry.name != "imsmanifest.xml") return {};
        return bytes([&](std::string_view piece) {
            manifest += piece;
            return manifest.size() <= largest_manifest;
        });
    }));
    if (manifest.size() > largest_manifest) return core::invalid("files.scorm_manifest_broken");
    auto course = TRY(read_scorm_manifest(manifest));
    for (auto const& sco : course.scos) {
        auto const page = sco.href.substr(0, sco.href.find_first_of("?#"));
        if (!names.contains(page)) return core::invalid("files.scorm_page_missing", {{"name", page}});
    }
    return course;
}

}  // namespace santong::files
