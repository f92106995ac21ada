#include "modules/push/rows.hpp"

#include <algorithm>

#include "modules/push/permissions.hpp"
#include "modules/resources/service.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_area.hpp"

namespace santong::push {

namespace {

/// Names of the schools of some rows, and of the classes that need something.
class RowNames {
public:
    RowNames(sql::Tx& tx, core::Instant now, std::vector<Delivery> const& deliveries) {
        for (auto& one : roster::schools(tx)) schools_.emplace(one.id, std::move(one));
        std::vector<core::OrgId> ids;
        for (auto const& one : deliveries) {
            if (one.target.due_class) ids.push_back(*one.target.due_class);
        }
        auto const today = roster::district(tx).zone().date_of(now);
        for (auto const& one : roster::class_groups(tx, ids, today)) classes_[one.id] = one.name;
    }

    void name(PushSchoolRow& row, PushTarget const& target) const {
        row.school_id = target.school_id;
        if (auto const school = schools_.find(target.school_id); school != schools_.end()) {
            row.name = school->second.name;
            row.township = school->second.township_name;
        }
        row.due_at = target.due_at;
        row.due_period = target.due_period;
        row.moved = target.moved;
        auto const group = target.due_class ? classes_.find(*target.due_class) : classes_.end();
        if (group != classes_.end()) row.due_class = group->second;
    }

private:
    std::map<core::OrgId, roster::School> schools_;
    std::map<core::OrgId, std::string> classes_;
};

void tell_line(PushSchoolRow& row, Overview const& overview, core::OrgId const& school) {
    auto const& line = overview.line(school);
    row.boxed = overview.boxed(school);
    row.rate_kbit = line.rate_kbit;
    row.cap_kbit = line.cap_kbit;
    row.windows = line.windows;
    row.last_contact = overview.box(school).last_contact;
}

void tell_journey(PushSchoolRow& row, Delivery const& d) {
    row.bytes = d.bytes;
    row.bytes_left = d.standing == PushStanding::hosted ? 0 : d.left;
    row.standing = d.standing;
    if (!d.passage) return;
    row.before_bytes = d.passage->before_bytes;
    row.starts_at = d.passage->starts_at;
    row.expected_at = d.passage->expected_at;
}

void tell_receipt(PushSchoolRow& row, PushReceipt const& receipt) {
    row.first_at = receipt.first_at;
    row.whole_at = receipt.whole_at;
    row.checked_at = receipt.checked_at;
    row.way = receipt.way;
    row.line_bytes = receipt.line_bytes;
    row.near_bytes = receipt.near_bytes;
    row.uses = receipt.uses;
    row.used_at = receipt.used_at;
    row.last_used_at = receipt.last_used_at;
}

}  // namespace

std::set<core::OrgId> schools_seen(sql::Tx& tx, auth::Caller const& caller) {
    std::set<core::OrgId> seen;
    for (auto const& top : caller.scope(permissions::view)) {
        for (auto const& org : roster::subtree(tx, top)) {
            if (org.is_school()) seen.insert(org.id);
        }
    }
    return seen;
}

std::optional<core::OrgId> school_of_caller(sql::Tx& tx, auth::Caller const& caller) {
    for (auto const& org : caller.scope(permissions::request)) {
        if (auto const school = roster::school_of(tx, org)) return *school;
    }
    return std::nullopt;
}

std::set<core::OrgId> schools_of_area(sql::Tx& tx, core::OrgId const& area) {
    auto const all = roster::area_schools(tx, area);
    return {all.begin(), all.end()};
}

std::optional<PushReach> reach_of(sql::Tx& tx, auth::Caller const& caller, std::string const& subject) {
    auto const above = roster::self_and_ancestors(tx, roster::district(tx).org_id);
    std::optional<PushReach> found;
    for (auto const& grant : caller.grants) {
        if (!auth::PermissionRegistry::instance().has(grant.role, permissions::manage)) continue;
        if (!grant.subject.empty() && !subject.empty() && grant.subject != subject) continue;
        if (std::ranges::find(above, grant.org_id) != above.end()) return PushReach{};
        // A school under which no other stands pushes for nobody.
        if (found || !roster::school(tx, grant.org_id) || roster::area_of(tx, grant.org_id) != grant.org_id) continue;
        auto schools = schools_of_area(tx, grant.org_id);
        if (schools.size() > 1) found = PushReach{grant.org_id, std::move(schools)};
    }
    return found;
}

std::string area_name(sql::Tx& tx, std::optional<core::OrgId> const& area) {
    auto const school = area ? roster::school(tx, *area) : core::Result<roster::School>(core::not_found());
    return school ? school->name : "";
}

bool may_change(sql::Tx& tx, auth::Caller const& caller, std::string const& subject,
                std::optional<core::OrgId> const& area) {
    auto const reach = reach_of(tx, caller, subject);
    return reach && (!reach->area || reach->area == area);
}

int weight_of(PushStanding standing) {
    using enum PushStanding;
    switch (standing) {
        case missed: return 0;
        case will_miss: return 1;
        case travelling: return 2;
        case waiting: return 3;
        case paused: return 4;
        case here_late: return 5;
        case here: return 6;
        case hosted: return 7;
    }
    return 7;
}

std::vector<PushSchoolRow> school_rows(sql::Tx& tx, Overview const& overview, std::vector<Delivery> const& deliveries,
                                       std::set<core::OrgId> const& seen) {
    RowNames const names(tx, overview.now(), deliveries);
    std::vector<PushSchoolRow> rows;
    for (auto const& d : deliveries) {
        if (!seen.contains(d.target.school_id)) continue;
        auto& row = rows.emplace_back();
        names.name(row, d.target);
        tell_line(row, overview, d.target.school_id);
        tell_journey(row, d);
        if (d.receipt) tell_receipt(row, *d.receipt);
    }
    std::ranges::stable_sort(rows, {}, [](PushSchoolRow const& row) {
        return std::tuple(weight_of(row.standing), !row.due_at.has_value(), row.due_at.value_or(core::Instant{}),
                          row.name);
    });
    return rows;
}

std::optional<PushOrderRow> order_row(Overview const& overview, PushOrder const& order, core::Instant now,
                                      std::set<core::OrgId> const& seen) {
    PushOrderRow row{.id = order.id,
                     .title = order.title,
                     .subject = order.subject,
                     .grade_from = order.grade_from,
                     .grade_to = order.grade_to,
                     .priority = order.priority,
                     .rank = order.rank,
                     .state = order.state,
                     .rule_id = order.rule_id,
                     .bytes = overview.size(order.id).bytes,
                     .due_at = {},
                     .starts_at = {},
                     .expected_at = {},
                     .created_at = order.created_at,
                     .updated_at = order.updated_at,
                     .display = order.display()};
    bool open_need = false;
    for (auto const& d : overview.of(order.id)) {
        if (!seen.contains(d.target.school_id)) continue;
        ++row.schools;
        bool const hosted = d.standing == PushStanding::hosted;
        bool const whole = hosted || (d.receipt && d.receipt->whole_at);
        row.hosted += hosted ? 1 : 0;
        row.whole += whole ? 1 : 0;
        row.used += d.receipt && d.receipt->used_at ? 1 : 0;
        row.late += punctual(d, now) == Punctual::late || d.standing == PushStanding::will_miss ? 1 : 0;
        // The earliest need of those that still wait comes before that of those that have it.
        if (auto const due = d.target.due_at;
            due && (!row.due_at || (!whole && !open_need) || (whole != open_need && *due < *row.due_at))) {
            row.due_at = due;
            row.due_period = d.target.due_period;
            open_need = open_need || !whole;
        }
        if (!d.passage) continue;
        if (!row.starts_at || d.passage->starts_at < *row.starts_at) row.starts_at = d.passage->starts_at;
        if (d.passage->expected_at && (!row.expected_at || *d.passage->expected_at > *row.expected_at))
            row.expected_at = d.passage->expected_at;
    }
    if (row.schools == 0) return std::nullopt;
    return row;
}

PushPortal portal_of(sql::Tx& tx, std::vector<PushItem> const& items) {
    std::vector<ResourceId> ids;
    for (auto const& one : items) ids.push_back(one.resource_id);
    std::map<ResourceId, resources::Resource> known;
    for (auto& one : resources::resources(tx, ids)) known.emplace(one.id, std::move(one));
    PushPortal portal;
    for (auto const& id : ids) {
        auto const found = known.find(id);
        char const* const why = found == known.end() ? "push.portal_not_published" : portal_refusal(found->second);
        if (why == nullptr)
            ++portal.allowed;
        else
            portal.refused.push_back({id, found == known.end() ? "" : found->second.title, why});
    }
    return portal;
}

}  // namespace santong::push
