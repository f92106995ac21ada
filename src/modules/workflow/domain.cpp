#include "modules/workflow/domain.hpp"

#include "platform/text/utf8.hpp"

namespace santong::workflow {

namespace {

constexpr int end_of_working_day = 17 * 60;  // minutes after midnight

StepRule rule(int number, char const* role, PoolLevel level, bool needs_subject = false) {
    return {number, std::string("workflow.step.") + role, role, level, needs_subject, usual_days};
}

}  // namespace

std::vector<StepRule> usual_path(std::string_view scope) {
    std::vector<StepRule> path{rule(1, "research_head", PoolLevel::school, true)};
    if (scope == "group") return path;
    path.push_back(rule(2, "academic", PoolLevel::school));
    if (scope == "school") return path;
    if (scope == "area") {
        path.push_back(rule(3, "academic", PoolLevel::area));
        return path;
    }
    path.push_back(rule(3, "researcher", PoolLevel::county, true));
    if (scope == "district") return path;
    path.push_back(rule(4, "info_office", PoolLevel::county));
    if (scope == "public") return path;
    return {};
}

std::vector<StepRule> fallback_pools(StepRule const& own) {
    static std::vector<StepRule> const ladder{
        rule(0, "research_head", PoolLevel::school, true), rule(0, "academic", PoolLevel::school),
        rule(0, "principal", PoolLevel::school),           rule(0, "researcher", PoolLevel::county, true),
        rule(0, "info_office", PoolLevel::county),         rule(0, "leader", PoolLevel::county)};
    std::vector<StepRule> pools{own};
    bool above = false;
    for (auto const& step : ladder) {
        if (above) {
            pools.push_back(own);
            pools.back().pool_role = step.pool_role;
            bool const stays = own.pool_level == PoolLevel::area && step.pool_level == PoolLevel::school;
            pools.back().pool_level = stays ? PoolLevel::area : step.pool_level;
            pools.back().needs_subject = step.needs_subject;
        }
        above = above || step.pool_role == own.pool_role;
    }
    return pools;
}

core::Instant due_after(core::Instant from, int days, core::Zone zone,
                        std::vector<core::LocalDate> const& school_days) {
    constexpr int friday = 5;
    auto due = zone.date_of(from);
    int passed = 0;
    for (auto const date : school_days) {
        if (passed >= days) break;
        if (date <= due) continue;
        due = date;
        ++passed;
    }
    while (passed < days) {
        due = due.plus_days(1);
        if (due.weekday() <= friday) ++passed;
    }
    return zone.at(due, end_of_working_day);
}

core::Result<void> check_reason(std::string const& reason) {
    auto const length = text::count_characters(text::trim(reason));
    if (length == 0) return core::invalid_at("/reason", "workflow.reason_needed");
    if (length < shortest_reason) {
        return core::invalid_at("/reason", "workflow.reason_too_short", {{"min", std::to_string(shortest_reason)}});
    }
    if (length > longest_reason) {
        return core::invalid_at("/reason", "core.too_long", {{"max", std::to_string(longest_reason)}});
    }
    return {};
}

}  // namespace santong::workflow
