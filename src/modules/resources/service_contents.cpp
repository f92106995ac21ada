#include "modules/resources/service_contents.hpp"

#include <algorithm>
#include <set>

#include "modules/resources/store.hpp"
#include "modules/resources/store_pack.hpp"
#include "modules/roster/service_area.hpp"

namespace santong::resources {

std::vector<ContentPart> contents_of(sql::Tx& tx, std::vector<ResourceId> const& ids) {
    return store::content_parts(tx, ids);
}

std::vector<PackItem> items_of(sql::Tx& tx, Resource const& pack) {
    if (pack.kind != Kind::pack || pack.state != State::published) return {};
    return store::pack_items(tx, pack.id, pack.current_version);
}

bool reaches(sql::Tx& tx, Resource const& resource, core::OrgId const& school) {
    if (resource.state != State::published) return false;
    switch (resource.scope) {
        case Scope::self:
        case Scope::group: return false;
        case Scope::school: return resource.school_id == school;
        case Scope::area: {
            auto const area = roster::area_schools(tx, resource.school_id);
            return std::ranges::find(area, school) != area.end();
        }
        case Scope::district:
        case Scope::public_: return true;
    }
    return false;
}

std::vector<Resource> published_for(sql::Tx& tx, std::vector<ChapterId> const& chapters) {
    return store::published_of_chapters(tx, chapters);
}

std::vector<Resource> published_since(sql::Tx& tx, std::string const& subject, core::Instant since) {
    return store::published_since(tx, subject, since);
}

std::vector<ChapterId> with_parts(sql::Tx& tx, ChapterId const& id) {
    auto const top = chapter(tx, id);
    if (!top) return {};
    std::set<ChapterId> taken{id};
    std::vector<ChapterId> all{id};
    for (auto const& one : chapters(tx, top->textbook_id)) {  // parents stand before their parts
        if (one.parent_id && taken.contains(*one.parent_id) && taken.insert(one.id).second) all.push_back(one.id);
    }
    return all;
}

}  // namespace santong::resources
