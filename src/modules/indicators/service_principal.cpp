#include <algorithm>
#include <set>

#include "modules/indicators/board.hpp"
#include "modules/indicators/permissions.hpp"
#include "modules/indicators/service_detail.hpp"
#include "modules/indicators/service_school.hpp"
#include "modules/timetable/service.hpp"

namespace santong::indicators {

namespace {

using timetable::Lesson;
using timetable::LessonState;

/// Why somebody has to look after a lesson; empty if nobody has.
std::optional<LessonTrouble> trouble(Lesson const& lesson) {
    switch (lesson.state) {
        case LessonState::cancelled: return LessonTrouble::cancelled;
        case LessonState::not_taught: return LessonTrouble::not_taught;
        case LessonState::planned:
        case LessonState::held: break;
    }
    if (!lesson.teacher_id) return LessonTrouble::no_teacher;
    return std::nullopt;
}

/// Today's lessons of one school.
class Day {
public:
    Day(sql::Tx& tx, core::OrgId const& school, core::LocalDate today, core::Instant now)
        : lessons_(timetable::lessons_of_school(tx, school, today, today)), now_(now) {
        for (auto const& one : roster::teachers(tx, school, today)) teachers_.insert(one.person_id);
        for (auto const& one : roster::classes(tx, school, today)) classes_[one.id] = one.name;
    }

    void fill(PrincipalHome& home, std::string const& language) const {
        for (auto const& lesson : lessons_) {
            if (lesson.state != LessonState::cancelled) count(home, lesson);
            if (auto const kind = trouble(lesson)) home.today.push_back(view(lesson, *kind, language));
        }
        std::ranges::stable_sort(home.today, [](LessonException const& a, LessonException const& b) {
            return std::tuple(a.over, a.start_at) < std::tuple(b.over, b.start_at);
        });
    }

private:
    void count(PrincipalHome& home, Lesson const& lesson) const {
        ++home.lessons;
        if (lesson.end_at <= now_)
            ++home.over;
        else if (lesson.start_at <= now_)
            ++home.running;
    }
    LessonException view(Lesson const& lesson, LessonTrouble kind, std::string const& language) const {
        auto const name = classes_.find(lesson.class_id);
        return {kind,
                lesson.class_id,
                name == classes_.end() ? "" : name->second,
                lesson.period,
                roster::subject_title(lesson.subject, language),
                lesson.start_at,
                lesson.end_at <= now_,
                free_teachers(lesson.period)};
    }
    std::int32_t free_teachers(int period) const {
        auto free = teachers_;
        for (auto const& lesson : lessons_) {
            if (lesson.period == period && lesson.teacher_id && lesson.state != LessonState::cancelled)
                free.erase(*lesson.teacher_id);
        }
        return static_cast<std::int32_t>(free.size());
    }

    std::vector<Lesson> lessons_;
    core::Instant now_;
    std::set<core::PersonId> teachers_;
    std::map<core::OrgId, std::string> classes_;
};

void fill_rooms(Board const& board, core::OrgId const& school, PrincipalHome& home) {
    std::tie(home.classrooms, home.equipped) = board.classrooms(school);
    for (auto const& room : board.rooms(school)) {
        home.rooms.push_back({room.name, std::string(core::enum_text(room.kind)), room.equipped});
    }
    auto const target = board.target(code::rooms, school);
    if (target && target->org_id == school) home.rooms_target = target->value;
    home.rooms_declared = board.declared(code::rooms, school, board.monday());
}

}  // namespace

core::Result<PrincipalHome> principal_home(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           std::string const& org, std::string const& language) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PrincipalHome> {
        auto const subject = TRY(subject_of(tx, caller, org));
        if (subject.sight != Sight::school) return core::forbidden();
        auto const school = TRY(roster::school(tx, *subject.school));
        auto const current = TRY(Board::open(tx, clock, 0));
        PrincipalHome home;
        home.school_id = school.id;
        home.school = school.name;
        home.topic = topic_of(tx.district());
        home.time = current.time();
        home.now = clock.now();
        Day(tx, school.id, home.time.today, home.now).fill(home, language);
        home.week = exceptions_of(current, school.id, language);
        fill_rooms(current, school.id, home);
        int const whole = std::max(1, current.term().week_of(current.last_whole_week()));
        auto const board = TRY(Board::open(tx, clock, whole));
        home.numbers_week = board.time().week;
        home.time.weeks = board.time().weeks;
        for (auto const& one : indicators()) home.numbers.push_back(board.school_number(one, school.id, false));
        return home;
    });
}

}  // namespace santong::indicators
