#include <algorithm>
#include <cstdio>
#include <set>

#include "modules/indicators/board.hpp"
#include "modules/timetable/service.hpp"

namespace santong::indicators {

namespace {

/// Points of I21 that make a fall, or a gap between declared and measured, worth a look.
constexpr double far_points = 10;
/// Held lessons below which a week says nothing (a holiday week, a school that has just begun).
constexpr std::int64_t least_lessons = 20;
constexpr int weeks_compared = 4;
/// Below this share of the target a school is named, whatever it was before.
constexpr double low_share = 0.5;

std::string text(double value) {
    char buffer[32];
    std::snprintf(buffer, sizeof buffer, "%.1f", value);
    return buffer;
}

/// Judges schools by the last week that is over.
class Judge {
public:
    Judge(Board const& board, std::string const& language)
        : board_(board),
          language_(language),
          week_(board.last_whole_week()),
          coverage_(board.guarded(code::coverage, week_)) {
        for (auto const& row : store::coverage_by_subject(board.tx(), week_)) taught_[row.org_id].insert(row.subject);
        plan_ = timetable::course_plan(board.tx(), board.term().school_year);
    }

    void judge(roster::School const& school, std::vector<Exception>& found) const {
        auto const* row = coverage_->row(school.id);
        if (row != nullptr && row->shown && row->denominator >= least_lessons) {
            if (!silent(school, *row, found) && !fell(school, *row, found)) low(school, *row, found);
        }
        declared(school, found);
        if (row != nullptr && row->denominator >= least_lessons) missing(school, found);
    }

private:
    Exception about(roster::School const& school, ExceptionKind kind, Severity severity, ActionKind action) const {
        Exception one;
        one.org_id = school.id;
        one.org_name = school.name;
        one.township = school.township_name;
        one.kind = kind;
        one.severity = severity;
        one.action = action;
        one.indicator = code::coverage;
        one.week = board_.term().week_of(week_);
        return one;
    }

    /// Mean of the weeks before that are shown; empty with less than two.
    std::optional<double> before(core::OrgId const& school) const {
        double sum = 0;
        int weeks = 0;
        for (int back = 1; back <= weeks_compared; ++back) {
            auto const monday = week_.plus_days(-7 * back);
            if (board_.term().week_of(monday) < 1) break;
            auto const coverage = board_.guarded(code::coverage, monday);
            auto const* row = coverage->row(school);
            auto const value = row == nullptr || row->denominator < least_lessons ? std::nullopt : percent(*row);
            if (!value) continue;
            sum += *value;
            ++weeks;
        }
        if (weeks < 2) return std::nullopt;
        return sum / weeks;
    }

    /// A school without any equipped classroom has nothing to use: that is no exception.
    bool silent(roster::School const& school, Figure const& row, std::vector<Exception>& found) const {
        if (row.numerator != 0 || board_.classrooms(school.id).second == 0) return false;
        auto const usual = before(school.id);
        auto one = about(school, ExceptionKind::silent, usual.value_or(0) > 0 ? Severity::bad : Severity::warn,
                         ActionKind::profile);
        one.facts = {{"held", std::to_string(row.denominator)}, {"before", usual ? text(*usual) : ""}};
        found.push_back(std::move(one));
        return true;
    }

    bool fell(roster::School const& school, Figure const& row, std::vector<Exception>& found) const {
        auto const usual = before(school.id);
        auto const now = percent(row);
        if (!usual || !now || *usual - *now <= far_points) return false;
        auto one = about(school, ExceptionKind::fell, Severity::warn, ActionKind::indicator);
        one.facts = {{"value", text(*now)}, {"before", text(*usual)}, {"points", text(*usual - *now)}};
        found.push_back(std::move(one));
        return true;
    }

    /// Far from the target for want of rooms or of use: the rooms stand beside it. Without any it is blamed for
    /// nothing.
    void low(roster::School const& school, Figure const& row, std::vector<Exception>& found) const {
        auto const wanted = board_.target(code::coverage, school.id);
        auto const now = percent(row);
        if (!wanted || !now || *now >= wanted->value * low_share) return;
        auto const [rooms, equipped] = board_.classrooms(school.id);
        if (equipped == 0) return;
        auto one = about(school, ExceptionKind::low, Severity::warn, ActionKind::profile);
        one.facts = {{"value", text(*now)},
                     {"target", text(wanted->value)},
                     {"rooms", std::to_string(rooms)},
                     {"equipped", std::to_string(equipped)}};
        found.push_back(std::move(one));
    }

    void declared(roster::School const& school, std::vector<Exception>& found) const {
        auto const said = board_.declared(code::coverage, school.id, week_);
        if (!said) return;
        auto const measured = board_.measured_in_month(code::coverage, school.id, said->month, true);
        if (!measured || said->value - *measured <= far_points) return;
        auto one = about(school, ExceptionKind::declared, Severity::warn, ActionKind::indicator);
        one.facts = {{"declared", text(said->value)},
                     {"measured", text(*measured)},
                     {"points", text(said->value - *measured)},
                     {"month", said->month}};
        found.push_back(std::move(one));
    }

    void missing(roster::School const& school, std::vector<Exception>& found) const {
        std::set<std::string> wanted;
        for (auto const& row : plan_) {
            bool const grade = row.grade >= school.first_grade && row.grade <= school.last_grade;
            if (grade && row.weekly_periods > 0) wanted.insert(row.subject);
        }
        auto const at = taught_.find(school.id);
        auto one = about(school, ExceptionKind::missing, Severity::warn, ActionKind::courses);
        for (auto const& subject : wanted) {
            if (at == taught_.end() || !at->second.contains(subject)) {
                one.subjects.push_back(roster::subject_title(subject, language_));
            }
        }
        if (one.subjects.empty()) return;
        one.facts = {{"missing", std::to_string(one.subjects.size())}, {"wanted", std::to_string(wanted.size())}};
        found.push_back(std::move(one));
    }

    Board const& board_;
    std::string language_;
    core::LocalDate week_;
    std::shared_ptr<Guarded const> coverage_;
    std::map<core::OrgId, std::set<std::string>> taught_;
    std::vector<timetable::CoursePlanRow> plan_;
};

}  // namespace

std::vector<Exception> exceptions(Board const& board, std::string const& language) {
    std::vector<Exception> found;
    if (board.term().week_of(board.last_whole_week()) < 1) return found;
    Judge const judge(board, language);
    for (auto const& school : board.schools()) judge.judge(school, found);
    std::ranges::stable_sort(found, [](Exception const& a, Exception const& b) {
        return std::tuple(a.severity, a.kind) < std::tuple(b.severity, b.kind);
    });
    return found;
}

std::vector<Exception> exceptions_of(Board const& board, core::OrgId const& school, std::string const& language) {
    auto found = exceptions(board, language);
    std::erase_if(found, [&](Exception const& one) { return one.org_id != school; });
    return found;
}

}  // namespace santong::indicators
