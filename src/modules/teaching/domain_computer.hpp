#pragma once
// The computer of a classroom (班级电脑) and what its program tells. May include: core/ and the domain.
#include "modules/teaching/domain_session.hpp"

namespace santong::teaching {

using ComputerId = core::Id<struct RoomComputerTag>;
using OrderId = core::Id<struct OriginalOrderTag>;

/// An enrolled computer. It belongs to a room, not to a person.
struct RoomComputer {
    ComputerId id;
    core::OrgId school_id;
    std::string room;
    std::string name;    ///< as the computer calls itself
    std::string system;  ///< "Windows 6.1"
    std::string version;
    core::PersonId enrolled_by;
    core::Instant enrolled_at;
    core::Instant seen_at;
    std::optional<core::Instant> revoked_at;
};
BOOST_DESCRIBE_STRUCT(RoomComputer, (),
                      (id, school_id, room, name, system, version, enrolled_by, enrolled_at, seen_at, revoked_at))

/// A code that a computer shows until somebody of the school approves it.
struct ComputerEnrolment {
    std::string code;
    std::string secret_hash;
    std::string client;
    std::string name;
    std::string system;
    std::string version;
    core::Instant made_at;
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(ComputerEnrolment, (), (code, secret_hash, client, name, system, version, made_at, expires_at))

/// A lesson's own file (课件原件) as a room's computer may fetch it.
struct LessonOriginal {
    SessionId session_id;
    ResourceId resource_id;
    core::FileId file_id;
    std::string name;
    std::int64_t size = 0;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(LessonOriginal, (), (session_id, resource_id, file_id, name, size, sha256))

/// What became of a tap on "open the original". `silent`: the computer did not answer in time.
enum class OrderOutcome : int { waiting, opened, no_program, not_fetched, not_of_lesson, silent };
BOOST_DESCRIBE_ENUM(OrderOutcome, waiting, opened, no_program, not_fetched, not_of_lesson, silent)

struct OriginalOrder {
    OrderId id;
    ComputerId computer_id;
    SessionId session_id;
    ResourceId resource_id;
    core::Instant asked_at;
    OrderOutcome outcome = OrderOutcome::waiting;
};
BOOST_DESCRIBE_STRUCT(OriginalOrder, (), (id, computer_id, session_id, resource_id, asked_at, outcome))

/// Kinds of material that a program in front shows; src/helper/material.hpp has the tables.
enum class MaterialKind : int { slides, document, video, picture, browser, board, interactive, other };
BOOST_DESCRIBE_ENUM(MaterialKind, slides, document, video, picture, browser, board, interactive, other)

/// Minutes of one kind in one band of five minutes.
struct MaterialUse {
    ComputerId computer_id;
    core::Instant band_at;
    MaterialKind kind = MaterialKind::other;
    std::int32_t minutes = 0;
    core::LocalDate date;
    std::optional<LessonId> lesson_id;  ///< absent: beside every lesson of the room
    bool struck = false;                ///< by the lesson's teacher: it counts nowhere
};
BOOST_DESCRIBE_STRUCT(MaterialUse, (), (computer_id, band_at, kind, minutes, date, lesson_id, struck))

/// Whether it shows that the lesson was taught with material: a browser may show anything, and our class view itself.
bool shows_material(MaterialKind kind);
/// Minutes of material of a lesson that are not struck.
int material_minutes(std::vector<MaterialUse> const& rows);
/// Whether a file of this name is a lesson's material that a classroom computer opens: never a program or a script.
bool opens_on_computer(std::string_view file_name);
/// What a computer says of its system or version, as far as it is plain text; at most 40 characters.
std::string plain_word(std::string_view text);
/// Whether it is a band: five minutes long, not ahead of now, and of the last sixty days.
bool plausible_band(core::Instant band_at, core::Instant now);

inline constexpr int band_minutes = 5;
/// Minutes of material that make a lesson one with evidence, the same as a class view's.
inline constexpr int minutes_of_use = 10;
/// After so many seconds without a word a computer counts as silent, and an order as lost.
inline constexpr int computer_silent_seconds = 120;
inline constexpr int order_seconds = 45;
/// Seconds between two questions of a computer: while a lesson runs in its room, and else.
inline constexpr int ask_in_lesson_seconds = 2;
inline constexpr int ask_else_seconds = 10;
inline constexpr std::int64_t enrolment_seconds = 10 * 60;

}  // namespace santong::teaching
