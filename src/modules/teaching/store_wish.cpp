#include "modules/teaching/store_wish.hpp"

#define ASK_COLUMNS "w.id, w.session_id, w.lesson_id, w.class_id, w.asked_of, w.asked_at, w.state"

namespace santong::teaching::store {

std::optional<ClassAsk> ask(sql::Tx& tx, WishId const& id) {
    return tx.optional_row<ClassAsk>("SELECT " ASK_COLUMNS " FROM class_wish w WHERE w.district_id = $1 AND w.id = $2",
                                     tx.district(), id);
}

std::vector<ClassAsk> asks_for(sql::Tx& tx, SessionId const& session) {
    return tx.rows<ClassAsk>("SELECT " ASK_COLUMNS
                             " FROM class_wish w WHERE w.district_id = $1 AND w.session_id = $2"
                             " ORDER BY w.asked_at, w.id",
                             tx.district(), session);
}

std::vector<ClassAsk> asks_of(sql::Tx& tx, core::PersonId const& person) {
    return tx.rows<ClassAsk>("SELECT " ASK_COLUMNS
                             " FROM class_wish w JOIN class_session s ON s.district_id = w.district_id"
                             " AND s.id = w.session_id WHERE w.district_id = $1 AND w.asked_of = $2"
                             " AND w.state = 'asked' AND s.ended_at IS NULL ORDER BY w.asked_at, w.id",
                             tx.district(), person);
}

void put_ask(sql::Tx& tx, ClassAsk const& row) {
    tx.insert_one("class_wish", row,
                  "ON CONFLICT (district_id, session_id, lesson_id) DO UPDATE SET asked_of = excluded.asked_of,"
                  " asked_at = excluded.asked_at, state = excluded.state");
}

bool set_ask(sql::Tx& tx, WishId const& id, WishState state) {
    return tx.execute("UPDATE class_wish SET state = $3 WHERE district_id = $1 AND id = $2 AND state = 'asked'",
                      tx.district(), id, state) == 1;
}

}  // namespace santong::teaching::store
