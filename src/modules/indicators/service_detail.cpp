#include "modules/indicators/service_detail.hpp"

#include <algorithm>
#include <cmath>

#include "modules/indicators/board.hpp"
#include "modules/indicators/permissions.hpp"
#include "modules/indicators/rows.hpp"
#include "modules/resources/domain.hpp"
#include "modules/teaching/permissions.hpp"

namespace santong::indicators {

namespace {

/// Points between measured and declared that are worth naming a school.
constexpr double gap_points = 10;

void fill_parts(Board const& board, Subject const& subject, Indicator const& indicator, IndicatorView& view) {
    if (view.number.hidden) return;
    auto const part = [&](std::string const& name) {
        return subject.school ? board.part(name, *subject.school) : board.part(name, indicator.reach);
    };
    std::string const code = indicator.code;
    if (code == code::reviewed) {
        auto const& weeks = board.time().weeks;
        auto const took = store::review_seconds(board.tx(), weeks.front().monday, weeks.back().monday);
        constexpr std::int64_t day = 86'400;
        if (!took.empty()) view.numerator_parts.push_back({"median_days", (took[took.size() / 2] + day - 1) / day});
    }
    if (code != code::coverage) {
        view.denominator_parts.push_back({"denominator", view.number.denominator});
        view.numerator_parts.push_back({"numerator", view.number.numerator});
        return;
    }
    auto const dropped = part(code::not_held);
    view.denominator_parts = {
        {"due", view.number.denominator + dropped}, {"not_held", dropped}, {"held", view.number.denominator}};
    for (auto const* kind : {"class_view", "resource_opened", "helper", "live"}) {
        view.numerator_parts.push_back({std::string("evidence.") + kind, part(code + "." + kind)});
    }
    view.numerator_parts.push_back({"evidence.declared", part(code::declared_lessons)});
}

std::vector<Gap> gaps_of(Board const& board, Indicator const& indicator) {
    std::vector<Gap> gaps;
    for (auto const& school : board.schools()) {
        if (!board.within(indicator.reach, school)) continue;
        auto const said = board.declared(indicator.code, school.id, board.monday());
        if (!said) continue;
        auto const measured = board.measured_in_month(indicator.code, school.id, said->month, true);
        if (!measured || std::abs(said->value - *measured) <= gap_points) continue;
        gaps.push_back({school.id, school.name, said->value, *measured, said->month});
    }
    std::ranges::sort(gaps, std::greater<>{}, [](Gap const& gap) { return std::abs(gap.declared - gap.measured); });
    return gaps;
}

std::vector<std::optional<double>> declared_by_week(Board const& board, Subject const& subject,
                                                    Indicator const& indicator) {
    std::vector<std::optional<double>> values;
    auto const& weeks = board.time().weeks;
    for (std::size_t i = 0; i < weeks.size(); ++i) {
        bool const last = i + 1 == weeks.size() || month_of(weeks[i + 1].monday) != month_of(weeks[i].monday);
        std::optional<Declared> said;
        if (last && subject.school)
            said = board.declared(indicator.code, *subject.school, weeks[i].monday, true);
        else if (last)
            said = board.declared(indicator, weeks[i].monday, true);
        values.push_back(said ? std::optional(said->value) : std::nullopt);
    }
    return values;
}

std::optional<double> last_step(std::vector<std::optional<double>> const& series) {
    if (series.size() < 2 || !series.back() || !series[series.size() - 2]) return std::nullopt;
    return std::round((*series.back() - *series[series.size() - 2]) * 10) / 10;
}

void add_versions(std::vector<FormulaView>& views, Indicator const& of, core::LocalDate monday) {
    auto const in_force = of.version_of(monday).number;
    for (auto const& one : of.versions) views.push_back({one.number, one.from_date, one.number == in_force});
}

core::Result<IndicatorView> view_of(Board const& board, Subject const& subject, Indicator const& indicator,
                                    std::string const& language) {
    IndicatorView view;
    view.time = board.time();
    view.school = subject.school.has_value();
    view.org_id = subject.school.value_or(board.district().org_id);
    view.org_name = subject.school ? TRY(roster::org(board.tx(), *subject.school)).name : board.district().name;
    view.number = subject.school ? board.school_number(indicator, *subject.school, subject.sight == Sight::district)
                                 : board.district_number(indicator);
    view.delta = last_step(view.number.series);
    view.by_subject = indicator.by_subject;
    add_versions(view.versions, indicator, board.monday());
    view.declared_series = declared_by_week(board, subject, indicator);
    if (!subject.school) view.gaps = gaps_of(board, indicator);
    fill_parts(board, subject, indicator, view);
    fill_rows(board, {subject.school, subject.sight == Sight::district}, indicator, language, view.columns, view.rows);
    return view;
}

/// People behind a figure of the library, where they are enough not to be known.
void add_people(std::vector<FormulaPart>& parts, std::int64_t people) {
    if (people >= least_heads) parts.push_back({"people", people});
}

/// I29: resources by kind, and who gave them; I30: chapters that lack a kind.
void add_shelf_parts(Board const& board, std::string const& wanted, IndicatorView& view) {
    std::map<std::string, std::int64_t> holes;
    for (auto const& line : board.shelf()) {
        if (line.indicator != wanted || line.monday != board.monday()) continue;
        if (line.part.starts_with("kind.")) {
            view.denominator_parts.push_back({line.part, line.total});
        } else if (line.part == "schools") {
            view.numerator_parts.push_back({line.part, line.total});
        } else if (line.part == "people") {
            add_people(view.numerator_parts, line.total);
        } else {
            for (auto const need : resources::chapter_needs) {
                auto const kind = std::string(core::enum_text(need));
                if (line.part.find(kind) == std::string::npos) holes[kind] += line.total;
            }
        }
    }
    for (auto const& [kind, count] : holes) view.denominator_parts.push_back({"hole." + kind, count});
}

/// I31: by the school what came in time of what was needed, and what is not counted.
void add_arrivals(Board const& board, IndicatorView& view) {
    push::PushRate sum;
    for (auto const& [school, rate] : board.arrivals().at(board.monday())) {
        sum.on_time += rate.on_time;
        sum.counted += rate.counted;
        sum.pending += rate.pending;
        sum.hosted += rate.hosted;
        auto const* known = board.school(school);
        if (known == nullptr || rate.counted == 0) continue;
        RowView row;
        row.org_id = school;
        row.name = known->name;
        row.total = cell_view({rate.on_time, rate.counted, 0, true});
        view.rows.push_back(std::move(row));
    }
    view.numerator_parts.push_back({"push.on_time", sum.on_time});
    view.denominator_parts.push_back({"push.late", sum.counted - sum.on_time});
    view.denominator_parts.push_back({"push.pending", sum.pending});
    view.denominator_parts.push_back({"push.hosted", sum.hosted});
}

/// I01–I06, I09, I65: one row a school or county, with those of which nothing is known.
void add_line_rows(Board const& board, std::string const& wanted, IndicatorView& view) {
    std::int64_t unknown = 0, unseen = 0;
    for (auto const& fact : board.lines()) {
        if (fact.indicator != wanted || fact.monday != board.monday()) continue;
        RowView row;
        row.org_id = fact.org_id;
        if (auto const org = roster::org(board.tx(), fact.org_id)) row.name = org->name;
        row.total.empty = !fact.known;
        if (fact.known) {
            row.total.value = percent(fact.counted, fact.total);
            row.total.numerator = fact.counted;
            row.total.denominator = fact.total;
        }
        unknown += fact.known ? 0 : 1;
        unseen += fact.unseen;
        view.rows.push_back(std::move(row));
    }
    view.denominator_parts.push_back({"denominator", view.number.denominator});
    view.numerator_parts.push_back({"numerator", view.number.numerator});
    if (wanted == code::offline_use)
        view.denominator_parts.push_back({"unseen", unseen});
    else
        view.denominator_parts.push_back({"unmeasured", unknown});
}

/// A number of the district that no rollup keeps, opened to what it is made of.
IndicatorView derived_view(Board const& board, std::string const& wanted, std::string const& language) {
    IndicatorView view;
    view.time = board.time();
    view.org_id = board.district().org_id;
    view.org_name = board.district().name;
    view.number = board.derived_number(wanted);
    view.delta = last_step(view.number.series);
    if (wanted == code::village_schools) {
        view.versions.push_back({1, find_indicator(code::participation)->versions.front().from_date, true});
        auto const& of = *find_indicator(code::village_teachers);
        fill_rows(board, {{}, true}, of, language, view.columns, view.rows);
        view.columns.clear();  // schools are counted here, not subjects
        for (auto& row : view.rows) row.cells.clear();
        return view;
    }
    if (wanted == code::arrival) {
        view.versions.push_back({1, board.term().from_date, true});
        add_arrivals(board, view);
        return view;
    }
    if (auto const* line = find_line_indicator(wanted)) {
        add_versions(view.versions, *line, board.monday());
        add_line_rows(board, wanted, view);
        return view;
    }
    add_versions(view.versions, *find_formula(wanted), board.monday());
    add_shelf_parts(board, wanted, view);
    return view;
}

}  // namespace

core::Result<Subject> subject_of(sql::Tx& tx, auth::Caller const& caller, std::string const& org) {
    auto const root = roster::district(tx).org_id;
    if (org.empty()) {
        if (caller.may(tx, permissions::view_district, root)) return Subject{};
        for (auto const& own : caller.scope(permissions::view_school)) {
            auto const school = roster::school_of(tx, own);
            if (school) return Subject{Sight::school, *school};
        }
        return core::forbidden();
    }
    auto const id = core::OrgId::parse(org);
    if (!id) return core::not_found("roster.org_not_found");
    if (*id == root) {
        TRY_VOID(caller.require(tx, permissions::view_district, root));
        return Subject{};
    }
    if (caller.may(tx, permissions::view_school, *id)) {
        static_cast<void>(TRY(roster::school(tx, *id)));
        return Subject{Sight::school, *id};
    }
    TRY_VOID(caller.require(tx, permissions::view_district, *id));
    static_cast<void>(TRY(roster::school(tx, *id)));
    return Subject{Sight::district, *id};
}

core::Result<IndicatorView> indicator(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                      std::string const& wanted, FigureQuery const& query,
                                      std::string const& language) {
    auto const* known = find_indicator(wanted);
    if (known == nullptr && !is_derived(wanted)) return core::not_found("indicators.not_found");
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<IndicatorView> {
        auto const subject = TRY(subject_of(tx, caller, query.org));
        auto const board = TRY(Board::open(tx, clock, query.week));
        if (known == nullptr) {
            if (subject.school) return core::not_found("indicators.not_found");
            return derived_view(board, wanted, language);
        }
        auto view = TRY(view_of(board, subject, *known, language));
        view.may_list_lessons = subject.school && subject.sight == Sight::school &&
                                caller.may(tx, teaching::permissions::view_school_records, *subject.school);
        return view;
    });
}

}  // namespace santong::indicators
