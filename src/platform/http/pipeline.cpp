#include "platform/http/pipeline.hpp"

#include <openssl/crypto.h>

#include "platform/log/log.hpp"

namespace santong::http {

namespace {

bool same_secret(std::string_view a, std::string_view b) {
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

bool on_this_machine(std::string_view address) {
    return address.starts_with("127.") || address == "::1";
}

/// The host of an Origin header: what follows "scheme://".
std::string_view host_of(std::string_view origin) {
    auto const scheme = origin.find("://");
    return scheme == std::string_view::npos ? std::string_view() : origin.substr(scheme + 3);
}

/// Whether a browser says that another site made it send this. Programs send neither header.
bool cross_site(Call const& call) {
    if (auto const site = call.header("sec-fetch-site"); !site.empty()) return site != "same-origin" && site != "none";
    auto const origin = call.header("origin");
    return !origin.empty() && host_of(origin) != call.header("host");
}

std::optional<core::Error> check_csrf(Call const& call, Route const& route, Identity const& identity) {
    if (!unsafe(call.method) || !route.csrf) return std::nullopt;
    if (cross_site(call)) return core::forbidden("http.csrf");
    if (!identity.cookie_session || !call.caller.signed_in()) return std::nullopt;
    auto const token = call.header("x-csrf-token");
    if (identity.csrf_token.empty() || !same_secret(token, identity.csrf_token)) return core::forbidden("http.csrf");
    return std::nullopt;
}

std::optional<core::Error> check_access(Call const& call, Access const& access) {
    if (access.kind == Access::Kind::open) return std::nullopt;
    if (!call.caller.signed_in()) return core::unauthenticated("auth.sign_in_required");
    if (access.kind == Access::Kind::signed_in) return std::nullopt;
    if (!call.caller.may_anywhere(auth::Permission{access.permission.c_str()})) return core::forbidden();
    return std::nullopt;
}

Response broken_world(Call const& call, Route const& route, std::string_view what) {
    log::error("request failed", {{"trace_id", call.trace_id}, {"route", route.path}, {"reason", what}});
    auto error = core::unavailable("http.internal_error", 0);
    return Response::problem(error, call.trace_id, 500);
}

template <class Work>
Response guarded(Call const& call, Route const& route, Work work) {
    try {
        return work();
    } catch (sql::DatabaseError const& error) {
        if (!error.disk_full()) return broken_world(call, route, error.what());
        log::error("disk full", {{"trace_id", call.trace_id}, {"route", route.path}});
        return Response::problem(core::unavailable("http.disk_full", 60), call.trace_id);
    } catch (std::exception const& error) {
        return broken_world(call, route, error.what());
    }
}

}  // namespace

Pipeline::Pipeline(Authenticate authenticate, Recall recall, IdempotencyStore* idempotency, AnswerCache* answers,
                   RateLimits const& limits)
    : authenticate_(std::move(authenticate)),
      recall_(std::move(recall)),
      idempotency_(idempotency),
      answers_(answers),
      accounts_(limits.account),
      limit_loopback_(limits.loopback) {}

std::optional<Response> Pipeline::admit(Call& call, Route const& route) {
    std::optional<core::Error> refusal;
    auto broken = guarded(call, route, [&] {
        core::Result<Identity> identity = authenticate_ ? authenticate_(call) : core::Result<Identity>(Identity{});
        call.caller.client = call.client_address;
        call.caller.trace_id = call.trace_id;
        if (!identity && route.access.kind != Access::Kind::open) refusal = identity.error();
        if (!refusal) refusal = check_access(call, route.access);
        if (!refusal) refusal = check_csrf(call, route, identity ? *identity : Identity{});
        return Response{};
    });
    if (broken.status != 200) return broken;
    if (int wait = 0; !refusal && !within_limit(call, wait))
        refusal = core::rate_limited("http.too_many_requests", wait);
    if (refusal) return Response::problem(*refusal, call.trace_id);
    return std::nullopt;
}

bool Pipeline::within_limit(Call const& call, int& wait) {
    bool const limited = limit_loopback_ || !on_this_machine(call.client_address);
    if (!limited || !call.caller.signed_in()) return true;
    wait = accounts_.take(call.caller.account.text());
    return wait <= 0;
}

std::optional<Response> Pipeline::at_hand(Call& call, Route const& route, bool accepts_gzip) {
    if (!answers_ || !recall_ || route.made_of.empty() || !recall_(call)) return std::nullopt;
    call.caller.client = call.client_address;
    call.caller.trace_id = call.trace_id;
    if (check_access(call, route.access)) return std::nullopt;
    auto kept = answers_->at_hand(call, accepts_gzip);
    if (int wait = 0; kept && !within_limit(call, wait))
        return Response::problem(core::rate_limited("http.too_many_requests", wait), call.trace_id);
    return kept;
}

Response Pipeline::run(Call& call, Route const& route) {
    return guarded(call, route, [&] {
        if (answers_ && !route.made_of.empty()) return answers_->run(call, route);
        auto const key = call.header("idempotency-key");
        bool const guard =
            idempotency_ && route.remembered && !key.empty() && call.method == Method::post && call.caller.signed_in();
        return guard ? idempotency_->run(call, route, key, route.handler) : route.handler(call);
    });
}

}  // namespace santong::http
