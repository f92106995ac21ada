#include "modules/roster/http.hpp"
#include "modules/roster/permissions.hpp"
#include "modules/roster/service_orgs.hpp"
#include "modules/roster/service_write.hpp"

namespace santong::roster {

namespace {

using http::Access;
using http::Call;

OrgId org_id(Call const& call) {
    return call.id<OrgId>("org_id");
}

}  // namespace

void register_org_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const view = Access::with(permissions::view_orgs);
    auto const edit = Access::with(permissions::edit_orgs);
    router
        .list<TreeQuery, OrgTree>(
            "/api/v1/orgs/tree", view,
            [&db, &clock](Call const& call, TreeQuery const& query) { return tree(db, clock, call.caller, query); })
        .kept_until_changed(listed_types())
        .says("The org tree within the caller's scope, or below one node of it.");
    router
        .list<OrgSearchQuery, core::Page<OrgMatch>>(
            "/api/v1/orgs", view,
            [&db](Call const& call, OrgSearchQuery const& query) { return search_orgs(db, call.caller, query); })
        .says("Places by name or first letters of pinyin.");
    router
        .get<OrgDetail>("/api/v1/orgs/{org_id}", view,
                        [&db, &clock](Call const& call) { return org_detail(db, clock, call.caller, org_id(call)); })
        .says("One place: the way down to it, figures, what stands below, who holds posts there.");
    router
        .post<NewOrg, Org>(
            "/api/v1/orgs", edit,
            [&db, &clock](Call const& call, NewOrg const& body) { return create_org(db, clock, call.caller, body); })
        .says("Opens a school, a class, a department or another place.");
    router
        .patch<OrgEdit, Org>("/api/v1/orgs/{org_id}", edit,
                             [&db, &clock](Call const& call, OrgEdit const& body) {
                                 return change_org(db, clock, call.caller, org_id(call), body);
                             })
        .says("Renames, moves or closes a place; what it was stays in its history. 409 if somebody else was faster.");
    router
        .get<core::Page<SchoolItem>>("/api/v1/schools", view,
                                     [&db, &clock](Call const& call) { return list_schools(db, clock, call.caller); })
        .kept_until_changed(listed_types())
        .says("Schools within the caller's scope with their figures.");
    router
        .get<SchoolDetail>(
            "/api/v1/schools/{org_id}", view,
            [&db, &clock](Call const& call) { return school_detail(db, clock, call.caller, org_id(call)); })
        .says("One school with its classes.");
}

}  // namespace santong::roster
