#pragma once
#include "modules/timetable/service.hpp"
#include "modules/timetable/service_changes.hpp"
#include "world.hpp"

namespace santong::test {

/// heba's week: 五(1) has mathematics with teacher 0 in period 1 and Chinese with teacher 1 in period 2 of every day,
/// 五(2) Chinese with teacher 1 in period 1 and English with teacher 2 in period 3; lessons of two weeks both ways.
/// `music`: 五(1) has music with teacher 4 in period 3 as well, so that three lessons can change places in a ring.
struct ChangeWeek : World {
    explicit ChangeWeek(bool music = false) : music_(music) {
        transact([&](sql::Tx& tx) {
            timetable::write_bell(tx, heba.id, {2014, 9, 1}, {{1, "", 500, 540}, {2, "", 640, 680}, {3, "", 800, 840}});
            publish(tx, {2014, 9, 1});
            timetable::materialise(tx, heba.id, today().plus_days(-14), today().plus_days(14), clock.now());
        });
    }
    void publish(sql::Tx& tx, core::LocalDate from) const {
        timetable::Timetable const table{timetable::TimetableId::make(),
                                         heba.id,
                                         autumn,
                                         1,
                                         timetable::TimetableState::published,
                                         from,
                                         {},
                                         heba.academic,
                                         core::Instant{1}};
        std::vector<timetable::Entry> entries;
        auto const put = [&](int weekday, int period, std::size_t group, std::size_t teacher, char const* subject) {
            entries.push_back({timetable::EntryId::make(), table.id, heba.classes[group], weekday, period, subject,
                               heba.teachers[teacher], "", timetable::WeekParity::all});
        };
        for (int weekday = 1; weekday <= 5; ++weekday) {
            put(weekday, 1, 0, 0, "14");
            put(weekday, 2, 0, 1, "13");
            put(weekday, 1, 1, 1, "13");
            put(weekday, 3, 1, 2, "41");
            if (music_) put(weekday, 3, 0, 4, "22");
        }
        timetable::write_timetable(tx, table, entries);
    }

    timetable::LessonId id(int day, int period, std::size_t group = 0) const {
        return timetable::lesson_id(heba.classes[group], today().plus_days(day), period);
    }
    timetable::Lesson lesson(int day, int period, std::size_t group = 0) const {
        auto const found = read([&](sql::Tx& tx) { return timetable::lesson(tx, id(day, period, group)); });
        REQUIRE(found.has_value());
        return *found;
    }
    std::vector<timetable::Lesson> all_lessons() const {
        return read([&](sql::Tx& tx) {
            return timetable::lessons_of_school(tx, heba.id, today().plus_days(-14), today().plus_days(14));
        });
    }
    auth::Caller office() const { return academic(heba); }

    core::Result<std::vector<timetable::ChangeRequest>> ask(timetable::AskedLesson const& asked) const {
        return timetable::ask_change(db(), teacher(), clock, {timetable::ChangeCause::leave, "家里有事", {asked}});
    }
    timetable::AskedLesson substitute(timetable::LessonId const& lesson, std::size_t colleague) const {
        return {lesson, timetable::ChangeWay::substitute, heba.teachers[colleague], {}};
    }
    core::Result<timetable::ChangeRequest> answer(timetable::ChangeRequest const& request, std::size_t colleague,
                                                  bool agree = true) const {
        return timetable::answer_change(db(), teacher(heba, colleague), clock, request.id,
                                        {agree, agree ? "" : "有会"});
    }
    timetable::DecidedRequest decide(timetable::ChangeRequest const& request, bool approve = true,
                                     std::optional<bool> anyway = {}) const {
        auto const done = timetable::decide_changes(
            db(), office(), clock, {{{request.id, request.version}}, approve, approve ? "" : "那天有考试", anyway});
        REQUIRE(done.has_value());
        REQUIRE(done->size() == 1);
        return done->front();
    }
    /// As it stands when everybody who is asked has agreed.
    timetable::ChangeRequest agreed_by_all(timetable::ChangeRequest request) const {
        while (request.state == timetable::ChangeState::asked) {
            auto const who = timetable::colleagues_asked(request).front();
            auto const said = timetable::answer_change(db(), caller(who), clock, request.id, {true, ""});
            REQUIRE(said.has_value());
            request = *said;
        }
        return request;
    }
    /// Asked by teacher 0, agreed to, and approved by the office.
    timetable::DecidedRequest approved(timetable::AskedLesson const& asked, std::size_t colleague) const {
        auto const made = ask(asked);
        REQUIRE(made.has_value());
        auto const agreed = answer(made->front(), colleague);
        REQUIRE(agreed.has_value());
        return decide(*agreed);
    }
    core::Result<core::Nothing> take_back(timetable::DecidedRequest const& done) const {
        return timetable::remove_substitution(db(), office(), clock, *done.substitution_id);
    }
    std::string refusal(timetable::ChangeRequest const& request) const { return decide(request).refused; }

private:
    bool music_;
};

}  // namespace santong::test
