#include "modules/nodes/store_links.hpp"

#define LINK_COLUMNS                                                                                                  \
    "id, org_id, tier, medium, down_kbit, up_kbit, operator_name, since, ipv6, windows, cap_kbit, day_percent, note," \
    " changed_at"
#define PROBE_COLUMNS                                                                                                  \
    "id, org_id, measured_at, source, down_kbit, up_kbit, latency_ms, loss_permille, down_loss_permille, ipv4, ipv6, " \
    "bytes"
#define DAY_COLUMNS                                                                                            \
    "org_id, day, kind, samples, down_p50, down_p10, daytime_p50, up_p50, up_p10, latency_p50, loss_permille," \
    " ipv6"
#define HEALTH_COLUMNS \
    "node_id, said_at, uptime_s, disk_total, data_bytes, backup_at, backup_bytes, backup_fault, probe_wanted"

namespace santong::nodes::store {

std::vector<Link> links(sql::Tx& tx) {
    return tx.rows<Link>("SELECT " LINK_COLUMNS " FROM link WHERE district_id = $1 ORDER BY org_id, tier",
                         tx.district());
}

std::optional<Link> link(sql::Tx& tx, LinkId const& id) {
    return tx.optional_row<Link>("SELECT " LINK_COLUMNS " FROM link WHERE district_id = $1 AND id = $2", tx.district(),
                                 id);
}

void put_link(sql::Tx& tx, Link const& link) {
    tx.execute("DELETE FROM link WHERE district_id = $1 AND id = $2", tx.district(), link.id);
    tx.insert_one("link", link);
}

std::vector<LinkChangeRow> link_changes(sql::Tx& tx, LinkId const& id) {
    return tx.rows<LinkChangeRow>(
        "SELECT link_id, number, medium, down_kbit, up_kbit, operator_name, since, ipv6, changed_at FROM link_change"
        " WHERE district_id = $1 AND link_id = $2 ORDER BY number DESC",
        tx.district(), id);
}

void add_link_change(sql::Tx& tx, Link const& link) {
    auto const last =
        tx.value<std::int32_t>("SELECT MAX(number) FROM link_change WHERE district_id = $1 AND link_id = $2",
                               tx.district(), link.id)
            .value_or(0);
    tx.insert_one("link_change", LinkChangeRow{link.id, last + 1, link.medium, link.down_kbit, link.up_kbit,
                                               link.operator_name, link.since, link.ipv6, link.changed_at});
}

void put_probe(sql::Tx& tx, Probe const& probe) {
    tx.insert_one("link_probe", probe, " ON CONFLICT DO NOTHING");
}

std::vector<Probe> probes(sql::Tx& tx, core::OrgId const& org, core::Instant from, core::Instant until) {
    return tx.rows<Probe>("SELECT " PROBE_COLUMNS
                          " FROM link_probe WHERE district_id = $1 AND org_id = $2 AND measured_at >= $3"
                          " AND measured_at < $4 ORDER BY measured_at, id",
                          tx.district(), org, from, until);
}

std::vector<Probe> probes_named(sql::Tx& tx, std::vector<std::string> const& ids) {
    return tx.rows<Probe>("SELECT " PROBE_COLUMNS " FROM link_probe WHERE district_id = $1 AND id {in $2}",
                          tx.district(), ids);
}

void forget_probes(sql::Tx& tx, core::Instant before) {
    tx.execute("DELETE FROM link_probe WHERE district_id = $1 AND measured_at < $2", tx.district(), before);
}

void put_day(sql::Tx& tx, ProbeDay const& day) {
    tx.execute("DELETE FROM link_day WHERE district_id = $1 AND org_id = $2 AND day = $3 AND kind = $4", tx.district(),
               day.org_id, day.day, day.kind);
    tx.insert_one("link_day", day);
}

std::vector<ProbeDay> days(sql::Tx& tx, core::OrgId const& org, core::LocalDate from, core::LocalDate until) {
    return tx.rows<ProbeDay>("SELECT " DAY_COLUMNS
                             " FROM link_day WHERE district_id = $1 AND org_id = $2 AND day >= $3 AND day <= $4"
                             " ORDER BY day, kind",
                             tx.district(), org, from, until);
}

std::vector<ProbeDay> last_days(sql::Tx& tx, core::OrgId const& org, int limit) {
    return tx.rows<ProbeDay>("SELECT " DAY_COLUMNS
                             " FROM link_day WHERE district_id = $1 AND org_id = $2 ORDER BY day DESC, kind LIMIT $3",
                             tx.district(), org, limit);
}

std::vector<ProbeDay> all_days(sql::Tx& tx, core::LocalDate from, core::LocalDate until) {
    return tx.rows<ProbeDay>("SELECT " DAY_COLUMNS
                             " FROM link_day WHERE district_id = $1 AND day >= $2 AND day <= $3"
                             " ORDER BY org_id, day, kind",
                             tx.district(), from, until);
}

void put_outage(sql::Tx& tx, Outage const& outage) {
    tx.execute("DELETE FROM link_outage WHERE district_id = $1 AND id = $2", tx.district(), outage.id);
    tx.insert_one("link_outage", outage);
}

void put_hour(sql::Tx& tx, OutageHour const& hour) {
    tx.execute("DELETE FROM link_outage_hour WHERE district_id = $1 AND outage_id = $2 AND hour_at = $3", tx.district(),
               hour.outage_id, hour.hour_at);
    tx.insert_one("link_outage_hour", hour);
}

std::optional<Outage> open_outage(sql::Tx& tx, core::OrgId const& org) {
    auto found = tx.rows<Outage>(
        "SELECT id, org_id, from_at, until_at FROM link_outage WHERE district_id = $1 AND org_id = $2"
        " AND until_at IS NULL ORDER BY from_at DESC LIMIT 1",
        tx.district(), org);
    if (found.empty()) return std::nullopt;
    return found.front();
}

std::vector<Outage> outages(sql::Tx& tx, core::OrgId const& org, core::Instant from, core::Instant until) {
    return tx.rows<Outage>(
        "SELECT id, org_id, from_at, until_at FROM link_outage WHERE district_id = $1 AND org_id = $2"
        " AND from_at < $4 AND (until_at IS NULL OR until_at > $3) ORDER BY from_at DESC, id",
        tx.district(), org, from, until);
}

std::vector<SchoolHour> outage_hours(sql::Tx& tx, core::Instant from, core::Instant until) {
    return tx.rows<SchoolHour>(
        "SELECT h.outage_id, h.hour_at, h.down_minutes, h.school, h.served, h.failed, h.sign_ins, h.lessons, o.org_id"
        " FROM link_outage_hour h JOIN link_outage o ON o.district_id = h.district_id AND o.id = h.outage_id"
        " WHERE h.district_id = $1 AND h.hour_at >= $2 AND h.hour_at < $3 ORDER BY o.org_id, h.hour_at",
        tx.district(), from, until);
}

std::optional<HealthRow> health(sql::Tx& tx, NodeId const& id) {
    return tx.optional_row<HealthRow>(
        "SELECT " HEALTH_COLUMNS " FROM node_health WHERE district_id = $1 AND node_id = $2", tx.district(), id);
}

std::vector<HealthRow> all_health(sql::Tx& tx) {
    return tx.rows<HealthRow>("SELECT " HEALTH_COLUMNS " FROM node_health WHERE district_id = $1", tx.district());
}

void put_health(sql::Tx& tx, HealthRow const& row) {
    tx.execute("DELETE FROM node_health WHERE district_id = $1 AND node_id = $2", tx.district(), row.node_id);
    tx.insert_one("node_health", row);
}

bool want_probe(sql::Tx& tx, NodeId const& id) {
    return tx.execute("UPDATE node_health SET probe_wanted = $3 WHERE district_id = $1 AND node_id = $2", tx.district(),
                      id, true) == 1;
}

}  // namespace santong::nodes::store
