#include "modules/nodes/links.hpp"

#include <algorithm>
#include <map>

#include "modules/nodes/parent.hpp"
#include "modules/nodes/permissions.hpp"
#include "modules/nodes/store.hpp"
#include "modules/nodes/store_links.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::nodes {

namespace {

constexpr std::size_t most_rows = 5'000;

LinkEntry entry_of(Link const& link) {
    return {link.org_id, link.tier, link.medium,  link.down_kbit, link.up_kbit,     link.operator_name,
            link.since,  link.ipv6, link.windows, link.cap_kbit,  link.day_percent, link.note};
}

/// The last measured day and the days before it that planning looks at; browsers count where no box measured.
std::vector<ProbeDay> recent(std::vector<ProbeDay> days) {
    bool const boxed = std::ranges::any_of(days, [](ProbeDay const& one) { return one.kind == ProbeKind::line; });
    std::erase_if(days, [&](ProbeDay const& one) { return boxed && one.kind == ProbeKind::browser; });
    if (days.empty()) return days;
    auto const last = std::ranges::max(days, {}, &ProbeDay::day).day;
    std::erase_if(days, [&](ProbeDay const& one) { return one.day < last.plus_days(1 - measured_days); });
    return days;
}

std::optional<LinkMeasured> measured_of(std::vector<ProbeDay> const& all) {
    auto const days = recent(all);
    if (days.empty()) return std::nullopt;
    LinkMeasured seen;
    std::vector<std::int64_t> up, latency;
    for (auto const& one : days) {
        seen.last_day = std::max(seen.last_day, one.day);
        if (one.up_p50) up.push_back(*one.up_p50);
        if (one.latency_p50) latency.push_back(*one.latency_p50);
    }
    seen.days = static_cast<std::int32_t>(days.size());
    seen.kind = days.front().kind;
    seen.down_p50 = usual_rate(days);
    seen.up_p50 = percentile(up, 50);
    if (auto const middle = percentile(latency, 50)) seen.latency_p50 = static_cast<std::int32_t>(*middle);
    return seen;
}

/// Only what a box measured itself decides what is planned with.
std::optional<std::int64_t> planning_rate(std::vector<ProbeDay> const& all) {
    auto days = all;
    std::erase_if(days, [](ProbeDay const& one) { return one.kind == ProbeKind::browser; });
    return usual_rate(recent(std::move(days)));
}

/// Measurements older than this say nothing of a line any more.
constexpr int remembered_days = 92;

core::Result<core::Nothing> may_see(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& org) {
    if (caller.may(tx, permissions::view, org)) return core::Nothing{};
    TRY_VOID(caller.require(tx, permissions::view_line, org));
    return core::Nothing{};
}

/// Everything that is known of the district's lines.
struct Register {
    Register(sql::Tx& tx, core::LocalDate today) : district(roster::district(tx)) {
        for (auto& one : store::links(tx)) links.emplace(one.id, std::move(one));
        for (auto& one : store::all_days(tx, today.plus_days(-remembered_days), today)) days[one.org_id].push_back(one);
        for (auto const& one : store::nodes(tx)) {
            if (one.state == NodeState::active) boxes.push_back(one.org_id);
        }
    }

    std::optional<Link> find(core::OrgId const& org, LinkTier tier) const {
        auto const found = links.find(link_id(org, tier));
        if (found == links.end()) return std::nullopt;
        return found->second;
    }

    LinkView view(sql::Tx& tx, core::OrgId const& org, LinkTier tier) const {
        LinkView shown;
        auto const own = find(org, tier);
        shown.registered = own.has_value();
        if (own) shown.link = entry_of(*own);
        shown.link.org_id = org;
        shown.link.tier = tier;
        shown.box = std::ranges::find(boxes, org) != boxes.end();
        PlanFacts facts{own, find(district.org_id, LinkTier::access), {}, district.zone_minutes};
        if (auto const known = days.find(org); known != days.end() && tier == LinkTier::access) {
            facts.measured_kbit = planning_rate(known->second);
            shown.measured = measured_of(known->second);
        }
        shown.plan = plan_of(facts);
        if (own) shown.changes = static_cast<std::int32_t>(store::link_changes(tx, own->id).size());
        return shown;
    }

    roster::District district;
    std::map<LinkId, Link> links;
    std::map<core::OrgId, std::vector<ProbeDay>> days;
    std::vector<core::OrgId> boxes;
};

core::Result<core::Nothing> check_entry(sql::Tx& tx, LinkEntry const& entry, core::OrgId const& district) {
    auto const org = roster::org(tx, entry.org_id);
    bool const fits = org && (org->is_school() || entry.tier == LinkTier::backbone || entry.org_id == district);
    if (!fits) return core::invalid("nodes.link.no_school");
    return core::Nothing{};
}

Link link_of(LinkEntry const& entry, core::Instant now) {
    Link link{link_id(entry.org_id, entry.tier),
              entry.org_id,
              entry.tier,
              entry.medium,
              entry.down_kbit,
              entry.up_kbit,
              entry.operator_name,
              entry.since,
              entry.ipv6,
              entry.windows,
              entry.cap_kbit,
              entry.day_percent,
              entry.note,
              now};
    return link;
}

}  // namespace

LinkPlan link_plan(sql::Tx& tx, core::OrgId const& org) {
    auto const district = roster::district(tx);
    PlanFacts facts;
    facts.own = store::link(tx, link_id(org, LinkTier::access));
    facts.usual = store::link(tx, link_id(district.org_id, LinkTier::access));
    facts.measured_kbit = planning_rate(store::last_days(tx, org, 2 * measured_days));
    facts.zone_minutes = district.zone_minutes;
    return plan_of(facts);
}

LinkPlan link_plan_up(sql::Tx& tx, core::OrgId const& org) {
    auto plan = link_plan(tx, org);
    std::vector<std::int64_t> measured;
    for (auto const& day : store::last_days(tx, org, 2 * measured_days)) {
        if (day.kind == ProbeKind::line && day.up_p50) measured.push_back(*day.up_p50);
    }
    for (auto const& place : {roster::district(tx).org_id, org}) {
        auto const link = store::link(tx, link_id(place, LinkTier::access));
        if (link && link->up_kbit > 0) plan.rate_kbit = link->up_kbit;
    }
    if (auto const usual = percentile(measured, 50)) plan.rate_kbit = *usual;
    return plan;
}

bool write_link(sql::Tx& tx, LinkEntry const& entry, core::Instant now) {
    auto link = link_of(entry, now);
    // Kept in one form, whatever signs were typed.
    if (!link.windows.empty()) {
        if (auto const windows = windows_of(link.windows)) link.windows = windows_text(*windows);
    }
    auto const before = store::link(tx, link.id);
    bool const same_plan = before && before->windows == link.windows && before->cap_kbit == link.cap_kbit &&
                           before->day_percent == link.day_percent && before->note == link.note;
    if (before && before->same_line(link) && same_plan) return false;
    store::put_link(tx, link);
    if (!before || !before->same_line(link)) store::add_link_change(tx, link);
    feed::put(tx, {"nodes.Link", link.id.text(), link.org_id}, link);
    return true;
}

core::Result<LinkList> list_links(Site const& site, auth::Caller const& caller) {
    return site.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<LinkList> {
        Register const all(tx, roster::today(tx, site.teaching));
        LinkList list;
        list.district_org_id = all.district.org_id;
        list.editable = caller.may(tx, permissions::manage, all.district.org_id) && !parent(site.db);
        bool const everything = caller.may(tx, permissions::view, all.district.org_id);
        if (everything) {
            auto usual = all.view(tx, all.district.org_id, LinkTier::access);
            usual.org_name = all.district.name;
            list.items.push_back(std::move(usual));
        }
        for (auto const& school : roster::schools(tx)) {
            if (!everything && !may_see(tx, caller, school.id)) continue;
            auto row = all.view(tx, school.id, LinkTier::access);
            row.org_name = school.name;
            row.school_code = school.school_code;
            row.township_name = school.township_name;
            row.rural = school.rural;
            list.items.push_back(std::move(row));
        }
        for (auto const& [id, link] : all.links) {
            if (link.tier == LinkTier::access || (!everything && !may_see(tx, caller, link.org_id))) continue;
            auto row = all.view(tx, link.org_id, link.tier);
            if (auto const org = roster::org(tx, link.org_id)) row.org_name = org->name;
            list.items.push_back(std::move(row));
        }
        if (list.items.empty()) return core::forbidden();
        return list;
    });
}

core::Result<LinksWritten> set_links(Site const& site, auth::Caller const& caller, LinkEdits const& edits) {
    if (parent(site.db)) return core::conflict("nodes.below");
    if (edits.items.size() > most_rows) return core::too_large("nodes.link.too_many");
    auto const now = site.teaching.now();
    return site.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<LinksWritten> {
        auto const district = roster::district(tx).org_id;
        std::vector<core::Problem> problems;
        for (std::size_t i = 0; i < edits.items.size(); ++i) {
            auto const& entry = edits.items[i];
            auto const at = "/items/" + std::to_string(i);
            if (auto const fits = check_entry(tx, entry, district); !fits)
                problems.push_back({at + "/org_id", fits.error().key, {}});
            else
                TRY_VOID(caller.require(tx, permissions::manage, entry.org_id));
            for (auto& one : problems_of(link_of(entry, now)))
                problems.push_back({at + one.pointer, std::move(one.key), std::move(one.params)});
        }
        if (!problems.empty()) return core::invalid(std::move(problems));
        LinksWritten written;
        for (auto const& entry : edits.items) {
            if (!write_link(tx, entry, now)) continue;
            ++written.changed;
            auth::audit(tx, caller, {"nodes.set_link", entry.org_id.text()});
        }
        return written;
    });
}

core::Result<LinkHistory> link_history(Site const& site, auth::Caller const& caller, core::OrgId const& org,
                                       LinkTier tier) {
    return site.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<LinkHistory> {
        if (!roster::org(tx, org)) return core::not_found("roster.org_not_found");
        TRY_VOID(may_see(tx, caller, org));
        LinkHistory history;
        for (auto const& one : store::link_changes(tx, link_id(org, tier)))
            history.items.push_back(
                {one.medium, one.down_kbit, one.up_kbit, one.operator_name, one.since, one.ipv6, one.changed_at});
        return history;
    });
}

}  // namespace santong::nodes
