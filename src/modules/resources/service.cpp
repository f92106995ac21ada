// The door: who may read what, and that somebody did.
#include "modules/resources/service.hpp"

#include <algorithm>

#include "core/base64.hpp"
#include "modules/resources/permissions.hpp"
#include "modules/resources/readers.hpp"
#include "modules/resources/service_learner.hpp"
#include "modules/resources/store.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_area.hpp"
#include "modules/workflow/service.hpp"
#include "platform/auth/keys.hpp"

namespace santong::resources {

std::vector<core::OrgId> schools_of(sql::Tx& tx, auth::Caller const& caller) {
    std::vector<core::OrgId> schools;
    for (auto const& grant : caller.grants) {
        auto const school = roster::school_of(tx, grant.org_id);
        if (school && std::ranges::find(schools, *school) == schools.end()) schools.push_back(*school);
    }
    return schools;
}

/// Teaching groups to which the caller's posts belong: those that name a subject.
static std::vector<store::Group> groups_of(sql::Tx& tx, auth::Caller const& caller) {
    std::vector<store::Group> groups;
    for (auto const& grant : caller.grants) {
        if (grant.subject.empty()) continue;
        auto const school = roster::school_of(tx, grant.org_id);
        if (!school) continue;
        store::Group group{*school, grant.subject};
        if (std::ranges::find(groups, group) == groups.end()) groups.push_back(std::move(group));
    }
    return groups;
}

store::Reader reader_of(sql::Tx& tx, auth::Caller const& caller) {
    store::Reader reader{caller.person, schools_of(tx, caller), {}, groups_of(tx, caller)};
    for (auto const& school : reader.schools) {
        for (auto const& one : roster::area_schools(tx, school)) {
            if (std::ranges::find(reader.area_schools, one) == reader.area_schools.end())
                reader.area_schools.push_back(one);
        }
    }
    return reader;
}

bool is_in_audience(sql::Tx& tx, auth::Caller const& caller, Resource const& resource) {
    if (!caller.may_anywhere(permissions::view)) return false;
    if (resource.scope >= Scope::district) return true;
    if (resource.scope == Scope::self) return false;
    if (resource.scope == Scope::group) {
        auto const groups = groups_of(tx, caller);
        return std::ranges::find(groups, store::Group{resource.school_id, resource.subject}) != groups.end();
    }
    auto const schools = schools_of(tx, caller);
    if (resource.scope == Scope::school) return std::ranges::find(schools, resource.school_id) != schools.end();
    auto const area = roster::area_of(tx, resource.school_id);
    return std::ranges::any_of(schools, [&](auto const& school) { return roster::area_of(tx, school) == area; });
}

bool is_reviewer(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id) {
    return workflow::standing(tx, caller, review_kind, id.text()) != workflow::Standing::none;
}

void reindex(sql::Tx& tx, Resource const& resource) {
    store::index(
        tx, resource,
        roster::subject_title(resource.subject, "zh-CN") + ' ' + roster::subject_title(resource.subject, "en"));
}

bool is_subject(std::string const& code) {
    return std::ranges::any_of(roster::subjects(), [&](auto const& subject) { return subject.code == code; });
}

std::optional<Resource> resource(sql::Tx& tx, ResourceId const& id) {
    return store::find(tx, id);
}

std::vector<Resource> resources(sql::Tx& tx, std::vector<ResourceId> const& ids) {
    return store::find_all(tx, ids);
}

std::optional<Version> version(sql::Tx& tx, ResourceId const& id, int number) {
    return store::find_version(tx, id, number);
}

bool can_read(sql::Tx& tx, auth::Caller const& caller, Resource const& resource) {
    if (!caller.signed_in() || caller.district != tx.district()) return false;
    if (resource.owner_person == caller.person) return true;
    if (resource.state == State::published && is_in_audience(tx, caller, resource)) return true;
    bool const shown_to_reviewers = !is_gone(resource) && resource.state != State::draft;
    return shown_to_reviewers && is_reviewer(tx, caller, resource.id);
}

/// What is told of something that was taken away, to those whom it had reached.
static core::Error gone_error(Resource const& resource) {
    auto gone = core::gone(resource.state == State::ended ? "resources.licence_ended" : "resources.recalled");
    gone.params["reason"] = resource.recalled_reason;
    return gone;
}

core::Result<Resource> readable(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id) {
    auto const found = store::find(tx, id);
    if (!found) return core::not_found("resources.not_found");
    if (can_read(tx, caller, *found)) return *found;
    if (is_gone(*found) && is_in_audience(tx, caller, *found)) return gone_error(*found);
    return core::not_found("resources.not_found");
}

core::Result<Resource> usable(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id) {
    auto const found = TRY(readable(tx, caller, id));
    if (is_gone(found)) return gone_error(found);
    return found;
}

std::string learner_mark(sql::Tx& tx, core::PersonId const& pupil, core::Instant at) {
    auto const date = roster::district(tx).zone().date_of(at);
    auto const monday = date.plus_days(1 - date.weekday());
    return core::hex(auth::Keys::current().token_mac("learner:" + monday.text() + ":" + pupil.text()));
}

void record_view(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, Resource const& resource,
                 ViewContext const& context) {
    Viewed viewed;
    viewed.resource_id = resource.id;
    viewed.version = resource.current_version;
    viewed.class_id = context.class_id;
    viewed.class_session_id = context.class_session_id;
    viewed.at = clock.now();
    if (!caller.grants.empty()) viewed.role = core::enum_text(caller.grants.front().role);
    if (caller.has_role(auth::Role::pupil)) viewed.learner = learner_mark(tx, caller.person, viewed.at);
    auto const schools = schools_of(tx, caller);
    auto const school =
        context.class_id ? roster::school_of(tx, *context.class_id) : core::Result<core::OrgId>(core::not_found());
    if (school)
        viewed.school_id = *school;
    else if (!schools.empty())
        viewed.school_id = schools.front();
    else
        viewed.school_id = roster::district(tx).org_id;
    feed::event(tx, {"resources.Viewed", resource.id.text(), viewed.school_id}, viewed);
}

std::vector<Textbook> textbooks(sql::Tx& tx) {
    return store::textbooks(tx);
}
std::optional<Textbook> textbook(sql::Tx& tx, TextbookId const& id) {
    return store::find_textbook(tx, id);
}
std::vector<Chapter> chapters(sql::Tx& tx, TextbookId const& id) {
    return store::chapters(tx, id);
}
std::optional<Chapter> chapter(sql::Tx& tx, ChapterId const& id) {
    return store::find_chapter(tx, id);
}

}  // namespace santong::resources
