#pragma once
// Stars and collections of one's own. A resource that was recalled shows there as gone, with the reason, at once.
#include "modules/resources/domain_collection.hpp"
#include "modules/resources/service_author.hpp"

namespace santong::resources {

struct StarState {
    bool starred = false;
};
BOOST_DESCRIBE_STRUCT(StarState, (), (starred))

struct CollectionChange {
    std::optional<std::string> name;
    std::optional<std::string> note;
    std::optional<CollectionAudience> audience;
};
BOOST_DESCRIBE_STRUCT(CollectionChange, (), (name, note, audience))

struct ItemWish {
    ResourceId resource_id;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(ItemWish, (), (resource_id, note))
/// The whole collection in its order, as it was seen at `updated_at`.
struct ItemsWish {
    std::vector<ItemWish> items;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(ItemsWish, (), (items, updated_at))

struct CollectionSummary {
    CollectionId id;
    std::string name;
    std::string note;
    CollectionAudience audience = CollectionAudience::self;
    bool mine = false;
    std::string owner_name;  ///< of one that a colleague shows
    int items = 0;
    bool holds = false;  ///< the resource that was asked about is in it
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(CollectionSummary, (), (id, name, note, audience, mine, owner_name, items, holds, updated_at))
struct CollectionList {
    std::vector<CollectionSummary> mine;
    std::vector<CollectionSummary> shown;  ///< by colleagues of the same school
};
BOOST_DESCRIBE_STRUCT(CollectionList, (), (mine, shown))

/// One thing of a collection; `item` is empty where the caller may not use it (any more).
struct CollectionRow {
    ResourceId resource_id;
    std::string note;
    std::optional<Summary> item;
    std::string title;            ///< of one that was recalled
    std::string recalled_reason;  ///< empty = out of the caller's reach for another reason
};
BOOST_DESCRIBE_STRUCT(CollectionRow, (), (resource_id, note, item, title, recalled_reason))
struct CollectionView {
    CollectionSummary about;
    std::vector<CollectionRow> rows;
};
BOOST_DESCRIBE_STRUCT(CollectionView, (), (about, rows))

core::Result<StarState> star(Library const& library, auth::Caller const& caller, ResourceId const& id);
core::Result<StarState> unstar(Library const& library, auth::Caller const& caller, ResourceId const& id);

/// One's own collections and those that colleagues show; `about` says which of them hold a resource.
core::Result<CollectionList> collections(Library const& library, auth::Caller const& caller,
                                         std::optional<ResourceId> const& about);
/// Refuses more than `most_collections` ("resources.collections_full").
core::Result<CollectionView> add_collection(Library const& library, auth::Caller const& caller,
                                            CollectionChange const& wish);
/// not_found for whom it is not shown to.
core::Result<CollectionView> collection(Library const& library, auth::Caller const& caller, CollectionId const& id);
core::Result<CollectionView> change_collection(Library const& library, auth::Caller const& caller,
                                               CollectionId const& id, CollectionChange const& wish);
/// Refuses things that the caller may not read ("resources.not_found" at their place) unless they stood there already.
core::Result<CollectionView> set_items(Library const& library, auth::Caller const& caller, CollectionId const& id,
                                       ItemsWish const& wish);
/// Adds one at the end; one that is in it already stays where it is.
core::Result<CollectionView> add_item(Library const& library, auth::Caller const& caller, CollectionId const& id,
                                      ItemWish const& wish);
core::Result<core::Nothing> remove_collection(Library const& library, auth::Caller const& caller,
                                              CollectionId const& id);

}  // namespace santong::resources
