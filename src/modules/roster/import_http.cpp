#include "modules/roster/import_http.hpp"

#include <charconv>

#include "modules/roster/permissions.hpp"
#include "platform/files/file_name.hpp"
#include "platform/http/workbook.hpp"

namespace santong::roster {

namespace {

http::Response download(http::WorkbookFile const& file, std::string const& name) {
    return file.answer(files::content_disposition(files::Disposition::attachment, name))
        .with("Cache-Control", "no-store");
}

ImportId import_id(http::Call const& call) {
    return call.id<ImportId>("import_id");
}

std::int32_t row_number(http::Call const& call) {
    auto const text = call.text("number");
    std::int32_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

void register_steps(http::Router& router, http::Access const& access, ImportPlace const& at) {
    router
        .post<NewImport, ImportView>(
            "/api/v1/imports", access,
            [at](http::Call const& call, NewImport const& body) { return begin_import(at, call.caller, body); })
        .slowly()
        .says("Takes an uploaded sheet: what it is, its columns and what they are taken for.");
    router
        .get<core::Page<ImportSummary>>("/api/v1/imports", access,
                                        [at](http::Call const& call) { return list_imports(at, call.caller); })
        .says("Earlier imports, newest first.");
    router
        .get<ImportView>("/api/v1/imports/{import_id}", access,
                         [at](http::Call const& call) { return find_import(at, call.caller, import_id(call)); })
        .says("One import: file, columns, totals, reasons of refusals.");
    router
        .put<MappingRequest, ImportView>("/api/v1/imports/{import_id}/mapping", access,
                                         [at](http::Call const& call, MappingRequest const& body) {
                                             return map_columns(at, call.caller, import_id(call), body);
                                         })
        .says("Says which column holds what; remembered for the next file with the same headings.");
    router
        .act<core::Nothing, ImportView>("/api/v1/imports/{import_id}/dry-run", access,
                                        [at](http::Call const& call, core::Nothing const&) {
                                            return start_dry_run(at, call.caller, import_id(call));
                                        })
        .says("Tries every row without writing: a job with progress.");
    router
        .act<WriteRequest, ImportView>("/api/v1/imports/{import_id}/write", access,
                                       [at](http::Call const& call, WriteRequest const& body) {
                                           return start_write(at, call.caller, import_id(call), body);
                                       })
        .says("Writes the good rows: a job with progress; done again it writes nothing twice.");
    router
        .del<core::Nothing>("/api/v1/imports/{import_id}", access,
                            [at](http::Call const& call) { return drop_import(at, call.caller, import_id(call)); })
        .says("Forgets an import: its rows and its hold on the file. What was written stays.");
}

void register_rows(http::Router& router, http::Access const& access, ImportPlace const& at) {
    router
        .list<RowQuery, core::Page<ImportRowView>>("/api/v1/imports/{import_id}/rows", access,
                                                   [at](http::Call const& call, RowQuery const& query) {
                                                       return list_import_rows(at, call.caller, import_id(call), query);
                                                   })
        .says("Rows after the dry run with place, value, reason, hint and suggestion.");
    router
        .get<core::Page<UntoldGuardianView>>(
            "/api/v1/imports/{import_id}/guardians", access,
            [at](http::Call const& call) { return list_untold(at, call.caller, import_id(call)); })
        .says("Guardians whom an earlier list of the school told and this one does not.");
    router
        .act<core::Nothing, core::Page<UntoldGuardianView>>(
            "/api/v1/imports/{import_id}/guardians/{guardianship_id}/restore", access,
            [at](http::Call const& call, core::Nothing const&) {
                return restore_untold(at, call.caller, import_id(call), call.id<GuardianshipId>("guardianship_id"));
            })
        .says("Takes back the end of a guardianship that this import has written.");
    router
        .patch<RowFix, ImportRowView>("/api/v1/imports/{import_id}/rows/{number}", access,
                                      [at](http::Call const& call, RowFix const& body) {
                                          return fix_row(at, call.caller, import_id(call), row_number(call), body);
                                      })
        .not_remembered()
        .slowly()
        .says("Mends a row, takes its suggestions, or says whether it is the same person; checks it anew.");
    router
        .raw(http::Method::get, "/api/v1/imports/{import_id}/refused.xlsx", access, http::workbook_type,
             [at](http::Call& call) {
                 http::WorkbookFile const file;
                 auto const name = write_refused(at, call.caller, import_id(call), file.path(), call.language);
                 if (!name) return http::Response::problem(name.error(), call.trace_id);
                 return download(file, *name);
             })
        .slowly()
        .says("The refused rows as they came, with reasons in a last column; each download is logged.");
}

}  // namespace

void register_import_routes(http::Router& router, ImportPlace const& at) {
    auto const access = http::Access::with(permissions::import);
    register_steps(router, access, at);
    register_rows(router, access, at);
    router
        .raw(http::Method::get, "/api/v1/import-templates/{kind}", access, http::workbook_type,
             [](http::Call& call) {
                 auto const kind = core::enum_parse<ImportKind>(call.text("kind"));
                 if (!kind) return http::Response::problem(core::not_found(), call.trace_id);
                 http::WorkbookFile const file;
                 write_template(*kind, file.path(), call.language);
                 return download(file, std::string(core::enum_text(*kind)) + ".xlsx");
             })
        .slowly()
        .says("An empty sheet to fill in: pupils or staff.");
    router
        .get<core::Page<MappingView>>("/api/v1/import-mappings", access,
                                      [at](http::Call const& call) { return list_mappings(at, call.caller); })
        .says("Headings whose columns somebody has looked at.");
}

}  // namespace santong::roster
