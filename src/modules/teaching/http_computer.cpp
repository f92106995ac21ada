#include "modules/teaching/http_computer.hpp"

#include <array>

#include "modules/teaching/permissions.hpp"
#include "modules/teaching/service_computer.hpp"
#include "modules/teaching/service_material.hpp"
#include "platform/files/file_name.hpp"

namespace santong::teaching {

namespace {

using http::Access;
using http::Call;

struct SchoolQuery {
    core::OrgId school;
};
BOOST_DESCRIBE_STRUCT(SchoolQuery, (), (school))

/// A program for classroom computers that this server can give away.
struct ComputerProgram {
    std::string system;
    std::string file_name;
    std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(ComputerProgram, (), (system, file_name, size))

struct KnownProgram {
    std::string_view system;
    std::string_view file_name;
};
constexpr std::array known_programs{KnownProgram{"windows", "santong-helper.exe"},
                                    KnownProgram{"linux", "santong-helper"}};

std::optional<std::filesystem::path> program_file(ComputerSite const& site, KnownProgram const& program) {
    for (auto const& folder : site.folders) {
        std::error_code missing;
        auto const file = folder / program.file_name;
        if (std::filesystem::is_regular_file(file, missing)) return file;
    }
    return std::nullopt;
}

std::vector<ComputerProgram> programs(ComputerSite const& site) {
    std::vector<ComputerProgram> found;
    for (auto const& one : known_programs) {
        auto const file = program_file(site, one);
        if (!file) continue;
        found.push_back({std::string(one.system), std::string(one.file_name),
                         static_cast<std::int64_t>(std::filesystem::file_size(*file))});
    }
    return found;
}

http::Response program(ComputerSite const& site, Call const& call) {
    for (auto const& one : known_programs) {
        if (one.system != call.text("system")) continue;
        auto const file = program_file(site, one);
        if (!file) break;
        http::Response response;
        response.content_type = "application/octet-stream";
        response.file = file->string();
        response.with("Content-Disposition", files::content_disposition(files::Disposition::attachment, one.file_name));
        return response;
    }
    return http::Response::problem(core::not_found("teaching.program_not_found"), call.trace_id);
}

/// Which computer asks: by its token alone. A browser never sends one for a page from elsewhere, and no cookie helps.
core::Result<KnownComputer> asking(ComputerSite const& site, Call const& call) {
    auto const said = call.header("authorization");
    constexpr std::string_view scheme = "Bearer ";
    if (!said.starts_with(scheme)) return core::unauthenticated("teaching.computer_unknown");
    return known_computer(site.db, site.district, said.substr(scheme.size()));
}

http::Response original(ComputerSite const& site, Call const& call) {
    auto const who = asking(site, call);
    if (!who) return http::Response::problem(who.error(), call.trace_id);
    auto const id = original_file(site.db, *who, site.clock, call.id<ResourceId>("resource_id"));
    if (!id) return http::Response::problem(id.error(), call.trace_id);
    auto const file = site.files.find(who->district, *id);
    if (!file) return http::Response::problem(core::not_found("teaching.no_original"), call.trace_id);
    http::Response response;
    response.content_type = "application/octet-stream";
    response.file = site.files.open(*file);
    response.etag = '"' + file->sha256 + '"';
    response.with("Cache-Control", "private, no-store");
    return response;
}

void enrolment_routes(http::Router& router, ComputerSite const& site) {
    router
        .post<ComputerIntroduction, ComputerCode>("/api/v1/room-computer/enrolments", Access::open(),
                                                  [site](Call const& call, ComputerIntroduction const& said) {
                                                      return begin_enrolment(site.db, site.district, site.clock, said,
                                                                             call.client_address);
                                                  })
        .not_remembered()
        .says("A classroom computer asks for a code, which somebody of its school approves.");
    router
        .act<ComputerSecret, ComputerApproval>("/api/v1/room-computer/enrolments/approval", Access::open(),
                                               [site](Call const&, ComputerSecret const& secret) {
                                                   return enrolment_state(site.db, site.district, site.clock, secret);
                                               })
        .not_remembered()
        .says("Whether the code of a classroom computer has been approved.");
}

/// What an enrolled computer asks and tells: its token stands in the Authorization header.
void machine_routes(http::Router& router, ComputerSite const& site) {
    router
        .act<ComputerContact, ContactAnswer>(
            "/api/v1/room-computer/contact", Access::open(),
            [site](Call const& call, ComputerContact const& said) -> core::Result<ContactAnswer> {
                return contact(site.db, TRY(asking(site, call)), site.clock, said);
            })
        .says("The hour, the files of the lesson that runs in the computer's room, and what its teacher tapped.");
    router
        .raw(http::Method::get, "/api/v1/room-computer/originals/{resource_id}", Access::open(),
             "application/octet-stream", [site](Call& call) { return original(site, call); })
        .says("A file of the lesson that runs in the computer's room. Range and ETag work.");
    router
        .act<OrderReport, core::Nothing>(
            "/api/v1/room-computer/orders/{order_id}", Access::open(),
            [site](Call const& call, OrderReport const& report) -> core::Result<core::Nothing> {
                return report_order(site.db, TRY(asking(site, call)), site.clock, call.id<OrderId>("order_id"), report);
            })
        .says("What became of a tap on \"open the original\".");
    router
        .act<ToldUse, ReceivedUse>("/api/v1/room-computer/use", Access::open(),
                                   [site](Call const& call, ToldUse const& told) -> core::Result<ReceivedUse> {
                                       return receive_use(site.db, TRY(asking(site, call)), site.clock, told);
                                   })
        .says("Minutes of each kind of material in bands of five minutes; sent twice they stand once.");
}

void technician_routes(http::Router& router, ComputerSite const& site) {
    auto const access = Access::with(permissions::manage_computers);
    router
        .list<SchoolQuery, SchoolComputers>("/api/v1/room-computers", access,
                                            [site](Call const& call, SchoolQuery const& query) {
                                                return school_computers(site.db, call.caller, site.clock, query.school);
                                            })
        .says("Computers of a school's classrooms, when they were heard of last, and its rooms.");
    router
        .post<NewComputer, RoomComputer>("/api/v1/room-computers", access,
                                         [site](Call const& call, NewComputer const& wish) {
                                             return approve_computer(site.db, call.caller, site.clock, wish);
                                         })
        .says("Approves the code that a classroom computer shows.");
    router
        .del<RoomComputer>("/api/v1/room-computers/{computer_id}", access,
                           [site](Call const& call) {
                               return revoke_computer(site.db, call.caller, site.clock,
                                                      call.id<ComputerId>("computer_id"));
                           })
        .says("Revokes a classroom computer: its token is worth nothing from now on.");
    router
        .get<std::vector<ComputerProgram>>(
            "/api/v1/room-computer-programs", access,
            [site](Call const&) -> core::Result<std::vector<ComputerProgram>> { return programs(site); })
        .says("Programs for classroom computers that this server gives away.");
    router
        .raw(http::Method::get, "/api/v1/room-computer-programs/{system}", access, "application/octet-stream",
             [site](Call& call) { return program(site, call); })
        .says("The program for classroom computers, for windows or linux.");
}

void teacher_routes(http::Router& router, ComputerSite const& site) {
    auto const teach = Access::with(permissions::teach);
    std::string const place = "/api/v1/class-sessions/{session_id}/originals";
    auto const session = [](Call const& call) { return call.id<SessionId>("session_id"); };
    router
        .put<core::Nothing, RoomOriginals>(place, teach,
                                           [site, session](Call const& call, core::Nothing const&) {
                                               return offer_originals(site.db, site.files, call.caller, site.clock,
                                                                      session(call));
                                           })
        .says("Lets the computer of the room fetch the files of the running lesson, and says which it can open.");
    router
        .post<OriginalWish, OriginalOrder>(place, teach,
                                           [site, session](Call const& call, OriginalWish const& wish) {
                                               return order_original(site.db, site.files, call.caller, site.clock,
                                                                     session(call), wish);
                                           })
        .says("Opens a file of the lesson on the computer of the room.");
    router
        .get<OriginalOrder>(place + "/{order_id}", teach,
                            [site, session](Call const& call) {
                                return order_state(site.db, call.caller, site.clock, session(call),
                                                   call.id<OrderId>("order_id"));
                            })
        .says("What became of it.");
    auto const own = Access::with(permissions::view_own_records);
    std::string const use = "/api/v1/my/lessons/{lesson_id}/material";
    router
        .get<LessonUse>(use, own,
                        [site](Call const& call) {
                            return lesson_use(site.db, call.caller, site.clock, call.id<LessonId>("lesson_id"));
                        })
        .says("What the computer of the room told of a lesson: the very rows, for its teacher.");
    router
        .act<StrikeWish, LessonUse>(use, own,
                                    [site](Call const& call, StrikeWish const& wish) {
                                        return strike_use(site.db, call.caller, site.clock,
                                                          call.id<LessonId>("lesson_id"), wish);
                                    })
        .says("Strikes a row that is wrong, or takes that back, within the seven days.");
}

}  // namespace

void register_computer_routes(http::Router& router, ComputerSite const& site) {
    enrolment_routes(router, site);
    machine_routes(router, site);
    technician_routes(router, site);
    teacher_routes(router, site);
}

}  // namespace santong::teaching
