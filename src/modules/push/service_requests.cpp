#include "modules/push/service_requests.hpp"

#include <algorithm>

#include "modules/nodes/links.hpp"
#include "modules/push/arriving.hpp"
#include "modules/push/permissions.hpp"
#include "modules/push/rows.hpp"
#include "modules/resources/service_contents.hpp"
#include "modules/roster/service.hpp"

namespace santong::push {

namespace {

constexpr std::size_t most_asked = 60;
constexpr int kept_request_days = 30;

std::vector<ResourceId> ids_of(std::string const& text) {
    std::vector<ResourceId> ids;
    for (std::size_t at = 0; at <= text.size() && ids.size() < most_asked;) {
        auto const end = std::min(text.find(',', at), text.size());
        if (auto const id = ResourceId::parse(std::string_view(text).substr(at, end - at))) ids.push_back(*id);
        at = end + 1;
    }
    return ids;
}

/// What a school's line is busy with, and what is asked for.
struct SchoolLine {
    nodes::LinkPlan plan;
    std::int64_t waiting = 0;
};

/// The line of the box, with all that waits for it, for whichever of its schools.
SchoolLine line_of(Overview const& overview, core::OrgId const& school) {
    auto const box = overview.box(school).org_id;
    std::vector<Delivery> waiting;
    for (auto const& order : overview.orders()) {
        if (order.state != PushState::open) continue;
        std::ranges::copy_if(overview.of(order.id), std::back_inserter(waiting),
                             [&](Delivery const& d) { return overview.box(d.target.school_id).org_id == box; });
    }
    return {overview.line(school), overview.to_travel(waiting)};
}

std::optional<core::Instant> expected(SchoolLine const& line, core::Instant now, std::int64_t size) {
    if (size > at_once_bytes) return nodes::arrival(line.plan, now, line.waiting + size);
    auto plan = line.plan;
    plan.windows.clear();
    plan.cap_kbit = 0;
    return nodes::arrival(plan, now, size);
}

/// Looks from one school; contents are looked for in this place's store at a box, in receipts elsewhere.
class Looking {
public:
    Looking(Desk const& desk, sql::Tx& tx, auth::Caller const& caller, core::OrgId const& school)
        : desk_(desk), tx_(tx), caller_(caller), school_(school), overview_(tx, desk.clock.now(), {}, desk.seat()) {
        boxed_ = desk.box || nodes::served_below(tx).contains(school);
        if (!boxed_) return;
        line_ = line_of(overview_, school);
        if (!desk.box) whole_ = overview_.known(school);
        for (auto const& one : store::waiting_requests(tx)) {
            if (one.school_id == school) requests_.push_back(one);
        }
    }

    bool boxed() const { return boxed_; }

    AtSchool at(ResourceId const& id) {
        AtSchool found;
        found.resource_id = id;
        if (!boxed_) return found;
        bool here = true;
        for (auto const& part : parts(id)) {
            found.size += part.size;
            here = here && is_here(part.sha256);
        }
        found.speed = found.size > at_once_bytes ? RequestSpeed::tonight : RequestSpeed::now;
        if (here) {
            found.where = Whereabouts::here;
            return found;
        }
        found.where = desk_.box ? Whereabouts::away : Whereabouts::unknown;
        found.expected_at = expected(line_, desk_.clock.now(), found.size);
        for (auto const& one : requests_) {
            if (one.resource_id != id) continue;
            found.where = Whereabouts::coming;
            found.expected_at = one.expected_at;
            if (one.person_id == caller_.person) found.request_id = one.id;
        }
        for (auto const& order : store::orders_with(tx_, id)) {
            if (order.state == PushState::open) in_order(order, found);
        }
        return found;
    }

    /// A pack is what is in it.
    std::vector<resources::ContentPart> parts(ResourceId const& id) {
        std::vector<ResourceId> ids{id};
        if (auto const resource = resources::resource(tx_, id)) {
            for (auto const& item : resources::items_of(tx_, *resource)) ids.push_back(item.resource_id);
        }
        return resources::contents_of(tx_, ids);
    }
    bool is_here(std::string const& sha256) const {
        return desk_.box ? desk_.contents->open(sha256).has_value() : whole_.contains(sha256);
    }

private:
    void in_order(PushOrder const& order, AtSchool& found) {
        for (auto const& d : overview_.of(order.id)) {
            if (d.target.school_id != school_) continue;
            found.where = Whereabouts::coming;
            auto const when = d.passage ? d.passage->expected_at : std::nullopt;
            if (when && (!found.expected_at || found.request_id.has_value() == false)) found.expected_at = when;
        }
    }

    Desk const& desk_;
    sql::Tx& tx_;
    auth::Caller const& caller_;
    core::OrgId school_;
    Overview overview_;
    bool boxed_ = false;
    SchoolLine line_;
    std::set<std::string> whole_;
    std::vector<PushRequest> requests_;
};

}  // namespace

core::Result<AtSchoolList> at_school(Desk const& desk, auth::Caller const& caller, AtSchoolQuery const& query) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<AtSchoolList> {
        AtSchoolList list;
        auto const school = school_of_caller(tx, caller);
        if (!school) return list;
        if (auto const org = roster::org(tx, *school)) list.school = org->name;
        Looking looking(desk, tx, caller, *school);
        auto const ids = ids_of(query.resources);
        for (auto const& resource : resources::resources(tx, ids)) {
            if (resources::can_read(tx, caller, resource)) list.items.push_back(looking.at(resource.id));
        }
        return list;
    });
}

core::Result<PushRequestView> ask_for(Desk const& desk, auth::Caller const& caller, PushRequestWish const& wish) {
    std::vector<nodes::Wanted> at_once;
    auto made = desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PushRequestView> {
        at_once.clear();
        auto const resource = TRY(resources::usable(tx, caller, wish.resource_id));
        auto const school = school_of_caller(tx, caller);
        if (!school) return core::conflict("push.ask_at_school");
        Looking looking(desk, tx, caller, *school);
        if (!looking.boxed()) return core::conflict("push.hosted_school");
        auto const parts = looking.parts(resource.id);
        if (parts.empty()) return core::conflict("push.nothing_to_send");
        auto const at = looking.at(resource.id);
        if (at.where == Whereabouts::here) return core::conflict("push.already_here");
        if (at.request_id) return core::conflict("push.already_asked");
        PushRequest request;
        request.id = RequestId::make();
        request.resource_id = resource.id;
        request.school_id = *school;
        request.person_id = caller.person;
        request.speed = at.speed;
        request.size = at.size;
        request.asked_at = desk.clock.now();
        request.expected_at = at.expected_at;
        keep_request(tx, request);
        if (request.speed == RequestSpeed::now) {
            for (auto const& part : parts) {
                if (!looking.is_here(part.sha256))
                    at_once.push_back({part.sha256, part.size, nodes::Urgency::waited_for});
            }
        }
        return PushRequestView{request, resource.title};
    });
    if (made && desk.ask) {
        for (auto const& one : at_once) desk.ask(one);
    }
    return made;
}

core::Result<PushRequestList> my_requests(Desk const& desk, auth::Caller const& caller) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PushRequestList> {
        auto const found = store::requests_of(tx, caller.person, desk.clock.now().plus_days(-kept_request_days));
        std::vector<ResourceId> ids;
        for (auto const& one : found) ids.push_back(one.resource_id);
        std::map<ResourceId, std::string> titles;
        for (auto const& one : resources::resources(tx, ids)) {
            if (resources::can_read(tx, caller, one)) titles[one.id] = one.title;
        }
        PushRequestList list;
        for (auto const& one : found) list.items.push_back({one, titles[one.resource_id]});
        return list;
    });
}

core::Result<core::Nothing> take_request_back(Desk const& desk, auth::Caller const& caller, RequestId const& id) {
    return desk.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto request = store::request(tx, id);
        if (!request || request->person_id != caller.person || request->state != RequestState::waiting)
            return core::not_found("push.request_not_found");
        request->state = RequestState::withdrawn;
        keep_request(tx, *request);
        return core::Nothing{};
    });
}

core::Result<RecallStatus> recall_status(Desk const& desk, auth::Caller const& caller, ResourceId const& id) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<RecallStatus> {
        auto const resource = resources::resource(tx, id);
        if (!resource || !resources::is_gone(*resource)) return core::not_found("resources.not_found");
        auto const seen = schools_seen(tx, caller);
        std::map<core::OrgId, PushRecall> answers;
        for (auto const& one : store::recalls(tx, id)) answers[one.school_id] = one;
        RecallStatus status;
        for (auto const& [org, box] : nodes::boxes_below(tx)) {
            if (!seen.contains(org)) continue;
            auto& row = status.items.emplace_back();
            row.school_id = org;
            if (auto const named = roster::org(tx, org)) row.school = named->name;
            row.last_contact = box.last_contact;
            ++status.boxes;
            auto const answer = answers.find(org);
            if (answer == answers.end()) continue;
            ++status.done;
            row.removed_at = answer->second.removed_at;
            row.was_here = answer->second.was_here;
            row.in_class = answer->second.in_class;
        }
        std::ranges::stable_sort(
            status.items, {}, [](RecallBox const& row) { return std::pair(row.removed_at.has_value(), row.school); });
        return status;
    });
}

}  // namespace santong::push
