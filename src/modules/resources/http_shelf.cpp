#include "modules/resources/http_shelf.hpp"

#include "modules/resources/permissions.hpp"
#include "modules/resources/service_pack.hpp"
#include "modules/resources/service_terms.hpp"
#include "modules/roster/service.hpp"

namespace santong::resources {

namespace {

void register_packs(http::Router& router, Library const& library) {
    auto const access = http::Access::with(permissions::contribute);
    router
        .post<NewPack, PackView>(
            "/api/v1/packs", access,
            [library](http::Call const& call, NewPack const& body) { return add_pack(library, call.caller, body); })
        .says("A draft of a pack: published resources for a chapter, in order, each in its role.");
    router
        .get<PackView>("/api/v1/packs/{resource_id}", http::Access::with(permissions::view),
                       [library](http::Call const& call) {
                           return pack(library, call.caller, call.id<ResourceId>("resource_id"));
                       })
        .says("What a pack holds; what was taken away or is out of reach is a gap.");
    router
        .put<PackItemsWish, PackView>("/api/v1/packs/{resource_id}/items", access,
                                      [library](http::Call const& call, PackItemsWish const& body) {
                                          return set_pack_items(library, call.caller,
                                                                call.id<ResourceId>("resource_id"), body);
                                      })
        .says("All that an own pack holds; of a published one a new version, which waits for its review.");
}

void register_terms(http::Router& router, Library const& library) {
    router
        .get<EndingLicences>("/api/v1/licences/ending", http::Access::with(permissions::recall),
                             [library](http::Call const& call) { return ending_licences(library, call.caller); })
        .says("Licences of the caller's schools that end within 30 days, or have ended.");
    router
        .put<TermsChange, ResourceView>(
            "/api/v1/resources/{resource_id}/terms", http::Access::with(permissions::contribute),
            [library](http::Call const& call, TermsChange const& body) -> core::Result<ResourceView> {
                auto view = TRY(set_terms(library, call.caller, call.id<ResourceId>("resource_id"), body));
                view.subject_title = roster::subject_title(view.item.subject, call.language);
                return view;
            })
        .says("How it came here, who holds the rights, on which terms and until when it may be used.");
}

}  // namespace

void register_shelf_routes(http::Router& router, Library const& library) {
    register_packs(router, library);
    register_terms(router, library);
}

}  // namespace santong::resources
