#pragma once
// Lessons and class sessions as the feed brings them, for the tests of indicators.
#include "modules/indicators/service.hpp"
#include "modules/resources/domain.hpp"
#include "modules/teaching/domain.hpp"
#include "modules/teaching/service.hpp"
#include "modules/timetable/domain.hpp"
#include "world.hpp"

namespace santong::indicators::test {

/// The small district, with a reader of its feed.
struct Evidence : santong::test::World {
    Evidence() : readers(consumers(nullptr, clock)) { read_feed(); }

    std::vector<std::unique_ptr<feed::Consumer>> readers;

    void read_feed() const {
        for (auto const& one : readers) feed::run_consumer(db(), district(), *one);
    }

    timetable::Lesson lesson(core::OrgId const& school, core::OrgId const& class_id, core::LocalDate date, int period,
                             core::PersonId const& teacher, std::string subject = "14") const {
        timetable::Lesson one;
        one.id = timetable::lesson_id(class_id, date, period);
        one.school_id = school;
        one.class_id = class_id;
        one.date = date;
        one.week = 12;
        one.period = period;
        one.subject = std::move(subject);
        one.teacher_id = teacher;
        one.state = timetable::LessonState::held;
        one.start_at = core::Zone{}.at(date, 480 + period * 50);
        one.end_at = one.start_at.plus_seconds(2400);
        return one;
    }
    teaching::ClassSession session(timetable::Lesson const& of) const {
        teaching::ClassSession one;
        one.id = teaching::session_id(of.class_id, of.date, of.period);
        one.lesson_id = of.id;
        one.school_id = of.school_id;
        one.class_id = of.class_id;
        one.teacher_id = of.teacher_id.value_or(core::PersonId{});
        one.subject = of.subject;
        one.date = of.date;
        one.week = of.week;
        one.period = of.period;
        one.started_at = of.start_at;
        one.ended_at = of.end_at;
        one.correct_until = teaching::correct_until(of.date, core::Zone{});
        one.minutes_band = teaching::MinutesBand::b20_30;
        one.resource_count = 1;
        return one;
    }
    void tell(timetable::Lesson const& one) const {
        transact([&](sql::Tx& tx) { feed::put(tx, {"timetable.TaughtLesson", one.id.text(), one.school_id}, one); });
    }
    void tell(teaching::ClassSession const& one) const {
        transact([&](sql::Tx& tx) { feed::put(tx, {"teaching.ClassSession", one.id.text(), one.school_id}, one); });
    }
    std::vector<Rollup> now() const {
        return read([](sql::Tx& tx) { return rollups(tx); });
    }
    Rollup figure(std::string const& indicator, core::OrgId const& org, core::LocalDate monday,
                  std::string const& subject = "") const {
        for (auto const& row : now()) {
            if (row.indicator == indicator && row.org_id == org && row.monday == monday && row.subject == subject)
                return row;
        }
        return {};
    }
};

inline core::LocalDate const this_monday{2014, 11, 17};
inline core::LocalDate const last_monday{2014, 11, 10};

}  // namespace santong::indicators::test
