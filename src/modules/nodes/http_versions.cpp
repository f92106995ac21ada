#include "modules/nodes/http_versions.hpp"

#include "modules/nodes/service_versions.hpp"

namespace santong::nodes {

using http::Access;
using http::Call;

void register_version_routes(http::Router& router, Site const& site) {
    router
        .list<OtherVersionQuery, OtherVersionList>("/api/v1/other-versions", Access::signed_in(),
                                                   [site](Call const& call, OtherVersionQuery const& query) {
                                                       return other_versions(site, {call.caller, call.language}, query);
                                                   })
        .says("Versions of one's own thing that were made at another place and did not stay, field by field.");
    router
        .get<OtherVersionThings>(
            "/api/v1/my/other-versions", Access::signed_in(),
            [site](Call const& call) { return my_other_versions(site, {call.caller, call.language}); })
        .says("The caller's own things that have another version.");
    router
        .act<TakeOver, OtherVersionList>("/api/v1/other-versions/{version_id}/take", Access::signed_in(),
                                         [site](Call const& call, TakeOver const& wish) {
                                             return take_version(
                                                 site, {call.caller, call.language},
                                                 call.id<core::Id<struct OtherVersionTag>>("version_id").value, wish);
                                         })
        .says("Takes fields of the other version over into one's own thing.");
    router
        .del<OtherVersionList>("/api/v1/other-versions/{version_id}", Access::signed_in(),
                               [site](Call const& call) {
                                   return dismiss_version(
                                       site, {call.caller, call.language},
                                       call.id<core::Id<struct OtherVersionTag>>("version_id").value);
                               })
        .says("Lets the other version go.");
}

}  // namespace santong::nodes
