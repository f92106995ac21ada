#include "server/setup/setup.hpp"

namespace santong::server::setup {

namespace {

using http::Access;
using http::Call;
using http::Method;
using http::Response;

constexpr std::int64_t small_body = 16 * 1024;
constexpr char const* page = "/setup";
constexpr char const* about = "First start only, with the header X-Setup-Code; 404 once a district stands.";

struct CodeBody {
    std::string code;
};
BOOST_DESCRIBE_STRUCT(CodeBody, (), (code))

core::Result<auth::Role> role_of(Call const& call) {
    auto const role = core::enum_parse<auth::Role>(call.text("role"));
    if (!role) return core::not_found();
    return *role;
}

/// The routes take no cookie: the code in a header of its own is what no other site can send.
/// A step: the code first, then the answer.
template <class Answer>
http::Route& step(http::Router& router, Setup& setup, char const* path,
                  core::Result<SetupView> (Setup::*save)(Answer const&)) {
    return router
        .put<Answer, SetupView>(path, Access::open(),
                                [&setup, save](Call const& call, Answer const& answer) -> core::Result<SetupView> {
                                    TRY_VOID(setup.admit(call));
                                    return (setup.*save)(answer);
                                })
        .takes_up_to(small_body)
        .slowly()
        .without_csrf()
        .not_remembered()
        .says(about);
}

void people_routes(http::Router& router, Setup& setup) {
    router
        .put<PersonAnswer, SetupView>(
            "/api/v1/setup/people/{role}", Access::open(),
            [&setup](Call const& call, PersonAnswer const& answer) -> core::Result<SetupView> {
                TRY_VOID(setup.admit(call));
                return setup.save_person(TRY(role_of(call)), answer);
            })
        .takes_up_to(small_body)
        .slowly()
        .without_csrf()
        .not_remembered()
        .says(about);
    router
        .act<CodeBody, SetupView>("/api/v1/setup/people/{role}/confirm", Access::open(),
                                  [&setup](Call const& call, CodeBody const& body) -> core::Result<SetupView> {
                                      TRY_VOID(setup.admit(call));
                                      return setup.confirm_person(TRY(role_of(call)), body.code);
                                  })
        .takes_up_to(small_body)
        .without_csrf()
        .not_remembered()
        .says(about);
}

}  // namespace

void register_front_doors(http::Router& router) {
    for (auto const* path : {"/", "/signin"}) {
        router.raw(Method::get, path, Access::open(), "text/html", [](Call&) {
            Response response;
            response.status = 302;
            response.content_type = "text/plain; charset=utf-8";
            return std::move(response.with("Location", page).with("Cache-Control", "no-store"));
        });
    }
}

void register_setup_routes(http::Router& router, Setup& setup) {
    router
        .get<SetupView>("/api/v1/setup", Access::open(),
                        [&setup](Call const& call) -> core::Result<SetupView> {
                            TRY_VOID(setup.admit(call));
                            return setup.view();
                        })
        .says(about);
    step<PlaceAnswer>(router, setup, "/api/v1/setup/place", &Setup::save_place);
    step<DistrictAnswer>(router, setup, "/api/v1/setup/district", &Setup::save_district);
    step<KeysAnswer>(router, setup, "/api/v1/setup/keys", &Setup::save_keys);
    step<CertificateAnswer>(router, setup, "/api/v1/setup/certificate", &Setup::save_certificate);
    step<BackupAnswer>(router, setup, "/api/v1/setup/backup", &Setup::save_backup);
    people_routes(router, setup);
    router
        .act<core::Nothing, KeySheet>("/api/v1/setup/key-sheet", Access::open(),
                                      [&setup](Call const& call, core::Nothing const&) -> core::Result<KeySheet> {
                                          TRY_VOID(setup.admit(call));
                                          return setup.key_sheet();
                                      })
        .without_csrf()
        .not_remembered()
        .says(about);
    router
        .act<core::Nothing, Finished>("/api/v1/setup/finish", Access::open(),
                                      [&setup](Call const& call, core::Nothing const&) -> core::Result<Finished> {
                                          TRY_VOID(setup.admit(call));
                                          auth::Caller caller;
                                          caller.client = call.client_address;
                                          caller.trace_id = call.trace_id;
                                          return setup.finish(caller);
                                      })
        .slowly()
        .without_csrf()
        .not_remembered()
        .says(about);
}

}  // namespace santong::server::setup
