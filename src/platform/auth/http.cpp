#include "platform/auth/http.hpp"

#include "platform/auth/classroom.hpp"
#include "platform/auth/permissions.hpp"
#include "platform/auth/session_view.hpp"
#include "platform/auth/sign_in.hpp"
#include "platform/http/cookies.hpp"
#include "platform/http/router.hpp"
#include "platform/http/server.hpp"

namespace santong::auth {

namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Response;

constexpr std::int64_t small_body = 8 * 1024;

/// Whether a screen that polls is signed in by now; the cookie comes with the answer that says so.
enum class Approval : int { waiting, confirmed };
BOOST_DESCRIBE_ENUM(Approval, waiting, confirmed)
struct PairingState {
    Approval state = Approval::waiting;
};
BOOST_DESCRIBE_STRUCT(PairingState, (), (state))

/// What a page asks first; nobody signed in is no error there.
struct CurrentSession {
    std::optional<SessionView> session;
};
BOOST_DESCRIBE_STRUCT(CurrentSession, (), (session))

struct OpenClasses {
    std::vector<OpenClass> items;
};
BOOST_DESCRIBE_STRUCT(OpenClasses, (), (items))

struct PupilChoices {
    std::vector<PupilChoice> items;
};
BOOST_DESCRIBE_STRUCT(PupilChoices, (), (items))

struct SessionItems {
    std::vector<SessionItem> items;
};
BOOST_DESCRIBE_STRUCT(SessionItems, (), (items))

ClientFacts facts_of(Call const& call) {
    return {call.client_address, call.header("user-agent"), call.trace_id};
}

/// Where the screen has this page from; only what it shows itself depends on it.
std::string origin_of(Call const& call) {
    return (call.secure ? "https://" : "http://") + call.header("host");
}

std::string_view cookie_name(Call const& call) {
    return call.secure ? "__Host-sid" : "sid";
}

/// Without Max-Age: the cookie goes when the browser of a shared machine is closed.
std::string cookie(Call const& call, std::string const& token) {
    return std::string(cookie_name(call)) + "=" + token + "; Path=/; HttpOnly; SameSite=Lax" +
           (call.secure ? "; Secure" : "");
}

/// The session's token in a Cookie header such as "a=1; sid=2"; empty if there is none.
std::string token_of(Call const& call) {
    std::string const header = call.header("cookie");
    std::string_view rest = header;
    while (!rest.empty()) {
        auto const end = rest.find(';');
        std::string_view pair = rest.substr(0, end);
        rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        auto const equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == cookie_name(call)) {
            return std::string(pair.substr(equals + 1));
        }
    }
    return {};
}

template <class Body>
core::Result<Body> body_of(Call const& call) {
    // A form of another site can send no JSON without asking first, so nobody is signed in behind his back.
    if (!call.header("content-type").starts_with("application/json")) return core::unsupported("core.not_json");
    return core::json::read<Body>(call.body.empty() ? "{}" : call.body);
}

/// The answer to whoever was just signed in: the session, and its token in the cookie.
Response signed_in(sql::Database& db, Gate& gate, Call const& call, core::Result<OpenedSession> const& opened) {
    if (!opened) return Response::problem(opened.error(), call.trace_id);
    auto const caller = check_session(db, gate, opened->token, facts_of(call));
    if (!caller) return Response::problem(caller.error(), call.trace_id);
    auto const view = view_session(db, gate, *caller);
    if (!view) return Response::problem(view.error(), call.trace_id);
    return Response::json(core::json::write(*view)).with("Set-Cookie", cookie(call, opened->token));
}

/// A route that opens a session. `open` is (Call, Body) → Result<OpenedSession>.
template <class Body, class F>
http::Route& opens_session(http::Router& router, sql::Database& db, Gate& gate, std::string path, Access access,
                           F open) {
    auto& route = router.raw(Method::post, std::move(path), std::move(access), "application/json",
                             [&db, &gate, open](Call& call) {
                                 auto const body = body_of<Body>(call);
                                 if (!body) return Response::problem(body.error(), call.trace_id);
                                 return signed_in(db, gate, call, open(call, *body));
                             });
    route.body = &core::type_of<Body>();
    route.answer = &core::type_of<SessionView>();
    return route.takes_up_to(small_body).slowly().not_remembered();
}

void own_routes(http::Router& router, sql::Database& db, Gate& gate) {
    opens_session<ChangePasswordRequest>(router, db, gate, "/api/v1/session/password", Access::signed_in(),
                                         [&](Call const& call, ChangePasswordRequest const& body) {
                                             return change_password(db, gate, call.caller, body, facts_of(call));
                                         })
        .says("Change one's own password; all other sessions end");
    router
        .get<SessionItems>("/api/v1/me/sessions", Access::signed_in(),
                           [&](Call const& call) {
                               return core::Result<SessionItems>(SessionItems{own_sessions(db, gate, call.caller)});
                           })
        .says("One's own sessions");
    router
        .del<core::Nothing>("/api/v1/me/sessions/{session_id}", Access::signed_in(),
                            [&](Call const& call) -> core::Result<core::Nothing> {
                                TRY_VOID(end_own_session(db, call.caller, call.id<SessionId>("session_id")));
                                return core::Nothing{};
                            })
        .says("End one of one's own sessions");
    router
        .post<core::Nothing, TotpEnrolment>(
            "/api/v1/me/totp", Access::signed_in(),
            [&](Call const& call, core::Nothing const&) { return begin_totp(db, gate, call.caller); })
        .not_remembered()
        .says("Begin to enrol a second factor");
    opens_session<TotpCode>(router, db, gate, "/api/v1/me/totp/confirm", Access::signed_in(),
                            [&](Call const& call, TotpCode const& body) {
                                return confirm_totp(db, gate, call.caller, body, facts_of(call));
                            })
        .says("Confirm the second factor by its first code");
}

void pupil_routes(http::Router& router, sql::Database& db, Gate& gate) {
    router
        .get<OpenClasses>("/api/v1/pupil-signin/classes", Access::open(),
                          [&](Call const&) { return core::Result<OpenClasses>(OpenClasses{open_classes(db, gate)}); })
        .says("Classes whose pupils may sign in by PIN just now");
    router
        .get<PupilChoices>(
            "/api/v1/pupil-signin/classes/{class_id}/pupils", Access::open(),
            [&](Call const& call) -> core::Result<PupilChoices> {
                return PupilChoices{TRY(pupils_of_open_class(db, gate, call.id<core::OrgId>("class_id")))};
            })
        .says("Names of a class whose window is open");
    router
        .act<WindowRequest, OpenClass>(
            "/api/v1/pupil-signin/classes/{class_id}/window", Access::with(permissions::open_class_window),
            [&](Call const& call, WindowRequest const& body) {
                return open_class_window(db, gate, call.caller, call.id<core::OrgId>("class_id"), body);
            })
        .says("Let a class sign in by PIN for some minutes");
    router
        .del<core::Nothing>("/api/v1/pupil-signin/classes/{class_id}/window",
                            Access::with(permissions::open_class_window),
                            [&](Call const& call) -> core::Result<core::Nothing> {
                                TRY_VOID(close_class_window(db, call.caller, call.id<core::OrgId>("class_id")));
                                return core::Nothing{};
                            })
        .says("Close the window again");
    opens_session<PupilSignInRequest>(
        router, db, gate, "/api/v1/session/pupil", Access::open(),
        [&](Call const& call, PupilSignInRequest const& body) { return sign_in_pupil(db, gate, body, facts_of(call)); })
        .without_csrf()
        .says("Sign a pupil in by PIN in a computer room");
}

Response poll(sql::Database& db, Gate& gate, Call const& call) {
    auto const body = body_of<PairingPoll>(call);
    if (!body) return Response::problem(body.error(), call.trace_id);
    auto const opened = poll_pairing(db, gate, *body, facts_of(call));
    if (!opened) return Response::problem(opened.error(), call.trace_id);
    auto response =
        Response::json(core::json::write(PairingState{opened->has_value() ? Approval::confirmed : Approval::waiting}));
    if (*opened) response.with("Set-Cookie", cookie(call, (*opened)->token));
    return response;
}

void screen_routes(http::Router& router, sql::Database& db, Gate& gate) {
    router
        .post<core::Nothing, PairingTicket>("/api/v1/classroom/pairings", Access::open(),
                                            [&](Call const& call, core::Nothing const&) {
                                                return begin_pairing(db, gate, origin_of(call), facts_of(call));
                                            })
        .without_csrf()
        .says("A code that a classroom screen shows to its teacher");
    router
        .act<core::Nothing, core::Nothing>("/api/v1/classroom/pairings/{code}/approve",
                                           Access::with(permissions::approve_screen),
                                           [&](Call const& call, core::Nothing const&) -> core::Result<core::Nothing> {
                                               TRY_VOID(approve_pairing(db, gate, call.caller, call.text("code")));
                                               return core::Nothing{};
                                           })
        .says("Sign in on the screen that shows this code");
    auto& route = router.raw(Method::post, "/api/v1/classroom/pairings/poll", Access::open(), "application/json",
                             [&](Call& call) { return poll(db, gate, call); });
    route.body = &core::type_of<PairingPoll>();
    route.answer = &core::type_of<PairingState>();
    route.takes_up_to(small_body).without_csrf().says("Whether the teacher has approved; then also the cookie");
}

/// The request is this caller's, and is answered in his account's language unless the screens chose another.
http::Identity let_in(Gate const& gate, Call& call, Caller caller) {
    if (http::chosen_language(call).empty()) {
        if (auto language = account_language(gate, caller); !language.empty()) call.language = std::move(language);
    }
    call.caller = std::move(caller);
    return http::Identity{true, call.caller.csrf};
}

}  // namespace

core::Result<http::Identity> authenticate(sql::Database& db, Gate& gate, Call& call) {
    std::string const token = token_of(call);
    if (token.empty()) return http::Identity{};
    auto caller = TRY(check_session(db, gate, token, facts_of(call)));
    TRY_VOID(admit(caller, call.path));
    return let_in(gate, call, std::move(caller));
}

std::optional<http::Identity> recall(Gate& gate, Call& call) {
    auto caller = recall_session(gate, token_of(call));
    if (!caller || !admit(*caller, call.path)) return std::nullopt;
    return let_in(gate, call, std::move(*caller));
}

void register_session_routes(http::Router& router, sql::Database& db, Gate& gate) {
    opens_session<SignInRequest>(
        router, db, gate, "/api/v1/session", Access::open(),
        [&](Call const& call, SignInRequest const& body) { return sign_in(db, gate, body, facts_of(call)); })
        .without_csrf()
        .says("Sign in");
    router
        .get<SessionView>("/api/v1/session", Access::signed_in(),
                          [&](Call const& call) { return view_session(db, gate, call.caller); })
        .says("Who is signed in, with roles and permissions");
    router
        .get<CurrentSession>("/api/v1/session/current", Access::open(),
                             [&](Call const& call) -> core::Result<CurrentSession> {
                                 if (!call.caller.signed_in()) return CurrentSession{};
                                 return CurrentSession{TRY(view_session(db, gate, call.caller))};
                             })
        .says("Who is signed in, or null: what a page asks first, answered without an error");
    auto& out = router.raw(Method::del, "/api/v1/session", Access::signed_in(), "application/json", [&](Call& call) {
        sign_out(db, call.caller);
        return Response::json("{}").with("Set-Cookie", cookie(call, "") + "; Max-Age=0");
    });
    out.answer = &core::type_of<core::Nothing>();
    out.says("Sign out");
    router
        .get<SignInOptions>("/api/v1/session/options", Access::open(),
                            [&](Call const&) { return core::Result<SignInOptions>(sign_in_options(db, gate)); })
        .says("What the sign-in page needs to know");
    own_routes(router, db, gate);
    pupil_routes(router, db, gate);
    screen_routes(router, db, gate);
}

void register_routes(http::Router& router, sql::Database& db, Gate& gate) {
    register_session_routes(router, db, gate);
    register_administration_routes(router, db, gate);
}

}  // namespace santong::auth
