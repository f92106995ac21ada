#pragma once
// Measurements of lines: taken by a box or a browser, kept, counted by day; and the days on which a line was down.
#include "modules/nodes/backlog.hpp"
#include "modules/nodes/links.hpp"

namespace santong::nodes {

/// Keeps a measurement, says it in the feed and counts its day anew.
void keep_probe(sql::Tx& tx, Probe const& probe);
/// Counts the days of these measurements anew: run when some have come from a box.
void count_days(sql::Tx& tx, std::vector<std::string> const& probe_ids);
/// Forgets single measurements after a quarter; their days stay.
void keep_house(sql::Database& db, core::DistrictId district, core::Clock const& clock);

/// What a browser of a school measured against the hub.
struct BrowserProbe {
    core::OrgId org_id;
    std::int64_t down_kbit = 0;
    std::int64_t up_kbit = 0;
    std::int32_t latency_ms = 0;
    std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(BrowserProbe, (), (org_id, down_kbit, up_kbit, latency_ms, bytes))
/// Refuses "nodes.probe_at_box" (a browser beside a box measures the school's own network), "nodes.link.rate".
core::Result<Probe> keep_browser_probe(Site const& site, auth::Caller const& caller, BrowserProbe const& seen);

/// The page of one school's line.
struct OutageView {
    core::Instant from_at;
    std::optional<core::Instant> until_at;
    std::int32_t school_minutes = 0;    ///< of it in school hours
    std::int32_t worked_minutes = 0;    ///< of these in hours in which everything that was asked was answered
    std::int32_t observed_minutes = 0;  ///< of these in hours in which anything was asked
    std::int64_t served = 0;
    std::int64_t failed = 0;
    std::int64_t sign_ins = 0;
    std::int64_t lessons = 0;
};
BOOST_DESCRIBE_STRUCT(OutageView, (),
                      (from_at, until_at, school_minutes, worked_minutes, observed_minutes, served, failed, sign_ins,
                       lessons))

struct LineQuery {
    std::int32_t days = 30;  ///< 1 to 366
};
BOOST_DESCRIBE_STRUCT(LineQuery, (), (days))

struct LineReport {
    LinkView line;
    std::vector<LinkView> tiers;      ///< its trunk and its own network, where they are registered
    std::vector<ProbeDay> days;       ///< oldest first
    std::vector<Probe> probes;        ///< of the last two days, newest first
    std::vector<OutageView> outages;  ///< newest first
    LinkHistory history;
    Opening opening;  ///< whether its window stands open now
    bool may_probe = false;
    bool may_edit = false;
    bool at_box = false;             ///< this place is the school's box
    std::optional<Backlog> backlog;  ///< of a school with a box
};
BOOST_DESCRIBE_STRUCT(LineReport, (),
                      (line, tiers, days, probes, outages, history, opening, may_probe, may_edit, at_box, backlog))
core::Result<LineReport> line_report(Site const& site, auth::Caller const& caller, core::OrgId const& org,
                                     LineQuery const& query);

/// What outages said of school hours (断网可用率, I65), of one school in a time.
struct OfflineHours {
    core::OrgId org_id;
    std::int64_t school_minutes = 0;    ///< down in school hours
    std::int64_t observed_minutes = 0;  ///< of these in hours in which somebody asked for something
    std::int64_t worked_minutes = 0;    ///< of these in hours in which nothing failed
};
std::vector<OfflineHours> offline_hours(sql::Tx& tx, core::Instant from, core::Instant until);

}  // namespace santong::nodes
