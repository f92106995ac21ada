#include "modules/nodes/http.hpp"

#include <charconv>
#include <memory>

#include "core/base64.hpp"
#include "modules/nodes/audit_anchors.hpp"
#include "modules/nodes/contents.hpp"
#include "modules/nodes/contents_up.hpp"
#include "modules/nodes/giving.hpp"
#include "modules/nodes/line_state.hpp"
#include "modules/nodes/measuring.hpp"
#include "modules/nodes/neighbours.hpp"
#include "modules/nodes/node_keys.hpp"
#include "modules/nodes/packing.hpp"
#include "modules/nodes/permissions.hpp"
#include "modules/nodes/refusals.hpp"
#include "modules/nodes/service_invitations.hpp"
#include "modules/nodes/tickets.hpp"
#include "modules/nodes/upgrade.hpp"

namespace santong::nodes {

namespace {

using http::Access;
using http::Call;
using http::Response;

constexpr std::int64_t largest_question = 64 << 10;
constexpr std::int64_t largest_list = 1 << 20;  ///< of contents and spans, packed
constexpr std::int64_t largest_batch = std::int64_t{32} << 20;

/// A body that takes an id and nothing else.
struct InviteWish {
    core::OrgId org_id;
};
BOOST_DESCRIBE_STRUCT(InviteWish, (), (org_id))

core::DistrictId district_said(Call const& call) {
    core::DistrictId district = 0;
    auto const number = call.header("santong-district");
    std::from_chars(number.data(), number.data() + number.size(), district);
    return district;
}

/// Whose requests a route hears.
using Heard = core::Result<Child> (*)(Site const&, core::DistrictId, NodeId const&);

/// Who signed this request, or why it is not believed.
core::Result<Child> signer(Site const& site, Tickets& tickets, Call const& call, NodeId const& id, Heard heard) {
    auto known = TRY(heard(site, district_said(call), id));
    auto const ticket = call.header("santong-ticket");
    auto const signature = core::base64_decode(call.header("santong-signature"));
    if (!signature ||
        !auth::ed25519::verify(known.open_key,
                               request_text(http::method_name(call.method), call.path, ticket, call.body), *signature))
        return core::unauthenticated("nodes.bad_signature");
    if (!tickets.take(id, ticket)) return core::unauthenticated("nodes.ticket");
    return known;
}

/// A route for children: the work is done for the one who signed, and every answer to him brings the next ticket.
template <class Work>
http::RawHandler child_route(Site const& site, std::shared_ptr<Tickets> tickets, Work const& work,
                             Heard heard = &child) {
    return [site, tickets, work, heard, refusals = std::make_shared<Refusals>()](Call& call) {
        auto const id = NodeId::parse(call.header("santong-node")).value_or(NodeId{});
        auto const who = signer(site, *tickets, call, id, heard);
        if (who) {
            Response answer = work(*who, call);
            answer.with("Santong-Ticket", tickets->give(id));
            return answer;
        }
        // The first request of a child that has just started has no ticket: that is how it gets one.
        if (who.error().key != "nodes.ticket" || !call.header("santong-ticket").empty())
            refusals->note(site, district_said(call), id, who.error(), call.client_address);
        auto refusal = Response::problem(who.error(), call.trace_id);
        // Only to a place that is known: a ticket alone opens nothing.
        if (who.error().key == "nodes.ticket") refusal.with("Santong-Ticket", tickets->give(id));
        return refusal;
    };
}

/// A signed answer to a child.
Response signed_answer(Site const& site, Call const& call, std::string const& text) {
    Response response;
    response.content_type = "application/zstd";
    response.body = pack(text);
    response.with(schema_header, schema_word(site));
    auto const own = own_pair(site.keys_folder);
    response.with("Santong-Signature", core::base64(auth::ed25519::sign(
                                           own.secret, answer_text(call.header("santong-ticket"), response.body))));
    return response;
}

/// Places as a header says them.
std::string written(std::vector<core::OrgId> const& places) {
    std::string text;
    for (auto const& one : places) text += (text.empty() ? "" : ",") + one.text();
    return text.empty() ? "none" : text;
}

/// A signed question with a signed answer: both packed, the answer with the next ticket.
template <class Question, class Work>
http::RawHandler signed_route(Site const& site, std::shared_ptr<Tickets> tickets, Work const& work,
                              Heard heard = &child) {
    auto const answered = [site, work](Child const& child, Call const& call) {
        auto const refuse = [&](core::Error const& error) { return Response::problem(error, call.trace_id); };
        auto const text = unpack(call.body);
        if (!text) return refuse(core::invalid("nodes.bad_body"));
        auto const question = core::json::read<Question>(*text, core::json::UnknownFields::ignore);
        if (!question) return refuse(question.error());
        auto const answer = work(child, *question);
        if (!answer) return refuse(answer.error());
        auto response = signed_answer(site, call, core::json::write(*answer));
        if constexpr (requires { answer->elsewhere; }) {
            if (answer->elsewhere) response.with(elsewhere_header, written(*answer->elsewhere));
        }
        return response;
    };
    return child_route(site, std::move(tickets), answered, heard);
}

/// The bytes of a file that the child holds.
http::RawHandler contents_route(Site const& site, std::shared_ptr<Tickets> tickets, files::ContentStore& contents) {
    return child_route(site, std::move(tickets), [site, &contents](Child const& child, Call const& call) {
        auto const digest = call.text("sha256");
        auto const path = may_have(site, child, {digest}).contains(digest) ? contents.open(digest) : std::nullopt;
        if (!path) return Response::problem(core::not_found("files.not_found"), call.trace_id);
        Response response;
        response.content_type = "application/octet-stream";
        response.file = path->string();
        response.etag = '"' + digest + '"';
        response.bulk = true;
        return response;
    });
}

/// The number of bytes that a measurement asks for; nothing if it is none, or too many.
std::optional<std::int64_t> bytes_asked(Call const& call) {
    std::int64_t bytes = 0;
    auto const text = call.text("bytes");
    auto const [end, fault] = std::from_chars(text.data(), text.data() + text.size(), bytes);
    if (fault != std::errc() || end != text.data() + text.size() || bytes < 1 || bytes > largest_probe)
        return std::nullopt;
    return bytes;
}

Response noise_answer(Call const& call) {
    auto const bytes = bytes_asked(call);
    if (!bytes) return Response::problem(core::invalid("nodes.probe_size"), call.trace_id);
    Response response;
    response.content_type = "application/octet-stream";
    response.body = noise(static_cast<std::size_t>(*bytes));
    response.with("Cache-Control", "no-store");
    response.says_resent = true;
    return response;
}

/// What a child measures its line with, and how it says it is.
void register_line_talk(http::Router& router, Site const& site, std::shared_ptr<Tickets> const& tickets) {
    router
        .raw(http::Method::get, "/api/v1/node/probe/{bytes}", Access::open(), "application/octet-stream",
             child_route(site, tickets, [](Child const&, Call const& call) { return noise_answer(call); }))
        .says("So many bytes of noise, by which a child measures its line; signed by its key.")
        .slowly();
    router
        .raw(http::Method::post, "/api/v1/node/probe", Access::open(), "application/json",
             child_route(site, tickets, [](Child const&, Call const&) { return Response::json("{}"); }))
        .says("Takes bytes and forgets them, by which a child measures its line; signed by its key.")
        .takes_up_to(largest_probe)
        .not_remembered()
        .slowly();
    router
        .raw(http::Method::post, "/api/v1/node/health", Access::open(), "application/zstd",
             signed_route<NodeHealth>(
                 site, tickets,
                 [site](Child const& child, NodeHealth const& health) { return take_health(site, child, health); }))
        .says("How a child is: its disk, its backup, its uptime; signed by its key.")
        .takes_up_to(largest_question)
        .not_remembered();
}

/// The chunks that whoever is heard lacks, in one stream.
http::RawHandler chunks_route(Site const& site, std::shared_ptr<Tickets> tickets, std::shared_ptr<Giver> giver,
                              Heard heard = &child) {
    auto const answered = [giver = std::move(giver)](Child const& child, Call const& call) {
        auto const text = unpack(call.body);
        auto const question = text ? core::json::read<ChunksRequest>(*text) : core::invalid("nodes.bad_body");
        if (!question) return Response::problem(question.error(), call.trace_id);
        auto stream = giver->chunks(child, *question);
        if (!stream) return Response::problem(stream.error(), call.trace_id);
        Response response;
        response.content_type = "application/zstd";
        response.blocks = std::move(stream->blocks);
        if (!stream->bases.empty()) response.with(bases_header, std::move(stream->bases));
        response.bulk = true;
        response.bytes_per_second = question->bytes_per_second;
        return response;
    };
    return child_route(site, std::move(tickets), answered, heard);
}

/// What a box of the same local network may ask. Paths of its own: what it signs for a neighbour says nothing to the
/// parent, so that nobody takes it there in its name.
void register_nearby(http::Router& router, Site const& site, std::shared_ptr<Tickets> const& tickets,
                     std::shared_ptr<Giver> const& giver) {
    router
        .raw(http::Method::post, "/api/v1/node/nearby/manifests", Access::open(), "application/zstd",
             signed_route<ManifestsRequest>(
                 site, tickets,
                 [giver](Child const& asker, ManifestsRequest const& request) {
                     return giver->manifests(asker, request);
                 },
                 &asking_neighbour))
        .says(
            "Which published contents lie here, as their common parent signed them; a box of the same local network "
            "asks, signed by its key, with a ticket that is good once.")
        .takes_up_to(largest_list)
        .not_remembered()
        .slowly();
    router
        .raw(http::Method::post, "/api/v1/node/nearby/chunks", Access::open(), "application/zstd",
             chunks_route(site, tickets, giver, &asking_neighbour))
        .says(
            "The chunks of published contents that a box of the same local network lacks; signed by its key, with a "
            "ticket that is good once.")
        .takes_up_to(largest_list)
        .not_remembered()
        .slowly();
}

void register_bytes(http::Router& router, Site const& site, std::shared_ptr<Tickets> const& tickets,
                    files::ContentStore& contents, chunks::KeptManifests& manifests) {
    auto const giver = std::make_shared<Giver>(site, contents, manifests);
    register_nearby(router, site, tickets, giver);
    router
        .raw(http::Method::post, "/api/v1/node/manifests", Access::open(), "application/zstd",
             signed_route<ManifestsRequest>(site, tickets,
                                            [giver](Child const& child, ManifestsRequest const& request) {
                                                return giver->manifests(child, request);
                                            }))
        .says(
            "Which chunks contents consist of that the child holds; signed by its key, with a ticket that is good "
            "once.")
        .takes_up_to(largest_list)
        .not_remembered()
        .slowly();
    router
        .raw(http::Method::post, "/api/v1/node/chunks", Access::open(), "application/zstd",
             chunks_route(site, tickets, giver))
        .says("The chunks that a child lacks in one stream; signed by its key, with a ticket that is good once.")
        .takes_up_to(largest_list)
        .not_remembered()
        .slowly();
    router
        .raw(http::Method::get, "/api/v1/node/contents/{sha256}", Access::open(), "application/octet-stream",
             contents_route(site, tickets, contents))
        .says("The bytes of a file that the child holds; signed by its key, with a ticket that is good once.");
}

void register_talk(http::Router& router, Site const& site, std::shared_ptr<Tickets> const& tickets) {
    router
        .act<JoinWish, JoinAnswer>("/api/v1/node/join", Access::open(),
                                   [site](Call const&, JoinWish const& wish) { return join(site, wish); })
        .says("A school's box joins with a one-time code.")
        .not_remembered()
        .slowly();
    router
        .raw(http::Method::post, "/api/v1/node/pull", Access::open(), "application/zstd",
             signed_route<PullRequest>(
                 site, tickets,
                 [site](Child const& child, PullRequest const& request) { return pull(site, child, request); }))
        .says("What a child does not know yet; signed by its key, with a ticket that is good once.")
        .takes_up_to(largest_question)
        .not_remembered()
        .slowly();
    router
        .raw(http::Method::post, "/api/v1/node/push", Access::open(), "application/zstd",
             signed_route<PushRequest>(
                 site, tickets,
                 [site](Child const& child, PushRequest const& request) { return push(site, child, request); }))
        .says("What a child has to tell; signed by its key, with a ticket that is good once.")
        .takes_up_to(largest_batch)
        .not_remembered()
        .slowly();
}

/// A block of a content that comes from below.
http::RawHandler part_route(Site const& site, std::shared_ptr<Tickets> tickets, files::ContentStore& contents) {
    return child_route(site, std::move(tickets), [site, &contents](Child const& child, Call const& call) {
        Part part{call.text("sha256"), 0, call.body};
        auto const from = call.text("from");
        auto const [end, fault] = std::from_chars(from.data(), from.data() + from.size(), part.from);
        if (fault != std::errc() || end != from.data() + from.size() || part.from < 0)
            return Response::problem(core::invalid("nodes.bad_body"), call.trace_id);
        auto const said = take_part(site, child, contents, part);
        if (!said) return Response::problem(said.error(), call.trace_id);
        return signed_answer(site, call, core::json::write(*said));
    });
}

/// What comes from below beside records: bytes of files, and where the audit log stands.
void register_up(http::Router& router, Site const& site, std::shared_ptr<Tickets> const& tickets,
                 files::ContentStore& contents) {
    router
        .raw(http::Method::post, "/api/v1/node/contents/{sha256}/{from}", Access::open(), "application/zstd",
             part_route(site, tickets, contents))
        .says("A block of a file that was made at a child; signed by its key, with a ticket that is good once.")
        .takes_up_to(2 * block_size)
        .not_remembered()
        .slowly();
    router
        .raw(http::Method::post, "/api/v1/node/audit-anchor", Access::open(), "application/zstd",
             signed_route<AnchorsTold>(
                 site, tickets,
                 [site](Child const& child, AnchorsTold const& told) { return take_anchors(site, child, told); }))
        .says("Where a child's audit log stands, and where it stood; signed by its key.")
        .takes_up_to(largest_question)
        .not_remembered();
}

}  // namespace

void register_routes(http::Router& router, Site const& site, files::ContentStore& contents,
                     chunks::KeptManifests& manifests) {
    auto const tickets = std::make_shared<Tickets>(site.db, site.machine);
    register_line_talk(router, site, tickets);
    register_bytes(router, site, tickets, contents, manifests);
    register_talk(router, site, tickets);
    register_up(router, site, tickets, contents);
    auto const may_view = Access::with(permissions::view);
    auto const may_manage = Access::with(permissions::manage);
    router.get<NodeList>("/api/v1/nodes", may_view, [site](Call const& call) { return list_nodes(site, call.caller); })
        .says("Places below this one that run the program themselves.");
    router
        .post<InviteWish, Invitation>(
            "/api/v1/node-invitations", may_manage,
            [site](Call const& call, InviteWish const& wish) { return invite(site, call.caller, wish.org_id); })
        .says("A one-time code for a school's box.")
        .not_remembered();
    router
        .get<OpenInvitationList>("/api/v1/node-invitations", may_manage,
                                 [site](Call const& call) { return list_invitations(site, call.caller); })
        .says("Codes that no box has used yet, without the codes themselves.");
    router
        .del<core::Nothing>(
            "/api/v1/node-invitations/{org_id}", may_manage,
            [site](Call const& call) { return withdraw_invitation(site, call.caller, call.id<core::OrgId>("org_id")); })
        .says("The open code of a school opens nothing any more.");
    router
        .act<core::Nothing, core::Nothing>("/api/v1/nodes/{node_id}/revoke", may_manage,
                                           [site](Call const& call, core::Nothing const&) {
                                               return revoke(site, call.caller, call.id<NodeId>("node_id"));
                                           })
        .says("From now on the key of this place opens nothing.");
    router
        .get<ParkedList>("/api/v1/parked-changes", may_manage,
                         [site](Call const& call) { return list_parked(site, call.caller); })
        .says("Changes of other places that could not be applied, with the reason.");
    router
        .act<core::Nothing, core::Nothing>("/api/v1/parked-changes/{change_id}/retry", may_manage,
                                           [site](Call const& call, core::Nothing const&) {
                                               return retry_parked(site, call.caller,
                                                                   call.id<core::Id<NodeId>>("change_id").value);
                                           })
        .says("Applies a parked change again.");
    router
        .del<core::Nothing>("/api/v1/parked-changes/{change_id}", may_manage,
                            [site](Call const& call) {
                                return discard_parked(site, call.caller, call.id<core::Id<NodeId>>("change_id").value);
                            })
        .says("Throws a parked change away.");
}

}  // namespace santong::nodes
