#include "server/demo/lines.hpp"

#include "modules/nodes/probes.hpp"

namespace santong::server::demo {

namespace {

constexpr int village_mbit = 4, measured_for_days = 14;
constexpr std::int64_t village_cap_kbit = 1000;

/// What is measured is a little less than what was bought, and less by day than at night.
nodes::Probe measured(SchoolPlan const& school, core::LocalDate day, int hour) {
    int const wobble = (day.day_number() * 7 + hour * 3) % 10;
    nodes::Probe probe;
    probe.org_id = school.id;
    probe.measured_at = core::Zone{}.at(day, hour * 60 + 12);
    probe.id =
        nodes::ProbeId{core::Uuid::named("probe|" + school.id.text() + "|" + std::to_string(probe.measured_at.ms))};
    probe.source = nodes::ProbeSource::demo;
    bool const daytime = hour >= 8 && hour < 18;
    probe.down_kbit = school.row.link_mbit * (daytime ? 860 : 960) - wobble * 12;
    probe.up_kbit = school.row.link_mbit * (daytime ? 420 : 480) - wobble * 9;
    probe.latency_ms = 18 + wobble + (daytime ? 9 : 0);
    probe.loss_permille = wobble / 4;
    probe.down_loss_permille = wobble / 5;
    probe.ipv4 = true;
    probe.ipv6 = false;
    return probe;
}

}  // namespace

void write_lines(sql::Database& db, DistrictPlan const& plan, core::Clock const& clock) {
    db.transact(datonghu, [&](sql::Tx& tx) {
        nodes::LinkEntry usual;
        usual.org_id = plan.county;
        usual.windows = "22:00-06:00";
        usual.day_percent = 10;
        nodes::write_link(tx, usual, clock.now());
        auto const today = core::Zone{}.date_of(clock.now());
        for (auto const& school : plan.schools) {
            nodes::LinkEntry line;
            line.org_id = school.id;
            line.medium = nodes::Medium::fibre;
            line.down_kbit = school.row.link_mbit * 1000;
            line.note = "规划摸底";
            if (school.row.link_mbit <= village_mbit) line.cap_kbit = village_cap_kbit;
            nodes::write_link(tx, line, clock.now());
            if (school.row.prefix != "HB" && school.row.prefix != "YD") continue;
            for (int back = measured_for_days; back >= 1; --back) {
                for (int const hour : {3, 10, 14, 20})
                    nodes::keep_probe(tx, measured(school, today.plus_days(-back), hour));
            }
        }
    });
}

}  // namespace santong::server::demo
