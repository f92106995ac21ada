#include "modules/indicators/board.hpp"

#include <algorithm>
#include <cmath>
#include <mutex>
#include <unordered_map>

namespace santong::indicators {

namespace {

constexpr int weeks_shown = 8;
/// Guarded matrices that a process keeps; a district needs eight weeks of six indicators.
constexpr std::size_t most_kept = 4096;

/// Guarded matrices of this process. A district's entries go when its rollups move.
class Kept {
public:
    std::shared_ptr<Guarded const> find(core::DistrictId district, RollupState const& state, std::string const& key) {
        std::lock_guard lock(mutex_);
        auto& of = districts_[district];
        if (!of.of(state)) of = {state, {}};
        auto const at = of.entries.find(key);
        return at == of.entries.end() ? nullptr : at->second;
    }
    void put(core::DistrictId district, RollupState const& state, std::string const& key,
             std::shared_ptr<Guarded const> made) {
        std::lock_guard lock(mutex_);
        auto& of = districts_[district];
        if (!of.of(state) || state.version == 0) return;  // nothing was ever computed: nothing to keep
        if (of.entries.size() >= most_kept) of.entries.clear();
        of.entries[key] = std::move(made);
    }
    static Kept& instance() {
        static Kept kept;
        return kept;
    }

private:
    struct District {
        RollupState state{-1, {}};
        std::unordered_map<std::string, std::shared_ptr<Guarded const>> entries;

        bool of(RollupState const& other) const {
            return state.version == other.version && state.computed_at == other.computed_at;
        }
    };
    std::mutex mutex_;
    std::map<core::DistrictId, District> districts_;
};

void add_point(Number& number, Figure const& figure) {
    number.series.push_back(percent(figure));
    number.points.push_back(point_state(figure));
}

Guarded guard(std::vector<roster::School> const& schools, std::vector<Rollup> const& rows, Indicator const* indicator) {
    bool const by_subject = indicator != nullptr && indicator->by_subject;
    Guarded made;
    std::map<core::OrgId, std::size_t> place;
    std::vector<std::size_t> group_of;
    for (auto const& school : schools) {
        place[school.id] = made.schools.size();
        made.schools.push_back(school.id);
        group_of.push_back(school.central ? central_group : village_group);
    }
    std::map<std::string, std::size_t> column;
    for (auto const& group : subject_groups()) {
        bool const taught =
            by_subject && std::ranges::any_of(rows, [&](Rollup const& row) { return row.subject == group.key; });
        if (!taught) continue;
        column[group.key] = made.columns.size();
        made.columns.emplace_back(group.key);
    }
    made.matrix = matrix_of(made.columns.size(), 2, std::move(group_of));
    if (indicator != nullptr) made.matrix.counts = indicator->counts;
    for (auto const& row : rows) {
        auto const at = place.find(row.org_id);
        if (at == place.end()) continue;
        Figure const figure{row.numerator, row.denominator, row.heads, true};
        if (row.subject.empty())
            made.matrix.row_totals[at->second] = figure;
        else if (auto const c = column.find(row.subject); c != column.end())
            made.matrix.cell(at->second, c->second) = figure;
    }
    add_up(made.matrix);
    if (indicator != nullptr && indicator->reach == Reach::central_schools) made.matrix.headline = central_group;
    if (made.matrix.counts != Counts::items) made.matrix = suppress(std::move(made.matrix));
    return made;
}

}  // namespace

std::optional<std::size_t> group_of(Reach reach) {
    switch (reach) {
        case Reach::central_schools: return central_group;
        case Reach::village_schools: return village_group;
        case Reach::every_school: break;
    }
    return std::nullopt;
}

Figure const* Guarded::row(core::OrgId const& school) const {
    auto const at = std::ranges::find(schools, school);
    return at == schools.end() ? nullptr : &matrix.row_totals[static_cast<std::size_t>(at - schools.begin())];
}

std::optional<double> percent(std::int64_t numerator, std::int64_t denominator) {
    if (denominator <= 0) return std::nullopt;
    return rounded(100.0 * static_cast<double>(numerator) / static_cast<double>(denominator), 10);
}
double rounded(double value, double parts) {
    return std::round(value * parts) / parts;
}

void add(Figure& sum, Figure const& part) {
    sum.shown = sum.shown && part.shown;
    sum.numerator += part.numerator;
    sum.denominator += part.denominator;
}

std::optional<double> percent(Figure const& figure) {
    return figure.shown ? percent(figure.numerator, figure.denominator) : std::nullopt;
}

CellView cell_view(Figure const& figure) {
    if (figure.empty()) return {{}, {}, {}, false, true};
    if (!figure.shown) return {{}, {}, {}, true, false};
    return {percent(figure), figure.numerator, figure.denominator, false, false};
}

PointState point_state(Figure const& figure) {
    if (figure.denominator <= 0) return PointState::nothing;
    return figure.shown ? PointState::shown : PointState::hidden;
}

core::Result<Board> Board::open(sql::Tx& tx, core::Clock const& clock, int week) {
    Board board;
    board.tx_ = &tx;
    board.now_ = clock.now();
    board.district_ = roster::district(tx);
    auto const today = roster::today(tx, clock);
    board.term_ = TRY(roster::term_at(tx, today));
    int const weeks = board.term_.weeks();
    int const current = std::clamp(board.term_.week_of(today), 1, weeks);
    if (week < 0 || week > weeks) return core::not_found("indicators.no_such_week");
    board.state_ = store::state(tx);
    board.time_ = {today, board.term_.from_date, board.term_.to_date, current, {}, {}, board.state_.computed_at};
    int const chosen = week == 0 ? current : week;
    for (int number = std::max(1, chosen - weeks_shown + 1); number <= chosen; ++number) {
        board.time_.weeks.push_back(board.week_view(board.term_.monday_of_week(number)));
    }
    board.time_.week = board.time_.weeks.back();
    board.schools_ = roster::schools(tx);
    board.targets_ = store::targets(tx);
    auto const first = month_before(month_of(board.time_.weeks.front().monday), months_back);
    board.declarations_ = store::declarations(tx, first, month_of(board.monday()));
    return board;
}

WeekView Board::week_view(core::LocalDate monday) const {
    return {term_.week_of(monday), monday, monday.plus_days(6), indicators::fixed_after(monday),
            is_provisional(monday, time_.today)};
}
core::LocalDate Board::last_whole_week() const {
    return monday().plus_days(6) < time_.today ? monday() : monday().plus_days(-7);
}
roster::School const* Board::school(core::OrgId const& id) const {
    auto const at = std::ranges::find(schools_, id, &roster::School::id);
    return at == schools_.end() ? nullptr : &*at;
}
int Board::count(Reach reach) const {
    return static_cast<int>(
        std::ranges::count_if(schools_, [&](roster::School const& one) { return within(reach, one); }));
}

std::shared_ptr<Guarded const> Board::guarded(std::string const& wanted, core::LocalDate monday) const {
    auto const* of = find_indicator(wanted);
    std::string const indicator = of == nullptr ? wanted : of->figures();
    auto const key = indicator + "/" + monday.text();
    if (auto known = Kept::instance().find(tx_->district(), state_, key)) return known;
    auto const* known = find_indicator(indicator);
    auto made = std::make_shared<Guarded const>(guard(schools_, store::matrix(*tx_, indicator, monday), known));
    Kept::instance().put(tx_->district(), state_, key, made);
    return made;
}

Figure Board::district_figure(Indicator const& indicator, core::LocalDate monday) const {
    auto const found = guarded(indicator.code, monday);
    auto const group = group_of(indicator.reach);
    return group ? found->matrix.group_totals[*group] : found->matrix.total;
}

std::vector<Rollup> const& Board::totals() const {
    auto const from = time_.weeks.front().monday;
    auto [at, fresh] = totals_.try_emplace({from, monday()});
    if (fresh) at->second = store::totals(*tx_, from, monday());
    return at->second;
}

std::int64_t Board::part(std::string const& part, Reach reach) const {
    std::int64_t sum = 0;
    for (auto const& row : totals()) {
        auto const* of = row.monday == monday() && row.indicator == part ? school(row.org_id) : nullptr;
        if (of != nullptr && within(reach, *of)) sum += row.numerator;
    }
    return sum;
}
std::int64_t Board::part(std::string const& part, core::OrgId const& of) const {
    for (auto const& row : totals()) {
        if (row.monday == monday() && row.indicator == part && row.org_id == of) return row.numerator;
    }
    return 0;
}

Figure Board::own_figure(std::string const& indicator, core::OrgId const& of, core::LocalDate week) const {
    for (auto const& row : totals()) {
        if (row.monday == week && row.indicator == indicator && row.org_id == of) {
            return {row.numerator, row.denominator, row.heads, true};
        }
    }
    return {};
}

std::optional<Target> Board::target(std::string_view indicator, core::OrgId const& org) const {
    std::optional<Target> found;
    for (auto const& one : targets_) {  // by date: the next to come, or the last that was
        if (one.indicator == indicator && one.org_id == org && (!found || found->due < monday())) found = one;
    }
    if (!found && org != district_.org_id) return target(indicator, district_.org_id);
    return found;
}

void Board::complete(Number& number, core::OrgId const& org) const {
    number.provisional = time_.week.provisional;
    if (auto const wanted = target(number.code, org)) {
        number.target = wanted->value;
        number.target_due = wanted->due;
    }
}

Number Board::district_number(Indicator const& indicator) const {
    auto const figure = district_figure(indicator, monday());
    Number number;
    number.code = indicator.code;
    number.unit = "%";
    number.at_least = indicator.at_least;
    number.reach = indicator.reach;
    number.schools = count(indicator.reach);
    number.value = percent(figure);
    number.hidden = !figure.shown;
    if (figure.shown) {
        number.numerator = figure.numerator;
        number.denominator = figure.denominator;
    }
    number.declared = declared(indicator, monday());
    if (number.declared) number.declared->measured = measured_in_month(indicator, number.declared->month);
    for (auto const& week : time_.weeks) add_point(number, district_figure(indicator, week.monday));
    complete(number, district_.org_id);
    return number;
}

Number Board::school_number(Indicator const& indicator, core::OrgId const& of, bool guarded_only) const {
    auto const figure = [&](core::LocalDate week) {
        if (!guarded_only) return own_figure(indicator.figures(), of, week);
        auto const found = guarded(indicator.code, week);
        auto const* row = found->row(of);
        return row == nullptr ? Figure{} : *row;
    };
    auto const now = figure(monday());
    Number number;
    number.code = indicator.code;
    number.unit = "%";
    number.at_least = indicator.at_least;
    number.reach = indicator.reach;
    number.schools = 1;
    number.value = percent(now);
    number.hidden = !now.shown;
    if (now.shown) {
        number.numerator = now.numerator;
        number.denominator = now.denominator;
    }
    number.declared = declared(indicator.code, of, monday());
    if (number.declared)
        number.declared->measured = measured_in_month(indicator.code, of, number.declared->month, guarded_only);
    for (auto const& week : time_.weeks) add_point(number, figure(week.monday));
    complete(number, of);
    return number;
}

std::vector<roster::Room> const& Board::rooms(core::OrgId const& of) const {
    auto [at, fresh] = rooms_.try_emplace(of);
    if (fresh) at->second = roster::rooms(*tx_, of);
    return at->second;
}
std::pair<std::int64_t, std::int64_t> Board::classrooms(core::OrgId const& of) const {
    std::pair<std::int64_t, std::int64_t> count;
    for (auto const& room : rooms(of)) {
        if (room.kind != roster::RoomKind::classroom) continue;
        ++count.first;
        if (room.equipped) ++count.second;
    }
    return count;
}

Number Board::rooms_number() const {
    Number number;
    number.code = code::rooms;
    number.unit = "rooms";
    number.schools = count(Reach::every_school);
    Declared declared{0, {}, 0, number.schools, {}};
    for (auto const& school : schools_) {
        auto const [all, equipped] = classrooms(school.id);
        number.denominator += all;
        number.numerator += equipped;
        auto const own = this->declared(code::rooms, school.id, monday());
        if (!own) continue;
        declared.value += own->value;
        declared.month = std::max(declared.month, own->month);
        ++declared.schools;
    }
    if (number.denominator > 0) number.value = static_cast<double>(number.numerator);
    if (declared.schools > 0) number.declared = declared;
    complete(number, district_.org_id);
    number.provisional = false;
    return number;
}

Number Board::variation_number() const {
    Number number;
    number.code = code::variation;
    number.at_least = false;
    number.schools = count(Reach::every_school);
    for (auto const& week : time_.weeks) {
        std::vector<double> values;
        // Shown schools only: with the sum, a coefficient over all would give two hidden schools away.
        auto const coverage = guarded(code::coverage, week.monday);
        for (auto const& row : coverage->matrix.row_totals) {
            if (auto const value = percent(row)) values.push_back(*value);
        }
        auto const found = variation(values);
        number.series.push_back(found ? std::optional(rounded(*found, 100)) : std::nullopt);
        number.schools = static_cast<std::int32_t>(values.size());
    }
    number.value = number.series.back();
    complete(number, district_.org_id);
    return number;
}

}  // namespace santong::indicators
