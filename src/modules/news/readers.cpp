#include "modules/news/readers.hpp"

#include <algorithm>
#include <charconv>

#include "modules/news/permissions.hpp"
#include "modules/roster/service_area.hpp"
#include "modules/workflow/service.hpp"
#include "platform/feed/feed.hpp"

namespace santong::news {

namespace {

bool is_family(auth::Role role) {
    return role == auth::Role::pupil || role == auth::Role::guardian;
}

std::vector<std::string> audiences_of(auth::Caller const& caller) {
    std::vector<std::string> audiences{"everyone"};
    if (std::ranges::any_of(caller.grants, [](auto const& grant) { return !is_family(grant.role); }))
        audiences.emplace_back("staff");
    if (std::ranges::any_of(caller.grants, [](auto const& grant) { return is_family(grant.role); }))
        audiences.emplace_back("families");
    return audiences;
}

bool contains(std::vector<core::OrgId> const& places, core::OrgId const& place) {
    return std::ranges::find(places, place) != places.end();
}

/// A reader's refusal of what was taken away: that it was, and why.
core::Error gone_error(Article const& article) {
    auto gone = core::gone("news.withdrawn");
    gone.params["reason"] = article.withdrawn_reason;
    return gone;
}

std::optional<std::pair<ArticleId, int>> read_article_holder(std::string_view holder) {
    auto const slash = holder.find('/');
    if (slash == std::string_view::npos) return std::nullopt;
    auto const id = ArticleId::parse(holder.substr(0, slash));
    int number = 0;
    auto const rest = holder.substr(slash + 1);
    auto const read = std::from_chars(rest.data(), rest.data() + rest.size(), number);
    if (!id || read.ec != std::errc{} || read.ptr != rest.data() + rest.size()) return std::nullopt;
    return std::pair{*id, number};
}

class ArticleFiles final : public files::FileAccess {
public:
    explicit ArticleFiles(core::Clock const& clock) : clock_(clock) {}
    std::string holder_type() const override { return file_holder_type; }
    bool may_read(sql::Tx& tx, auth::Caller const& caller, files::FileReference const& reference) override {
        auto const holder = read_article_holder(reference.holder_id);
        if (!holder) return false;
        for (bool const latest : {false, true}) {
            auto const reading = read_article(tx, clock_, caller, holder->first, latest);
            if (reading && reading->version.number == holder->second) return true;
        }
        return false;
    }

private:
    core::Clock const& clock_;
};

}  // namespace

std::unique_ptr<files::FileAccess> file_access(core::Clock const& clock) {
    return std::make_unique<ArticleFiles>(clock);
}

std::string holder_of(ArticleId const& id, int version) {
    return id.text() + '/' + std::to_string(version);
}

std::vector<core::OrgId> schools_of(sql::Tx& tx, auth::Caller const& caller) {
    std::vector<core::OrgId> schools;
    for (auto const& grant : caller.grants) {
        auto const school = roster::school_of(tx, grant.org_id);
        if (school && !contains(schools, *school)) schools.push_back(*school);
    }
    return schools;
}

store::Reader reader_of(sql::Tx& tx, auth::Caller const& caller) {
    store::Reader reader;
    reader.person = caller.person;
    reader.schools = schools_of(tx, caller);
    reader.audiences = audiences_of(caller);
    for (auto const& school : reader.schools) {
        for (auto const& one : roster::area_schools(tx, school)) {
            if (!contains(reader.area_schools, one)) reader.area_schools.push_back(one);
        }
    }
    return reader;
}

ReaderKind reader_kind(auth::Caller const& caller) {
    if (std::ranges::any_of(caller.grants, [](auto const& grant) { return !is_family(grant.role); }))
        return ReaderKind::staff;
    return caller.has_role(auth::Role::guardian) ? ReaderKind::guardian : ReaderKind::pupil;
}

bool is_reached(sql::Tx& tx, auth::Caller const& caller, Article const& article, ArticleContent const& content) {
    if (!caller.may_anywhere(permissions::view)) return false;
    auto const audiences = audiences_of(caller);
    if (std::ranges::find(audiences, core::enum_text(content.audience)) == audiences.end()) return false;
    if (content.scope >= ArticleScope::district) return true;
    auto const schools = schools_of(tx, caller);
    if (content.scope == ArticleScope::school) return contains(schools, article.org_id);
    auto const area = roster::area_of(tx, article.org_id);
    return std::ranges::any_of(schools, [&](auto const& school) { return roster::area_of(tx, school) == area; });
}

bool oversees(sql::Tx& tx, auth::Caller const& caller, Article const& article) {
    return caller.may(tx, permissions::withdraw, article.org_id);
}

bool is_reviewer(sql::Tx& tx, auth::Caller const& caller, Article const& article) {
    if (article.state == ArticleState::draft || article.state == ArticleState::withdrawn) return false;
    return workflow::standing(tx, caller, review_kind, article.id.text()) != workflow::Standing::none;
}

core::Result<Reading> read_article(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                   ArticleId const& id, bool latest) {
    auto const article = store::find(tx, id);
    if (!article || !caller.signed_in() || caller.district != tx.district()) return core::not_found("news.not_found");
    auto const of = [&](int number) { return Reading{*article, store::find_version(tx, id, number).value()}; };
    bool const shown = article->state == ArticleState::published;
    if (article->owner_person == caller.person)
        return of(shown && !latest ? article->current_version : article->latest_version);
    if (article->change != ArticleChange::draft || !latest) {
        bool const may_look = is_reviewer(tx, caller, *article);
        if (may_look) return of(shown && !latest ? article->current_version : article->latest_version);
    }
    if (article->current_version == 0) return core::not_found("news.not_found");
    auto reading = of(article->current_version);
    bool const reached = is_reached(tx, caller, *article, reading.version);
    if (shown && reached && is_shown_on(reading.version, roster::today(tx, clock))) return reading;
    if (oversees(tx, caller, *article)) return reading;
    if (article->state == ArticleState::withdrawn && reached) return gone_error(*article);
    return core::not_found("news.not_found");
}

std::vector<roster::AudienceMember> audience_of(sql::Tx& tx, Article const& article, ArticleContent const& content,
                                                core::LocalDate on) {
    roster::AudienceWish wish;
    if (content.scope == ArticleScope::school) wish.schools = {article.org_id};
    if (content.scope == ArticleScope::area) wish.schools = roster::area_schools(tx, article.org_id);
    wish.staff = content.audience != ArticleAudience::families;
    wish.families = content.audience != ArticleAudience::staff;
    return roster::audience(tx, wish, on);
}

ReaderKind reader_kind(roster::AudienceKind kind) {
    switch (kind) {
        case roster::AudienceKind::staff: return ReaderKind::staff;
        case roster::AudienceKind::guardian: return ReaderKind::guardian;
        case roster::AudienceKind::pupil: return ReaderKind::pupil;
    }
    return ReaderKind::staff;
}

core::OrgId concerns(sql::Tx& tx, Article const& article, ArticleContent const& content) {
    if (content.scope >= ArticleScope::district) return {};
    return content.scope == ArticleScope::area ? roster::area_of(tx, article.org_id) : article.org_id;
}

void say(sql::Tx& tx, Article const& article) {
    auto scope = article.org_id;
    if (article.state == ArticleState::published) {
        if (auto const version = store::find_version(tx, article.id, article.current_version))
            scope = concerns(tx, article, *version);
    }
    feed::put(tx, {"news.Article", article.id.text(), scope}, article);
}

}  // namespace santong::news
