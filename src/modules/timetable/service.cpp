#include "modules/timetable/service.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "modules/roster/service.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/store.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::timetable {

namespace {

/// Days ahead for which lessons exist in the table.
constexpr int horizon_days = 14;

/// What others learn of a course plan: that it is another one now.
struct CoursePlanChanged {
    std::int32_t school_year = 0;
};
BOOST_DESCRIBE_STRUCT(CoursePlanChanged, (), (school_year))

/// What the feed tells of a calendar or of bells: whose they are; the rows say the rest.
struct Changed {
    core::Uuid id;
    core::OrgId org_id;
};
BOOST_DESCRIBE_STRUCT(Changed, (), (id, org_id))

std::function<void(sql::Tx&, core::OrgId const&, std::vector<Lesson> const&)>& lesson_watch() {
    static std::function<void(sql::Tx&, core::OrgId const&, std::vector<Lesson> const&)> changed;
    return changed;
}

void announce(sql::Tx& tx, Lesson const& lesson) {
    feed::put(tx, {"timetable.TaughtLesson", lesson.id.text(), lesson.school_id}, lesson);
}

/// A lesson beside the timetable is known at both places; for whoever counts it is not taught before the office has
/// confirmed it.
void announce_unplanned(sql::Tx& tx, Lesson lesson) {
    lesson.state = LessonState::planned;
    announce(tx, lesson);
}

/// The nearest node's day wins: a school may teach on a day that the district has off.
std::optional<CalendarDay> day_for(std::vector<CalendarDay> const& days, std::vector<core::OrgId> const& nearest_first,
                                   core::LocalDate date) {
    for (auto const& org : nearest_first) {
        for (auto const& day : days) {
            if (day.org_id == org && day.date == date) return day;
        }
    }
    return std::nullopt;
}

template <class Row>
std::vector<Row> of_day(std::vector<Row> const& rows, core::LocalDate date) {
    std::vector<Row> found;
    std::copy_if(rows.begin(), rows.end(), std::back_inserter(found), [&](Row const& row) { return row.date == date; });
    return found;
}

/// Everything that decides a school's lessons over a span of days, read once.
struct Sources {
    std::vector<core::OrgId> orgs;
    std::vector<CalendarDay> calendar;
    std::vector<Substitution> substitutions;
    std::vector<PatrolException> patrol;
    std::map<std::string, std::vector<Entry>> entries;  ///< by timetable id

    Sources(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to)
        : orgs(roster::self_and_ancestors(tx, school)),
          calendar(store::calendar(tx, orgs, from, to)),
          substitutions(store::substitutions(tx, school, from, to)),
          patrol(store::patrol(tx, school, from, to)) {}

    std::vector<Entry> const& entries_of(sql::Tx& tx, TimetableId const& id) {
        auto [at, fresh] = entries.try_emplace(id.text());
        if (fresh) at->second = store::entries(tx, id);
        return at->second;
    }
};

std::vector<Lesson> computed_lessons(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to,
                                     core::Instant now) {
    Sources sources(tx, school, from, to);
    std::vector<Lesson> lessons;
    auto const zone = roster::district(tx).zone();
    for (auto date = from; date <= to; date = date.plus_days(1)) {
        auto const term = roster::term_at(tx, date);
        if (!term || !term->contains(date)) continue;
        auto const timetable = store::timetable_on(tx, school, date);
        static std::vector<Entry> const none;
        auto const bell = store::bell(tx, school, date);
        auto const changes = of_day(sources.substitutions, date);
        auto const found = of_day(sources.patrol, date);
        DayPlan const plan{school,
                           date,
                           term->week_of(date),
                           timetable ? sources.entries_of(tx, timetable->id) : none,
                           bell,
                           day_for(sources.calendar, sources.orgs, date),
                           changes,
                           found};
        auto const of_date = lessons_of_day(plan, zone, now);
        lessons.insert(lessons.end(), of_date.begin(), of_date.end());
    }
    return lessons;
}

}  // namespace

std::vector<core::LocalDate> school_days(sql::Tx& tx, core::OrgId const& org, core::LocalDate from,
                                         core::LocalDate to) {
    auto const terms = roster::terms(tx);
    auto const orgs = roster::self_and_ancestors(tx, org);
    auto const calendar = store::calendar(tx, orgs, from, to);
    std::vector<core::LocalDate> days;
    for (auto date = from; date <= to; date = date.plus_days(1)) {
        bool const in_term =
            std::ranges::any_of(terms, [date](roster::Term const& term) { return term.contains(date); });
        auto const day = day_for(calendar, orgs, date);
        if (in_term && is_school_day(date, day ? &*day : nullptr)) days.push_back(date);
    }
    return days;
}

std::optional<Lesson> lesson(sql::Tx& tx, LessonId const& id) {
    return store::lesson(tx, id);
}

std::vector<Lesson> lessons_of_teacher(sql::Tx& tx, core::PersonId const& teacher, core::LocalDate from,
                                       core::LocalDate to) {
    return store::lessons_of_teacher(tx, teacher, from, to);
}
std::vector<Lesson> lessons_of_class(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate from,
                                     core::LocalDate to) {
    return store::lessons_of_class(tx, class_id, from, to);
}
std::vector<Lesson> lessons_of_school(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                      core::LocalDate to) {
    return store::lessons_of_school(tx, school, from, to);
}

std::optional<Lesson> lesson_now(sql::Tx& tx, core::PersonId const& teacher, core::Instant at, int ahead_minutes) {
    auto const date = roster::district(tx).zone().date_of(at);
    for (auto const& lesson : store::lessons_of_teacher(tx, teacher, date, date)) {
        if (lesson.state == LessonState::cancelled || lesson.end_at <= at) continue;
        if (lesson.start_at.plus_seconds(-60LL * ahead_minutes) <= at) return lesson;
    }
    return std::nullopt;
}

std::vector<BellPeriod> bell(sql::Tx& tx, core::OrgId const& school, core::LocalDate date) {
    return store::bell(tx, school, date);
}
std::vector<CoursePlanRow> course_plan(sql::Tx& tx, int school_year) {
    return store::course_plan(tx, school_year);
}

core::Result<Lesson> add_unplanned(sql::Tx& tx, Lesson lesson) {
    lesson.id = lesson_id(lesson.class_id, lesson.date, lesson.period);
    lesson.source = LessonSource::unplanned;
    if (store::lesson(tx, lesson.id)) return core::conflict("timetable.place_taken");
    store::put_lessons(tx, {lesson});
    announce_unplanned(tx, lesson);
    return lesson;
}

void materialise(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to, core::Instant now) {
    std::map<std::string, Lesson> before;
    for (auto& lesson : store::lessons_of_school(tx, school, from, to)) {
        if (lesson.source != LessonSource::unplanned) before.emplace(lesson.id.text(), std::move(lesson));
    }
    std::vector<Lesson> changed;
    for (auto& lesson : computed_lessons(tx, school, from, to, now)) {
        auto const known = before.find(lesson.id.text());
        bool const same = known != before.end() && known->second == lesson;
        if (known != before.end()) before.erase(known);
        if (!same) changed.push_back(std::move(lesson));
    }
    store::put_lessons(tx, changed);
    for (auto const& lesson : changed) {
        if (lesson.state != LessonState::planned) announce(tx, lesson);
    }
    std::vector<LessonId> vanished;
    for (auto const& [id, lesson] : before) {
        vanished.push_back(lesson.id);
        if (lesson.state != LessonState::planned) feed::remove(tx, {"timetable.TaughtLesson", id, school});
    }
    store::delete_lessons(tx, vanished);
    if (lesson_watch() && !changed.empty()) lesson_watch()(tx, school, changed);
}

void register_lesson_watch(std::function<void(sql::Tx&, core::OrgId const&, std::vector<Lesson> const&)> changed) {
    lesson_watch() = std::move(changed);
}

int close_lessons(sql::Tx& tx, core::Instant now, int limit) {
    auto lessons = store::ended_lessons(tx, now, limit);
    for (auto& lesson : lessons) {
        lesson.state = LessonState::held;
        // beside the timetable it is evidence of its teacher, and taught only when the office confirms it
        if (lesson.source == LessonSource::unplanned)
            announce_unplanned(tx, lesson);
        else
            announce(tx, lesson);
    }
    store::put_lessons(tx, lessons);
    return static_cast<int>(lessons.size());
}

void roll_forward(sql::Database& db, core::DistrictId district, core::Clock const& clock) {
    auto const schools = db.read(district, [](sql::Tx& tx) { return roster::schools(tx); });
    for (auto const& school : schools) {
        db.transact(district, [&](sql::Tx& tx) {
            auto const today = roster::district(tx).zone().date_of(clock.now());
            materialise(tx, school.id, today, today.plus_days(horizon_days), clock.now());
        });
    }
    while (db.transact(district, [&](sql::Tx& tx) { return close_lessons(tx, clock.now()); }) > 0) {}
}

void write_timetable(sql::Tx& tx, Timetable const& timetable, std::vector<Entry> const& entries) {
    store::insert_timetable(tx, timetable);
    store::insert_entries(tx, entries);
}
void say_calendar(sql::Tx& tx, core::OrgId const& org) {
    feed::put(tx, {"timetable.Calendar", org.text(), org}, Changed{*core::Uuid::parse(org.text()), org});
}

void set_bells(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, std::vector<BellPeriod> const& periods) {
    auto const before = store::bell_schedules(tx, school);
    store::replace_bell(tx, school, from, "", periods);
    auto const after = store::bell_schedules(tx, school);
    for (auto const& id : after) feed::put(tx, {"timetable.Bells", id.text(), school}, Changed{id, school});
    for (auto const& id : before) {
        if (std::ranges::find(after, id) == after.end()) feed::remove(tx, {"timetable.Bells", id.text(), school});
    }
}

void write_bell(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, std::vector<BellPeriod> const& periods) {
    set_bells(tx, school, from, periods);
}
void write_course_plan(sql::Tx& tx, int school_year, std::vector<CoursePlanRow> const& rows) {
    store::replace_course_plan(tx, school_year, rows);
    feed::put(tx, {"timetable.CoursePlan", std::to_string(school_year), {}}, CoursePlanChanged{school_year});
}
void write_calendar(sql::Tx& tx, std::vector<CalendarDay> const& days) {
    std::set<core::OrgId> places;
    for (auto const& day : days) {
        store::put_calendar_day(tx, day);
        places.insert(day.org_id);
    }
    for (auto const& place : places) say_calendar(tx, place);
}
void write_substitutions(sql::Tx& tx, std::vector<Substitution> const& changes) {
    for (auto const& change : changes) store::insert_substitution(tx, change);
}
void write_patrol(sql::Tx& tx, std::vector<PatrolException> const& found) {
    for (auto const& one : found) store::insert_patrol(tx, one);
}

}  // namespace santong::timetable
