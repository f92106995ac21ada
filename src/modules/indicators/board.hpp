#pragma once
// What every screen of indicators is made of: the week, the schools, their guarded figures, targets and declarations.
#include <memory>

#include "modules/indicators/line_weeks.hpp"
#include "modules/indicators/shelf_weeks.hpp"
#include "modules/indicators/store.hpp"
#include "modules/indicators/suppress.hpp"
#include "modules/indicators/views.hpp"
#include "modules/push/service_board.hpp"
#include "modules/roster/service.hpp"

namespace santong::indicators {

/// Rows of `Matrix` belong to one of these.
inline constexpr std::size_t central_group = 0;
inline constexpr std::size_t village_group = 1;

/// The group whose total a district value is; empty = all schools.
std::optional<std::size_t> group_of(Reach reach);

/// One indicator in one week over all schools, with small cells hidden.
struct Guarded {
    std::vector<core::OrgId> schools;  ///< rows
    std::vector<std::string> columns;  ///< keys of subject groups that some school teaches
    Matrix matrix;

    Figure const* row(core::OrgId const& school) const;
};

/// Percentage with one decimal; empty without a denominator.
std::optional<double> percent(std::int64_t numerator, std::int64_t denominator);
/// The same of a figure that is shown; empty if it is hidden.
std::optional<double> percent(Figure const& figure);
/// To so many parts of one: 10 keeps one decimal place.
double rounded(double value, double parts);
/// Adds a part to a sum; a sum with something hidden in it is hidden.
void add(Figure& sum, Figure const& part);
/// How many months back a declaration still stands beside what is measured.
inline constexpr int months_back = 2;
CellView cell_view(Figure const& figure);
/// Why a week's value is absent, or that it is not.
PointState point_state(Figure const& figure);

/// Reads what it is asked for once; lives as long as the transaction. Checks no permission.
class Board {
public:
    /// `week` 0 = the current one. Refuses "roster.no_term", "indicators.no_such_week".
    static core::Result<Board> open(sql::Tx& tx, core::Clock const& clock, int week);

    sql::Tx& tx() const { return *tx_; }
    roster::District const& district() const { return district_; }
    roster::Term const& term() const { return term_; }
    TimeView const& time() const { return time_; }
    core::LocalDate monday() const { return time_.week.monday; }
    std::vector<roster::School> const& schools() const { return schools_; }
    roster::School const* school(core::OrgId const& id) const;
    int count(Reach reach) const;
    bool within(Reach reach, roster::School const& school) const {
        return reach == Reach::every_school || (reach == Reach::central_schools) == school.central;
    }

    /// Guarded figures; kept in the process until figures move.
    std::shared_ptr<Guarded const> guarded(std::string const& indicator, core::LocalDate monday) const;
    /// The figure of all schools that an indicator's district value is made of.
    Figure district_figure(Indicator const& indicator, core::LocalDate monday) const;
    /// Sum of a part of I21 ("I21.class_view") over these schools in the chosen week.
    std::int64_t part(std::string const& part, Reach reach) const;
    std::int64_t part(std::string const& part, core::OrgId const& school) const;

    std::optional<Target> target(std::string_view indicator, core::OrgId const& org) const;
    /// The declarations of a month, by school.
    std::map<core::OrgId, Declaration> declarations(std::string_view indicator, std::string const& month) const;
    /// What schools within reach declared for the week's month or the two before it, weighted by their
    /// denominators of the declared month.
    std::optional<Declared> declared(Indicator const& indicator, core::LocalDate monday,
                                     bool this_month_only = false) const;
    std::optional<Declared> declared(std::string_view indicator, core::OrgId const& school, core::LocalDate monday,
                                     bool this_month_only = false) const;
    /// Measured over all weeks of a month that are shown for a school; empty if one of them is hidden.
    std::optional<double> measured_in_month(std::string const& indicator, core::OrgId const& school,
                                            std::string const& month, bool guarded_only) const;
    /// Measured over all weeks of a month for the district; empty if one of them is hidden.
    std::optional<double> measured_in_month(Indicator const& indicator, std::string const& month) const;

    /// District value of an indicator with target, declaration and eight weeks.
    Number district_number(Indicator const& indicator) const;
    /// The same for one school; `guarded_only`: as seen from above the school.
    Number school_number(Indicator const& indicator, core::OrgId const& school, bool guarded_only) const;
    Number rooms_number() const;
    Number variation_number() const;
    /// One of the district that no rollup keeps (`is_derived`), with what it is made of.
    Number derived_number(std::string_view code) const;
    /// What the library held at the end of each of the weeks, and what of it was used at other schools.
    std::vector<ShelfLine> const& shelf() const;
    /// What came to schools before the lesson that needed it, in each of the weeks (I31).
    std::map<core::LocalDate, std::vector<push::SchoolRate>> const& arrivals() const;
    /// What was known of lines and boxes in each of the weeks.
    std::vector<LineFact> const& lines() const;
    std::vector<roster::Room> const& rooms(core::OrgId const& school) const;
    /// Classrooms of a school: all, and with equipment.
    std::pair<std::int64_t, std::int64_t> classrooms(core::OrgId const& school) const;

    WeekView week_view(core::LocalDate monday) const;
    /// The chosen week if it is over, else the one before: what exceptions are judged by.
    core::LocalDate last_whole_week() const;

private:
    Board() = default;
    Figure own_figure(std::string const& indicator, core::OrgId const& school, core::LocalDate monday) const;
    std::vector<core::LocalDate> weeks_of_month(std::string const& month) const;
    /// Sum over the weeks of a month; shown only if every week is.
    Figure figure_in_month(std::string const& indicator, core::OrgId const& school, std::string const& month) const;
    void complete(Number& number, core::OrgId const& org) const;
    /// Village schools with a use over those whose figure is shown.
    Figure village_use(core::LocalDate monday) const;

    sql::Tx* tx_ = nullptr;
    roster::District district_;
    roster::Term term_;
    TimeView time_;
    RollupState state_;
    std::vector<roster::School> schools_;
    std::vector<Target> targets_;
    std::vector<Declaration> declarations_;
    mutable std::map<std::pair<core::LocalDate, core::LocalDate>, std::vector<Rollup>> totals_;
    mutable std::map<core::OrgId, std::vector<roster::Room>> rooms_;
    mutable std::optional<std::vector<ShelfLine>> shelf_;
    mutable std::optional<std::map<core::LocalDate, std::vector<push::SchoolRate>>> arrivals_;
    core::Instant now_;
    mutable std::optional<std::vector<LineFact>> lines_;
    std::vector<Rollup> const& totals() const;
};

/// Schools that need help, the most urgent first; `language` names subjects.
std::vector<Exception> exceptions(Board const& board, std::string const& language);
/// Of one school.
std::vector<Exception> exceptions_of(Board const& board, core::OrgId const& school, std::string const& language);

}  // namespace santong::indicators
