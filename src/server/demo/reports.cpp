#include "server/demo/reports.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/indicators/service_evaluation.hpp"
#include "modules/reports/service.hpp"

namespace santong::server::demo {

namespace {

using reports::DemoReport;
using reports::ReportState;

struct OctoberState {
    std::string_view prefix;
    ReportState state;
};
/// The rest has arrived. 河坝镇中心小学 is the principal whose account the demo lists: his own waits for him, and one
/// of his village schools waits to be passed on.
constexpr OctoberState october[] = {{"HB", ReportState::open}, {"SB", ReportState::signed_off},
                                    {"MX", ReportState::open}, {"JP", ReportState::returned},
                                    {"NW", ReportState::open}, {"YD", ReportState::signed_off}};

/// The school that passes a village school's report on.
SchoolPlan const* central_of(DistrictPlan const& plan, SchoolPlan const& school) {
    if (school.row.central) return nullptr;
    for (auto const& other : plan.schools) {
        bool const manages = other.row.kind == roster::SchoolKind::central_primary ||
                             (other.row.kind == roster::SchoolKind::nine_year && other.row.central);
        if (manages && other.row.township == school.row.township) return &other;
    }
    return nullptr;
}

DemoReport report_of(DistrictPlan const& plan, SchoolPlan const& school, bool later) {
    DemoReport one;
    one.school_id = school.id;
    one.month = later ? "2014-10" : "2014-09";
    one.principal = school.teachers[0].id;
    one.officer = plan.officers.at("info_office").id;
    if (auto const* central = central_of(plan, school)) one.passed_by = central->teachers[0].id;
    auto const day = later ? core::LocalDate{2014, 11, 3} : core::LocalDate{2014, 10, 8};
    constexpr int morning = 510, spread = 23;
    one.signed_at = core::Zone{}.at(day, morning + spread * static_cast<int>(school.row.classes % 7));
    one.reason = "已核实，教务处本月内补上。";
    for (auto const& wish : october) {
        if (later && wish.prefix == school.row.prefix) one.state = wish.state;
    }
    if (one.state == ReportState::returned) one.return_reason = "申报数与实测数相差较大，请核对后重新签发。";
    return one;
}

void write_run(sql::Database& db, DistrictPlan const& plan, core::Clock const& clock) {
    indicators::EvaluationRun run;
    run.id = indicators::EvaluationId::make();
    run.title = "2014年秋季学期期中评估";
    run.from_monday = {2014, 10, 13};
    run.to_monday = {2014, 11, 3};
    run.indicators.value =
        core::json::write(std::vector<std::string>{"I20", "I21", "I22", "I23", "I27", "I28T", "I34", "I35"});
    run.made_by = plan.officers.at("supervisor").id;
    run.made_at = clock.now().plus_days(-1);
    run.job_id = core::JobId::make();
    static_cast<void>(indicators::write_evaluation(db, datonghu, run, clock));
}

}  // namespace

void write_reports(sql::Database& db, DistrictPlan const& plan, core::Clock const& clock) {
    for (auto const& school : plan.schools) {
        db.transact(datonghu, [&](sql::Tx& tx) {
            reports::write_demo(tx, clock, {report_of(plan, school, false), report_of(plan, school, true)});
        });
    }
    write_run(db, plan, clock);
}

}  // namespace santong::server::demo
