#pragma once
// The door of messages: modules tell, people read.
#include <functional>
#include <map>
#include <vector>

#include "core/result.hpp"
#include "core/time.hpp"
#include "modules/messages/domain.hpp"
#include "platform/auth/caller.hpp"
#include "platform/sql/database.hpp"

namespace santong::messages {

/// Tells people, each once, in the transaction of what happened. Their open screens hear of it after the commit.
void send(sql::Tx& tx, core::Instant now, Notice const& notice, std::vector<core::PersonId> people);
/// What was asked about this has been done, or fallen: it is nobody's turn any more, or not that of `only`.
void settle(sql::Tx& tx, core::Instant now, std::string const& about, std::optional<core::PersonId> const& only = {});
/// Number of messages that a person has not read.
std::int64_t unread(sql::Tx& tx, core::PersonId const& person);
/// Removes what is older than `days_kept`; returns how many.
std::int64_t keep_house(sql::Database& db, core::DistrictId district, core::Clock const& clock);

/// Told after a commit that a person's messages are other ones; empty = nobody listens. At start and end.
using Listener = std::function<void(core::DistrictId district, core::PersonId const& person)>;
void on_change(Listener listener);

/// Adds the titles of those things that it knows and `reader` may know by name, by what messages are `about`.
using Titler = void (*)(sql::Tx& tx, core::PersonId const& reader, std::vector<core::Uuid> const& about,
                        std::map<std::string, std::string>& titles);
/// At start only: who names the things that messages are about.
void register_titles(Titler titler);

// ---- use cases ---------------------------------------------------------------------------------------------------

/// A message with names as they are today; empty where somebody or something is gone.
struct MessageView {
    MessageId id;
    MessageKind kind = MessageKind::lesson_changed;
    bool asks = false;
    std::string href;
    std::string who;
    std::string title;  ///< of an article or a resource, as it is called today
    std::string place;
    std::optional<core::LocalDate> date;
    std::int32_t period = 0;
    std::string subject;
    std::string month;
    core::Instant at;
    bool read = false;
};
BOOST_DESCRIBE_STRUCT(MessageView, (),
                      (id, kind, asks, href, who, title, place, date, period, subject, month, at, read))
struct Inbox {
    std::vector<MessageView> items;
    std::optional<std::string> next;  ///< `before` of the next page
    std::int64_t unread = 0;
};
BOOST_DESCRIBE_STRUCT(Inbox, (), (items, next, unread))
struct InboxQuery {
    std::string before;
    bool unread = false;  ///< only those
    std::int32_t limit = 30;
};
BOOST_DESCRIBE_STRUCT(InboxQuery, (), (before, unread, limit))

/// The caller's own, newest first.
core::Result<Inbox> inbox(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                          InboxQuery const& query);
struct Left {
    std::int64_t unread = 0;
};
BOOST_DESCRIBE_STRUCT(Left, (), (unread))
/// Refuses "messages.not_found" also for somebody else's.
core::Result<Left> read_one(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                            MessageId const& id);
struct ReadAll {
    MessageId newest;  ///< the newest that was seen: what came after it stays unread
};
BOOST_DESCRIBE_STRUCT(ReadAll, (), (newest))
core::Result<Left> read_all(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                            ReadAll const& wish);

/// Topic of a person's open screens, and who may hear it.
std::string topic_of(core::PersonId const& person);
bool may_hear(auth::Caller const& caller, std::string_view topic);

}  // namespace santong::messages
