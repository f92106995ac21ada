#include "modules/nodes/probes.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "modules/nodes/parent.hpp"
#include "modules/nodes/permissions.hpp"
#include "modules/nodes/store_links.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::nodes {

namespace {

constexpr int kept_days = 92;
constexpr std::int32_t longest_query = 366;
constexpr std::int64_t fastest_probe_kbit = 100'000'000;
constexpr std::int64_t two_days_ms = 2LL * 24 * 3'600'000;

void count_day(sql::Tx& tx, core::OrgId const& org, core::LocalDate day, core::Zone zone) {
    std::map<ProbeKind, std::vector<Probe>> by_kind;
    for (auto const& one : store::probes(tx, org, zone.at(day, 0), zone.at(day.plus_days(1), 0)))
        by_kind[kind_of(one.source)].push_back(one);
    for (auto const& [kind, probes] : by_kind) store::put_day(tx, day_of(probes, zone));
}

OutageView view_of(Outage const& outage, std::vector<store::SchoolHour> const& hours) {
    OutageView shown;
    shown.from_at = outage.from_at;
    shown.until_at = outage.until_at;
    for (auto const& hour : hours) {
        if (hour.outage_id != outage.id) continue;
        shown.served += hour.served;
        shown.failed += hour.failed;
        shown.sign_ins += hour.sign_ins;
        shown.lessons += hour.lessons;
        if (!hour.school) continue;
        shown.school_minutes += hour.down_minutes;
        if (hour.observed()) shown.observed_minutes += hour.down_minutes;
        if (hour.worked()) shown.worked_minutes += hour.down_minutes;
    }
    return shown;
}

}  // namespace

void keep_probe(sql::Tx& tx, Probe const& probe) {
    store::put_probe(tx, probe);
    feed::put(tx, {"nodes.Probe", probe.id.text(), probe.org_id}, probe);
    auto const zone = roster::district(tx).zone();
    count_day(tx, probe.org_id, zone.date_of(probe.measured_at), zone);
}

void count_days(sql::Tx& tx, std::vector<std::string> const& probe_ids) {
    auto const zone = roster::district(tx).zone();
    std::set<std::pair<core::OrgId, core::LocalDate>> touched;
    for (auto const& one : store::probes_named(tx, probe_ids))
        touched.emplace(one.org_id, zone.date_of(one.measured_at));
    for (auto const& [org, day] : touched) count_day(tx, org, day, zone);
}

void keep_house(sql::Database& db, core::DistrictId district, core::Clock const& clock) {
    db.transact(district, [&](sql::Tx& tx) { store::forget_probes(tx, clock.now().plus_days(-kept_days)); });
}

core::Result<Probe> keep_browser_probe(Site const& site, auth::Caller const& caller, BrowserProbe const& seen) {
    if (parent(site.db)) return core::conflict("nodes.probe_at_box");
    auto const sound = [](std::int64_t kbit) { return kbit > 0 && kbit <= fastest_probe_kbit; };
    if (!sound(seen.down_kbit)) return core::invalid_at("/down_kbit", "nodes.link.rate");
    if (!sound(seen.up_kbit)) return core::invalid_at("/up_kbit", "nodes.link.rate");
    return site.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Probe> {
        auto const org = TRY(roster::org(tx, seen.org_id));
        TRY_VOID(caller.require(tx, permissions::probe, org.id));
        if (!org.is_school()) return core::invalid("nodes.link.no_school");
        Probe probe;
        probe.id = ProbeId::make();
        probe.org_id = org.id;
        probe.measured_at = site.teaching.now();
        probe.source = ProbeSource::browser;
        probe.down_kbit = seen.down_kbit;
        probe.up_kbit = seen.up_kbit;
        probe.latency_ms = seen.latency_ms;
        probe.bytes = seen.bytes;
        keep_probe(tx, probe);
        auth::audit(tx, caller, {"nodes.probe", org.id.text()});
        return probe;
    });
}

core::Result<LineReport> line_report(Site const& site, auth::Caller const& caller, core::OrgId const& org,
                                     LineQuery const& query) {
    auto const days = std::clamp(query.days, 1, longest_query);
    auto const now = site.teaching.now();
    auto const list = TRY(list_links(site, caller));
    auto const found = std::ranges::find_if(
        list.items, [&](LinkView const& one) { return one.link.org_id == org && one.link.tier == LinkTier::access; });
    if (found == list.items.end()) return core::not_found("roster.org_not_found");
    auto const history = TRY(link_history(site, caller, org, LinkTier::access));
    auto const above = parent(site.db);
    return site.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<LineReport> {
        auto const today = roster::today(tx, site.teaching);
        LineReport report;
        report.line = *found;
        for (auto const& one : list.items) {
            if (one.link.org_id == org && one.link.tier != LinkTier::access) report.tiers.push_back(one);
        }
        report.history = history;
        report.days = store::days(tx, org, today.plus_days(1 - days), today);
        report.probes = store::probes(tx, org, now.plus_ms(-two_days_ms), now.plus_ms(1));
        std::ranges::reverse(report.probes);
        auto const from = now.plus_days(-days);
        auto const hours = store::outage_hours(tx, from, now.plus_ms(1));
        for (auto const& one : store::outages(tx, org, from, now.plus_ms(1)))
            report.outages.push_back(view_of(one, hours));
        report.opening = opening(report.line.plan, now);
        report.may_probe = caller.may(tx, permissions::probe, org);
        report.may_edit = list.editable;
        report.at_box = above && above->org_id == org;
        report.backlog = backlog(tx, caller, org, above);
        return report;
    });
}

std::vector<OfflineHours> offline_hours(sql::Tx& tx, core::Instant from, core::Instant until) {
    std::vector<OfflineHours> all;
    for (auto const& hour : store::outage_hours(tx, from, until)) {
        if (!hour.school) continue;
        if (all.empty() || all.back().org_id != hour.org_id) all.push_back({hour.org_id});
        auto& one = all.back();
        one.school_minutes += hour.down_minutes;
        if (hour.observed()) one.observed_minutes += hour.down_minutes;
        if (hour.worked()) one.worked_minutes += hour.down_minutes;
    }
    return all;
}

}  // namespace santong::nodes
