#include "modules/indicators/line_weeks.hpp"

#include <algorithm>

#include "modules/indicators/store_lines.hpp"
#include "modules/nodes/service_lines.hpp"
#include "modules/roster/service.hpp"
#include "platform/feed/feed.hpp"

namespace santong::indicators {

namespace {

std::vector<FormulaVersion> const line_version{{1, {2014, 3, 1}}};
constexpr std::int64_t mbit = 1000;
constexpr int line_week_days = 7, active_days = 30;

/// What a school does when it administers itself on the platform: changes of people, classes and timetables.
std::vector<std::string> const administrative{"roster.Person",      "roster.Enrolment",    "roster.Post",
                                              "roster.ClassGroup",  "timetable.Published", "timetable.Substitution",
                                              "timetable.Calendar", "timetable.Bells"};

bool administered_lately(sql::Tx& tx, core::Instant now) {
    auto const last = feed::last_seq(tx, administrative);
    if (last == 0) return false;
    auto const entries = feed::read(tx, last - 1, 1);
    return !entries.empty() && now.ms - entries.front().at.ms < active_days * 86'400'000LL;
}

LineFact of_school(char const* indicator, core::LocalDate monday, nodes::SchoolLine const& line, bool known,
                   bool counts) {
    return {indicator, monday, line.school, known, 1, known && counts ? 1 : 0, 0, false};
}

void add_registered(sql::Tx& tx, core::LocalDate monday, core::LocalDate today, std::vector<LineFact>& facts) {
    auto const now = core::system_now();
    for (auto const& one : nodes::school_lines(tx, today, now)) {
        auto const reaches = [&](std::int64_t kbit) { return one.daytime_p50.value_or(one.p50.value_or(0)) >= kbit; };
        auto const at_least = [&](char const* code, std::int64_t kbit) {
            facts.push_back(of_school(code, monday, one, one.p50.has_value(), reaches(kbit)));
        };
        facts.push_back(of_school(code::joined, monday, one, true, one.heard || one.measured));
        at_least(code::hundred_mbit, 100 * mbit);
        at_least(code::ten_mbit, 10 * mbit);
        facts.push_back(of_school(code::fibre, monday, one, one.registered, one.fibre));
        bool const nominal = one.nominal_kbit >= 1000 * mbit;
        facts.push_back(of_school(code::gigabit, monday, one, one.registered && (one.p50.has_value() || !nominal),
                                  nominal && one.p50.value_or(0) > 500 * mbit));
    }
    bool const administered = administered_lately(tx, now);
    for (auto const& one : nodes::county_hubs(tx, now)) {
        facts.push_back({code::counties, monday, one.county, true, 1, one.live ? 1 : 0, 0, false});
        facts.push_back({code::administered, monday, one.county, true, 1, one.live && administered ? 1 : 0, 0, false});
    }
}

void add_outages(sql::Tx& tx, core::LocalDate monday, std::vector<LineFact>& facts) {
    auto const zone = roster::district(tx).zone();
    for (auto const& one : nodes::offline_hours(tx, zone.at(monday, 0), zone.at(monday.plus_days(line_week_days), 0))) {
        facts.push_back({code::offline_use, monday, one.org_id, one.observed_minutes > 0, one.observed_minutes,
                         one.worked_minutes, one.school_minutes - one.observed_minutes, false});
    }
}

}  // namespace

std::span<Indicator const> line_indicators() {
    static Indicator const all[] = {
        {code::joined, Counts::items, Reach::every_school, false, true, line_version},
        {code::hundred_mbit, Counts::items, Reach::every_school, false, true, line_version},
        {code::ten_mbit, Counts::items, Reach::every_school, false, true, line_version},
        {code::fibre, Counts::items, Reach::every_school, false, true, line_version},
        {code::gigabit, Counts::items, Reach::every_school, false, true, line_version},
        {code::counties, Counts::items, Reach::every_school, false, true, line_version},
        {code::administered, Counts::items, Reach::every_school, false, true, line_version},
        {code::offline_use, Counts::items, Reach::every_school, false, true, line_version},
    };
    return all;
}

Indicator const* find_line_indicator(std::string_view wanted) {
    auto const all = line_indicators();
    auto const found = std::ranges::find_if(all, [&](Indicator const& one) { return wanted == one.code; });
    return found == all.end() ? nullptr : &*found;
}

std::vector<LineFact> line_weeks(sql::Tx& tx, core::LocalDate from, core::LocalDate to, core::LocalDate today) {
    auto const running = monday_of(today);
    auto facts = store::line_facts(tx, from, to);
    std::erase_if(facts, [&](LineFact const& one) {
        return !one.frozen && (one.indicator == code::offline_use || one.monday == running);
    });
    for (auto monday = from; monday <= to; monday = monday.plus_days(line_week_days)) {
        if (monday == running) add_registered(tx, monday, today, facts);
        if (!(today > fixed_after(monday))) add_outages(tx, monday, facts);
    }
    return facts;
}

void keep_line_weeks(sql::Tx& tx, core::LocalDate today) {
    auto const running = monday_of(today);
    // The running week, and those in which a box may still tell of an outage.
    auto const first = running.plus_days(-3 * line_week_days);
    store::freeze_lines(tx, running.plus_days(-line_week_days));
    auto const facts = line_weeks(tx, first, running, today);
    for (auto monday = first; monday <= running; monday = monday.plus_days(line_week_days)) {
        std::vector<LineFact> rows;
        std::ranges::copy_if(facts, std::back_inserter(rows),
                             [&](LineFact const& one) { return one.monday == monday && !one.frozen; });
        store::replace_lines(tx, monday, rows);
    }
}

Figure line_figure(std::vector<LineFact> const& facts, std::string_view indicator, core::LocalDate monday) {
    Figure figure;
    bool known = false;
    for (auto const& one : facts) {
        if (one.indicator != indicator || one.monday != monday) continue;
        known = known || one.known;
        // Who was not measured has not reached it; of outages only what was seen says anything.
        if (one.known || indicator != code::offline_use) figure.denominator += one.total;
        figure.numerator += one.counted;
    }
    if (!known) return {};
    return figure;
}

}  // namespace santong::indicators
