// Numbers of the district that no rollup keeps: the share of village schools (I28S), the library (I29, I30), what was
// pushed in time (I31), lines and boxes (I01–I06, I09, I65).
#include "modules/indicators/board.hpp"

namespace santong::indicators {

std::vector<ShelfLine> const& Board::shelf() const {
    if (!shelf_) shelf_ = shelf_weeks(*tx_, time_.weeks.front().monday, monday(), time_.today);
    return *shelf_;
}

std::map<core::LocalDate, std::vector<push::SchoolRate>> const& Board::arrivals() const {
    if (!arrivals_) {
        std::vector<core::LocalDate> mondays;
        for (auto const& week : time_.weeks) mondays.push_back(week.monday);
        arrivals_ = push::rates_of(*tx_, now_, mondays);
    }
    return *arrivals_;
}

std::vector<LineFact> const& Board::lines() const {
    if (!lines_) lines_ = line_weeks(*tx_, time_.weeks.front().monday, monday(), time_.today);
    return *lines_;
}

Figure Board::village_use(core::LocalDate week) const {
    Figure sum;
    auto const use = guarded(code::village_teachers, week);
    for (auto const& school : schools_) {
        if (!within(Reach::village_schools, school)) continue;
        auto const* row = use->row(school.id);
        // That nobody of four has used anything would say it of each of them.
        if (row == nullptr || row->empty() || !row->shown) continue;
        ++sum.denominator;
        sum.numerator += row->numerator > 0 ? 1 : 0;
    }
    return sum;
}

Number Board::derived_number(std::string_view wanted) const {
    Number number;
    number.code = wanted;
    number.unit = "%";
    number.schools = count(Reach::every_school);
    if (wanted == code::village_schools) {
        number.reach = Reach::village_schools;
        for (auto const& week : time_.weeks) {
            auto const figure = village_use(week.monday);
            number.series.push_back(percent(figure));
            number.points.push_back(point_state(figure));
        }
        auto const now = village_use(monday());
        number.schools = static_cast<std::int32_t>(now.denominator);
        number.numerator = now.numerator;
        number.denominator = now.denominator;
    } else if (wanted == code::arrival) {
        number.schools = 0;
        for (auto const& week : time_.weeks) {
            Figure figure{0, 0, 0, true};  // of things: nothing is kept back
            for (auto const& one : arrivals().at(week.monday)) {
                figure.numerator += one.rate.on_time;
                figure.denominator += one.rate.counted;
                if (week.monday == monday() && one.rate.counted > 0) ++number.schools;
            }
            number.series.push_back(percent(figure));
            number.points.push_back(point_state(figure));
            number.numerator = figure.numerator;
            number.denominator = figure.denominator;
        }
    } else if (find_line_indicator(wanted) != nullptr) {
        for (auto const& week : time_.weeks) {
            auto const figure = line_figure(lines(), wanted, week.monday);
            number.series.push_back(percent(figure));
            number.points.push_back(point_state(figure));
            number.numerator = figure.numerator;
            number.denominator = figure.denominator;
        }
    } else {
        for (auto const& week : time_.weeks) {
            auto const made = shelf_figure(shelf(), wanted, week.monday);
            Figure const figure{made.numerator, made.denominator, 0, true};  // of things: nothing is kept back
            number.series.push_back(percent(figure));
            number.points.push_back(point_state(figure));
            number.numerator = figure.numerator;
            number.denominator = figure.denominator;
        }
    }
    number.value = percent(number.numerator, number.denominator);
    complete(number, district_.org_id);
    return number;
}

}  // namespace santong::indicators
