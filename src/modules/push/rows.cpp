#include "modules/push/rows.hpp"

#include <algorithm>

#include "modules/push/permissions.hpp"
#include "modules/roster/service.hpp"

namespace santong::push {

std::set<core::OrgId> schools_seen(sql::Tx& tx, auth::Caller const& caller) {
    std::set<core::OrgId> seen;
    for (auto const& top : caller.scope(permissions::view)) {
        for (auto const& org : roster::subtree(tx, top)) {
            if (org.is_school()) seen.insert(org.id);
        }
    }
    return seen;
}

bool may_manage(sql::Tx& tx, auth::Caller const& caller, std::string const& subject) {
    if (!caller.may(tx, permissions::manage, roster::district(tx).org_id)) return false;
    auto const own = caller.subjects(permissions::manage);
    return own.empty() || subject.empty() || std::ranges::find(own, subject) != own.end();
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
    std::map<core::OrgId, roster::School> schools;
    for (auto& one : roster::schools(tx)) schools.emplace(one.id, std::move(one));
    std::vector<core::OrgId> class_ids;
    for (auto const& one : deliveries) {
        if (one.target.due_class) class_ids.push_back(*one.target.due_class);
    }
    std::map<core::OrgId, std::string> classes;
    auto const today = roster::district(tx).zone().date_of(overview.now());
    for (auto const& one : roster::class_groups(tx, class_ids, today)) classes[one.id] = one.name;
    std::vector<PushSchoolRow> rows;
    for (auto const& d : deliveries) {
        auto const& target = d.target;
        if (!seen.contains(target.school_id)) continue;
        auto& row = rows.emplace_back();
        row.school_id = target.school_id;
        if (auto const school = schools.find(target.school_id); school != schools.end()) {
            row.name = school->second.name;
            row.township = school->second.township_name;
        }
        auto const& line = overview.line(target.school_id);
        row.boxed = overview.boxed(target.school_id);
        row.rate_kbit = line.rate_kbit;
        row.cap_kbit = line.cap_kbit;
        row.windows = line.windows;
        row.last_contact = overview.box(target.school_id).last_contact;
        row.due_at = target.due_at;
        row.due_period = target.due_period;
        if (target.due_class) row.due_class = classes[*target.due_class];
        row.moved = target.moved;
        row.bytes = d.bytes;
        row.bytes_left = d.standing == PushStanding::hosted ? 0 : d.left;
        row.standing = d.standing;
        if (d.passage) {
            row.before_bytes = d.passage->before_bytes;
            row.starts_at = d.passage->starts_at;
            row.expected_at = d.passage->expected_at;
        }
        if (auto const& receipt = d.receipt) {
            row.first_at = receipt->first_at;
            row.whole_at = receipt->whole_at;
            row.checked_at = receipt->checked_at;
            row.way = receipt->way;
            row.line_bytes = receipt->line_bytes;
            row.uses = receipt->uses;
            row.used_at = receipt->used_at;
            row.last_used_at = receipt->last_used_at;
        }
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
                     .updated_at = order.updated_at};
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

}  // namespace santong::push
