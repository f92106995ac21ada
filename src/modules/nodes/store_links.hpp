#pragma once
// SQL of lines, their measurements and outages.
#include <optional>
#include <vector>

#include "modules/nodes/domain.hpp"
#include "modules/nodes/link.hpp"
#include "modules/nodes/probe.hpp"

namespace santong::nodes::store {

std::vector<Link> links(sql::Tx& tx);
std::optional<Link> link(sql::Tx& tx, LinkId const& id);
void put_link(sql::Tx& tx, Link const& link);

/// A line as it was written down once.
struct LinkChangeRow {
    LinkId link_id;
    std::int32_t number = 1;
    Medium medium = Medium::unknown;
    std::int64_t down_kbit = 0;
    std::int64_t up_kbit = 0;
    std::string operator_name;
    std::optional<core::LocalDate> since;
    std::optional<bool> ipv6;
    core::Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(LinkChangeRow, (),
                      (link_id, number, medium, down_kbit, up_kbit, operator_name, since, ipv6, changed_at))
/// Newest first.
std::vector<LinkChangeRow> link_changes(sql::Tx& tx, LinkId const& id);
void add_link_change(sql::Tx& tx, Link const& link);

void put_probe(sql::Tx& tx, Probe const& probe);
std::vector<Probe> probes(sql::Tx& tx, core::OrgId const& org, core::Instant from, core::Instant until);
std::vector<Probe> probes_named(sql::Tx& tx, std::vector<std::string> const& ids);
void forget_probes(sql::Tx& tx, core::Instant before);
void put_day(sql::Tx& tx, ProbeDay const& day);
/// Oldest first.
std::vector<ProbeDay> days(sql::Tx& tx, core::OrgId const& org, core::LocalDate from, core::LocalDate until);
/// The newest ones, newest first.
std::vector<ProbeDay> last_days(sql::Tx& tx, core::OrgId const& org, int limit);
/// Of all schools, by school and day.
std::vector<ProbeDay> all_days(sql::Tx& tx, core::LocalDate from, core::LocalDate until);

void put_outage(sql::Tx& tx, Outage const& outage);
void put_hour(sql::Tx& tx, OutageHour const& hour);
std::optional<Outage> open_outage(sql::Tx& tx, core::OrgId const& org);
/// Those that reach into a time, newest first.
std::vector<Outage> outages(sql::Tx& tx, core::OrgId const& org, core::Instant from, core::Instant until);
/// Hours of all schools in a time.
struct SchoolHour : OutageHour {
    core::OrgId org_id;
};
BOOST_DESCRIBE_STRUCT(SchoolHour, (OutageHour), (org_id))
std::vector<SchoolHour> outage_hours(sql::Tx& tx, core::Instant from, core::Instant until);

/// How a place said it is.
struct HealthRow {
    NodeId node_id;
    core::Instant said_at;
    std::int64_t uptime_s = 0;
    std::int64_t disk_total = 0;
    std::int64_t data_bytes = 0;
    std::optional<core::Instant> backup_at;
    std::int64_t backup_bytes = 0;
    std::string backup_fault;
    bool probe_wanted = false;
};
BOOST_DESCRIBE_STRUCT(HealthRow, (),
                      (node_id, said_at, uptime_s, disk_total, data_bytes, backup_at, backup_bytes, backup_fault,
                       probe_wanted))
std::optional<HealthRow> health(sql::Tx& tx, NodeId const& id);
std::vector<HealthRow> all_health(sql::Tx& tx);
void put_health(sql::Tx& tx, HealthRow const& row);
/// Says that somebody wants a measurement now; false where the place has never said how it is.
bool want_probe(sql::Tx& tx, NodeId const& id);

}  // namespace santong::nodes::store
