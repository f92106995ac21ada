#include "modules/news/service_receipts.hpp"

#include <algorithm>
#include <set>

#include "modules/news/permissions.hpp"
#include "modules/news/readers.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"

namespace santong::news {

namespace {

/// The people whom a caller's office answers for.
class OwnPeople {
public:
    OwnPeople(sql::Tx& tx, auth::Caller const& caller) : tx_(tx) {
        // A grant above the schools shows how many, not who: a school's people are its own office's to ask.
        for (auto const& place : caller.scope(permissions::withdraw)) {
            if (roster::school_of(tx, place)) roots_.insert(place);
        }
        offices_ = caller.may(tx, permissions::withdraw, roster::district(tx).org_id);
    }
    bool any() const { return offices_ || !roots_.empty(); }
    bool has(core::OrgId const& school) {
        if (school.is_nil()) return offices_;
        auto const known = known_.find(school);
        if (known != known_.end()) return known->second;
        auto const above = roster::self_and_ancestors(tx_, school);
        bool const own = std::ranges::any_of(above, [&](auto const& one) { return roots_.contains(one); });
        return known_[school] = own;
    }

private:
    sql::Tx& tx_;
    std::set<core::OrgId> roots_;
    bool offices_ = false;
    std::map<core::OrgId, bool> known_;
};

/// Somebody whom the notice reaches, with what he has done.
struct Reached {
    roster::AudienceMember member;
    std::optional<ArticleReceipt> receipt;
};

/// A notice with everybody whom the caller may count.
struct Counted {
    Article article;
    ArticleVersion version;
    std::vector<Reached> people;
};

core::Result<Counted> counted(Desk const& desk, sql::Tx& tx, auth::Caller const& caller, ArticleId const& id,
                              OwnPeople& own) {
    auto reading = TRY(read_article(tx, desk.clock, caller, id, false));
    if (reading.article.state != ArticleState::published || reading.version.kind != ArticleKind::notice)
        return core::conflict("news.no_receipts");
    if (!may_see_receipts(tx, caller, reading.article, reading.version)) return core::forbidden();
    Counted all{reading.article, reading.version, {}};
    std::map<core::PersonId, ArticleReceipt> done;
    for (auto const& one : store::receipts(tx, id, reading.version.number)) done[one.person_id] = one;
    bool const everybody = reading.article.owner_person == caller.person || oversees(tx, caller, reading.article);
    for (auto const& member : audience_of(tx, all.article, all.version, roster::today(tx, desk.clock))) {
        if (member.person_id == all.article.owner_person) continue;
        if (!everybody && !own.has(member.school_id)) continue;
        auto const receipt = done.find(member.person_id);
        all.people.push_back({member, receipt == done.end() ? std::nullopt : std::optional(receipt->second)});
    }
    return all;
}

void count_in(std::vector<AudienceFigure>& figures, Reached const& one) {
    auto const kind = reader_kind(one.member.kind);
    auto figure = std::ranges::find(figures, kind, &AudienceFigure::reader);
    if (figure == figures.end()) {
        figures.push_back({kind, 0, 0, 0});
        figure = figures.end() - 1;
    }
    ++figure->of;
    if (one.receipt) ++figure->read;
    if (one.receipt && one.receipt->confirmed_at) ++figure->confirmed;
}

std::vector<AudiencePlace> with_names(std::map<core::OrgId, AudiencePlace> places,
                                      std::map<core::OrgId, std::string> const& names) {
    std::vector<AudiencePlace> list;
    for (auto& [id, place] : places) {
        if (!id.is_nil()) place.org_id = id;
        auto const name = names.find(id);
        if (name != names.end()) place.name = name->second;
        std::ranges::sort(place.figures, {}, &AudienceFigure::reader);
        list.push_back(std::move(place));
    }
    std::ranges::sort(list, {}, &AudiencePlace::name);
    return list;
}

std::vector<AudiencePlace> schools_counted(sql::Tx& tx, Counted const& all) {
    std::map<core::OrgId, AudiencePlace> places;
    for (auto const& one : all.people) count_in(places[one.member.school_id].figures, one);
    if (places.size() < 2) return {};
    std::vector<core::OrgId> ids;
    for (auto const& [id, place] : places) ids.push_back(id);
    std::map<core::OrgId, std::string> names;
    for (auto const& org : roster::orgs(tx, ids)) names[org.id] = org.name;
    names[core::OrgId{}] = roster::district(tx).name;
    return with_names(std::move(places), names);
}

/// Families class by class, so that paper can go to the classes that need it; who they are stays with the class.
std::vector<AudiencePlace> classes_counted(sql::Tx& tx, Counted const& all, OwnPeople& own, core::LocalDate today) {
    std::map<core::OrgId, AudiencePlace> places;
    for (auto const& one : all.people) {
        if (one.member.class_id.is_nil() || !own.has(one.member.school_id)) continue;
        count_in(places[one.member.class_id].figures, one);
    }
    std::vector<core::OrgId> ids;
    for (auto const& [id, place] : places) ids.push_back(id);
    std::map<core::OrgId, std::string> names;
    for (auto const& one : roster::class_groups(tx, ids, today)) names[one.id] = one.name;
    return with_names(std::move(places), names);
}

ArticleReceipts receipts_in(Desk const& desk, sql::Tx& tx, Counted const& all, OwnPeople& own) {
    ArticleReceipts view;
    view.version = all.version.number;
    view.must_read = all.version.must_read;
    for (auto const& one : all.people) count_in(view.figures, one);
    std::ranges::sort(view.figures, {}, &AudienceFigure::reader);
    view.schools = schools_counted(tx, all);
    view.classes = classes_counted(tx, all, own, roster::today(tx, desk.clock));
    view.may_name = all.version.must_read && std::ranges::any_of(all.people, [&](Reached const& one) {
                        return one.member.kind == roster::AudienceKind::staff && own.has(one.member.school_id);
                    });
    return view;
}

AudienceWaitingList waiting_in(sql::Tx& tx, Counted const& all, OwnPeople& own) {
    std::vector<Reached const*> found;
    std::vector<core::PersonId> people;
    std::vector<core::OrgId> schools;
    for (auto const& one : all.people) {
        bool const confirmed = one.receipt && one.receipt->confirmed_at.has_value();
        if (confirmed || one.member.kind != roster::AudienceKind::staff || !own.has(one.member.school_id)) continue;
        found.push_back(&one);
        people.push_back(one.member.person_id);
        schools.push_back(one.member.school_id);
    }
    auto names = roster::names(tx, people);
    std::map<core::OrgId, std::string> places;
    for (auto const& org : roster::orgs(tx, schools)) places[org.id] = org.name;
    places[core::OrgId{}] = roster::district(tx).name;
    AudienceWaitingList list;
    for (auto const* one : found) {
        AudienceWaiting row{names[one->member.person_id], places[one->member.school_id], {}};
        if (one->receipt) row.read_at = one->receipt->read_at;
        list.items.push_back(std::move(row));
    }
    std::ranges::sort(list.items, [](AudienceWaiting const& a, AudienceWaiting const& b) {
        return a.org_name != b.org_name ? a.org_name < b.org_name : a.name < b.name;
    });
    return list;
}

}  // namespace

bool may_see_receipts(sql::Tx& tx, auth::Caller const& caller, Article const& article, ArticleContent const& content) {
    if (article.state != ArticleState::published || content.kind != ArticleKind::notice) return false;
    if (article.owner_person == caller.person || oversees(tx, caller, article)) return true;
    return OwnPeople(tx, caller).any() && is_reached(tx, caller, article, content);
}

core::Result<ArticleReceipts> article_receipts(Desk const& desk, auth::Caller const& caller, ArticleId const& id) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ArticleReceipts> {
        OwnPeople own(tx, caller);
        auto const all = TRY(counted(desk, tx, caller, id, own));
        return receipts_in(desk, tx, all, own);
    });
}

core::Result<AudienceWaitingList> article_waiting(Desk const& desk, auth::Caller const& caller, ArticleId const& id) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<AudienceWaitingList> {
        OwnPeople own(tx, caller);
        auto const all = TRY(counted(desk, tx, caller, id, own));
        if (!all.version.must_read) return core::conflict("news.no_receipts");
        if (!own.any()) return core::forbidden();
        auth::audit(tx, caller, {"news.waiting_seen", id.text()});
        return waiting_in(tx, all, own);
    });
}

core::Result<ReceiptSheets> receipt_sheets(Desk const& desk, auth::Caller const& caller, ArticleId const& id) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ReceiptSheets> {
        OwnPeople own(tx, caller);
        auto const all = TRY(counted(desk, tx, caller, id, own));
        ReceiptSheets sheets{receipts_in(desk, tx, all, own), {}, all.version.title, roster::district(tx).zone()};
        if (sheets.counts.may_name) sheets.waiting = waiting_in(tx, all, own);
        auth::audit(tx, caller, {"news.receipts_exported", id.text()});
        return sheets;
    });
}

}  // namespace santong::news
