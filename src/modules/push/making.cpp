#include "modules/push/making.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "modules/push/arriving.hpp"
#include "modules/push/store.hpp"
#include "modules/resources/service_contents.hpp"

namespace santong::push {

namespace {

/// Documents before what is heard, that before films (优先级).
int heaviness(resources::Kind kind) {
    using enum resources::Kind;
    switch (kind) {
        case video: return 2;
        case audio:
        case interactive:
        case scorm: return 1;
        case plan:
        case slides:
        case picture:
        case exercise:
        case document:
        case link:
        case pack: return 0;
    }
    return 0;
}

/// Takes resources into an order one by one.
class Gathering {
public:
    Gathering(sql::Tx& tx, OrderId const& order, std::vector<core::OrgId> const& schools)
        : tx_(tx), order_(order), schools_(schools) {}

    core::Result<void> take(ResourceId const& id) {
        auto const resource = resources::resource(tx_, id);
        if (!resource || !reaches_all(*resource))
            return core::conflict("push.out_of_reach", {{"title", resource ? resource->title : ""}});
        add(*resource, {});
        std::vector<ResourceId> held;
        for (auto const& item : resources::items_of(tx_, *resource)) held.push_back(item.resource_id);
        std::map<ResourceId, resources::Resource> found;
        for (auto& one : resources::resources(tx_, held)) found.emplace(one.id, std::move(one));
        for (auto const& one : held) {
            auto const part = found.find(one);
            if (part == found.end()) continue;
            if (reaches_all(part->second))
                add(part->second, id);
            else
                things_.left_out.push_back(part->second.title);
        }
        return {};
    }

    Things done() {
        std::vector<ResourceId> ids;
        std::map<ResourceId, PushItem*> items;
        for (auto& one : things_.items) {
            ids.push_back(one.resource_id);
            items[one.resource_id] = &one;
        }
        auto parts = resources::contents_of(tx_, ids);
        std::ranges::stable_sort(parts, {}, [&](resources::ContentPart const& part) {
            auto const& item = *items[part.resource_id];
            return std::tuple(part.part == 2 ? heaviness(item.kind) : 0, item.sort, part.part);
        });
        std::set<std::string> known;
        for (auto const& part : parts) {
            items[part.resource_id]->size += part.size;
            if (!known.insert(part.sha256).second) continue;
            auto const sort = static_cast<std::int32_t>(things_.contents.size());
            things_.contents.push_back({order_, sort, part.resource_id, part.sha256, part.size});
        }
        return std::move(things_);
    }

private:
    bool reaches_all(resources::Resource const& resource) {
        if (resource.scope >= resources::Scope::district) return resource.state == resources::State::published;
        return std::ranges::all_of(
            schools_, [&](core::OrgId const& school) { return resources::reaches(tx_, resource, school); });
    }
    void add(resources::Resource const& resource, std::optional<ResourceId> const& pack) {
        if (!taken_.insert(resource.id).second) return;
        auto const sort = static_cast<std::int32_t>(things_.items.size());
        things_.items.push_back({order_, sort, resource.id, resource.current_version, resource.kind, pack, 0});
    }

    sql::Tx& tx_;
    OrderId order_;
    std::vector<core::OrgId> schools_;
    std::set<ResourceId> taken_;
    Things things_;
};

}  // namespace

std::int64_t Things::bytes() const {
    std::int64_t sum = 0;
    for (auto const& one : contents) sum += one.size;
    return sum;
}

core::Result<Things> gather(sql::Tx& tx, OrderId const& order, std::vector<ResourceId> const& resources,
                            std::vector<core::OrgId> const& schools) {
    Gathering gathering(tx, order, schools);
    for (auto const& id : resources) TRY_VOID(gathering.take(id));
    auto things = gathering.done();
    if (things.contents.empty()) return core::conflict("push.nothing_to_send");
    if (things.items.size() > most_items)
        return core::invalid_at("/resources", "push.too_many", {{"max", std::to_string(most_items)}});
    return things;
}

void write_order(sql::Tx& tx, PushOrder const& order, Things const& things, std::vector<PushTarget> const& targets,
                 core::Instant now) {
    if (!store::order(tx, order.id)) store::insert_order(tx, order);
    store::replace_items(tx, order.id, things.items, things.contents);
    store::replace_targets(tx, order.id, targets);
    say_order(tx, order);
    receipt_for_hosted(tx, order, now);
}

}  // namespace santong::push
