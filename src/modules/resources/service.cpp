// The door: who may read what, and that somebody did.
#include "modules/resources/service.hpp"

#include <algorithm>

#include "modules/resources/permissions.hpp"
#include "modules/resources/readers.hpp"
#include "modules/resources/store.hpp"
#include "core/base64.hpp"
#include "modules/roster/service.hpp"
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

bool is_in_audience(sql::Tx& tx, auth::Caller const& caller, Resource const& resource) {
    if (!caller.may_anywhere(permissions::view)) return false;
    if (resource.scope >= Scope::district) return true;
    if (resource.scope != Scope::school) return false;
    auto const schools = schools_of(tx, caller);
    return std::ranges::find(schools, resource.school_id) != schools.end();
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
    bool const shown_to_reviewers = resource.state != State::recalled && resource.state != State::draft;
    return shown_to_reviewers && is_reviewer(tx, caller, resource.id);
}

core::Result<Resource> readable(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id) {
    auto const found = store::find(tx, id);
    if (!found) return core::not_found("resources.not_found");
    if (can_read(tx, caller, *found)) return *found;
    if (found->state == State::recalled && is_in_audience(tx, caller, *found)) {
        auto gone = core::gone("resources.recalled");
        gone.params["reason"] = found->recalled_reason;
        return gone;
    }
    return core::not_found("resources.not_found");
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
    if (caller.has_role(auth::Role::pupil)) {
        auto const date = roster::district(tx).zone().date_of(viewed.at);
        auto const monday = date.plus_days(1 - date.weekday());
        viewed.learner = core::hex(auth::Keys::current().token_mac("learner:" + monday.text() + ":" + caller.person.text()));
    }
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
