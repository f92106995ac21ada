#include "modules/resources/facets.hpp"

#include <algorithm>
#include <unordered_map>

#include "modules/roster/service.hpp"

namespace santong::resources {

namespace {

using store::FacetRow;

constexpr int last_grade = 12;

/// A facet that is a column, and the filter that chooses of it.
struct ColumnFacet {
    char const* name;
    std::string FacetRow::* column;
    std::string Search::* filter;
};
constexpr ColumnFacet column_facets[] = {
    {"subject", &FacetRow::subject, &Search::subject}, {"kind", &FacetRow::kind, &Search::kind},
    {"scope", &FacetRow::scope, &Search::scope},       {"stage", &FacetRow::stage, &Search::stage},
    {"source", &FacetRow::source, &Search::source},    {"licence", &FacetRow::licence, &Search::licence},
    {"intake", &FacetRow::intake, &Search::intake},
};

/// The most frequent first, then by value.
std::vector<FacetValue> sorted(std::unordered_map<std::string_view, std::int64_t> const& counts) {
    std::vector<FacetValue> values;
    for (auto const& [value, count] : counts) values.push_back({std::string(value), {}, count});
    std::ranges::sort(values, [](FacetValue const& a, FacetValue const& b) {
        return a.count != b.count ? a.count > b.count : a.value < b.value;
    });
    return values;
}

std::vector<FacetValue> by_column(std::vector<FacetRow> const& rows, std::string FacetRow::* column) {
    std::unordered_map<std::string_view, std::int64_t> counts;
    for (auto const& row : rows) ++counts[row.*column];
    return sorted(counts);
}

std::vector<FacetValue> by_grade(std::vector<FacetRow> const& rows) {
    std::int64_t counts[last_grade + 1] = {};
    for (auto const& row : rows) {
        for (int grade = std::max(row.grade_from, 1); grade <= std::min(row.grade_to, last_grade); ++grade)
            ++counts[grade];
    }
    std::vector<FacetValue> values;
    for (int grade = 1; grade <= last_grade; ++grade) {
        if (counts[grade] > 0) values.push_back({std::to_string(grade), {}, counts[grade]});
    }
    return values;
}

std::vector<FacetValue> by_school(sql::Tx& tx, std::vector<FacetRow> const& rows) {
    std::map<core::OrgId, std::int64_t> counts;
    for (auto const& row : rows) ++counts[row.school_id];
    std::vector<core::OrgId> schools;
    for (auto const& [school, count] : counts) schools.push_back(school);
    std::map<core::OrgId, std::string> names;
    for (auto const& org : roster::orgs(tx, schools)) names.emplace(org.id, org.name);
    std::vector<FacetValue> values;
    for (auto const& [school, count] : counts) values.push_back({school.text(), names[school], count});
    std::ranges::stable_sort(values, std::greater<>{}, &FacetValue::count);
    return values;
}

}  // namespace

FacetCounts count_facets(sql::Tx& tx, store::Reader const& reader, Search const& wish) {
    auto const all = store::facet_rows(tx, reader, wish);
    std::vector<FacetRow> without;
    auto const rows = [&](char const* name, bool chosen) -> std::vector<FacetRow> const& {
        if (!chosen) return all;
        without = store::facet_rows(tx, reader, wish, name);
        return without;
    };
    FacetCounts made;
    made.total = static_cast<std::int64_t>(all.size());
    for (auto const& one : column_facets)
        made.facets[one.name] = by_column(rows(one.name, !(wish.*one.filter).empty()), one.column);
    made.facets["grade"] = by_grade(rows("grade", wish.grade > 0));
    auto const fine = std::ranges::count(rows("fine", wish.fine), true, &FacetRow::fine);
    made.facets["fine"] = {{"true", {}, fine}};
    made.facets["school"] = by_school(tx, rows("school", !wish.school.empty()));
    if (wish.mine) made.facets["state"] = by_column(rows("state", !wish.state.empty()), &FacetRow::state);
    return made;
}

}  // namespace santong::resources
