#include "modules/timetable/store_changes.hpp"

#include "platform/feed/feed.hpp"

#define REQUEST_COLUMNS                                                                                             \
    "id, batch_id, school_id, class_id, date, period, subject, asked_by, cause, reason, state, way, colleague_id, " \
    "other_subject, swap_date, swap_period, swap_subject, declined, word, note, decided_by, decided_at, act_id, "   \
    "created_at, version, third_id, third_date, third_period, third_subject, agreed_by"

namespace santong::timetable::store {

namespace {

/// Why somebody asks is in no feed; what was asked goes along with the row.
void say_request(sql::Tx& tx, ChangeRequest const& request) {
    feed::put(tx, {"timetable.ChangeRequest", request.id.text(), request.school_id}, core::Nothing{});
}

/// Whether something is asked for this lesson already. Another asking waits until this one is written or given up.
bool is_asked_for(sql::Tx& tx, ChangeRequest const& request) {
    tx.execute("UPDATE taught_lesson SET state = state WHERE district_id = $1 AND id = $2", tx.district(),
               lesson_id(request.class_id, request.date, request.period));
    return tx.value<std::int64_t>(
                 "SELECT COUNT(*) FROM change_request WHERE district_id = $1 AND class_id = $2 AND date = $3"
                 " AND period = $4 AND state IN ('open', 'asked', 'ready')",
                 tx.district(), request.class_id, request.date, request.period)
               .value_or(0) > 0;
}

}  // namespace

bool insert_request(sql::Tx& tx, ChangeRequest const& request) {
    if (live(request.state) && is_asked_for(tx, request)) return false;
    tx.insert_one("change_request", request);
    say_request(tx, request);
    return true;
}

bool save_request(sql::Tx& tx, ChangeRequest const& request) {
    auto const changed = tx.execute(
        "UPDATE change_request SET state = $4, way = $5, colleague_id = $6, other_subject = $7, swap_date = $8,"
        " swap_period = $9, swap_subject = $10, declined = $11, word = $12, note = $13, decided_by = $14,"
        " decided_at = $15, act_id = $16, third_id = $17, third_date = $18, third_period = $19,"
        " third_subject = $20, agreed_by = $21, version = version + 1"
        " WHERE district_id = $1 AND id = $2 AND version = $3",
        tx.district(), request.id, request.version, request.state, request.way, request.colleague_id,
        request.other_subject, request.swap_date, request.swap_period, request.swap_subject, request.declined,
        request.word, request.note, request.decided_by, request.decided_at, request.act_id, request.third_id,
        request.third_date, request.third_period, request.third_subject, request.agreed_by);
    if (changed == 1) say_request(tx, request);
    return changed == 1;
}

std::optional<ChangeRequest> request(sql::Tx& tx, ChangeRequestId const& id) {
    return tx.optional_row<ChangeRequest>(
        "SELECT " REQUEST_COLUMNS " FROM change_request WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<ChangeRequest> requests_of_act(sql::Tx& tx, ActId const& act) {
    return tx.rows<ChangeRequest>(
        "SELECT " REQUEST_COLUMNS " FROM change_request WHERE district_id = $1 AND act_id = $2", tx.district(), act);
}

std::vector<ChangeRequest> requests_of_school(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                              core::LocalDate to) {
    return tx.rows<ChangeRequest>("SELECT " REQUEST_COLUMNS
                                  " FROM change_request WHERE district_id = $1 AND school_id = $2"
                                  " AND date BETWEEN $3 AND $4 ORDER BY date, period, class_id",
                                  tx.district(), school, from, to);
}

std::vector<ChangeRequest> requests_of_person(sql::Tx& tx, core::PersonId const& person, core::LocalDate from) {
    return tx.rows<ChangeRequest>(
        "SELECT " REQUEST_COLUMNS
        " FROM change_request WHERE district_id = $1 AND date >= $3"
        " AND (asked_by = $2 OR colleague_id = $2 OR third_id = $2) ORDER BY date, period, class_id",
        tx.district(), person, from);
}

std::int64_t undecided(sql::Tx& tx, std::vector<core::OrgId> const& schools, core::LocalDate from) {
    return tx
        .value<std::int64_t>(
            "SELECT COUNT(*) FROM change_request WHERE district_id = $1 AND school_id {in $2} AND date >= $3"
            " AND state IN ('open', 'ready')",
            tx.district(), schools, from)
        .value_or(0);
}

std::int64_t unanswered(sql::Tx& tx, core::PersonId const& person, core::LocalDate from) {
    return tx
        .value<std::int64_t>(
            "SELECT COUNT(*) FROM change_request WHERE district_id = $1 AND (colleague_id = $2 OR third_id = $2)"
            " AND date >= $3 AND state = 'asked' AND (agreed_by IS NULL OR agreed_by <> $2)",
            tx.district(), person, from)
        .value_or(0);
}

}  // namespace santong::timetable::store
