#include "modules/resources/http_collection.hpp"

#include "modules/resources/permissions.hpp"
#include "modules/resources/service_collection.hpp"

namespace santong::resources {

namespace {

struct CollectionsQuery {
    std::optional<ResourceId> resource_id;
};
BOOST_DESCRIBE_STRUCT(CollectionsQuery, (), (resource_id))

CollectionId collection_id(http::Call const& call) {
    return call.id<CollectionId>("collection_id");
}

void register_stars(http::Router& router, Library const& library) {
    auto const access = http::Access::with(permissions::view);
    router
        .put<core::Nothing, StarState>("/api/v1/resources/{resource_id}/star", access,
                                       [library](http::Call const& call, core::Nothing const&) {
                                           return star(library, call.caller, call.id<ResourceId>("resource_id"));
                                       })
        .says("Puts it among one's favourites, which nobody else sees.");
    router
        .del<StarState>("/api/v1/resources/{resource_id}/star", access,
                        [library](http::Call const& call) {
                            return unstar(library, call.caller, call.id<ResourceId>("resource_id"));
                        })
        .says("Takes it out of one's favourites.");
}

}  // namespace

void register_collection_routes(http::Router& router, Library const& library) {
    register_stars(router, library);
    auto const access = http::Access::with(permissions::contribute);
    router
        .list<CollectionsQuery, CollectionList>("/api/v1/collections", access,
                                                [library](http::Call const& call, CollectionsQuery const& query) {
                                                    return collections(library, call.caller, query.resource_id);
                                                })
        .says("One's own collections and those that colleagues of the school show.");
    router
        .post<CollectionChange, CollectionView>("/api/v1/collections", access,
                                                [library](http::Call const& call, CollectionChange const& body) {
                                                    return add_collection(library, call.caller, body);
                                                })
        .says("A new, empty collection.");
    router
        .get<CollectionView>(
            "/api/v1/collections/{collection_id}", access,
            [library](http::Call const& call) { return collection(library, call.caller, collection_id(call)); })
        .says("A collection with what is in it; what was recalled shows its reason.");
    router
        .patch<CollectionChange, CollectionView>("/api/v1/collections/{collection_id}", access,
                                                 [library](http::Call const& call, CollectionChange const& body) {
                                                     return change_collection(library, call.caller, collection_id(call),
                                                                              body);
                                                 })
        .says("Its name, note, and who may look at it.");
    router
        .put<ItemsWish, CollectionView>("/api/v1/collections/{collection_id}/items", access,
                                        [library](http::Call const& call, ItemsWish const& body) {
                                            return set_items(library, call.caller, collection_id(call), body);
                                        })
        .says("All that is in it, in order, with notes.");
    router
        .post<ItemWish, CollectionView>("/api/v1/collections/{collection_id}/items", access,
                                        [library](http::Call const& call, ItemWish const& body) {
                                            return add_item(library, call.caller, collection_id(call), body);
                                        })
        .says("Adds one resource at the end.");
    router
        .del<core::Nothing>(
            "/api/v1/collections/{collection_id}", access,
            [library](http::Call const& call) { return remove_collection(library, call.caller, collection_id(call)); })
        .says("Removes the collection; the resources stay.");
}

}  // namespace santong::resources
