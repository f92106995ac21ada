#pragma once
// Tables of classroom computers. Part of the store.
#include "modules/teaching/domain_computer.hpp"
#include "platform/sql/database.hpp"

namespace santong::teaching::store {

bool insert_enrolment(sql::Tx& tx, ComputerEnrolment const& row);
std::optional<ComputerEnrolment> enrolment(sql::Tx& tx, std::string const& code, core::Instant now);
std::optional<ComputerEnrolment> enrolment_by_secret(sql::Tx& tx, std::string const& secret_hash, core::Instant now);
/// False if somebody else was quicker.
bool take_enrolment(sql::Tx& tx, std::string const& code);
int enrolments_from(sql::Tx& tx, std::string const& client, core::Instant now);
void sweep_enrolments(sql::Tx& tx, core::Instant now);

/// Whose token it is, in the whole system.
struct ComputerKey {
    std::string token_hash;
    core::DistrictId district_id = 0;
    ComputerId computer_id;
};
BOOST_DESCRIBE_STRUCT(ComputerKey, (), (token_hash, district_id, computer_id))
std::optional<ComputerKey> computer_key(sql::Tx& tx, std::string const& token_hash);
void put_computer_key(sql::Tx& tx, std::string const& token_hash, ComputerId const& computer);
void delete_computer_keys(sql::Tx& tx, ComputerId const& computer);

std::optional<RoomComputer> computer(sql::Tx& tx, ComputerId const& id);
/// Without revoked ones, by room.
std::vector<RoomComputer> computers(sql::Tx& tx, core::OrgId const& school);
/// The one that was heard of last in a room.
std::optional<RoomComputer> computer_in(sql::Tx& tx, core::OrgId const& school, std::string const& room);
void insert_computers(sql::Tx& tx, std::vector<RoomComputer> const& rows);
void set_seen(sql::Tx& tx, RoomComputer const& row);
void set_revoked(sql::Tx& tx, ComputerId const& id, core::Instant at);

/// The session that runs in a room on a day: the first class's one of a joint lesson, the latest if there are several.
std::optional<ClassSession> session_in_room(sql::Tx& tx, RoomComputer const& computer, core::LocalDate date);

void put_originals(sql::Tx& tx, SessionId const& session, std::vector<LessonOriginal> const& rows);
std::vector<LessonOriginal> originals(sql::Tx& tx, SessionId const& session);

void insert_order(sql::Tx& tx, OriginalOrder const& row);
std::optional<OriginalOrder> order(sql::Tx& tx, OrderId const& id);
/// The newest of a computer that waits and was asked after `since`.
std::optional<OriginalOrder> waiting_order(sql::Tx& tx, ComputerId const& computer, core::Instant since);
/// False if it has an outcome already.
bool set_outcome(sql::Tx& tx, OrderId const& id, OrderOutcome outcome);

/// What is known already stays as it is; true if the row is new.
bool insert_use(sql::Tx& tx, MaterialUse const& row);
void insert_uses(sql::Tx& tx, std::vector<MaterialUse> const& rows);
std::vector<MaterialUse> use_of_lesson(sql::Tx& tx, LessonId const& lesson);
void set_struck(sql::Tx& tx, MaterialUse const& row);
/// Minutes beside every lesson since a day.
struct LooseMinutes {
    ComputerId computer_id;
    std::int64_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(LooseMinutes, (), (computer_id, minutes))
std::vector<LooseMinutes> loose_minutes(sql::Tx& tx, std::vector<ComputerId> const& computers, core::LocalDate since);

/// What is raw and older than a day. Returns rows erased.
long erase_computer_traces(sql::Tx& tx, core::LocalDate before);

}  // namespace santong::teaching::store
