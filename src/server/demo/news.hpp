#pragma once
#include "platform/files/service.hpp"
#include "server/demo/sign_ins.hpp"
#include "server/demo/write_roster.hpp"

namespace santong::server::demo {

/// News and notices of schools, central schools and the bureau in all states, with the reviews that stand behind them:
/// one waits for the academic office of the demo's school, one for the information office, one was returned to the
/// demo's teacher; a must-read notice has receipts.
void write_news(files::Files& files, DistrictPlan const& plan, std::vector<RoleAccount> const& accounts, Random random,
                SignIns& sign_ins);

}  // namespace santong::server::demo
