#include "modules/teaching/store_class.hpp"

#include "core/json.hpp"
#include "platform/feed/feed.hpp"

namespace santong::teaching::store {

namespace {

struct ReadingRow {
    SessionId session_id;
    QuestionId question_id;
    core::RawJson seen;
    core::Instant read_at;
};
BOOST_DESCRIBE_STRUCT(ReadingRow, (), (session_id, question_id, seen, read_at))

struct StrokeRow {
    SessionId session_id;
    StrokeId id;
    std::int64_t number = 1;
    std::string sheet;
    InkTool tool = InkTool::pen;
    std::int32_t color = 0;
    core::RawJson points;
};
BOOST_DESCRIBE_STRUCT(StrokeRow, (), (session_id, id, number, sheet, tool, color, points))

struct RuleRow {
    core::OrgId school_id;
    Calling calling = Calling::surname;
};
BOOST_DESCRIBE_STRUCT(RuleRow, (), (school_id, calling))

using Numbers = std::vector<std::int32_t>;

}  // namespace

std::optional<Reading> reading(sql::Tx& tx, SessionId const& id) {
    auto const row = tx.optional_row<ReadingRow>(
        "SELECT session_id, question_id, seen, read_at FROM class_card_reading WHERE district_id = $1"
        " AND session_id = $2",
        tx.district(), id);
    if (!row) return std::nullopt;
    return Reading{row->session_id, row->question_id, core::json::read<Numbers>(row->seen.value).value(), row->read_at};
}

void put_reading(sql::Tx& tx, Reading const& row) {
    tx.insert_one("class_card_reading",
                  ReadingRow{row.session_id, row.question_id, {core::json::write(row.seen)}, row.read_at},
                  "ON CONFLICT (district_id, session_id) DO UPDATE SET question_id = excluded.question_id,"
                  " seen = excluded.seen, read_at = excluded.read_at");
}

void delete_reading(sql::Tx& tx, SessionId const& id) {
    tx.execute("DELETE FROM class_card_reading WHERE district_id = $1 AND session_id = $2", tx.district(), id);
}

std::vector<InkStroke> ink(sql::Tx& tx, SessionId const& id) {
    std::vector<InkStroke> found;
    for (auto const& row : tx.rows<StrokeRow>("SELECT session_id, id, number, sheet, tool, color, points FROM class_ink"
                                              " WHERE district_id = $1 AND session_id = $2 ORDER BY number, id",
                                              tx.district(), id)) {
        found.push_back({row.id, row.sheet, row.tool, row.color, core::json::read<Numbers>(row.points.value).value()});
    }
    return found;
}

std::size_t count_ink(sql::Tx& tx, SessionId const& id) {
    return static_cast<std::size_t>(*tx.value<std::int64_t>(
        "SELECT COUNT(*) FROM class_ink WHERE district_id = $1 AND session_id = $2", tx.district(), id));
}

void add_ink(sql::Tx& tx, SessionId const& id, InkStroke const& stroke) {
    auto const last = *tx.value<std::int64_t>(
        "SELECT COALESCE(MAX(number), 0) FROM class_ink WHERE district_id = $1 AND session_id = $2", tx.district(), id);
    tx.insert_one(
        "class_ink",
        StrokeRow{id, stroke.id, last + 1, stroke.sheet, stroke.tool, stroke.color, {core::json::write(stroke.points)}},
        "ON CONFLICT DO NOTHING");
}

void remove_ink(sql::Tx& tx, SessionId const& id, std::vector<StrokeId> const& strokes) {
    if (strokes.empty()) return;
    tx.execute("DELETE FROM class_ink WHERE district_id = $1 AND session_id = $2 AND id {in $3}", tx.district(), id,
               strokes);
}

std::vector<Joined> joined(sql::Tx& tx, std::vector<SessionId> const& mains) {
    if (mains.empty()) return {};
    return tx.rows<Joined>(
        "SELECT session_id, main_id, class_id FROM class_session_joined WHERE district_id = $1"
        " AND main_id {in $2} ORDER BY main_id, session_id",
        tx.district(), mains);
}

std::vector<TakenAlong> taken_along(sql::Tx& tx, core::OrgId const& school, core::LocalDate date,
                                    core::PersonId const& teacher, std::vector<LessonId> const& lessons) {
    if (lessons.empty()) return {};
    return tx.rows<TakenAlong>(
        "SELECT s.lesson_id, s.teacher_id FROM class_session s"
        " JOIN class_session_joined j ON j.district_id = s.district_id AND j.session_id = s.id"
        " WHERE s.district_id = $1 AND s.school_id = $2 AND s.date = $3 AND s.teacher_id <> $4 AND s.lesson_id {in $5}"
        " AND s.state <> 'discarded' ORDER BY s.lesson_id, s.started_at",
        tx.district(), school, date, teacher, lessons);
}

std::vector<Joined> joined_to(sql::Tx& tx, std::vector<SessionId> const& sessions) {
    if (sessions.empty()) return {};
    return tx.rows<Joined>(
        "SELECT session_id, main_id, class_id FROM class_session_joined WHERE district_id = $1"
        " AND session_id {in $2} ORDER BY session_id",
        tx.district(), sessions);
}

void put_joined(sql::Tx& tx, Joined const& row) {
    tx.insert_one("class_session_joined", row,
                  "ON CONFLICT (district_id, session_id) DO UPDATE SET main_id = excluded.main_id");
}

void delete_joined(sql::Tx& tx, SessionId const& session) {
    tx.execute("DELETE FROM class_session_joined WHERE district_id = $1 AND session_id = $2", tx.district(), session);
}

std::vector<Assistant> assistants(sql::Tx& tx, std::vector<SessionId> const& sessions) {
    if (sessions.empty()) return {};
    return tx.rows<Assistant>(
        "SELECT session_id, person_id, asked_at FROM class_session_assistant"
        " WHERE district_id = $1 AND session_id {in $2} AND left_at IS NULL ORDER BY session_id, asked_at, person_id",
        tx.district(), sessions);
}

std::vector<Assistant> all_assistants(sql::Tx& tx, std::vector<SessionId> const& sessions) {
    if (sessions.empty()) return {};
    return tx.rows<Assistant>(
        "SELECT session_id, person_id, asked_at FROM class_session_assistant"
        " WHERE district_id = $1 AND session_id {in $2} ORDER BY session_id, asked_at, person_id",
        tx.district(), sessions);
}

std::vector<Assisted> assisted(sql::Tx& tx, std::vector<SessionId> const& sessions) {
    if (sessions.empty()) return {};
    return tx.rows<Assisted>(
        "SELECT own.id AS session_id, main.teacher_id FROM class_session own"
        " JOIN class_session main ON main.district_id = own.district_id AND main.class_id = own.class_id"
        " AND main.date = own.date AND main.period = own.period"
        " JOIN class_session_assistant a ON a.district_id = own.district_id AND a.session_id = main.id"
        " AND a.person_id = own.teacher_id WHERE own.district_id = $1 AND own.id {in $2} ORDER BY own.id",
        tx.district(), sessions);
}

std::vector<ClassSession> assisted_sessions(sql::Tx& tx, core::PersonId const& person) {
    std::vector<ClassSession> found;
    for (auto const& id : tx.column<SessionId>(
             "SELECT a.session_id FROM class_session_assistant a JOIN class_session s"
             " ON s.district_id = a.district_id AND s.id = a.session_id WHERE a.district_id = $1 AND a.person_id = $2"
             " AND s.ended_at IS NULL AND a.left_at IS NULL ORDER BY a.asked_at DESC",
             tx.district(), person)) {
        if (auto one = store::session(tx, id)) found.push_back(std::move(*one));
    }
    return found;
}

void put_assistant(sql::Tx& tx, Assistant const& row) {
    tx.insert_one("class_session_assistant", row,
                  "ON CONFLICT (district_id, session_id, person_id) DO UPDATE SET left_at = NULL");
}

void end_assistant(sql::Tx& tx, SessionId const& session, core::PersonId const& person, core::Instant at) {
    tx.execute(
        "UPDATE class_session_assistant SET left_at = $4 WHERE district_id = $1 AND session_id = $2"
        " AND person_id = $3 AND left_at IS NULL",
        tx.district(), session, person, at);
}

std::vector<Unplanned> unplanned(sql::Tx& tx, std::vector<LessonId> const& lessons) {
    if (lessons.empty()) return {};
    return tx.rows<Unplanned>(
        "SELECT lesson_id, reason, taken_at FROM class_unplanned WHERE district_id = $1"
        " AND lesson_id {in $2} ORDER BY taken_at, lesson_id",
        tx.district(), lessons);
}

void put_unplanned(sql::Tx& tx, Unplanned const& row) {
    tx.insert_one("class_unplanned", row,
                  "ON CONFLICT (district_id, lesson_id) DO UPDATE SET reason = excluded.reason");
    feed::put(tx, {"teaching.Unplanned", row.lesson_id.text(), {}}, core::Nothing{});
}

std::optional<Calling> calling(sql::Tx& tx, core::OrgId const& school) {
    auto const row = tx.optional_row<RuleRow>(
        "SELECT school_id, calling FROM classroom_rule WHERE district_id = $1 AND school_id = $2", tx.district(),
        school);
    if (!row) return std::nullopt;
    return row->calling;
}

void put_calling(sql::Tx& tx, core::OrgId const& school, Calling calling) {
    tx.insert_one("classroom_rule", RuleRow{school, calling},
                  "ON CONFLICT (district_id, school_id) DO UPDATE SET calling = excluded.calling");
    feed::put(tx, {"teaching.ClassroomRule", school.text(), school}, core::Nothing{});
}

}  // namespace santong::teaching::store
