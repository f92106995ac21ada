#pragma once
#include "modules/nodes/link_plan.hpp"
#include "platform/sql/database.hpp"
namespace santong::nodes {
LinkPlan link_plan(sql::Tx& tx, core::OrgId const& org);
}
