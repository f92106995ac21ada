#include "modules/roster/http.hpp"

#include "modules/roster/permissions.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_terms.hpp"

namespace santong::roster {

namespace {

using http::Access;
using http::Call;

void register_term_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    router
        .get<TermList>("/api/v1/terms", Access::signed_in(),
                       [&db, &clock](Call const& call) { return list_terms(db, clock, call.caller); })
        .says("Terms of the district, the one of today and its week.");
    router
        .post<TermBody, Term>("/api/v1/terms", Access::with(permissions::manage_terms),
                              [&db, &clock](Call const& call, TermBody const& body) {
                                  return write_term(db, clock, call.caller, {}, body);
                              })
        .says("Adds a term.");
    router
        .put<TermBody, Term>("/api/v1/terms/{term_id}", Access::with(permissions::manage_terms),
                             [&db, &clock](Call const& call, TermBody const& body) {
                                 return write_term(db, clock, call.caller, call.id<TermId>("term_id"), body);
                             })
        .says("Changes a term.");
}

}  // namespace

void register_routes(http::Router& router, sql::Database& db, core::Clock const& clock, auth::Gate& gate) {
    register_org_routes(router, db, clock);
    register_people_routes(router, db, clock);
    register_class_routes(router, db, clock, gate);
    register_term_routes(router, db, clock);
    register_code_routes(router, db, clock);
}

}  // namespace santong::roster
