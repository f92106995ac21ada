#include "modules/resources/domain_pack.hpp"

#include <algorithm>
#include <set>

#include "platform/text/utf8.hpp"

namespace santong::resources {

PackRole role_of(Kind kind) {
    switch (kind) {
        case Kind::plan: return PackRole::plan;
        case Kind::slides: return PackRole::slides;
        case Kind::video:
        case Kind::audio: return PackRole::video;
        case Kind::exercise: return PackRole::exercise;
        case Kind::picture:
        case Kind::interactive:
        case Kind::document:
        case Kind::scorm:
        case Kind::link:
        case Kind::pack: break;
    }
    return PackRole::other;
}

core::Result<void> check_pack_items(std::vector<PackItem> const& items) {
    constexpr std::size_t longest_note = 200;
    if (items.empty()) return core::invalid_at("/items", "resources.pack_empty");
    if (items.size() > most_pack_items)
        return core::invalid_at("/items", "resources.pack_full", {{"max", std::to_string(most_pack_items)}});
    std::vector<core::Problem> problems;
    std::set<ResourceId> seen;
    for (std::size_t i = 0; i < items.size(); ++i) {
        auto const place = "/items/" + std::to_string(i);
        if (!seen.insert(items[i].resource_id).second || items[i].resource_id == items[i].pack_id)
            problems.push_back({place + "/resource_id", "resources.pack_twice", {}});
        if (text::count_characters(items[i].note) > longest_note)
            problems.push_back({place + "/note", "core.too_long", {{"max", std::to_string(longest_note)}}});
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

std::vector<PackRole> missing_roles(std::vector<PackRole> const& filled) {
    std::vector<PackRole> missing;
    for (auto const role : {PackRole::plan, PackRole::slides, PackRole::video, PackRole::exercise}) {
        if (std::ranges::find(filled, role) == filled.end()) missing.push_back(role);
    }
    return missing;
}

}  // namespace santong::resources
