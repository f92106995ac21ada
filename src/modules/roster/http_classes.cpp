#include "modules/roster/http.hpp"
#include "modules/roster/permissions.hpp"
#include "modules/roster/service_classes.hpp"
#include "modules/roster/service_consents.hpp"

namespace santong::roster {

namespace {

using http::Access;
using http::Call;

OrgId class_id(Call const& call) {
    return call.id<OrgId>("class_id");
}
PersonId person_id(Call const& call) {
    return call.id<PersonId>("person_id");
}

void register_codes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const codes = Access::with(permissions::issue_codes);
    router
        .act<SlipRequest, CodeSlips>("/api/v1/classes/{class_id}/codes", codes,
                                     [&db, &clock](Call const& call, SlipRequest const& body) {
                                         return issue_slips(db, clock, call.caller, class_id(call), body);
                                     })
        .not_remembered()
        .says("One-time codes for the slips of a class; codes from before are void.");
    router
        .act<SlipRequest, PinSlips>("/api/v1/classes/{class_id}/pins", codes,
                                    [&db, &clock](Call const& call, SlipRequest const& body) {
                                        return issue_class_pins(db, clock, call.caller, class_id(call), body);
                                    })
        .slowly()
        .not_remembered()
        .says("New PINs for the computer room; PINs from before are void.");
    router
        .act<core::Nothing, CodeSlip>("/api/v1/people/{person_id}/reset-code", codes,
                                      [&db, &clock](Call const& call, core::Nothing const&) {
                                          return reset_person_code(db, clock, call.caller, person_id(call));
                                      })
        .not_remembered()
        .says("A new one-time code; the password and all sessions end.");
}

void register_consents(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const consent = Access::with(permissions::record_consent);
    router
        .act<ConsentBatch, ConsentAnswer>("/api/v1/classes/{class_id}/consents", consent,
                                          [&db, &clock](Call const& call, ConsentBatch const& body) {
                                              return record_class_consents(db, clock, call.caller, class_id(call),
                                                                           body);
                                          })
        .says("Records guardians' paper consents for pupils of a class.");
    auto const family = Access::signed_in();
    router
        .get<ConsentBook>(
            "/api/v1/people/{person_id}/consent", family,
            [&db, &clock](Call const& call) { return consent_book(db, clock, call.caller, person_id(call)); })
        .says("How a pupil's consent stands, with its history; for his guardians and those who record it.");
    router
        .act<GivenConsent, ConsentBook>("/api/v1/people/{person_id}/consent", family,
                                        [&db, &clock](Call const& call, GivenConsent const& body) {
                                            return give_consent(db, clock, call.caller, person_id(call), body);
                                        })
        .says("A guardian agrees online that his child uses an account.");
    router
        .del<core::Nothing>("/api/v1/people/{person_id}/consent", family,
                            [&db, &clock](Call const& call) -> core::Result<core::Nothing> {
                                TRY_VOID(withdraw_consent(db, clock, call.caller, person_id(call)));
                                return core::Nothing{};
                            })
        .says("A guardian takes it back, or somebody records that he has: under 14 the account goes to sleep.");
}

}  // namespace

void register_class_routes(http::Router& router, sql::Database& db, core::Clock const& clock, auth::Gate& gate) {
    router
        .get<ClassDetail>(
            "/api/v1/classes/{class_id}", Access::with(permissions::view_orgs),
            [&db, &clock](Call const& call) { return class_detail(db, clock, call.caller, class_id(call)); })
        .says("One class; how much of its pupils is shown depends on who asks.");
    register_codes(router, db, clock);
    register_consents(router, db, clock);
    auto const open = Access::with(permissions::open_class);
    router
        .act<OpenClassRequest, OpenClassAnswer>("/api/v1/classes/{class_id}/open", open,
                                                [&db, &clock, &gate](Call const& call, OpenClassRequest const& body) {
                                                    return open_class(db, clock, gate, call.caller, class_id(call),
                                                                      body);
                                                })
        .says("Lets the pupils of a class sign in by name and PIN for some minutes.");
    router
        .del<core::Nothing>("/api/v1/classes/{class_id}/open", open,
                            [&db](Call const& call) -> core::Result<core::Nothing> {
                                TRY_VOID(close_class(db, call.caller, class_id(call)));
                                return core::Nothing{};
                            })
        .says("Closes the computer room again.");
}

}  // namespace santong::roster
