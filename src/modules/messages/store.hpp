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
/// Whether he has such a message.
bool has(sql::Tx& tx, core::PersonId const& person, MessageId const& id);
/// False if it was read before.
bool read_one(sql::Tx& tx, core::PersonId const& person, MessageId const& id, core::Instant now);
/// Which were unread.
std::vector<MessageId> read_all(sql::Tx& tx, core::PersonId const& person, MessageId const& newest, core::Instant now);
/// To whom these messages are.
std::vector<core::PersonId> readers_of(sql::Tx& tx, std::vector<MessageId> const& ids);
/// A message and whose it is.
struct MessageOwner {
    MessageId id;
    core::PersonId person_id;
};
BOOST_DESCRIBE_STRUCT(MessageOwner, (), (id, person_id))
/// What is settled: messages about this of these kinds, of one person or of everybody.
struct Settled {
    std::string about;
    std::vector<std::string> kinds;
    std::optional<core::PersonId> only{};
};
/// Such messages that were unread; they count as read now.
std::vector<MessageOwner> settle(sql::Tx& tx, Settled const& what, core::Instant now);
long erase_before(sql::Tx& tx, core::Instant day);

}  // namespace santong::messages::store
