#include "modules/news/telling.hpp"

#include <algorithm>
#include <set>

#include "modules/messages/service.hpp"
#include "modules/news/readers.hpp"
#include "modules/roster/service.hpp"
#include "platform/feed/feed.hpp"

namespace santong::news {

namespace {

constexpr std::size_t told_at_once = 500;  ///< people in one transaction
constexpr int remembered_ends = 7;         ///< days for which a node that was off settles what has ended

messages::Notice must_read_notice(Article const& article) {
    messages::Notice notice;
    notice.kind = messages::MessageKind::news_to_confirm;
    notice.about = article.id.text();
    notice.href = "/news/" + article.id.text();
    notice.place = article.org_id;
    return notice;
}

/// Who is still to be told, in the order of their ids: neither the author nor who has confirmed meanwhile.
std::vector<core::PersonId> still_to_tell(sql::Tx& tx, Article const& article, ArticleVersion const& version,
                                          core::PersonId const& after, core::LocalDate today) {
    std::set<core::PersonId> done{article.owner_person};
    for (auto const& one : store::receipts(tx, article.id, version.number)) {
        if (one.confirmed_at) done.insert(one.person_id);
    }
    std::vector<core::PersonId> people;
    for (auto const& member : audience_of(tx, article, version, today)) {
        if (after < member.person_id && !done.contains(member.person_id)) people.push_back(member.person_id);
    }
    std::ranges::sort(people);
    return people;
}

/// How one notice's telling went on.
enum class Told : int { nothing, some, all };

Told tell_next(sql::Tx& tx, core::Instant now, store::Telling const& telling) {
    auto const today = roster::district(tx).zone().date_of(now);
    auto const article = store::find(tx, telling.article_id);
    bool const stands =
        article && article->state == ArticleState::published && article->current_version == telling.version;
    auto const version = stands ? store::find_version(tx, telling.article_id, telling.version) : std::nullopt;
    if (!version || (version->until_day && *version->until_day < today)) {
        store::end_telling(tx, telling.article_id);
        return Told::nothing;
    }
    if (!is_shown_on(*version, today)) return Told::nothing;  // it is told on its first day
    auto people = still_to_tell(tx, *article, *version, telling.told_up_to, today);
    bool const more = people.size() > told_at_once;
    if (more) people.resize(told_at_once);
    messages::send(tx, now, must_read_notice(*article), people);
    if (!more) {
        store::end_telling(tx, telling.article_id);
        return Told::all;
    }
    store::put_telling(tx, {telling.article_id, telling.version, people.back()});
    return Told::some;
}

}  // namespace

void begin_telling(sql::Tx& tx, core::Instant now, Article const& article) {
    stop_telling(tx, now, article.id);
    auto const version = store::find_version(tx, article.id, article.current_version);
    if (!version || !version->must_read) return;
    store::Telling const telling{article.id, article.current_version, {}};
    store::put_telling(tx, telling);
    tell_next(tx, now, telling);
}

void stop_telling(sql::Tx& tx, core::Instant now, ArticleId const& id) {
    store::end_telling(tx, id);
    messages::settle(tx, now, id.text());
}

void settle_ended(sql::Tx& tx, core::Clock const& clock) {
    auto const today = roster::today(tx, clock);
    for (auto const& id : store::ended_notices(tx, today.plus_days(-remembered_ends), today))
        messages::settle(tx, clock.now(), id.text());
}

void say_receipt(sql::Tx& tx, ArticleReceipt const& receipt) {
    feed::put(tx, {receipt_type, receipt.id->text(), {}}, receipt);
}

bool tell_readers(sql::Database& db, core::DistrictId district, core::Clock const& clock) {
    auto const waiting = db.read(district, [&](sql::Tx& tx) { return store::tellings(tx); });
    bool some_left = false;
    for (auto const& telling : waiting) {
        auto const told = db.transact(district, [&](sql::Tx& tx) { return tell_next(tx, clock.now(), telling); });
        some_left = some_left || told == Told::some;
    }
    return some_left;
}

}  // namespace santong::news
