#pragma once
// Computers of classrooms (班级电脑, X-10): enrolling them, opening a lesson's own files on them, and what they tell of
// the material that was in front. The machine's own routes know a computer by its token, never a person.
#include "modules/teaching/domain_computer.hpp"
#include "modules/teaching/service.hpp"
#include "platform/files/service.hpp"

namespace santong::teaching {

// ---- enrolling -----------------------------------------------------------------------------------------------------

/// What a computer says of itself.
struct ComputerIntroduction {
    std::string name;
    std::string system;
    std::string version;
};
BOOST_DESCRIBE_STRUCT(ComputerIntroduction, (), (name, system, version))
/// The code goes on the computer's screen, the secret becomes its token when the code is approved.
struct ComputerCode {
    std::string code;
    std::string secret;
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(ComputerCode, (), (code, secret, expires_at))
/// A code of ten minutes. Refuses "teaching.too_many_computers" where too many wait behind one address.
core::Result<ComputerCode> begin_enrolment(sql::Database& db, core::DistrictId district, core::Clock const& clock,
                                           ComputerIntroduction const& introduction, std::string const& client);
struct ComputerSecret {
    std::string secret;
};
BOOST_DESCRIBE_STRUCT(ComputerSecret, (), (secret))
struct ComputerApproval {
    bool approved = false;
    std::string school;
    std::string room;
};
BOOST_DESCRIBE_STRUCT(ComputerApproval, (), (approved, school, room))
/// Whether somebody has approved it; asked again it says the same. Refuses "teaching.enrolment_over".
core::Result<ComputerApproval> enrolment_state(sql::Database& db, core::DistrictId district, core::Clock const& clock,
                                               ComputerSecret const& secret);

/// A computer as the technician's page shows it.
struct ComputerRow {
    RoomComputer computer;
    bool silent = false;             ///< not heard of for two minutes
    std::int64_t loose_minutes = 0;  ///< of the last seven days beside every lesson
};
BOOST_DESCRIBE_STRUCT(ComputerRow, (), (computer, silent, loose_minutes))
struct SchoolComputers {
    std::vector<ComputerRow> computers;
    std::vector<std::string> rooms;  ///< of the school, for a new one
    core::Instant now;
};
BOOST_DESCRIBE_STRUCT(SchoolComputers, (), (computers, rooms, now))
/// not_found for a school that the caller does not look after.
core::Result<SchoolComputers> school_computers(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                               core::OrgId const& school);
struct NewComputer {
    std::string code;
    core::OrgId school_id;
    std::string room;
};
BOOST_DESCRIBE_STRUCT(NewComputer, (), (code, school_id, room))
/// Refuses "teaching.computer_code_unknown", "teaching.room_missing".
core::Result<RoomComputer> approve_computer(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            NewComputer const& wish);
/// Its token is worth nothing from now on; what it told stays.
core::Result<RoomComputer> revoke_computer(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           ComputerId const& id);

// ---- the computer itself
// ---------------------------------------------------------------------------------------------

/// Which computer a token belongs to. Refuses "teaching.computer_unknown" (401).
struct KnownComputer {
    core::DistrictId district = 0;
    ComputerId id;
};
core::Result<KnownComputer> known_computer(sql::Database& db, core::DistrictId district, std::string const& token);

struct ComputerContact {
    std::string system;
    std::string version;
};
BOOST_DESCRIBE_STRUCT(ComputerContact, (), (system, version))
struct ContactFile {
    ResourceId resource_id;
    std::string name;
    std::int64_t size = 0;
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(ContactFile, (), (resource_id, name, size, sha256))
struct ContactOrder {
    OrderId order_id;
    ResourceId resource_id;
};
BOOST_DESCRIBE_STRUCT(ContactOrder, (), (order_id, resource_id))
/// What a computer needs: the hour, the running lesson's own files, and what the teacher tapped.
struct ContactAnswer {
    core::Instant now;
    std::int32_t next_seconds = ask_else_seconds;
    std::string school;
    std::string room;
    std::string lesson;  ///< the class and the title; empty = no lesson runs in the room
    std::vector<ContactFile> files;
    std::optional<ContactOrder> order;
};
BOOST_DESCRIBE_STRUCT(ContactAnswer, (), (now, next_seconds, school, room, lesson, files, order))
core::Result<ContactAnswer> contact(sql::Database& db, KnownComputer const& who, core::Clock const& clock,
                                    ComputerContact const& said);
/// A file of the lesson that runs in the computer's room; not_found for everything else.
core::Result<core::FileId> original_file(sql::Database& db, KnownComputer const& who, core::Clock const& clock,
                                         ResourceId const& resource);
struct OrderReport {
    OrderOutcome outcome = OrderOutcome::opened;
};
BOOST_DESCRIBE_STRUCT(OrderReport, (), (outcome))
/// Said twice it stands once. What was opened is evidence of the lesson.
core::Result<core::Nothing> report_order(sql::Database& db, KnownComputer const& who, core::Clock const& clock,
                                         OrderId const& id, OrderReport const& report);

// ---- the teacher
// -----------------------------------------------------------------------------------------------------

/// What the classroom screen knows of the computer in its room.
struct RoomOriginals {
    bool has_computer = false;
    bool silent = false;
    std::vector<ResourceId> resources;  ///< of the lesson, that have a file which a computer opens
    std::string room;                   ///< empty: the timetable names none
};
BOOST_DESCRIBE_STRUCT(RoomOriginals, (), (has_computer, silent, resources, room))
/// Says which of the lesson's files the room's computer may fetch: those that the caller may read now. Where no
/// computer stands the files are named all the same, so that the screen can say what is missing.
core::Result<RoomOriginals> offer_originals(sql::Database& db, files::Files& files, auth::Caller const& caller,
                                            core::Clock const& clock, SessionId const& id);
struct OriginalWish {
    ResourceId resource_id;
};
BOOST_DESCRIBE_STRUCT(OriginalWish, (), (resource_id))
/// Refuses "teaching.no_computer_in_room", "teaching.computer_silent", "teaching.no_original".
core::Result<OriginalOrder> order_original(sql::Database& db, files::Files& files, auth::Caller const& caller,
                                           core::Clock const& clock, SessionId const& id, OriginalWish const& wish);
core::Result<OriginalOrder> order_state(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                        SessionId const& id, OrderId const& order);

}  // namespace santong::teaching
