#include "modules/indicators/service_cockpit.hpp"

#include <algorithm>

#include "modules/indicators/board.hpp"
#include "modules/indicators/permissions.hpp"
#include "modules/indicators/service.hpp"
#include "modules/indicators/service_detail.hpp"

namespace santong::indicators {

namespace {

SchoolMark mark_of(Board const& board, roster::School const& school, std::vector<Exception> const& all) {
    SchoolMark mark{school.id,
                    school.name,
                    school.short_name,
                    school.township_id,
                    school.township_name,
                    school.central,
                    school.x,
                    school.y,
                    SchoolState::ok,
                    0,
                    {},
                    false};
    auto const coverage = board.guarded(code::coverage, board.monday());
    auto const* row = coverage->row(school.id);
    if (row == nullptr || row->empty())
        mark.state = SchoolState::neutral;
    else {
        mark.value = percent(*row);
        mark.hidden = !row->shown;
    }
    for (auto const& one : all) {
        if (one.org_id != school.id) continue;
        ++mark.exceptions;
        if (one.severity == Severity::bad)
            mark.state = SchoolState::bad;
        else if (mark.state != SchoolState::bad)
            mark.state = SchoolState::warn;
    }
    return mark;
}

/// A declaration stands at the last shown week of its month.
std::vector<std::optional<double>> declared_by_week(Board const& board, Indicator const& indicator) {
    std::vector<std::optional<double>> values;
    auto const& weeks = board.time().weeks;
    for (std::size_t i = 0; i < weeks.size(); ++i) {
        bool const last = i + 1 == weeks.size() || month_of(weeks[i + 1].monday) != month_of(weeks[i].monday);
        auto const said = last ? board.declared(indicator, weeks[i].monday, true) : std::nullopt;
        values.push_back(said ? std::optional(said->value) : std::nullopt);
    }
    return values;
}

Cockpit cockpit_of(Board const& board, std::string const& language) {
    Cockpit page;
    page.district_id = board.district().org_id;
    page.district = board.district().name;
    page.topic = topic_of(board.tx().district());
    page.time = board.time();
    page.exceptions = exceptions(board, language);
    page.numbers.push_back(board.rooms_number());
    for (auto const* wanted :
         {code::coverage, code::participation, code::two_lessons, code::spaces_used, code::class_reach}) {
        page.numbers.push_back(board.district_number(*find_indicator(wanted)));
    }
    page.numbers.push_back(board.variation_number());
    page.numbers.push_back(board.district_number(*find_indicator(code::spaces)));
    for (auto const& school : board.schools()) page.schools.push_back(mark_of(board, school, page.exceptions));
    for (auto const& week : page.time.weeks) {
        auto const coverage = board.guarded(code::coverage, week.monday);
        page.central.push_back(percent(coverage->matrix.group_totals[central_group]));
        page.village.push_back(percent(coverage->matrix.group_totals[village_group]));
        page.central_points.push_back(point_state(coverage->matrix.group_totals[central_group]));
        page.village_points.push_back(point_state(coverage->matrix.group_totals[village_group]));
    }
    page.declared = declared_by_week(board, *find_indicator(code::coverage));
    return page;
}

}  // namespace

core::Result<Cockpit> cockpit(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, int week,
                              std::string const& language) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<Cockpit> {
        TRY_VOID(caller.require(tx, permissions::view_district, roster::district(tx).org_id));
        auto const board = TRY(Board::open(tx, clock, week));
        return cockpit_of(board, language);
    });
}

core::Result<IndicatorList> list_indicators(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            FigureQuery const& query) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<IndicatorList> {
        auto const subject = TRY(subject_of(tx, caller, query.org));
        auto const board = TRY(Board::open(tx, clock, query.week));
        IndicatorList list{
            board.district().org_id, board.district().name, subject.school.has_value(), board.time(), {}};
        if (subject.school) {
            list.org_id = *subject.school;
            list.org_name = TRY(roster::org(tx, *subject.school)).name;
        }
        if (!subject.school) {
            for (auto const* line : line_codes) list.items.push_back(board.derived_number(line));
        }
        for (auto const& one : indicators()) {
            if (!subject.school && std::string_view(one.code) == code::reviewed) {
                for (auto const* derived : derived_codes) list.items.push_back(board.derived_number(derived));
            }
            list.items.push_back(subject.school
                                     ? board.school_number(one, *subject.school, subject.sight == Sight::district)
                                     : board.district_number(one));
        }
        return list;
    });
}

}  // namespace santong::indicators
