#include "server/demo/history.hpp"

#include <algorithm>

#include "core/assert.hpp"
#include "modules/timetable/service.hpp"
#include "server/demo/session_writer.hpp"

namespace santong::server::demo {

namespace {

using timetable::Lesson;

/// Sessions that three months leave, declared ones included (DEMO 2).
constexpr double wanted_sessions = 36'000;

/// How readily somebody teaches with a screen; drawn once a teacher, so that gaps are those of people, not of dice.
class Habits {
public:
    Habits(DistrictPlan const& plan, Random random) {
        for (auto const& school : plan.schools) {
            double const school_habit =
                school.row.central ? 0.42 + 0.22 * random.share() : 0.14 + 0.16 * random.share();
            for (auto const& teacher : school.teachers) {
                double const own = random.chance(0.1) ? 0.02 : 0.4 + 1.2 * random.share();
                of_teacher_[teacher.id] = std::min(0.97, school_habit * own);
            }
        }
    }
    double of(Lesson const& lesson) const {
        static std::map<std::string, double> const by_subject{{"13", 1.05}, {"14", 1.1},  {"41", 1.2},  {"15", 1.1},
                                                              {"61", 1.45}, {"26", 1.45}, {"24", 0.75}, {"25", 0.8},
                                                              {"22", 0.12}, {"60", 0.6}};
        auto const subject = by_subject.find(lesson.subject);
        double const growth = 0.78 + 0.45 * (lesson.week - 1) / 11.0;
        auto const teacher = of_teacher_.find(*lesson.teacher_id);
        return teacher->second * (subject == by_subject.end() ? 1.0 : subject->second) * growth;
    }

private:
    std::map<PersonId, double> of_teacher_;
};

/// Chance that a lesson left a session; nobody always teaches with a screen.
double chance_of(Habits const& habits, Lesson const& lesson, double scale) {
    return std::min(0.96, habits.of(lesson) * scale);
}

/// The scale at which the expected number of sessions is the wanted one.
double scale_for(std::vector<std::vector<Lesson>> const& held, Habits const& habits) {
    double low = 0, high = 8;
    for (int round = 0; round < 24; ++round) {
        double const middle = (low + high) / 2;
        double expected = 0;
        for (auto const& lessons : held) {
            for (auto const& lesson : lessons) expected += chance_of(habits, lesson, middle);
        }
        (expected < wanted_sessions ? low : high) = middle;
    }
    return low;
}

void write_exceptions(sql::Database& db, SchoolPlan const& school, Random& random) {
    std::vector<timetable::Substitution> changes;
    std::vector<timetable::PatrolException> found;
    for (int day = 0; day < 80; ++day) {
        auto const date = term_start.plus_days(day);
        if (date.weekday() > 5 || date > demo_today) continue;
        auto const& entry = random.pick(school.entries);
        if (entry.weekday != date.weekday()) continue;
        if (random.chance(0.55)) {
            auto const kind =
                random.chance(0.3) ? timetable::SubstitutionKind::cancelled : timetable::SubstitutionKind::substitute;
            changes.push_back({timetable::SubstitutionId::make(), school.id, entry.class_id, date, entry.period, kind,
                               "",
                               kind == timetable::SubstitutionKind::cancelled ? std::optional<PersonId>{}
                                                                              : random.pick(school.teachers).id,
                               kind == timetable::SubstitutionKind::cancelled ? "任课老师开会" : "任课老师请假",
                               school.teachers[1].id, core::Zone{}.at(date, 450)});
        } else if (date < demo_today && random.chance(0.3)) {
            found.push_back({timetable::PatrolExceptionId::make(), school.id, entry.class_id, date, entry.period,
                             timetable::PatrolFinding::not_taught, "", "巡课时教室里是自习", school.teachers[1].id,
                             core::Zone{}.at(date, 1000)});
        }
    }
    db.transact(datonghu, [&](sql::Tx& tx) {
        timetable::write_substitutions(tx, changes);
        timetable::write_patrol(tx, found);
    });
}

/// Lessons of a school, written and read back.
std::vector<Lesson> write_lessons(sql::Database& db, SchoolPlan const& school, core::Clock const& clock) {
    for (auto from = term_start; from <= demo_today.plus_days(14); from = from.plus_days(14)) {
        db.transact(datonghu, [&](sql::Tx& tx) {
            timetable::materialise(tx, school.id, from, std::min(from.plus_days(13), demo_today.plus_days(14)),
                                   clock.now());
        });
    }
    auto lessons = db.read(
        datonghu, [&](sql::Tx& tx) { return timetable::lessons_of_school(tx, school.id, term_start, demo_today); });
    std::erase_if(lessons, [](Lesson const& l) { return l.state != timetable::LessonState::held || !l.teacher_id; });
    return lessons;
}

/// What a school's teachers find, by subject and grade.
class Shelf {
public:
    Shelf(LibraryPlan const& library, OrgId const& school) {
        for (auto const& item : library.items) {
            if (!is_taken_up(item, school)) continue;
            for (int grade = item.grade_from; grade <= item.grade_to; ++grade)
                by_place_[{item.subject, grade}].push_back(item.id);
        }
    }
    std::vector<resources::ResourceId> const* of(std::string const& subject, int grade) const {
        auto const found = by_place_.find({subject, grade});
        return found == by_place_.end() ? nullptr : &found->second;
    }

private:
    std::map<std::pair<std::string, int>, std::vector<resources::ResourceId>> by_place_;
};

}  // namespace

void write_history(sql::Database& db, DistrictPlan const& plan, LibraryPlan const& library, core::Clock const& clock,
                   Random const& random, SignIns& sign_ins) {
    Habits const habits(plan, random.part("habits"));
    auto exceptions = random.part("exceptions");
    std::vector<std::vector<Lesson>> held;
    for (auto const& school : plan.schools) {
        write_exceptions(db, school, exceptions);
        held.push_back(write_lessons(db, school, clock));
    }
    double const scale = scale_for(held, habits);
    auto draw = random.part("sessions");
    SessionWriter writer(random.part("resources used"), core::Zone{}.at(demo_today, demo_minute));
    std::size_t written = 0;
    for (std::size_t i = 0; i < plan.schools.size(); ++i) {
        Shelf const shelf(library, plan.schools[i].id);
        std::map<OrgId, int> grades;
        for (auto const& group : plan.schools[i].classes) grades[group.id] = group.grade;
        for (auto const& lesson : held[i]) {
            if (!draw.chance(chance_of(habits, lesson, scale))) continue;
            writer.add(lesson, shelf.of(lesson.subject, grades.at(lesson.class_id)));
            sign_ins.note(*lesson.teacher_id, lesson.start_at);
        }
        auto const bulk = writer.take();
        db.transact(datonghu, [&](sql::Tx& tx) { teaching::write_sessions(tx, bulk); });
        written += bulk.sessions.size();
    }
    SANTONG_ASSERT(written > 34'000 && written < 38'000);
}

}  // namespace santong::server::demo
