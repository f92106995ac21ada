#include "modules/resources/service_collection.hpp"

#include <algorithm>
#include <map>

#include "modules/resources/permissions.hpp"
#include "modules/resources/readers.hpp"
#include "modules/resources/shelf_rows.hpp"
#include "modules/resources/store_collection.hpp"
#include "modules/roster/service.hpp"

namespace santong::resources {

namespace {

core::Result<Collection> own_collection(sql::Tx& tx, auth::Caller const& caller, CollectionId const& id) {
    auto const found = store::find_collection(tx, id);
    if (!found || found->owner_person != caller.person) return core::not_found("resources.no_collection");
    return *found;
}

core::Result<Collection> shown_collection(sql::Tx& tx, auth::Caller const& caller, CollectionId const& id) {
    auto const found = store::find_collection(tx, id);
    if (!found) return core::not_found("resources.no_collection");
    if (found->owner_person == caller.person) return *found;
    bool const colleague =
        found->audience == CollectionAudience::school && caller.may(tx, permissions::contribute, found->school_id);
    auto const schools = schools_of(tx, caller);
    bool const same_school = std::ranges::find(schools, found->school_id) != schools.end();
    if (!colleague || !same_school) return core::not_found("resources.no_collection");
    return *found;
}

void apply(Collection& collection, CollectionChange const& wish) {
    if (wish.name) collection.name = *wish.name;
    if (wish.note) collection.note = *wish.note;
    if (wish.audience) collection.audience = *wish.audience;
}

CollectionSummary summary_of(sql::Tx& tx, auth::Caller const& caller, Collection const& c, int items) {
    CollectionSummary row{c.id, c.name, c.note, c.audience,  c.owner_person == caller.person,
                          {},   items,  false,  c.updated_at};
    if (!row.mine) row.owner_name = roster::names(tx, {c.owner_person})[c.owner_person];
    return row;
}

CollectionView view_of(Library const& library, sql::Tx& tx, auth::Caller const& caller, Collection const& collection) {
    auto const items = store::collection_items(tx, {collection.id});
    std::vector<ResourceId> ids;
    for (auto const& item : items) ids.push_back(item.resource_id);
    auto shelf = shelf_rows(library.clock, tx, caller, ids);
    CollectionView view{summary_of(tx, caller, collection, static_cast<int>(items.size())), {}};
    for (auto const& item : items) {
        auto& row = shelf[item.resource_id];
        view.rows.push_back({item.resource_id, item.note, std::move(row.item), row.title, row.gone_reason});
    }
    return view;
}

/// Writes a collection that was changed; two who change it at once do not undo each other.
core::Result<void> save(Library const& library, sql::Tx& tx, Collection& collection) {
    auto const before = collection.updated_at;
    collection.updated_at = std::max(library.clock.now(), before.plus_ms(1));
    if (!store::update_collection(tx, collection, before)) return core::conflict("resources.changed_meanwhile");
    return {};
}

core::Result<void> check_new(sql::Tx& tx, auth::Caller const& caller, std::vector<CollectionItem> const& items,
                             std::vector<CollectionItem> const& before) {
    for (std::size_t i = 0; i < items.size(); ++i) {
        bool const stood =
            std::ranges::find(before, items[i].resource_id, &CollectionItem::resource_id) != before.end();
        if (!stood && !readable(tx, caller, items[i].resource_id))
            return core::invalid_at("/items/" + std::to_string(i) + "/resource_id", "resources.not_found");
    }
    return {};
}

}  // namespace

core::Result<StarState> star(Library const& library, auth::Caller const& caller, ResourceId const& id) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<StarState> {
        TRY_VOID(readable(tx, caller, id));
        store::star(tx, caller.person, id, library.clock.now());
        return StarState{true};
    });
}

core::Result<StarState> unstar(Library const& library, auth::Caller const& caller, ResourceId const& id) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<StarState> {
        store::unstar(tx, caller.person, id);
        return StarState{false};
    });
}

core::Result<CollectionList> collections(Library const& library, auth::Caller const& caller,
                                         std::optional<ResourceId> const& about) {
    return library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<CollectionList> {
        auto all = store::collections_of(tx, caller.person);
        auto const shown = store::collections_shown(tx, schools_of(tx, caller), caller.person);
        all.insert(all.end(), shown.begin(), shown.end());
        std::vector<CollectionId> ids;
        for (auto const& one : all) ids.push_back(one.id);
        std::map<CollectionId, int> counts;
        std::map<CollectionId, bool> holds;
        for (auto const& item : store::collection_items(tx, ids)) {
            ++counts[item.collection_id];
            if (about && item.resource_id == *about) holds[item.collection_id] = true;
        }
        CollectionList list;
        for (auto const& one : all) {
            auto row = summary_of(tx, caller, one, counts[one.id]);
            row.holds = holds[one.id];
            (row.mine ? list.mine : list.shown).push_back(std::move(row));
        }
        return list;
    });
}

core::Result<CollectionView> add_collection(Library const& library, auth::Caller const& caller,
                                            CollectionChange const& wish) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CollectionView> {
        auto const schools = schools_of(tx, caller);
        if (schools.empty() && caller.grants.empty()) return core::forbidden();
        auto const school = schools.empty() ? caller.grants.front().org_id : schools.front();
        auto const now = library.clock.now();
        Collection collection{CollectionId::make(), caller.person, school, {}, {}, CollectionAudience::self, now, now};
        apply(collection, wish);
        TRY_VOID(check_collection(collection));
        if (store::collections_of(tx, caller.person).size() >= most_collections)
            return core::conflict("resources.collections_full", {{"max", std::to_string(most_collections)}});
        store::insert_collection(tx, collection);
        return view_of(library, tx, caller, collection);
    });
}

core::Result<CollectionView> collection(Library const& library, auth::Caller const& caller, CollectionId const& id) {
    return library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<CollectionView> {
        return view_of(library, tx, caller, TRY(shown_collection(tx, caller, id)));
    });
}

core::Result<CollectionView> change_collection(Library const& library, auth::Caller const& caller,
                                               CollectionId const& id, CollectionChange const& wish) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CollectionView> {
        auto collection = TRY(own_collection(tx, caller, id));
        apply(collection, wish);
        TRY_VOID(check_collection(collection));
        TRY_VOID(save(library, tx, collection));
        return view_of(library, tx, caller, collection);
    });
}

core::Result<CollectionView> set_items(Library const& library, auth::Caller const& caller, CollectionId const& id,
                                       ItemsWish const& wish) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CollectionView> {
        auto collection = TRY(own_collection(tx, caller, id));
        if (collection.updated_at != wish.updated_at) return core::conflict("resources.changed_meanwhile");
        std::vector<CollectionItem> items;
        for (auto const& one : wish.items)
            items.push_back({id, one.resource_id, static_cast<int>(items.size()), one.note});
        TRY_VOID(check_items(items));
        TRY_VOID(check_new(tx, caller, items, store::collection_items(tx, {id})));
        TRY_VOID(save(library, tx, collection));
        store::replace_items(tx, id, items);
        return view_of(library, tx, caller, collection);
    });
}

core::Result<CollectionView> add_item(Library const& library, auth::Caller const& caller, CollectionId const& id,
                                      ItemWish const& wish) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CollectionView> {
        auto collection = TRY(own_collection(tx, caller, id));
        TRY_VOID(readable(tx, caller, wish.resource_id));
        auto items = store::collection_items(tx, {id});
        if (std::ranges::find(items, wish.resource_id, &CollectionItem::resource_id) == items.end()) {
            int const last = items.empty() ? 0 : items.back().sort + 1;
            items.push_back({id, wish.resource_id, last, wish.note});
            TRY_VOID(check_items(items));
            TRY_VOID(save(library, tx, collection));
            store::replace_items(tx, id, items);
        }
        return view_of(library, tx, caller, collection);
    });
}

core::Result<core::Nothing> remove_collection(Library const& library, auth::Caller const& caller,
                                              CollectionId const& id) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto const collection = TRY(own_collection(tx, caller, id));
        store::remove_collection(tx, collection, library.clock.now());
        return core::Nothing{};
    });
}

}  // namespace santong::resources
