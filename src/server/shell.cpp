#include "server/shell.hpp"

#include "modules/homework/permissions.hpp"
#include "modules/homework/service.hpp"
#include "modules/messages/service.hpp"
#include "modules/news/permissions.hpp"
#include "modules/news/service.hpp"
#include "modules/reports/permissions.hpp"
#include "modules/reports/service.hpp"
#include "modules/resources/permissions.hpp"
#include "modules/resources/service_terms.hpp"
#include "modules/roster/permissions.hpp"
#include "modules/roster/service_orgs.hpp"
#include "modules/roster/service_people.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service_changes.hpp"
#include "modules/workflow/permissions.hpp"
#include "modules/workflow/service_review.hpp"
#include "server/parts.hpp"

namespace santong::server {

namespace {

struct SearchQuery {
    std::string q;
    std::int32_t limit = 17;
};
BOOST_DESCRIBE_STRUCT(SearchQuery, (), (q, limit))

/// Something that was found, with the page that shows it.
struct Hit {
    std::string kind;
    std::string id;
    std::string title;
    std::string subtitle;
    std::string href;
};
BOOST_DESCRIBE_STRUCT(Hit, (), (kind, id, title, subtitle, href))

struct Hits {
    std::vector<Hit> items;
};
BOOST_DESCRIBE_STRUCT(Hits, (), (items))

std::string page_of(roster::OrgMatch const& org) {
    using roster::OrgKind;
    if (org.kind == OrgKind::school || org.kind == OrgKind::teaching_point) return "/schools/" + org.id.text();
    if (org.kind == OrgKind::class_group) return "/classes/" + org.id.text();
    return "/orgs?node=" + org.id.text();
}

constexpr int places_shown = 4, people_shown = 5, resources_shown = 5, articles_shown = 3;

core::Result<Hits> search(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                          SearchQuery const& query) {
    Hits hits;
    if (query.q.empty()) return hits;
    if (caller.may_anywhere(roster::permissions::view_orgs)) {
        roster::OrgSearchQuery wish;
        wish.q = query.q;
        wish.limit = places_shown;
        for (auto const& org : TRY(roster::search_orgs(db, caller, wish)).items) {
            hits.items.push_back({"org", org.id.text(), org.name, org.place, page_of(org)});
        }
    }
    if (caller.may_anywhere(roster::permissions::view_people)) {
        roster::PeopleQuery wish;
        wish.q = query.q;
        wish.limit = people_shown;
        for (auto const& person : TRY(roster::list_people(db, clock, caller, wish)).items) {
            hits.items.push_back({"person", person.id.text(), person.name, person.school_name + " " + person.org_name,
                                  "/people/" + person.id.text()});
        }
    }
    resources::Search wish;
    wish.q = query.q;
    wish.limit = resources_shown;
    auto const found =
        TRY(db.read(caller.district, [&](sql::Tx& tx) { return resources::search(tx, clock, caller, wish); }));
    for (auto const& item : found.items)
        hits.items.push_back(
            {"resource", item.id.text(), item.title, item.school_name, "/resources/" + item.id.text()});
    if (caller.may_anywhere(news::permissions::view)) {
        auto const articles = db.read(caller.district, [&](sql::Tx& tx) {
            return news::find_articles(tx, clock, caller, query.q, articles_shown);
        });
        for (auto const& one : articles)
            hits.items.push_back({"article", one.id.text(), one.title, one.org_name, "/news/" + one.id.text()});
    }
    if (static_cast<int>(hits.items.size()) > query.limit && query.limit > 0)
        hits.items.resize(static_cast<std::size_t>(query.limit));
    return hits;
}

}  // namespace

void register_shell_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    using http::Access;
    using http::Call;
    router
        .get<std::map<std::string, std::int64_t>>(
            "/api/v1/me/counts", Access::signed_in(),
            [&db, &clock](Call const& call) -> core::Result<std::map<std::string, std::int64_t>> {
                std::map<std::string, std::int64_t> counts;
                if (call.caller.may_anywhere(workflow::permissions::review)) {
                    counts["review.queue"] = TRY(workflow::summary(db, clock, call.caller, {})).waiting;
                }
                db.read(call.caller.district, [&](sql::Tx& tx) {
                    if (call.caller.may_anywhere(homework::permissions::set))
                        counts["homework.to_mark"] = homework::waiting_for_marking(tx, call.caller);
                    counts["messages.unread"] = messages::unread(tx, call.caller.person);
                    if (call.caller.may_anywhere(news::permissions::view))
                        counts["news.unread"] = news::unread(tx, clock, call.caller);
                    if (call.caller.may_anywhere(timetable::permissions::view)) {
                        auto const changes = timetable::waiting_changes(tx, call.caller, clock);
                        counts["changes.asked"] = changes.to_answer;
                        counts["changes.waiting"] = changes.to_decide;
                    }
                    if (call.caller.may_anywhere(homework::permissions::hand_in))
                        counts["homework.open"] = homework::open_for_pupil(tx, call.caller, clock);
                    if (call.caller.may_anywhere(resources::permissions::recall))
                        counts["resources.licences"] = resources::ending_licences(tx, clock, call.caller);
                });
                if (call.caller.may_anywhere(reports::permissions::sign)) {
                    counts["reports.waiting"] = reports::waiting(db, call.caller, clock);
                }
                return counts;
            })
        .says("Numbers that stand beside the entries of the rail.");
    router
        .list<SearchQuery, Hits>(
            "/api/v1/search", Access::signed_in(),
            [&db, &clock](Call const& call, SearchQuery const& query) { return search(db, clock, call.caller, query); })
        .says("Places, people, resources and articles that the caller may see.");
}

}  // namespace santong::server
