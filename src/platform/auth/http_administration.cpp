#include "platform/auth/accounts.hpp"
#include "platform/auth/audit_log.hpp"
#include "platform/auth/grants.hpp"
#include "platform/auth/http.hpp"
#include "platform/auth/permissions.hpp"
#include "platform/http/router.hpp"
#include "platform/http/workbook.hpp"

namespace santong::auth {

namespace {

using http::Access;
using http::Call;

/// The language of one's own screens.
struct LanguageChoice {
    std::string language;
};
BOOST_DESCRIBE_STRUCT(LanguageChoice, (), (language))

void grant_routes(http::Router& router, sql::Database& db, Gate& gate) {
    router
        .list<GrantQuery, core::Page<GrantItem>>(
            "/api/v1/grants", Access::with(permissions::view_grants),
            [&](Call const& call, GrantQuery const& query) { return list_grants(db, gate, call.caller, query); })
        .says("Who holds which role where, within the caller's scope");
    router
        .post<GrantRequest, GrantRow>(
            "/api/v1/grants", Access::with(permissions::grant_roles),
            [&](Call const& call, GrantRequest const& body) { return grant_role(db, gate, call.caller, body); })
        .says("Give a role");
    router
        .del<core::Nothing>("/api/v1/grants/{grant_id}", Access::with(permissions::grant_roles),
                            [&](Call const& call) -> core::Result<core::Nothing> {
                                TRY_VOID(withdraw_role(db, gate, call.caller, call.id<GrantId>("grant_id")));
                                return core::Nothing{};
                            })
        .says("Take a role away");
}

void account_routes(http::Router& router, sql::Database& db, Gate& gate) {
    router
        .list<AccountQuery, AccountPage>(
            "/api/v1/accounts", Access::with(permissions::view_accounts),
            [&](Call const& call, AccountQuery const& query) { return list_accounts(db, gate, call.caller, query); })
        .says("Accounts of the district");
    using Act = core::Result<void> (*)(sql::Database&, Gate&, Caller const&, core::AccountId const&);
    auto act = [&](char const* path, char const* summary, Act what) {
        router
            .act<core::Nothing, core::Nothing>(
                path, Access::with(permissions::manage_accounts),
                [&db, &gate, what](Call const& call, core::Nothing const&) -> core::Result<core::Nothing> {
                    TRY_VOID(what(db, gate, call.caller, call.id<core::AccountId>("account_id")));
                    return core::Nothing{};
                })
            .says(summary);
    };
    act("/api/v1/accounts/{account_id}/disable", "Disable an account; its sessions end", &disable_account);
    act("/api/v1/accounts/{account_id}/enable", "Enable it again", &enable_account);
    router
        .act<ResetRequest, IssuedCode>(
            "/api/v1/accounts/{account_id}/reset", Access::with(permissions::manage_accounts),
            [&](Call const& call, ResetRequest const& body) {
                return reset_account(db, gate, call.caller, call.id<core::AccountId>("account_id"), body);
            })
        .not_remembered()
        .says("A new one-time code in place of the password");
    router
        .patch<LanguageChoice, core::Nothing>(
            "/api/v1/me", Access::signed_in(),
            [&](Call const& call, LanguageChoice const& body) -> core::Result<core::Nothing> {
                TRY_VOID(set_language(db, call.caller, body.language));
                return core::Nothing{};
            })
        .says("Choose the language of one's screens");
}

http::Response exported(sql::Database& db, Gate& gate, Call const& call) {
    AuditExport wish;
    if (auto const read = http::read_query(call, core::type_of<AuditExport>(), &wish); !read) {
        return http::Response::problem(read.error(), call.trace_id);
    }
    http::WorkbookFile const file;
    auto const written = export_audit(db, gate, call.caller, wish, file.path(), call.language);
    if (!written) return http::Response::problem(written.error(), call.trace_id);
    return file.answer("attachment; filename=\"audit.xlsx\"");
}

void audit_routes(http::Router& router, sql::Database& db, Gate& gate) {
    router
        .list<AuditQuery, core::Page<AuditItem>>("/api/v1/audit", Access::with(permissions::view_audit),
                                                 [&](Call const& call, AuditQuery const& query) {
                                                     return list_audit(db, gate, call.caller, query, call.language);
                                                 })
        .says("The audit log in words, newest first");
    auto& route = router.raw(http::Method::get, "/api/v1/audit/export.xlsx", Access::with(permissions::view_audit),
                             http::workbook_type, [&](Call& call) { return exported(db, gate, call); });
    route.query = &core::type_of<AuditExport>();
    route.slowly().says("The same rows as a workbook; needs a reason and is logged");
    router
        .act<core::Nothing, AuditVerdict>(
            "/api/v1/audit/verify", Access::with(permissions::view_audit),
            [&](Call const& call, core::Nothing const&) { return verify_audit(db, gate, call.caller); })
        .slowly()
        .says("Check the hash chain");
}

}  // namespace

void register_administration_routes(http::Router& router, sql::Database& db, Gate& gate) {
    grant_routes(router, db, gate);
    account_routes(router, db, gate);
    audit_routes(router, db, gate);
}

}  // namespace santong::auth
