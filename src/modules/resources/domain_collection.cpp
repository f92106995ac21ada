#include "modules/resources/domain_collection.hpp"

#include <set>

#include "platform/text/utf8.hpp"

namespace santong::resources {

namespace {

constexpr std::size_t longest_name = 40, longest_note = 200;

bool too_long(std::string const& text, std::size_t most) {
    return text::count_characters(text) > most;
}

core::Problem length_problem(std::string pointer, std::size_t most) {
    return {std::move(pointer), "core.too_long", {{"max", std::to_string(most)}}};
}

}  // namespace

std::string star_name(core::PersonId const& person, ResourceId const& resource) {
    return person.text() + '/' + resource.text();
}

core::Result<void> check_collection(Collection const& collection) {
    std::vector<core::Problem> problems;
    if (text::trim(collection.name).empty()) problems.push_back({"/name", "core.required", {}});
    if (too_long(collection.name, longest_name)) problems.push_back(length_problem("/name", longest_name));
    if (too_long(collection.note, longest_note)) problems.push_back(length_problem("/note", longest_note));
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

core::Result<void> check_items(std::vector<CollectionItem> const& items) {
    if (items.size() > most_collection_items)
        return core::invalid_at("/items", "resources.collection_full",
                                {{"max", std::to_string(most_collection_items)}});
    std::vector<core::Problem> problems;
    std::set<ResourceId> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto const at = "/items/" + std::to_string(i);
        if (!seen.insert(items[i].resource_id).second)
            problems.push_back({at + "/resource_id", "resources.collection_twice", {}});
        if (too_long(items[i].note, longest_note)) problems.push_back(length_problem(at + "/note", longest_note));
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

}  // namespace santong::resources
