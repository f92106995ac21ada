#include "modules/push/http_packs.hpp"

#include "modules/push/permissions.hpp"
#include "platform/files/file_name.hpp"
#include "platform/files/media_type.hpp"

namespace santong::push {

namespace {

PackId pack_id(http::Call const& call) {
    return call.id<PackId>("pack_id");
}

http::Response saved(PackDesk const& at, http::Call& call) {
    auto const file = pack_file(at, call.caller, pack_id(call));
    if (!file) return http::Response::problem(file.error(), call.trace_id);
    http::Response response;
    response.content_type = files::pack_type;
    response.file = file->path.string();
    response.etag = '"' + file->pack.id.text() + '"';
    response.with("Content-Disposition", files::content_disposition(files::Disposition::attachment, file->pack.name));
    response.with("X-Content-Type-Options", "nosniff");
    response.with("Cache-Control", "private, no-cache");
    return response;
}

}  // namespace

void register_pack_routes(http::Router& router, PackDesk const& at) {
    using http::Call;
    auto const carry = http::Access::with(permissions::carry);
    router
        .get<PushPackList>("/api/v1/push/packs", carry, [at](Call const& call) { return list_packs(at, call.caller); })
        .says("Packs on disks: made here for schools, or brought here, with what became of each.");
    router
        .act<PushPackWish, PushPackPlan>(
            "/api/v1/push/pack-plan", carry,
            [at](Call const& call, PushPackWish const& wish) { return plan_pack(at, call.caller, wish); })
        .says("How large a pack would be, and how it would be called. Nothing is written.");
    router
        .post<PushPackWish, PushPackRow>(
            "/api/v1/push/packs", carry,
            [at](Call const& call, PushPackWish const& wish) { return make_pack(at, call.caller, wish); })
        .says("Begins to make a pack; its job says how far it is.");
    router
        .raw(http::Method::get, "/api/v1/push/packs/{pack_id}/file", carry, files::pack_type,
             [at](Call& call) { return saved(at, call); })
        .says("The file of a pack that was made. Range and ETag work: a download that was cut goes on.");
    router
        .del<core::Nothing>("/api/v1/push/packs/{pack_id}", carry,
                            [at](Call const& call) { return remove_pack(at, call.caller, pack_id(call)); })
        .says("Forgets a pack, with its file; work on it stops.");
    router
        .post<PushPackArrival, PushPackRow>(
            "/api/v1/push/pack-imports", carry,
            [at](Call const& call, PushPackArrival const& arrival) { return begin_taking(at, call.caller, arrival); })
        .says("Begins to take an uploaded pack (tus, purpose pack): what is good of it comes, the rest is named.");
}

}  // namespace santong::push
