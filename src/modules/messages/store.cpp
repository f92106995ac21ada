#include "modules/messages/store.hpp"

namespace santong::messages::store {

void insert(sql::Tx& tx, std::vector<Message> const& messages) {
    tx.insert("message", messages);
}

std::vector<Message> of_person(sql::Tx& tx, core::PersonId const& person, MessageId const& before, bool unread,
                               int limit) {
    return tx.rows<Message>(
        "SELECT id, person_id, kind, about, href, who, place, date, period, subject, month, at, read_at FROM message"
        " WHERE district_id = $1 AND person_id = $2 AND ($4 = 0 OR id < $3) AND ($5 = 0 OR read_at IS NULL)"
        " ORDER BY id DESC LIMIT $6",
        tx.district(), person, before, std::int64_t{before.is_nil() ? 0 : 1}, std::int64_t{unread ? 1 : 0},
        std::int64_t{limit});
}

std::int64_t unread(sql::Tx& tx, core::PersonId const& person) {
    return tx
        .value<std::int64_t>(
            "SELECT COUNT(*) FROM message WHERE district_id = $1 AND person_id = $2 AND read_at IS NULL", tx.district(),
            person)
        .value_or(0);
}

bool has(sql::Tx& tx, core::PersonId const& person, MessageId const& id) {
    return tx
        .value<std::int64_t>("SELECT 1 FROM message WHERE district_id = $1 AND person_id = $2 AND id = $3",
                             tx.district(), person, id)
        .has_value();
}

bool read_one(sql::Tx& tx, core::PersonId const& person, MessageId const& id, core::Instant now) {
    return tx.execute(
               "UPDATE message SET read_at = $4 WHERE district_id = $1 AND person_id = $2 AND id = $3 AND read_at IS"
               " NULL",
               tx.district(), person, id, now) == 1;
}

std::vector<MessageId> read_all(sql::Tx& tx, core::PersonId const& person, MessageId const& newest, core::Instant now) {
    return tx.column<MessageId>(
        "UPDATE message SET read_at = $4 WHERE district_id = $1 AND person_id = $2 AND id <= $3 AND read_at IS NULL"
        " RETURNING id",
        tx.district(), person, newest, now);
}

std::vector<core::PersonId> readers_of(sql::Tx& tx, std::vector<MessageId> const& ids) {
    return tx.column<core::PersonId>("SELECT DISTINCT person_id FROM message WHERE district_id = $1 AND id {in $2}",
                                     tx.district(), ids);
}

std::vector<MessageOwner> settle(sql::Tx& tx, Settled const& what, core::Instant now) {
    return tx.rows<MessageOwner>(
        "UPDATE message SET read_at = $4 WHERE district_id = $1 AND about = $2 AND kind {in $3} AND read_at IS NULL"
        " AND ($5 = 0 OR person_id = $6) RETURNING id, person_id",
        tx.district(), what.about, what.kinds, now, std::int64_t{what.only ? 1 : 0},
        what.only.value_or(core::PersonId{}));
}

long erase_before(sql::Tx& tx, core::Instant day) {
    return tx.execute("DELETE FROM message WHERE district_id = $1 AND at < $2", tx.district(), day);
}

}  // namespace santong::messages::store
