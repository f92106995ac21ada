// Code tables (代码表): what the state has fixed, and what the district adds.
#include "modules/roster/http.hpp"
#include "modules/roster/permissions.hpp"
#include "modules/roster/service_codes.hpp"
#include "platform/files/file_name.hpp"

namespace santong::roster {

namespace {

using http::Access;
using http::Call;

http::Response code_file(sql::Database& db, Call const& call) {
    auto const name = call.text("table");
    auto file = export_code_table(db, call.caller, name, call.language);
    if (!file) return http::Response::problem(file.error(), call.trace_id);
    http::Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = std::move(*file);
    response.with("Content-Disposition", files::content_disposition(files::Disposition::attachment, name + ".csv"));
    return response;
}

}  // namespace

void register_code_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    auto const office = Access::with(permissions::manage_codes);
    router
        .get<CodeTableView>("/api/v1/codes/{table}", Access::signed_in(),
                            [&db](Call const& call) {
                                return db.read(call.caller.district,
                                               [&](sql::Tx& tx) { return code_table(tx, call.text("table")); });
                            })
        .says("A code table with all its versions, and what the district has added.");
    router
        .get<CodeTableList>("/api/v1/code-tables", office,
                            [&db](Call const& call) { return list_code_tables(db, call.caller); })
        .says("All code tables.");
    router
        .raw(http::Method::get, "/api/v1/code-tables/{table}/export.csv", office, "text/csv",
             [&db](Call& call) { return code_file(db, call); })
        .says("A code table for a spreadsheet.");
    router
        .post<OwnCodeBody, CodeTableView>("/api/v1/code-tables/{table}/codes", office,
                                          [&db, &clock](Call const& call, OwnCodeBody const& body) {
                                              return add_own_code(db, call.caller, clock, call.text("table"), body);
                                          })
        .says("Adds a code of the district to a table that has room for it.");
    router
        .put<OwnCodeChange, CodeTableView>("/api/v1/code-tables/{table}/codes/{code}", office,
                                           [&db, &clock](Call const& call, OwnCodeChange const& change) {
                                               return change_own_code(db, call.caller, clock, call.text("table"),
                                                                      call.text("code"), change);
                                           })
        .says("Renames a code of the district, retires it or takes it back into use; it is never deleted.");
}

}  // namespace santong::roster
