#include "modules/reports/sync.hpp"

#include "modules/reports/domain.hpp"
#include "modules/roster/sync.hpp"

namespace santong::reports {

void add_shapes(sync::Shapes& shapes) {
    shapes.add({.type = "reports.Policy",
                .tables = {{.name = "report_policy"}},
                .held = "SELECT id FROM report_policy WHERE district_id = $1"});
    shapes.add({.type = "reports.Report",
                .tables = {{.name = "school_report", .read_as = &core::type_of<Report>}},
                .held = roster::held_in("school_report")});
}

}  // namespace santong::reports
