#pragma once
// May include: domain, platform/sql.
#include "modules/messages/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::messages::store {

void insert(sql::Tx& tx, std::vector<Message> const& messages);
/// A person's newest ones before `before` (nil = the newest of all), newest first.
std::vector<Message> of_person(sql::Tx& tx, core::PersonId const& person, MessageId const& before, bool unread,
                               int limit);
std::int64_t unread(sql::Tx& tx, core::PersonId const& person);
/// False if he has no such message.
bool read_one(sql::Tx& tx, core::PersonId const& person, MessageId const& id, core::Instant now);
long read_all(sql::Tx& tx, core::PersonId const& person, MessageId const& newest, core::Instant now);
/// What is settled: messages about this of these kinds, of one person or of everybody.
struct Settled {
    std::string about;
    std::vector<std::string> kinds;
    std::optional<core::PersonId> only{};
};
/// People who had such a message unread; it counts as read now.
std::vector<core::PersonId> settle(sql::Tx& tx, Settled const& what, core::Instant now);
long erase_before(sql::Tx& tx, core::Instant day);

}  // namespace santong::messages::store
