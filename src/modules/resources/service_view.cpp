// Seeing: the page, its history, opening, searching.
#include <algorithm>
#include <charconv>

#include "modules/resources/facets.hpp"
#include "modules/resources/permissions.hpp"
#include "modules/resources/service_mark.hpp"
#include "modules/resources/store_collection.hpp"
#include "modules/resources/views_of.hpp"
#include "modules/roster/service.hpp"
#include "modules/workflow/service.hpp"

namespace santong::resources {

namespace {

constexpr int recent_days = 30;
constexpr int largest_page = 100;

core::LocalDate recent_since(sql::Tx& tx, core::Clock const& clock) {
    return roster::today(tx, clock).plus_days(1 - recent_days);
}

Allowed allowed(sql::Tx& tx, auth::Caller const& caller, Resource const& r) {
    bool const mine = r.owner_person == caller.person;
    bool const free = mine && !r.in_review;
    Allowed may;
    may.edit = free && r.state != State::published && r.state != State::ended;
    may.add_version = free && r.kind != Kind::pack && r.state != State::ended;
    may.submit = free && r.state != State::ended && caller.may(tx, permissions::contribute, r.school_id);
    may.withdraw = mine && r.in_review;
    may.recall = r.state == State::published && may_recall(tx, caller, r);
    may.remove = free && r.state == State::draft && !workflow::item_of(tx, review_kind, r.id.text());
    may.terms = may_set_terms(tx, caller, r);
    may.mark = may_mark(tx, caller, r);
    may.review = workflow::standing(tx, caller, review_kind, r.id.text()) == workflow::Standing::current;
    return may;
}

std::optional<ReviewState> review_state(sql::Tx& tx, Resource const& resource) {
    auto const item = workflow::item_of(tx, review_kind, resource.id.text());
    if (!item) return std::nullopt;
    ReviewState state;
    state.scope = item->scope;
    state.round = item->round;
    if (item->state == workflow::ItemState::open) {
        state.step_name = "workflow.step." + item->pool_role;
        state.due_at = item->due_at;
    }
    for (auto const& row : workflow::history(tx, review_kind, resource.id.text())) {
        if (row.decision == workflow::DecisionKind::return_) state.last_reason = row.reason;
    }
    return state;
}

std::vector<SchoolUseView> used_by(sql::Tx& tx, core::Clock const& clock, ResourceId const& id) {
    std::vector<SchoolUseView> schools;
    std::vector<core::OrgId> ids;
    for (auto const& row : store::use_by_school(tx, id, recent_since(tx, clock))) {
        schools.push_back({row.school_id, {}, row.uses, row.classes});
        ids.push_back(row.school_id);
    }
    std::map<core::OrgId, std::string> names;
    for (auto const& org : roster::orgs(tx, ids)) names[org.id] = org.name;
    for (auto& school : schools) school.school_name = names[school.school_id];
    return schools;
}

/// "1.2.0192…" as it stands in `after`.
core::Result<std::optional<store::PlaceInList>> read_place(std::string const& after) {
    if (after.empty()) return std::optional<store::PlaceInList>{};
    store::PlaceInList place;
    auto const* const end = after.data() + after.size();
    auto const first = std::from_chars(after.data(), end, place.first);
    if (first.ec == std::errc{} && first.ptr != end && *first.ptr == '.') {
        auto const second = std::from_chars(first.ptr + 1, end, place.second);
        if (second.ec == std::errc{} && second.ptr != end && *second.ptr == '.') {
            auto const id = ResourceId::parse(std::string_view(second.ptr + 1, end));
            if (id) {
                place.id = id->text();
                return std::optional{place};
            }
        }
    }
    return core::invalid_at("after", "resources.bad_page_key");
}

core::Result<void> check_search(Search const& wish) {
    constexpr std::size_t longest_query = 200;
    if (wish.q.size() > longest_query)
        return core::invalid_at("q", "core.too_long", {{"max", std::to_string(longest_query)}});
    bool const ids = (wish.chapter.empty() || ChapterId::parse(wish.chapter)) &&
                     (wish.textbook.empty() || TextbookId::parse(wish.textbook)) &&
                     (wish.school.empty() || core::OrgId::parse(wish.school));
    if (!ids) return core::invalid_at("chapter", "core.identifier_expected");
    return {};
}

void add_names(sql::Tx& tx, core::Clock const& clock, std::vector<Resource> const& resources,
               std::vector<Summary>& list) {
    std::map<ResourceId, Version> versions;
    for (auto& version : store::versions_of(tx, resources)) versions.emplace(version.resource_id, version);
    std::map<ChapterId, std::string> chapters;
    for (auto& chapter : store::chapters_of(tx, resources)) chapters.emplace(chapter.id, chapter.title);
    std::vector<core::OrgId> schools;
    std::vector<ResourceId> ids;
    for (auto const& row : list) {
        schools.push_back(row.school_id);
        ids.push_back(row.id);
    }
    std::map<core::OrgId, std::string> names;
    for (auto const& org : roster::orgs(tx, schools)) names.emplace(org.id, org.name);
    std::map<ResourceId, store::UseTotal> uses;
    for (auto const& use : store::uses_since(tx, ids, recent_since(tx, clock))) uses.emplace(use.resource_id, use);
    for (auto& row : list) {
        if (row.chapter_id) row.chapter_title = chapters[*row.chapter_id];
        row.school_name = names[row.school_id];
        row.uses = uses[row.id].uses;
        row.schools = uses[row.id].schools;
        auto const& version = versions[row.id];
        row.version = version.number;
        row.media_type = version.media_type;
        row.size = version.size;
        row.pages = version.pages;
        row.duration_seconds = version.duration_seconds;
        row.thumbnail_file_id = version.thumbnail_file_id;
    }
}

void add_stars(sql::Tx& tx, auth::Caller const& caller, std::vector<Summary>& list) {
    std::vector<ResourceId> ids;
    for (auto const& row : list) ids.push_back(row.id);
    auto const starred = store::starred(tx, caller.person, ids);
    for (auto& row : list) row.starred = std::ranges::find(starred, row.id) != starred.end();
}

}  // namespace

bool may_recall(sql::Tx& tx, auth::Caller const& caller, Resource const& resource) {
    if (resource.owner_person == caller.person) return true;
    if (!caller.may(tx, permissions::recall, resource.school_id)) return false;
    auto const subjects = caller.subjects(permissions::recall);
    return subjects.empty() || std::ranges::find(subjects, resource.subject) != subjects.end();
}

int version_for(sql::Tx& tx, auth::Caller const& caller, Resource const& resource) {
    if (resource.owner_person == caller.person) return resource.latest_version;
    auto const standing = workflow::standing(tx, caller, review_kind, resource.id.text());
    if (standing == workflow::Standing::current || resource.state != State::published) return resource.latest_version;
    return resource.current_version;
}

std::vector<Summary> summaries(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                               std::vector<Resource> const& resources) {
    std::vector<Summary> list;
    for (auto const& r : resources) {
        Summary row;
        row.id = r.id;
        row.title = r.title;
        row.kind = r.kind;
        row.subject = r.subject;
        row.grade_from = r.grade_from;
        row.grade_to = r.grade_to;
        row.chapter_id = r.chapter_id;
        row.scope = r.scope;
        row.wished_scope = r.wished_scope;
        row.state = r.state;
        row.in_review = r.in_review;
        row.mine = r.owner_person == caller.person;
        row.licence = r.licence;
        row.fine = r.fine;
        row.intake = r.intake;
        row.valid_until = r.valid_until;
        row.school_id = r.school_id;
        // Before it is published, the author's name is nobody's but his own.
        if (row.mine || r.state == State::published) row.attribution = r.attribution;
        row.published_at = r.published_at;
        row.updated_at = r.updated_at;
        list.push_back(std::move(row));
    }
    if (!list.empty()) {
        add_names(tx, clock, resources, list);
        add_stars(tx, caller, list);
    }
    return list;
}

ResourceView view_in(Library const& library, sql::Tx& tx, auth::Caller const& caller, Resource const& resource) {
    ResourceView page;
    page.item = summaries(tx, library.clock, caller, {resource}).front();
    page.description = resource.description;
    page.stage = resource.stage;
    page.textbook_id = resource.textbook_id;
    if (resource.textbook_id) {
        if (auto const book = store::find_textbook(tx, *resource.textbook_id)) page.textbook_title = book->title;
    }
    page.source = resource.source;
    page.source_note = resource.source_note;
    page.language = resource.language;
    page.current_version = resource.current_version;
    page.recalled_reason = resource.recalled_reason;
    page.created_at = resource.created_at;
    page.holder = resource.holder;
    page.terms = resource.terms;
    page.valid_from = resource.valid_from;
    int const number = version_for(tx, caller, resource);
    page.latest_version = number;
    if (auto const version = store::find_version(tx, resource.id, number)) {
        page.url = version->url;
        page.version_note = version->note;
        page.opens = version->opens;
    }
    page.may = allowed(tx, caller, resource);
    if (resource.owner_person == caller.person) page.review = review_state(tx, resource);
    page.used_by = used_by(tx, library.clock, resource.id);
    return page;
}

core::Result<ResourceView> view(Library const& library, auth::Caller const& caller, ResourceId const& id) {
    return library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ResourceView> {
        return view_in(library, tx, caller, TRY(readable(tx, caller, id)));
    });
}

core::Result<Opened> open(Library const& library, auth::Caller const& caller, ResourceId const& id, int version,
                          Counting counting) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Opened> {
        auto const resource = TRY(readable(tx, caller, id));
        int const own = version_for(tx, caller, resource);
        bool const insider = resource.owner_person == caller.person || is_reviewer(tx, caller, id);
        int const number = version == 0 ? own : version;
        if (number != resource.current_version && !insider) return core::not_found("resources.no_such_version");
        auto const found = store::find_version(tx, id, number);
        if (!found) return core::not_found("resources.no_such_version");
        if (counting == Counting::view && resource.state == State::published && number == resource.current_version &&
            resource.owner_person != caller.person) {
            record_view(tx, library.clock, caller, resource);
        }
        Opened opened{resource, *found, found->file_id};
        if (found->preview_file_id) opened.shown_file = found->preview_file_id;
        return opened;
    });
}

core::Result<SearchResult> search_as(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                     store::Reader const& reader, Search const& given) {
    TRY_VOID(check_search(given));
    auto wish = given;
    int const limit = std::clamp(given.limit, 1, largest_page);
    auto const place = TRY(read_place(wish.after));
    SearchResult result;
    wish.limit = limit + 1;
    auto hits = store::search(tx, reader, wish, place, recent_since(tx, clock));
    if (static_cast<int>(hits.size()) > limit) {
        hits.pop_back();
        auto const& last = hits.back();
        result.next = std::to_string(last.first) + "." + std::to_string(last.second) + "." + last.resource.id.text();
    }
    std::vector<Resource> resources;
    for (auto& hit : hits) resources.push_back(std::move(hit.resource));
    result.items = summaries(tx, clock, caller, resources);
    if (place) {
        result.total = store::count(tx, reader, wish);
        return result;
    }
    auto counted = count_facets(tx, reader, wish);
    result.total = counted.total;
    result.facets = std::move(counted.facets);
    return result;
}

core::Result<SearchResult> search(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller,
                                  Search const& wish) {
    return search_as(tx, clock, caller, reader_of(tx, caller), wish);
}

core::Result<SearchResult> search(Library const& library, auth::Caller const& caller, Search const& wish) {
    return library.db.read(caller.district, [&](sql::Tx& tx) { return search(tx, library.clock, caller, wish); });
}

}  // namespace santong::resources
