#include "server/demo/teaching_on.hpp"

#include <algorithm>
#include <set>

#include "core/json.hpp"
#include "modules/resources/service.hpp"
#include "modules/roster/service.hpp"
#include "modules/timetable/service.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/sql/installation.hpp"
#include "server/demo/accounts.hpp"
#include "server/demo/plan.hpp"
#include "server/demo/session_writer.hpp"

namespace santong::server::demo {

namespace {

constexpr char job_kind[] = "demo.teach_on";
constexpr char taught_until[] = "demo_taught_until", queued_until[] = "demo_queued_until";
constexpr std::int64_t hour_ms = 60 * 60 * 1000;
/// A queued hour that was not done within so many of them was lost, and is queued again.
constexpr int patience = 6;
constexpr int days_looked_at = 28;
/// Pupils have done what they do of an evening by this minute.
constexpr int evening = 21 * 60 + 10;

struct Hour {
    core::Instant until;
};
BOOST_DESCRIBE_STRUCT(Hour, (), (until))

bool is_demo(sql::Tx& tx) {
    return sql::installation_value(tx, "demo") == "yes";
}

std::optional<core::Instant> moment(sql::Tx& tx, char const* name) {
    auto const text = sql::installation_value(tx, name);
    return text ? std::optional(core::Instant{std::stoll(*text)}) : std::nullopt;
}

/// How its teachers taught before visitors came, and with what.
struct Custom {
    std::map<PersonId, double> with_screen;  ///< share of a teacher's lessons that left a session
    std::map<std::pair<std::string, int>, std::vector<resources::ResourceId>> shelf;  ///< by subject and grade
    std::map<int, std::vector<resources::ResourceId>> of_grade;
    std::map<OrgId, int> grades;
};

/// Without what is not on the shelf any more.
std::set<resources::ResourceId> usable(sql::Tx& tx, std::set<resources::ResourceId> const& ids) {
    std::set<resources::ResourceId> kept;
    for (auto const& one : resources::resources(tx, {ids.begin(), ids.end()})) {
        if (resources::is_reviewed(one)) kept.insert(one.id);
    }
    return kept;
}

void fill_shelf(sql::Tx& tx, std::vector<teaching::ClassSession> const& sessions, Custom& custom) {
    std::map<teaching::SessionId, std::pair<std::string, int>> places;
    std::vector<teaching::SessionId> ids;
    for (auto const& one : sessions) {
        ids.push_back(one.id);
        auto const grade = custom.grades.find(one.class_id);
        if (grade != custom.grades.end()) places[one.id] = {one.subject, grade->second};
    }
    std::map<std::pair<std::string, int>, std::set<resources::ResourceId>> shown;
    std::set<resources::ResourceId> all;
    for (auto const& one : teaching::session_resources(tx, ids)) {
        auto const place = places.find(one.session_id);
        if (place == places.end()) continue;
        shown[place->second].insert(one.resource_id);
        all.insert(one.resource_id);
    }
    auto const kept = usable(tx, all);
    for (auto const& [place, things] : shown) {
        for (auto const& id : things) {
            if (!kept.contains(id)) continue;
            custom.shelf[place].push_back(id);
            custom.of_grade[place.second].push_back(id);
        }
    }
}

Custom custom_of(sql::Tx& tx, OrgId const& school, core::LocalDate on) {
    Custom custom;
    for (auto const& group : roster::classes(tx, school, on)) custom.grades[group.id] = group.grade;
    auto const from = demo_today.plus_days(-days_looked_at);
    std::map<PersonId, int> lessons, used;
    for (auto const& lesson : timetable::lessons_of_school(tx, school, from, demo_today.plus_days(-1))) {
        if (lesson.state == timetable::LessonState::held && lesson.teacher_id) ++lessons[*lesson.teacher_id];
    }
    auto const sessions = teaching::sessions_of_school(tx, school, from, demo_today.plus_days(-1));
    for (auto const& one : sessions) ++used[one.teacher_id];
    for (auto const& [teacher, count] : lessons)
        custom.with_screen[teacher] = static_cast<double>(used[teacher]) / count;
    fill_shelf(tx, sessions, custom);
    return custom;
}

/// Drawn by what is decided, so that it comes out the same each time.
Random drawn_for(std::string const& what) {
    return Random(1).part(what);
}

struct Span {
    core::Instant from;
    core::Instant until;

    bool holds(core::Instant at) const { return from < at && at <= until; }
};

std::size_t teach_school(sql::Tx& tx, OrgId const& school, Span const& span, std::set<std::string> const& visitors) {
    core::Zone const zone;
    auto const first = zone.date_of(span.from), last = zone.date_of(span.until);
    std::vector<timetable::Lesson> over;
    for (auto& lesson : timetable::lessons_of_school(tx, school, first, last)) {
        bool const held = lesson.state == timetable::LessonState::held && lesson.teacher_id;
        if (held && span.holds(lesson.end_at)) over.push_back(lesson);
    }
    std::vector<PersonId> teachers;
    for (auto const& lesson : over) teachers.push_back(*lesson.teacher_id);
    for (auto const& account : auth::accounts_of(tx, teachers)) {
        if (!visitors.contains(account.login)) continue;
        std::erase_if(over, [&](timetable::Lesson const& lesson) { return lesson.teacher_id == account.person_id; });
    }
    if (over.empty()) return 0;
    std::set<timetable::LessonId> recorded;
    for (auto const& one : teaching::sessions_of_school(tx, school, first, last)) recorded.insert(one.lesson_id);
    auto const custom = custom_of(tx, school, last);
    std::size_t written = 0;
    for (auto const& lesson : over) {
        auto draw = drawn_for(lesson.id.text());
        auto const habit = custom.with_screen.find(*lesson.teacher_id);
        bool const taught = habit != custom.with_screen.end() && draw.chance(habit->second);
        if (!taught || recorded.contains(lesson.id)) continue;
        auto const grade = custom.grades.find(lesson.class_id);
        auto const things = custom.shelf.find({lesson.subject, grade == custom.grades.end() ? 0 : grade->second});
        SessionWriter writer(draw.part("session"), span.until);
        writer.add(lesson, things == custom.shelf.end() ? nullptr : &things->second);
        auto const bulk = writer.take();
        teaching::write_sessions(tx, bulk);
        written += bulk.sessions.size();
    }
    return written;
}

auth::Caller as_learner(PersonId const& pupil, OrgId const& class_id) {
    auth::Caller caller;
    caller.district = datonghu;
    caller.person = pupil;
    caller.grants = {{auth::Role::pupil, class_id, ""}};
    return caller;
}

/// As often as in the weeks before (write_pupil_activity): each pupil opens something on one day of a week, or not.
void learn_on(sql::Tx& tx, roster::School const& school, core::LocalDate day, std::set<std::string> const& visitors) {
    auto const custom = custom_of(tx, school.id, day);
    auto const monday = day.plus_days(1 - day.weekday());
    double const habit = (school.central ? 0.34 : 0.16) + 0.1 * drawn_for("habit" + school.id.text()).share();
    for (auto const& [class_id, grade] : custom.grades) {
        auto const things = custom.of_grade.find(grade);
        if (things == custom.of_grade.end()) continue;
        std::vector<PersonId> pupils;
        for (auto const& pupil : roster::pupils_of_class(tx, class_id, day)) pupils.push_back(pupil.person_id);
        for (auto const& account : auth::accounts_of(tx, pupils)) {
            auto draw = drawn_for(monday.text() + account.person_id.text());
            bool const comes =
                draw.chance(grade <= 2 ? habit * 0.3 : habit * 1.25) && draw.between(1, 7) == day.weekday();
            bool const may = account.status == auth::AccountStatus::active && !visitors.contains(account.login);
            if (!comes || !may) continue;
            core::FixedClock const clock(core::Zone{}.at(day, draw.between(1000, evening - 10)));
            auto const resource = resources::resource(tx, draw.pick(things->second));
            resources::record_view(tx, clock, as_learner(account.person_id, class_id), *resource, {class_id, {}});
        }
    }
}

/// Whose job it is: he sees it among his own.
core::AccountId keeper(sql::Tx& tx, core::LocalDate today) {
    auto const root = roster::district(tx).org_id;
    for (auto const role : {auth::Role::sysadmin, auth::Role::info_office}) {
        auto const accounts = auth::accounts_of(tx, roster::holders(tx, role, root, "", today));
        if (!accounts.empty()) return accounts.front().id;
    }
    return {};
}

}  // namespace

std::size_t teach_on(sql::Database& db, core::Instant from, core::Instant until) {
    if (!db.read(0, is_demo)) return 0;
    std::set<std::string> visitors;  // logins that the demo gives to everybody
    for (auto const& one : listed_accounts(db)) visitors.insert(one.login);
    // The bell may not have been rung yet for the last of them, or for many after a long stop.
    while (db.transact(datonghu, [&](sql::Tx& tx) { return timetable::close_lessons(tx, until); }) > 0) {}
    auto const schools = db.read(datonghu, [](sql::Tx& tx) { return roster::schools(tx); });
    core::Zone const zone;
    Span const span{from, until};
    std::size_t written = 0;
    for (auto const& school : schools) {
        written += db.transact(datonghu, [&](sql::Tx& tx) { return teach_school(tx, school.id, span, visitors); });
        for (auto day = zone.date_of(from); day <= zone.date_of(until); day = day.plus_days(1)) {
            if (!span.holds(zone.at(day, evening)) || day > term_end) continue;
            db.transact(datonghu, [&](sql::Tx& tx) { learn_on(tx, school, day, visitors); });
        }
    }
    return written;
}

void queue_teaching(TeachingOn const& at) {
    auto const now = at.clock.now();
    at.db.transact(datonghu, [&](sql::Tx& tx) {
        if (!is_demo(tx)) return;
        auto const done = moment(tx, taught_until).value_or(core::Zone{}.at(demo_today, demo_minute));
        auto const queued = moment(tx, queued_until).value_or(done);
        bool const under_way = queued > done && now.ms - queued.ms < patience * hour_ms;
        if (under_way || now.ms - done.ms < hour_ms) return;
        auto const owner = keeper(tx, roster::today(tx, at.clock));
        if (owner.is_nil()) return;
        sql::set_installation_value(tx, queued_until, std::to_string(now.ms));
        at.jobs.add(tx, {job_kind, owner, std::nullopt, core::json::write(Hour{now})});
    });
}

void register_teaching(jobs::JobRunner& runner, TeachingOn const& at) {
    runner.on(job_kind, [at](jobs::JobContext& job) {
        auto const hour = job.input<Hour>();
        auto const done = at.db.read(
            0, [](sql::Tx& tx) { return moment(tx, taught_until).value_or(core::Zone{}.at(demo_today, demo_minute)); });
        if (!hour || hour->until <= done) return job.finish("null");
        teach_on(at.db, done, hour->until);
        at.db.transact(
            0, [&](sql::Tx& tx) { sql::set_installation_value(tx, taught_until, std::to_string(hour->until.ms)); });
        job.finish("null");
    });
}

}  // namespace santong::server::demo
