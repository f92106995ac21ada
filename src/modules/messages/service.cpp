#include "modules/messages/service.hpp"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>
#include <set>

#include "modules/messages/store.hpp"
#include "modules/messages/telling.hpp"
#include "modules/roster/service.hpp"
#include "platform/feed/feed.hpp"

namespace santong::messages {

namespace {

constexpr int longest_page = 100;
constexpr char topic_prefix[] = "messages:";

struct Hearing {
    std::mutex mutex;
    Listener listener;
};
Hearing& hearing() {
    static Hearing all;
    return all;
}

/// After the commit, once for each person, however many messages a transaction wrote.
struct Changed {
    std::shared_ptr<std::set<core::PersonId>> people = std::make_shared<std::set<core::PersonId>>();
};

/// What the feed tells of a message: whose it is. It travels to where he reads.
void say(sql::Tx& tx, store::MessageOwner const& message) {
    feed::put(tx, {"messages.Message", message.id.text(), {}}, message);
}

std::vector<std::string> asking_kinds() {
    std::vector<std::string> kinds;
    for (auto const kind :
         {MessageKind::change_asked, MessageKind::change_filed, MessageKind::change_ready, MessageKind::report_to_sign,
          MessageKind::report_to_pass_on, MessageKind::news_to_confirm}) {
        SANTONG_ASSERT(asks(kind));
        kinds.emplace_back(core::enum_text(kind));
    }
    return kinds;
}

std::vector<Titler>& titlers() {
    static std::vector<Titler> all;
    return all;
}

/// What messages are about, by name.
std::map<std::string, std::string> titles_of(sql::Tx& tx, core::PersonId const& reader,
                                             std::vector<Message> const& messages) {
    std::vector<core::Uuid> about;
    for (auto const& one : messages) {
        if (auto const id = core::Uuid::parse(one.about)) about.push_back(*id);
    }
    std::map<std::string, std::string> titles;
    for (auto const titler : titlers()) titler(tx, reader, about, titles);
    return titles;
}

/// The names that a page of messages needs.
struct Names {
    std::map<core::PersonId, std::string> people;
    std::map<core::OrgId, std::string> places;
    std::map<std::string, std::string> titles;
};

MessageView view_of(Message const& one, Names& names) {
    return {one.id,
            one.kind,
            asks(one.kind),
            one.href,
            one.who ? names.people[*one.who] : "",
            names.titles[one.about],
            one.place ? names.places[*one.place] : "",
            one.date,
            one.period,
            one.subject,
            one.month,
            one.at,
            one.read_at.has_value()};
}

/// Names of classes and schools, as they are today.
std::map<core::OrgId, std::string> place_names(sql::Tx& tx, core::LocalDate today, std::set<core::OrgId> const& ids) {
    std::map<core::OrgId, std::string> names;
    std::vector<core::OrgId> const wanted(ids.begin(), ids.end());
    for (auto& one : roster::orgs(tx, wanted)) names[one.id] = std::move(one.name);
    for (auto& one : roster::class_groups(tx, wanted, today)) names[one.id] = std::move(one.name);
    return names;
}

}  // namespace

void tell_after(sql::Tx& tx, std::vector<core::PersonId> const& people) {
    auto const all = tx.attachment<Changed>().people;  // outlives the transaction
    bool const first = all->empty() && !people.empty();
    all->insert(people.begin(), people.end());
    if (!first) return;
    tx.after_commit([district = tx.district(), all] {
        std::lock_guard const lock(hearing().mutex);
        if (!hearing().listener) return;
        for (auto const& person : *all) hearing().listener(district, person);
    });
}

void on_change(Listener listener) {
    std::lock_guard const lock(hearing().mutex);
    hearing().listener = std::move(listener);
}

void register_titles(Titler titler) {
    titlers().push_back(titler);
}

void send(sql::Tx& tx, core::Instant now, Notice const& notice, std::vector<core::PersonId> people) {
    std::ranges::sort(people);
    people.erase(std::unique(people.begin(), people.end()), people.end());
    std::vector<Message> rows;
    for (auto const& person : people) {
        rows.push_back({MessageId::make(),
                        person,
                        notice.kind,
                        notice.about,
                        notice.href,
                        notice.who,
                        notice.place,
                        notice.date,
                        notice.period,
                        notice.subject,
                        notice.month,
                        now,
                        {}});
    }
    if (rows.empty()) return;
    store::insert(tx, rows);
    for (auto const& row : rows) say(tx, {row.id, row.person_id});
    tell_after(tx, people);
}

void settle(sql::Tx& tx, core::Instant now, std::string const& about, std::optional<core::PersonId> const& only) {
    std::vector<core::PersonId> people;
    for (auto const& one : store::settle(tx, {about, asking_kinds(), only}, now)) {
        say(tx, one);
        people.push_back(one.person_id);
    }
    tell_after(tx, people);
}

std::int64_t unread(sql::Tx& tx, core::PersonId const& person) {
    return store::unread(tx, person);
}

std::int64_t keep_house(sql::Database& db, core::DistrictId district, core::Clock const& clock) {
    return db.transact(district, [&](sql::Tx& tx) -> std::int64_t {
        return store::erase_before(tx, clock.now().plus_days(-days_kept));
    });
}

core::Result<Inbox> inbox(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                          InboxQuery const& query) {
    MessageId before;
    if (!query.before.empty()) {
        auto const id = MessageId::parse(query.before);
        if (!id) return core::invalid_at("before", "core.identifier_expected");
        before = *id;
    }
    int const limit = std::clamp(query.limit, 1, longest_page);
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<Inbox> {
        auto found = store::of_person(tx, caller.person, before, query.unread, limit + 1);
        Inbox page;
        if (static_cast<int>(found.size()) > limit) {
            found.resize(static_cast<std::size_t>(limit));
            page.next = found.back().id.text();
        }
        std::set<core::PersonId> people;
        std::set<core::OrgId> places;
        for (auto const& one : found) {
            if (one.who) people.insert(*one.who);
            if (one.place) places.insert(*one.place);
        }
        Names names{roster::names(tx, {people.begin(), people.end()}),
                    place_names(tx, roster::today(tx, clock), places), titles_of(tx, caller.person, found)};
        for (auto const& one : found) page.items.push_back(view_of(one, names));
        page.unread = store::unread(tx, caller.person);
        return page;
    });
}

core::Result<Left> read_one(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                            MessageId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Left> {
        if (!store::has(tx, caller.person, id)) return core::not_found("messages.not_found");
        if (store::read_one(tx, caller.person, id, clock.now())) say(tx, {id, caller.person});
        tell_after(tx, {caller.person});
        return Left{store::unread(tx, caller.person)};
    });
}

core::Result<Left> read_all(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                            ReadAll const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Left> {
        for (auto const& id : store::read_all(tx, caller.person, wish.newest, clock.now()))
            say(tx, {id, caller.person});
        tell_after(tx, {caller.person});
        return Left{store::unread(tx, caller.person)};
    });
}

std::string topic_of(core::PersonId const& person) {
    return topic_prefix + person.text();
}

bool may_hear(auth::Caller const& caller, std::string_view topic) {
    return caller.signed_in() && topic == topic_of(caller.person);
}

}  // namespace santong::messages
