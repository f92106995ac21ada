#pragma once
// What the screens get. May include: domain.hpp, core/.
#include <map>
#include <string>
#include <vector>

#include "modules/indicators/domain.hpp"

namespace santong::indicators {

/// A week of the term as the screens pick it.
struct WeekView {
    std::int32_t number = 0;
    core::LocalDate monday;
    core::LocalDate sunday;
    core::LocalDate fixed_after;  ///< last day on which teachers may change their records
    bool provisional = false;
};
BOOST_DESCRIBE_STRUCT(WeekView, (), (number, monday, sunday, fixed_after, provisional))

/// Where on the time line an answer stands.
struct TimeView {
    core::LocalDate today;
    core::LocalDate term_from;
    core::LocalDate term_to;
    std::int32_t current_week = 0;
    WeekView week;
    std::vector<WeekView> weeks;  ///< eight at most, the chosen one last
    core::Instant computed_at;    ///< when figures last moved; 0 = never
};
BOOST_DESCRIBE_STRUCT(TimeView, (), (today, term_from, term_to, current_week, week, weeks, computed_at))

/// What schools say of themselves, beside the measured value.
struct Declared {
    double value = 0;
    std::string month;         ///< "2014-10"
    std::int32_t schools = 0;  ///< that declared
    std::int32_t of = 0;
    std::optional<double> measured;  ///< of the same month; absent = nothing counted, or kept back
};
BOOST_DESCRIBE_STRUCT(Declared, (), (value, month, schools, of, measured))

/// Why a week of a curve has no value: kept back as a small figure is, or nothing was counted in it.
enum class PointState : int { shown, hidden, nothing };
BOOST_DESCRIBE_ENUM(PointState, shown, hidden, nothing)

/// One number in the house's grammar. Absent `value` = nothing to count, or `hidden`.
struct Number {
    std::string code;
    std::optional<double> value;  ///< per cent; rooms: a count; I62: a coefficient
    std::string unit;             ///< "%", "rooms" or ""
    std::int64_t numerator = 0;
    std::int64_t denominator = 0;
    bool hidden = false;
    bool provisional = false;
    bool at_least = true;
    Reach reach = Reach::every_school;
    std::int32_t schools = 0;  ///< whose figures it is made of
    std::optional<double> target;
    std::optional<core::LocalDate> target_due;
    std::optional<Declared> declared;
    std::vector<std::optional<double>> series;  ///< of `weeks`; empty where nothing is kept by week
    std::vector<PointState> points;             ///< of `series`: why a value is absent
};
BOOST_DESCRIBE_STRUCT(Number, (),
                      (code, value, unit, numerator, denominator, hidden, provisional, at_least, reach, schools, target,
                       target_due, declared, series, points))

enum class Severity : int { bad, warn };
BOOST_DESCRIBE_ENUM(Severity, bad, warn)
/// `silent`: lessons were held and nothing was used; `fell`: I21 far below its own last weeks; `missing`: subjects of
/// the course plan were not taught; `declared`: declared far above measured.
enum class ExceptionKind : int { silent, fell, low, declared, missing };
BOOST_DESCRIBE_ENUM(ExceptionKind, silent, fell, low, declared, missing)
/// Where its one action leads.
enum class ActionKind : int { profile, indicator, courses };
BOOST_DESCRIBE_ENUM(ActionKind, profile, indicator, courses)

/// A school that needs help, and the fact that decides it.
struct Exception {
    core::OrgId org_id;
    std::string org_name;
    std::string township;
    Severity severity = Severity::warn;
    ExceptionKind kind = ExceptionKind::silent;
    std::string indicator;
    std::int32_t week = 0;                     ///< that it is about
    std::map<std::string, std::string> facts;  ///< numbers of its sentence
    std::vector<std::string> subjects;         ///< titles, of `missing`
    ActionKind action = ActionKind::profile;
};
BOOST_DESCRIBE_STRUCT(Exception, (),
                      (org_id, org_name, township, severity, kind, indicator, week, facts, subjects, action))

enum class SchoolState : int { ok, warn, bad, neutral };
BOOST_DESCRIBE_ENUM(SchoolState, ok, warn, bad, neutral)

/// A school on the map and in the list behind it; I21 of the week.
struct SchoolMark {
    core::OrgId id;
    std::string name;
    std::string short_name;
    core::OrgId township_id;
    std::string township;
    bool central = false;
    std::optional<double> x;
    std::optional<double> y;
    SchoolState state = SchoolState::ok;
    std::int32_t exceptions = 0;
    std::optional<double> value;
    bool hidden = false;
};
BOOST_DESCRIBE_STRUCT(SchoolMark, (),
                      (id, name, short_name, township_id, township, central, x, y, state, exceptions, value, hidden))

/// The bureau's first page: which schools need help, six numbers, where and since when.
struct Cockpit {
    core::OrgId district_id;
    std::string district;
    std::string topic;  ///< live: says when figures have moved
    TimeView time;
    std::vector<Exception> exceptions;
    std::vector<Number> numbers;
    std::vector<SchoolMark> schools;
    std::vector<std::optional<double>> central;  ///< I21 by week
    std::vector<std::optional<double>> village;
    std::vector<PointState> central_points;
    std::vector<PointState> village_points;
    std::vector<std::optional<double>> declared;  ///< I21 of central schools, at the last week of its month
};
BOOST_DESCRIBE_STRUCT(Cockpit, (),
                      (district_id, district, topic, time, exceptions, numbers, schools, central, village,
                       central_points, village_points, declared))

/// One figure of the matrix. `hidden`: too few teachers, or it would give another one away.
struct CellView {
    std::optional<double> value;
    std::optional<std::int64_t> numerator;
    std::optional<std::int64_t> denominator;
    bool hidden = false;
    bool empty = false;  ///< nothing to count
};
BOOST_DESCRIBE_STRUCT(CellView, (), (value, numerator, denominator, hidden, empty))

struct ColumnView {
    std::string key;                  ///< a subject's code or a group such as "g.science"
    std::vector<std::string> titles;  ///< of the subjects, in the caller's language
};
BOOST_DESCRIBE_STRUCT(ColumnView, (), (key, titles))

struct RowView {
    std::string group;  ///< "central", "village": a sum; empty: one school
    std::optional<core::OrgId> org_id;
    std::string name;
    std::int32_t schools = 1;
    CellView total;
    std::optional<double> delta;  ///< points since the week before; only between shown totals
    std::vector<CellView> cells;
};
BOOST_DESCRIBE_STRUCT(RowView, (), (group, org_id, name, schools, total, delta, cells))

/// A line of the formula: "held", "evidence.class_view", …
struct FormulaPart {
    std::string key;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(FormulaPart, (), (key, count))

struct FormulaView {
    std::int32_t version = 1;
    core::LocalDate from_date;
    bool current = true;
};
BOOST_DESCRIBE_STRUCT(FormulaView, (), (version, from_date, current))

/// A school that declares far more, or far less, than is measured.
struct Gap {
    core::OrgId org_id;
    std::string name;
    double declared = 0;
    double measured = 0;
    std::string month;
};
BOOST_DESCRIBE_STRUCT(Gap, (), (org_id, name, declared, measured, month))

/// What a number is, whether it may be trusted, and where it is made.
struct IndicatorView {
    Number number;
    TimeView time;
    core::OrgId org_id;
    std::string org_name;
    bool school = false;      ///< of one school
    bool by_subject = false;  ///< has a matrix
    bool may_list_lessons = false;
    std::optional<double> delta;
    std::vector<std::optional<double>> declared_series;
    std::vector<Gap> gaps;
    std::vector<FormulaPart> denominator_parts;
    std::vector<FormulaPart> numerator_parts;
    std::vector<FormulaView> versions;
    std::vector<ColumnView> columns;
    std::vector<RowView> rows;
};
BOOST_DESCRIBE_STRUCT(IndicatorView, (),
                      (number, time, org_id, org_name, school, by_subject, may_list_lessons, delta, declared_series,
                       gaps, denominator_parts, numerator_parts, versions, columns, rows))

struct IndicatorList {
    core::OrgId org_id;
    std::string org_name;
    bool school = false;
    TimeView time;
    std::vector<Number> items;
};
BOOST_DESCRIBE_STRUCT(IndicatorList, (), (org_id, org_name, school, time, items))

}  // namespace santong::indicators
