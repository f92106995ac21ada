#include "core/json.hpp"
#include "modules/teaching/store.hpp"
#include "modules/teaching/store_computer.hpp"

#define QUESTION_COLUMNS "id, session_id, number, text, options, answer, present, counts, done, at, class_id"
#define LIVE_COLUMNS \
    "session_id, seen_at, bell_at, resource_id, page, question_id, board, taught, work, handed_to, cancelled"

namespace santong::teaching::store {

namespace {

struct QuestionRow {
    QuestionId id;
    SessionId session_id;
    std::int32_t number = 1;
    std::string text;
    core::RawJson options;
    std::optional<std::int32_t> answer;
    std::int32_t present = 0;
    core::RawJson counts;
    bool done = false;
    core::Instant at;
    std::optional<core::OrgId> class_id;
};
BOOST_DESCRIBE_STRUCT(QuestionRow, (),
                      (id, session_id, number, text, options, answer, present, counts, done, at, class_id))

ClassQuestion question_of(QuestionRow const& row) {
    return {row.id,
            row.session_id,
            row.number,
            row.text,
            core::json::read<std::vector<std::string>>(row.options.value).value(),
            row.answer,
            row.present,
            core::json::read<std::vector<std::int32_t>>(row.counts.value).value(),
            row.done,
            row.at,
            row.class_id};
}
QuestionRow row_of(ClassQuestion const& one) {
    return {one.id,
            one.session_id,
            one.number,
            one.text,
            {core::json::write(one.options)},
            one.answer,
            one.present,
            {core::json::write(one.counts)},
            one.done,
            one.at,
            one.class_id};
}

}  // namespace

std::optional<Live> live(sql::Tx& tx, SessionId const& id) {
    return tx.optional_row<Live>("SELECT " LIVE_COLUMNS
                                 " FROM class_session_live WHERE district_id = $1 AND session_id = $2",
                                 tx.district(), id);
}

std::vector<Live> live_after_bell(sql::Tx& tx, core::Instant now, int limit) {
    return tx.rows<Live>("SELECT " LIVE_COLUMNS
                         " FROM class_session_live WHERE district_id = $1 AND bell_at <= $2 ORDER BY bell_at LIMIT $3",
                         tx.district(), now, limit);
}

void put_live(sql::Tx& tx, Live const& row) {
    tx.insert_one("class_session_live", row,
                  "ON CONFLICT (district_id, session_id) DO UPDATE SET seen_at = excluded.seen_at,"
                  " bell_at = excluded.bell_at, resource_id = excluded.resource_id, page = excluded.page,"
                  " question_id = excluded.question_id, board = excluded.board, taught = excluded.taught,"
                  " work = excluded.work");
}

std::vector<LiveLesson> live_lessons(sql::Tx& tx, core::OrgId const& school) {
    return tx.rows<LiveLesson>(
        "SELECT s.id AS session_id, s.lesson_id, s.teacher_id FROM class_session_live l JOIN class_session s"
        " ON s.district_id = l.district_id AND s.id = l.session_id WHERE l.district_id = $1 AND s.school_id = $2",
        tx.district(), school);
}

void set_standing(sql::Tx& tx, SessionId const& id, std::optional<core::PersonId> const& handed_to, bool cancelled) {
    tx.execute(
        "UPDATE class_session_live SET handed_to = $3, cancelled = $4 WHERE district_id = $1 AND session_id = $2",
        tx.district(), id, handed_to, cancelled);
}

void delete_live(sql::Tx& tx, SessionId const& id) {
    tx.execute("DELETE FROM class_session_live WHERE district_id = $1 AND session_id = $2", tx.district(), id);
    tx.execute("DELETE FROM class_card_reading WHERE district_id = $1 AND session_id = $2", tx.district(), id);
}

void append_event(sql::Tx& tx, Event const& event) {
    tx.insert_one("class_session_event", event);
}

std::vector<Event> events(sql::Tx& tx, SessionId const& id) {
    return tx.rows<Event>(
        "SELECT id, session_id, kind, resource_id, page, at FROM class_session_event"
        " WHERE district_id = $1 AND session_id = $2 ORDER BY at, id",
        tx.district(), id);
}

std::int64_t add_shown(sql::Tx& tx, SessionId const& session, std::optional<ResourceId> const& resource,
                       std::int64_t ms) {
    core::Uuid const what = resource ? resource->value : session.value;
    return *tx.value<std::int64_t>(
        "INSERT INTO class_session_trace (district_id, session_id, resource_id, shown_ms) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (district_id, session_id, resource_id) DO UPDATE"
        " SET shown_ms = class_session_trace.shown_ms + excluded.shown_ms RETURNING shown_ms",
        tx.district(), session, what, ms);
}

long erase_traces(sql::Tx& tx, core::LocalDate before) {
    long erased = tx.execute(
        "DELETE FROM class_session_trace WHERE district_id = $1 AND EXISTS (SELECT 1 FROM class_session s"
        " WHERE s.district_id = $1 AND s.id = class_session_trace.session_id AND s.date < $2)",
        tx.district(), before);
    erased += tx.execute(
        "DELETE FROM class_session_event WHERE district_id = $1 AND EXISTS (SELECT 1 FROM class_session s"
        " WHERE s.district_id = $1 AND s.id = class_session_event.session_id AND s.date < $2)",
        tx.district(), before);
    erased += tx.execute(
        "DELETE FROM class_ink WHERE district_id = $1 AND EXISTS (SELECT 1 FROM class_session s"
        " WHERE s.district_id = $1 AND s.id = class_ink.session_id AND s.date < $2)",
        tx.district(), before);
    erased += erase_computer_traces(tx, before);
    return erased;
}

std::vector<ClassQuestion> questions(sql::Tx& tx, std::vector<SessionId> const& ids) {
    if (ids.empty()) return {};
    std::vector<ClassQuestion> found;
    for (auto const& row : tx.rows<QuestionRow>("SELECT " QUESTION_COLUMNS " FROM class_question WHERE district_id = $1"
                                                " AND session_id {in $2} ORDER BY session_id, number",
                                                tx.district(), ids)) {
        found.push_back(question_of(row));
    }
    return found;
}

std::optional<ClassQuestion> question(sql::Tx& tx, SessionId const& session, QuestionId const& id) {
    auto const row = tx.optional_row<QuestionRow>("SELECT " QUESTION_COLUMNS
                                                  " FROM class_question WHERE district_id = $1"
                                                  " AND session_id = $2 AND id = $3",
                                                  tx.district(), session, id);
    if (!row) return std::nullopt;
    return question_of(*row);
}

bool question_known(sql::Tx& tx, QuestionId const& id) {
    return *tx.value<std::int64_t>("SELECT COUNT(*) FROM class_question WHERE district_id = $1 AND id = $2",
                                   tx.district(), id) > 0;
}

void insert_questions(sql::Tx& tx, std::vector<ClassQuestion> const& rows) {
    std::vector<QuestionRow> out;
    for (auto const& one : rows) out.push_back(row_of(one));
    tx.insert("class_question", out);
}

void set_counts(sql::Tx& tx, ClassQuestion const& question) {
    tx.execute("UPDATE class_question SET present = $3, counts = $4, done = $5 WHERE district_id = $1 AND id = $2",
               tx.district(), question.id, question.present, core::RawJson{core::json::write(question.counts)},
               question.done);
}

}  // namespace santong::teaching::store
