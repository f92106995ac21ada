#include "modules/nodes/http_links.hpp"

#include <charconv>

#include "modules/nodes/line_state.hpp"
#include "modules/nodes/links_import.hpp"
#include "modules/nodes/measuring.hpp"
#include "modules/nodes/neighbours.hpp"
#include "modules/nodes/parent.hpp"
#include "modules/nodes/permissions.hpp"
#include "modules/nodes/probes.hpp"
#include "platform/auth/audit.hpp"
#include "platform/http/workbook.hpp"

namespace santong::nodes {

namespace {

using http::Access;
using http::Call;
using http::Response;

/// At the school's own box the box measures; at the hub the box is asked to at its next word.
core::Result<core::Nothing> start_probe(LinePages const& pages, auth::Caller const& caller, core::OrgId const& org) {
    if (!pages.measure_now) return ask_probe(pages.site, caller, org);
    auto const allowed = pages.site.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        TRY_VOID(caller.require(tx, permissions::probe, org));
        auth::audit(tx, caller, {"nodes.ask_probe", org.text()});
        return core::Nothing{};
    });
    if (!allowed) return allowed.error();
    auto const above = parent(pages.site.db);
    if (!above || above->org_id != org) return core::conflict("nodes.no_box");
    pages.measure_now();
    return core::Nothing{};
}

Response noise_for_browser(Call const& call) {
    std::int64_t bytes = 0;
    auto const text = call.text("bytes");
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), bytes);
    if (fault != std::errc() || end != text.data() + text.size() || bytes < 1 || bytes > largest_probe)
        return Response::problem(core::invalid("nodes.probe_size"), call.trace_id);
    Response response;
    response.content_type = "application/octet-stream";
    response.body = noise(static_cast<std::size_t>(bytes));
    response.with("Cache-Control", "no-store");
    return response;
}

void register_browser_probe(http::Router& router, Site const& site) {
    auto const may_probe = Access::with(permissions::probe);
    router
        .raw(http::Method::get, "/api/v1/link-probe/{bytes}", may_probe, "application/octet-stream",
             [](Call const& call) { return noise_for_browser(call); })
        .says("So many bytes of noise, by which a browser of a school measures its line.")
        .slowly();
    router
        .raw(http::Method::post, "/api/v1/link-probe", may_probe, "application/json",
             [](Call const&) { return Response::json("{}"); })
        .says("Takes bytes and forgets them, by which a browser of a school measures its line.")
        .takes_up_to(largest_probe)
        .not_remembered()
        .slowly();
    router
        .post<BrowserProbe, Probe>(
            "/api/v1/link-probes", may_probe,
            [site](Call const& call, BrowserProbe const& seen) { return keep_browser_probe(site, call.caller, seen); })
        .says("Keeps what a browser of a school without a box has measured; marked as such.");
}

Response links_workbook(Site const& site, Call const& call) {
    http::WorkbookFile const file;
    auto const done = write_links_workbook(site, call.caller, file.path().string(), call.language);
    if (!done) return Response::problem(done.error(), call.trace_id);
    return file.answer("attachment; filename=\"lines.xlsx\"");
}

Response links_text(Site const& site, Call const& call) {
    auto text = links_csv(site, call.caller, call.language);
    if (!text) return Response::problem(text.error(), call.trace_id);
    Response response;
    response.content_type = "text/csv; charset=utf-8";
    response.body = std::move(*text);
    response.with("Content-Disposition", "attachment; filename=\"lines.csv\"");
    return response;
}

void register_link_files(http::Router& router, LinePages const& pages) {
    auto const& site = pages.site;
    auto const may_view_line = Access::with(permissions::view_line);
    router
        .act<LinkImportRequest, LinkImportAnswer>(
            "/api/v1/links/import", Access::with(permissions::manage),
            [site, &files = pages.files](Call const& call, LinkImportRequest const& request) {
                return import_links(site, call.caller, files, request);
            })
        .says("Reads the register from a spreadsheet: rows that change, cells refused; written if asked and clean.")
        .slowly();
    router
        .raw(http::Method::get, "/api/v1/links/export.xlsx", may_view_line, http::workbook_type,
             [site](Call const& call) { return links_workbook(site, call); })
        .says("The register of lines as a workbook that can be read again.")
        .slowly();
    router
        .raw(http::Method::get, "/api/v1/links/export.csv", may_view_line, "text/csv",
             [site](Call const& call) { return links_text(site, call); })
        .says("The register of lines as CSV.")
        .slowly();
}

}  // namespace

void register_link_routes(http::Router& router, LinePages const& pages) {
    auto const& site = pages.site;
    auto const may_view = Access::with(permissions::view);
    auto const may_view_line = Access::with(permissions::view_line);
    router
        .get<SyncStatus>(
            "/api/v1/sync/status", Access::signed_in(),
            [site, watch = pages.watch](Call const& call) { return sync_status(site, call.caller, watch); })
        .says("How current the data of this place are; at a hub how many boxes are heard of.");
    router
        .get<LinkList>("/api/v1/links", may_view_line,
                       [site](Call const& call) { return list_links(site, call.caller); })
        .says("The register of lines: the district's usual plan, then every school.");
    router
        .put<LinkEdits, LinksWritten>(
            "/api/v1/links", Access::with(permissions::manage),
            [site](Call const& call, LinkEdits const& edits) { return set_links(site, call.caller, edits); })
        .says("Writes rows of the register, all or none.");
    router
        .list<LineQuery, LineReport>("/api/v1/links/{org_id}", may_view_line,
                                     [site](Call const& call, LineQuery const& query) {
                                         return line_report(site, call.caller, call.id<core::OrgId>("org_id"), query);
                                     })
        .says("One school's line: what it is, what was measured, when it was down.");
    router
        .get<NeighbourList>(
            "/api/v1/links/{org_id}/neighbours", may_view_line,
            [site](Call const& call) { return list_neighbours(site, call.caller, call.id<core::OrgId>("org_id")); })
        .says("Boxes of the same local network that a school's box asks for contents before it asks its parent.");
    router
        .put<NeighbourEdits, NeighbourList>("/api/v1/links/{org_id}/neighbours", Access::with(permissions::manage),
                                            [site](Call const& call, NeighbourEdits const& edits) {
                                                return set_neighbours(site, call.caller, call.id<core::OrgId>("org_id"),
                                                                      edits);
                                            })
        .says("Writes them in the order in which they are asked; both boxes are told by the sync.");
    router
        .act<core::Nothing, core::Nothing>("/api/v1/links/{org_id}/probe", Access::with(permissions::probe),
                                           [pages](Call const& call, core::Nothing const&) {
                                               return start_probe(pages, call.caller, call.id<core::OrgId>("org_id"));
                                           })
        .says("The school's box measures its line, now or at its next word.");
    register_link_files(router, pages);
    register_browser_probe(router, site);
    router
        .get<NodeDetail>(
            "/api/v1/nodes/{node_id}", may_view,
            [site](Call const& call) { return node_detail(site, call.caller, call.id<NodeId>("node_id")); })
        .says("One box with its disk, its backup and what it serves.");
    router.get<NodeMap>("/api/v1/node-map", may_view, [site](Call const& call) { return node_map(site, call.caller); })
        .says("The org tree down to teaching points, with the boxes that serve it.");
}

}  // namespace santong::nodes
