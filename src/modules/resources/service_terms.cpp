#include "modules/resources/service_terms.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "core/message.hpp"
#include "modules/resources/permissions.hpp"
#include "modules/resources/store_terms.hpp"
#include "modules/resources/views_of.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"

namespace santong::resources {

namespace {

constexpr int use_days = 30;

bool in_own_subject(auth::Caller const& caller, std::string const& subject) {
    auto const subjects = caller.subjects(permissions::recall);
    return subjects.empty() || std::ranges::find(subjects, subject) != subjects.end();
}

/// The nodes at which something for which the caller answers may belong: his places, and the schools below.
std::vector<core::OrgId> places_of(sql::Tx& tx, auth::Caller const& caller) {
    auto places = caller.scope(permissions::recall);
    for (auto const& top : caller.scope(permissions::recall)) {
        for (auto const kind : {roster::OrgKind::school, roster::OrgKind::teaching_point}) {
            for (auto const& one : roster::subtree(tx, top, kind)) places.push_back(one.id);
        }
    }
    return places;
}

std::vector<Resource> listed(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller) {
    auto const until = roster::today(tx, clock).plus_days(notice_days);
    auto rows = store::ending(tx, places_of(tx, caller), until);
    std::erase_if(rows, [&](Resource const& row) { return !in_own_subject(caller, row.subject); });
    return rows;
}

/// The words with which something whose licence is over is missed; kept with it like the reason of a recall.
std::string reason_of(Resource const& resource, core::LocalDate today) {
    bool const over = resource.valid_until && *resource.valid_until < today;
    auto const& day = over ? resource.valid_until : resource.valid_from;
    return core::message(over ? "resources.reason_over" : "resources.reason_not_yet", {{"date", day->text()}}, "zh-CN");
}

void tell(sql::Tx& tx, Resource const& resource, core::Instant at) {
    if (resource.state == State::ended)
        feed::event(tx, {"resources.Recalled", resource.id.text(), {}},
                    Recalled{resource.id, resource.recalled_reason, at});
    else
        feed::event(tx, {"resources.Published", resource.id.text(), {}},
                    Published{resource.id, resource.current_version, resource.scope, at});
}

}  // namespace

bool settle_licence(Resource& resource, core::LocalDate today) {
    bool const holds = licence_holds(resource, today);
    if (resource.state == State::published && !holds) {
        resource.state = State::ended;
        resource.recalled_reason = reason_of(resource, today);
        return true;
    }
    if (resource.state == State::ended && holds) {
        resource.state = State::published;
        resource.recalled_reason.clear();
        return true;
    }
    if (resource.state == State::ended) resource.recalled_reason = reason_of(resource, today);
    return false;
}

bool may_set_terms(sql::Tx& tx, auth::Caller const& caller, Resource const& resource) {
    bool const there = resource.state == State::published || resource.state == State::ended;
    if (!there) return resource.owner_person == caller.person && !resource.in_review && !is_gone(resource);
    return caller.may(tx, permissions::recall, resource.school_id) && in_own_subject(caller, resource.subject);
}

core::Result<ResourceView> set_terms(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                     TermsChange const& wish) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ResourceView> {
        auto const before = store::find(tx, id);
        if (!before) return core::not_found("resources.not_found");
        if (!may_set_terms(tx, caller, *before)) {
            TRY_VOID(readable(tx, caller, id));
            return core::forbidden();
        }
        Resource resource = *before;
        resource.intake = wish.intake;
        resource.holder = wish.holder;
        resource.terms = wish.terms;
        resource.valid_from = wish.valid_from;
        resource.valid_until = wish.valid_until;
        TRY_VOID(check_terms(resource));
        bool const moved = settle_licence(resource, roster::today(tx, library.clock));
        TRY_VOID(save(library, tx, resource, *before));
        auth::audit(tx, caller, {"resources.set_terms", id.text(), core::json::write(wish)});
        if (moved) tell(tx, resource, library.clock.now());
        return view_in(library, tx, caller, resource);
    });
}

core::Result<EndingLicences> ending_licences(Library const& library, auth::Caller const& caller) {
    return library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<EndingLicences> {
        auto const today = roster::today(tx, library.clock);
        auto const rows = listed(tx, library.clock, caller);
        std::vector<core::OrgId> schools;
        std::vector<ResourceId> ids;
        for (auto const& row : rows) {
            schools.push_back(row.school_id);
            ids.push_back(row.id);
        }
        std::map<core::OrgId, std::string> names;
        for (auto const& org : roster::orgs(tx, schools)) names.emplace(org.id, org.name);
        std::map<ResourceId, store::UseTotal> uses;
        for (auto const& use : store::uses_since(tx, ids, today.plus_days(1 - use_days))) uses[use.resource_id] = use;
        EndingLicences list;
        for (auto const& r : rows) {
            int const left = r.valid_until->day_number() - today.day_number();
            list.items.push_back({r.id, r.title, r.kind, r.subject, r.school_id, names[r.school_id], r.scope, r.state,
                                  r.intake, r.holder, r.terms, r.valid_from, *r.valid_until, left, uses[r.id].uses,
                                  uses[r.id].schools});
        }
        return list;
    });
}

std::int64_t ending_licences(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller) {
    if (!caller.may_anywhere(permissions::recall)) return 0;
    return static_cast<std::int64_t>(listed(tx, clock, caller).size());
}

void keep_licences(sql::Database& db, core::DistrictId district, core::Clock const& clock) {
    db.transact(district, [&](sql::Tx& tx) {
        auto const today = roster::today(tx, clock);
        for (auto const& before : store::out_of_step(tx, today)) {
            Resource resource = before;
            settle_licence(resource, today);
            resource.updated_at = std::max(clock.now(), before.updated_at.plus_ms(1));
            SANTONG_ASSERT(store::update(tx, resource, before));
            say(tx, resource);
            tell(tx, resource, clock.now());
        }
    });
}

}  // namespace santong::resources
