#include "modules/teaching/store_computer.hpp"

#include "modules/teaching/store.hpp"

#define COMPUTER_COLUMNS "id, school_id, room, name, system, version, enrolled_by, enrolled_at, seen_at, revoked_at"
#define ENROLMENT_COLUMNS "code, secret_hash, client, name, system, version, made_at, expires_at"
#define ORDER_COLUMNS "id, computer_id, session_id, resource_id, asked_at, outcome"

namespace santong::teaching::store {

bool insert_enrolment(sql::Tx& tx, ComputerEnrolment const& row) {
    // A code belongs to no district until it is approved.
    return tx.execute("INSERT INTO room_computer_enrolment (" ENROLMENT_COLUMNS
                      ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING",
                      row.code, row.secret_hash, row.client, row.name, row.system, row.version, row.made_at,
                      row.expires_at) == 1;
}

std::optional<ComputerEnrolment> enrolment(sql::Tx& tx, std::string const& code, core::Instant now) {
    return tx.optional_row<ComputerEnrolment>(
        "SELECT " ENROLMENT_COLUMNS " FROM room_computer_enrolment WHERE code = $1 AND expires_at > $2", code, now);
}

std::optional<ComputerEnrolment> enrolment_by_secret(sql::Tx& tx, std::string const& secret_hash, core::Instant now) {
    return tx.optional_row<ComputerEnrolment>("SELECT " ENROLMENT_COLUMNS
                                              " FROM room_computer_enrolment WHERE secret_hash = $1"
                                              " AND expires_at > $2",
                                              secret_hash, now);
}

bool take_enrolment(sql::Tx& tx, std::string const& code) {
    return tx.execute("DELETE FROM room_computer_enrolment WHERE code = $1", code) == 1;
}

int enrolments_from(sql::Tx& tx, std::string const& client, core::Instant now) {
    return tx
        .value<int>("SELECT COUNT(*) FROM room_computer_enrolment WHERE client = $1 AND expires_at > $2", client, now)
        .value_or(0);
}

void sweep_enrolments(sql::Tx& tx, core::Instant now) {
    tx.execute("DELETE FROM room_computer_enrolment WHERE expires_at <= $1", now);
}

std::optional<ComputerKey> computer_key(sql::Tx& tx, std::string const& token_hash) {
    return tx.optional_row<ComputerKey>(
        "SELECT token_hash, district_id, computer_id FROM room_computer_key WHERE token_hash = $1", token_hash);
}

void put_computer_key(sql::Tx& tx, std::string const& token_hash, ComputerId const& computer) {
    tx.execute("INSERT INTO room_computer_key (token_hash, district_id, computer_id) VALUES ($1, $2, $3)", token_hash,
               tx.district(), computer);
}

void delete_computer_keys(sql::Tx& tx, ComputerId const& computer) {
    tx.execute("DELETE FROM room_computer_key WHERE district_id = $1 AND computer_id = $2", tx.district(), computer);
}

std::optional<RoomComputer> computer(sql::Tx& tx, ComputerId const& id) {
    return tx.optional_row<RoomComputer>(
        "SELECT " COMPUTER_COLUMNS " FROM room_computer WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<RoomComputer> computers(sql::Tx& tx, core::OrgId const& school) {
    return tx.rows<RoomComputer>("SELECT " COMPUTER_COLUMNS
                                 " FROM room_computer WHERE district_id = $1 AND school_id = $2"
                                 " AND revoked_at IS NULL ORDER BY room, name, id",
                                 tx.district(), school);
}

std::optional<RoomComputer> computer_in(sql::Tx& tx, core::OrgId const& school, std::string const& room) {
    return tx.optional_row<RoomComputer>("SELECT " COMPUTER_COLUMNS
                                         " FROM room_computer WHERE district_id = $1 AND school_id = $2"
                                         " AND room = $3 AND revoked_at IS NULL ORDER BY seen_at DESC, id LIMIT 1",
                                         tx.district(), school, room);
}

void insert_computers(sql::Tx& tx, std::vector<RoomComputer> const& rows) {
    tx.insert("room_computer", rows);
}

void set_seen(sql::Tx& tx, RoomComputer const& row) {
    tx.execute("UPDATE room_computer SET seen_at = $3, version = $4, system = $5 WHERE district_id = $1 AND id = $2",
               tx.district(), row.id, row.seen_at, row.version, row.system);
}

void set_revoked(sql::Tx& tx, ComputerId const& id, core::Instant at) {
    tx.execute("UPDATE room_computer SET revoked_at = $3 WHERE district_id = $1 AND id = $2", tx.district(), id, at);
}

std::optional<ClassSession> session_in_room(sql::Tx& tx, RoomComputer const& computer, core::LocalDate date) {
    auto const id = tx.value<SessionId>(
        "SELECT s.id FROM class_session s JOIN class_session_live l ON l.district_id = s.district_id"
        " AND l.session_id = s.id WHERE s.district_id = $1 AND s.school_id = $2 AND s.date = $3 AND s.room = $4"
        " AND s.ended_at IS NULL ORDER BY l.seen_at DESC, s.id LIMIT 1",
        tx.district(), computer.school_id, date, computer.room);
    return id ? store::session(tx, *id) : std::nullopt;
}

void put_originals(sql::Tx& tx, SessionId const& session, std::vector<LessonOriginal> const& rows) {
    tx.execute("DELETE FROM room_computer_original WHERE district_id = $1 AND session_id = $2", tx.district(), session);
    tx.insert("room_computer_original", rows);
}

std::vector<LessonOriginal> originals(sql::Tx& tx, SessionId const& session) {
    return tx.rows<LessonOriginal>(
        "SELECT session_id, resource_id, file_id, name, size, sha256 FROM room_computer_original"
        " WHERE district_id = $1 AND session_id = $2 ORDER BY name, resource_id",
        tx.district(), session);
}

void insert_order(sql::Tx& tx, OriginalOrder const& row) {
    tx.insert_one("room_computer_order", row);
}

std::optional<OriginalOrder> order(sql::Tx& tx, OrderId const& id) {
    return tx.optional_row<OriginalOrder>(
        "SELECT " ORDER_COLUMNS " FROM room_computer_order WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::optional<OriginalOrder> waiting_order(sql::Tx& tx, ComputerId const& computer, core::Instant since) {
    return tx.optional_row<OriginalOrder>("SELECT " ORDER_COLUMNS
                                          " FROM room_computer_order WHERE district_id = $1 AND computer_id = $2"
                                          " AND asked_at > $3 AND outcome = 'waiting'"
                                          " ORDER BY asked_at DESC, id DESC LIMIT 1",
                                          tx.district(), computer, since);
}

bool set_outcome(sql::Tx& tx, OrderId const& id, OrderOutcome outcome) {
    return tx.execute(
               "UPDATE room_computer_order SET outcome = $3 WHERE district_id = $1 AND id = $2 AND outcome = 'waiting'",
               tx.district(), id, outcome) == 1;
}

bool insert_use(sql::Tx& tx, MaterialUse const& row) {
    return tx.insert_one("room_computer_use", row, "ON CONFLICT DO NOTHING") == 1;
}

void insert_uses(sql::Tx& tx, std::vector<MaterialUse> const& rows) {
    tx.insert("room_computer_use", rows);
}

std::vector<MaterialUse> use_of_lesson(sql::Tx& tx, LessonId const& lesson) {
    return tx.rows<MaterialUse>(
        "SELECT computer_id, band_at, kind, minutes, date, lesson_id, struck FROM room_computer_use"
        " WHERE district_id = $1 AND lesson_id = $2 ORDER BY band_at, kind, computer_id",
        tx.district(), lesson);
}

void set_struck(sql::Tx& tx, MaterialUse const& row) {
    tx.execute(
        "UPDATE room_computer_use SET struck = $5 WHERE district_id = $1 AND computer_id = $2 AND band_at = $3"
        " AND kind = $4",
        tx.district(), row.computer_id, row.band_at, row.kind, row.struck);
}

std::vector<LooseMinutes> loose_minutes(sql::Tx& tx, std::vector<ComputerId> const& computers, core::LocalDate since) {
    if (computers.empty()) return {};
    return tx.rows<LooseMinutes>(
        "SELECT computer_id, CAST(SUM(minutes) AS BIGINT) AS minutes FROM room_computer_use"
        " WHERE district_id = $1 AND computer_id {in $2} AND lesson_id IS NULL AND date >= $3"
        " GROUP BY computer_id ORDER BY computer_id",
        tx.district(), computers, since);
}

long erase_computer_traces(sql::Tx& tx, core::LocalDate before) {
    long erased =
        tx.execute("DELETE FROM room_computer_use WHERE district_id = $1 AND date < $2", tx.district(), before);
    for (char const* const statement :
         {"DELETE FROM room_computer_original WHERE district_id = $1 AND EXISTS (SELECT 1 FROM class_session s"
          " WHERE s.district_id = $1 AND s.id = room_computer_original.session_id AND s.date < $2)",
          "DELETE FROM room_computer_order WHERE district_id = $1 AND EXISTS (SELECT 1 FROM class_session s"
          " WHERE s.district_id = $1 AND s.id = room_computer_order.session_id AND s.date < $2)"}) {
        erased += tx.execute(statement, tx.district(), before);
    }
    return erased;
}

}  // namespace santong::teaching::store
