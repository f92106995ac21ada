// What a review asks of a resource, and what its outcome does to it.
#include "core/json.hpp"
#include "modules/resources/store_pack.hpp"
#include "modules/resources/views_of.hpp"
#include "modules/roster/service_area.hpp"
#include "modules/workflow/service.hpp"

namespace santong::resources {

namespace {

using workflow::AutomaticCheck;
using workflow::CheckState;

constexpr char const* rights = "resources.check.rights";
constexpr char const* content = "resources.check.content";
constexpr char const* fine_mark = "resources.check.fine";
constexpr int soon_days = 30;

AutomaticCheck line(char const* group, char const* name, CheckState state, std::string const& detail) {
    return {std::string("resources.check.") + name, group, state, "resources.check." + detail, {}, {}};
}

AutomaticCheck duplicate_check(sql::Tx& tx, Version const& version) {
    auto const twins = store::twins(tx, version);
    if (twins.empty()) return line(rights, "duplicate", CheckState::passed, "duplicate.none");
    auto found = line(rights, "duplicate", CheckState::warning, "duplicate.found");
    found.params["title"] = twins.front().title;
    found.subject_id = twins.front().id.text();
    return found;
}

AutomaticCheck licence_check(Resource const& r) {
    if (r.licence == Licence::none) return line(rights, "licence", CheckState::failed, "licence.missing");
    return line(rights, "licence", CheckState::passed, "licence." + std::string(core::enum_text(r.licence)));
}

AutomaticCheck source_check(Resource const& r) {
    if (r.source == Source::none) return line(rights, "source", CheckState::failed, "source.missing");
    auto found = line(rights, "source", CheckState::passed, "source.given");
    if (!r.source_note.empty()) {
        found.detail = "resources.check.source.note";
        found.params["note"] = r.source_note;
    }
    return found;
}

/// A licence that asks for a name needs one, unless the school's name is enough (own work).
AutomaticCheck attribution_check(Resource const& r) {
    bool const asks = r.licence >= Licence::cc_by && r.licence <= Licence::cc_by_nc_nd;
    if (asks && r.attribution.empty() && r.source != Source::own_work) {
        return line(rights, "attribution", CheckState::warning, "attribution.missing");
    }
    return line(rights, "attribution", CheckState::passed,
                r.attribution.empty() ? "attribution.school" : "attribution.given");
}

/// Something bought needs to say from whom and on which terms; an end that is near or past is told.
AutomaticCheck terms_check(Resource const& r, core::LocalDate today) {
    if (!check_terms(r)) return line(rights, "terms", CheckState::failed, "terms.missing");
    auto found = line(rights, "terms", CheckState::passed, "terms." + std::string(core::enum_text(r.intake)));
    found.params["holder"] = r.holder;
    if (!r.valid_until) return found;
    found.params["until"] = r.valid_until->text();
    found.detail = "resources.check.terms.until";
    if (*r.valid_until < today) {
        found.state = CheckState::failed;
        found.detail = "resources.check.terms.over";
    } else if (*r.valid_until < today.plus_days(soon_days)) {
        found.state = CheckState::warning;
    }
    return found;
}

AutomaticCheck opens_check(sql::Tx& tx, Version const& version) {
    if (version.media_type == pack_media_type) {
        auto const items = store::pack_items(tx, version.resource_id, version.number);
        auto found = line(content, "opens", CheckState::passed, "opens.pack");
        found.params["items"] = std::to_string(items.size());
        return found;
    }
    if (!version.url.empty()) return line(content, "opens", CheckState::passed, "opens.link");
    if (!version.opens) return line(content, "opens", CheckState::failed, "opens.broken");
    auto found = line(content, "opens", CheckState::passed, "opens.yes");
    if (version.pages > 0) {
        found.detail = "resources.check.opens.pages";
        found.params["pages"] = std::to_string(version.pages);
    } else if (version.duration_seconds > 0) {
        found.detail = "resources.check.opens.duration";
        auto const seconds = std::to_string(version.duration_seconds % 60);
        found.params["minutes"] = std::to_string(version.duration_seconds / 60);
        found.params["seconds"] = seconds.size() < 2 ? "0" + seconds : seconds;
    }
    return found;
}

std::vector<AutomaticCheck> automatic(sql::Tx& tx, workflow::Item const& item) {
    auto const id = ResourceId::parse(item.subject_id);
    auto const resource = id ? store::find(tx, *id) : std::nullopt;
    if (!resource) return {};
    auto const version = store::find_version(tx, *id, resource->latest_version);
    if (!version) return {};
    auto const today = roster::district(tx).zone().date_of(item.step_since);
    return {duplicate_check(tx, *version), licence_check(*resource),     terms_check(*resource, today),
            source_check(*resource),       attribution_check(*resource), opens_check(tx, *version)};
}

/// The node of the org tree that a published resource concerns; none = the whole district.
core::OrgId audience_of(sql::Tx& tx, Resource const& resource) {
    if (resource.scope >= Scope::district) return {};
    return resource.scope == Scope::area ? roster::area_of(tx, resource.school_id) : resource.school_id;
}

void publish(sql::Tx& tx, Resource& resource, core::Instant at) {
    resource.state = State::published;
    resource.scope = resource.wished_scope;
    resource.current_version = resource.latest_version;
    resource.published_at = at;
    resource.recalled_reason.clear();
    if (settle_licence(resource, roster::district(tx).zone().date_of(at))) return;
    auto const audience = audience_of(tx, resource);
    feed::event(tx, {"resources.Published", resource.id.text(), audience},
                Published{resource.id, resource.current_version, resource.scope, at});
}

void on_outcome(sql::Tx& tx, workflow::Item const& item, workflow::Outcome outcome, std::string const&,
                core::Instant at) {
    if (outcome == workflow::Outcome::passed_step) return;
    auto const id = ResourceId::parse(item.subject_id);
    auto const before = id ? store::find(tx, *id) : std::nullopt;
    SANTONG_ASSERT(before.has_value());
    Resource resource = *before;
    resource.in_review = false;
    bool const in_use =
        before->state == State::published || before->state == State::ended;  // a former version stays with its readers
    if (outcome == workflow::Outcome::approved) {
        resource.fine = workflow::marked(tx, item, fine_mark);
        publish(tx, resource, at);
    }
    if (outcome == workflow::Outcome::returned && !in_use) resource.state = State::returned;
    if (outcome == workflow::Outcome::withdrawn && !in_use) resource.state = State::draft;
    resource.updated_at = std::max(at, before->updated_at.plus_ms(1));
    SANTONG_ASSERT(store::update(tx, resource, *before));
    say(tx, resource);
}

}  // namespace

void register_review() {
    workflow::Subject subject;
    subject.kind = review_kind;
    subject.checklist = {{"resources.check.media_named", rights}, {"resources.check.no_pupil", rights},
                         {"resources.check.no_error", content},   {"resources.check.fits_course", content},
                         {"resources.check.readable", content},   {fine_mark, content, true}};
    subject.automatic = automatic;
    subject.on_outcome = on_outcome;
    subject.stands = [](sql::Tx& tx, std::string const& text) {
        auto const id = ResourceId::parse(text);
        return id && store::find(tx, *id).has_value();
    };
    workflow::register_subject(std::move(subject));
}

void say(sql::Tx& tx, Resource const& resource) {
    auto const scope = resource.state == State::published ? audience_of(tx, resource) : resource.school_id;
    feed::put(tx, {"resources.Resource", resource.id.text(), scope}, resource);
}

}  // namespace santong::resources
