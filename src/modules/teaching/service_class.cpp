#include "modules/teaching/service_class.hpp"

#include <algorithm>

#include "modules/teaching/evidence.hpp"
#include "modules/teaching/permissions.hpp"
#include "modules/teaching/store.hpp"

namespace santong::teaching {

namespace {

constexpr int largest_class = 500;

ScreenPlace place_of(store::Live const& live) {
    return {live.resource_id, live.page, live.question_id, live.seen_at, live.bell_at, heartbeat_seconds};
}

void note(sql::Tx& tx, store::Live const& live, store::EventKind kind) {
    store::append_event(tx, {store::EventId::make(), live.session_id, kind, live.resource_id, live.page, live.seen_at});
}

/// The caller's own session that still runs, with its place on the screen.
struct Running {
    ClassSession session;
    store::Live live;
};

core::Result<ClassSession> own_session(sql::Tx& tx, auth::Caller const& caller, SessionId const& id) {
    auto session = store::session(tx, id);
    if (!session || session->teacher_id != caller.person) return core::not_found("teaching.session_not_found");
    return *session;
}

core::Result<Running> own_running(sql::Tx& tx, auth::Caller const& caller, SessionId const& id) {
    auto session = TRY(own_session(tx, caller, id));
    auto const live = store::live(tx, id);
    if (!session.running() || !live) return core::conflict("teaching.session_ended");
    return Running{std::move(session), *live};
}

ClassView view_of(sql::Tx& tx, auth::Caller const& caller, ClassSession const& session, timetable::Lesson const& lesson,
                  store::Live const& live, core::LocalDate today) {
    ClassView view;
    view.session = session;
    view.lesson = lesson_rows(tx, {lesson}, today).front();
    std::vector<ResourceId> wanted;
    if (auto const plan = session.plan_id ? store::plan(tx, *session.plan_id) : std::nullopt) {
        view.plan_id = plan->id;
        view.title = plan->content.title;
        view.sections = plan->content.sections;
        wanted = resources_of(plan->content);
    }
    for (auto const& one : store::resources_of(tx, {session.id})) {
        view.opened.push_back(one.resource_id);
        if (std::ranges::find(wanted, one.resource_id) == wanted.end()) wanted.push_back(one.resource_id);
    }
    view.resources = resource_briefs(tx, caller, wanted);
    view.questions = store::questions(tx, {session.id});
    view.place = place_of(live);
    return view;
}

core::Result<void> check_time(timetable::Lesson const& lesson, core::Instant now) {
    if (lesson.state == timetable::LessonState::cancelled) return core::conflict("teaching.lesson_cancelled");
    if (now < lesson.start_at.plus_seconds(-60 * minutes_ahead)) {
        return core::conflict("teaching.too_early", {{"minutes", std::to_string(minutes_ahead)}});
    }
    if (now >= lesson.end_at.plus_seconds(60 * overrun_minutes)) return core::conflict("teaching.lesson_over");
    return {};
}

/// The lesson of a class in the period that runs now; written down as unplanned if the timetable has none.
core::Result<timetable::Lesson> lesson_in_class(sql::Tx& tx, auth::Caller const& caller, OpenRequest const& request,
                                                core::Instant now) {
    auto const zone = roster::district(tx).zone();
    auto const date = zone.date_of(now);
    auto const group = TRY(roster::class_group(tx, *request.class_id, date));
    TRY_VOID(caller.require(tx, permissions::teach, group.school_id));
    int const minute = zone.minute_of_day(now);
    auto const bell = timetable::bell(tx, group.school_id, date);
    auto const period = std::ranges::find_if(bell, [&](timetable::BellPeriod const& one) {
        return minute >= one.start_minute - minutes_ahead && minute < one.end_minute;
    });
    if (period == bell.end()) return core::conflict("teaching.no_period_now");
    if (auto const known = timetable::lesson(tx, timetable::lesson_id(group.id, date, period->number))) {
        if (known->teacher_id != caller.person) return core::conflict("teaching.lesson_of_colleague");
        return *known;
    }
    auto const term = TRY(roster::term_at(tx, date));
    auto const person = TRY(roster::person(tx, caller.person));
    timetable::Lesson lesson;
    lesson.school_id = group.school_id;
    lesson.class_id = group.id;
    lesson.date = date;
    lesson.week = term.week_of(date);
    lesson.period = period->number;
    lesson.subject = request.subject.value_or(person.subject);
    lesson.teacher_id = caller.person;
    lesson.room = group.room;
    lesson.start_at = zone.at(date, period->start_minute);
    lesson.end_at = zone.at(date, period->end_minute);
    return timetable::add_unplanned(tx, std::move(lesson));
}

core::Result<timetable::Lesson> wanted_lesson(sql::Tx& tx, auth::Caller const& caller, OpenRequest const& request,
                                              core::Instant now) {
    if (request.class_id) return lesson_in_class(tx, caller, request, now);
    if (!request.lesson_id) {
        auto const lesson = timetable::lesson_now(tx, caller.person, now, minutes_ahead);
        if (!lesson) return core::conflict("teaching.no_lesson_now");
        return *lesson;
    }
    auto const lesson = timetable::lesson(tx, *request.lesson_id);
    if (!lesson || !caller.may(tx, permissions::teach, lesson->school_id)) return core::not_found("teaching.lesson_not_found");
    if (lesson->teacher_id != caller.person) return core::conflict("teaching.lesson_of_colleague");
    return *lesson;
}

/// Where the screen goes on: where it stood, also when the lesson was ended by mistake.
store::Live place_to_go_on(sql::Tx& tx, ClassSession const& session, core::Instant bell_at, core::Instant now) {
    if (auto const live = store::live(tx, session.id)) return *live;
    store::Live place{session.id, now, bell_at, std::nullopt, 1, std::nullopt};
    for (auto const& event : store::events(tx, session.id)) {
        if (event.kind != store::EventKind::show) continue;
        place.resource_id = event.resource_id;
        place.page = event.page;
    }
    return place;
}

/// Lessons of the teacher that somebody forgot to end.
void end_others(sql::Tx& tx, core::PersonId const& teacher, SessionId const& now_running, core::Instant now) {
    for (auto& other : store::running_sessions(tx, teacher)) {
        auto const live = store::live(tx, other.id);
        if (other.id != now_running && live) evidence::finish(tx, other, live->bell_at, store::EventKind::close, now);
    }
}

core::Result<void> choose_plan(sql::Tx& tx, auth::Caller const& caller, ClassSession& session, PlanId const& id) {
    auto const plan = store::plan(tx, id);
    bool const readable = plan && (plan->owner_person == caller.person ||
                                   (plan->sharing == Sharing::school && caller.may(tx, permissions::prepare, plan->school_id)));
    if (!readable) return core::not_found("teaching.plan_not_found");
    session.plan_id = id;
    return {};
}

}  // namespace

core::Result<ClassView> open_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   OpenRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassView> {
        auto const now = clock.now();
        auto const lesson = TRY(wanted_lesson(tx, caller, request, now));
        TRY_VOID(caller.require(tx, permissions::teach, lesson.school_id));
        TRY_VOID(check_time(lesson, now));
        auto session = evidence::begin(tx, lesson, caller.person, EvidenceKind::class_view);
        auto live = place_to_go_on(tx, session, lesson.end_at, now);
        bool const goes_on = store::live(tx, session.id).has_value() || session.ended_at;
        if (session.ended_at || request.plan_id) {
            session.ended_at.reset();
            if (request.plan_id) TRY_VOID(choose_plan(tx, caller, session, *request.plan_id));
            store::update_session(tx, session);
            evidence::announce(tx, session);
        }
        end_others(tx, caller.person, session.id, now);
        evidence::tick(tx, session, live, now);
        live.seen_at = now;
        store::put_live(tx, live);
        note(tx, live, goes_on ? store::EventKind::resume : store::EventKind::open);
        return view_of(tx, caller, session, lesson, live, lesson.date);
    });
}

core::Result<CurrentClass> current_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<CurrentClass> {
        CurrentClass current;
        current.now = clock.now();
        auto const today = roster::today(tx, clock);
        for (auto const& session : store::running_sessions(tx, caller.person)) {
            auto const live = store::live(tx, session.id);
            auto const lesson = timetable::lesson(tx, session.lesson_id);
            if (!live || !lesson || to_be_closed(live->seen_at, live->bell_at, current.now)) continue;
            current.running = view_of(tx, caller, session, *lesson, *live, today);
            break;
        }
        if (auto const lesson = timetable::lesson_now(tx, caller.person, current.now, minutes_ahead)) {
            current.lesson = lesson_rows(tx, {*lesson}, today).front();
        }
        auto lessons = timetable::lessons_of_teacher(tx, caller.person, today, today);
        std::erase_if(lessons, [&](timetable::Lesson const& one) { return one.end_at <= current.now; });
        current.today = lesson_rows(tx, lessons, today);
        auto const school = own_school(tx, caller, permissions::teach);
        if (!school) return current;
        for (auto const& group : roster::classes(tx, *school, today)) current.classes.push_back({group.id, group.name});
        return current;
    });
}

core::Result<ScreenPlace> show(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, SessionId const& id,
                               ShowRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ScreenPlace> {
        auto [session, live] = TRY(own_running(tx, caller, id));
        if (request.page && *request.page < 1) return core::invalid_at("/page", "teaching.no_such_page");
        if (request.question_id && !store::question(tx, id, *request.question_id)) {
            return core::not_found("teaching.question_not_found");
        }
        evidence::tick(tx, session, live, clock.now());
        live.seen_at = clock.now();
        if (request.resource_id) {
            auto const resource = TRY(resources::readable(tx, caller, *request.resource_id));
            if (evidence::use(tx, session, resource)) {
                resources::record_view(tx, clock, caller, resource, {session.class_id, session.id.value});
            }
        }
        // A question stands in front of what was shown: the resource and its page stay for afterwards.
        if (!request.question_id) {
            live.resource_id = request.resource_id;
            live.page = request.page.value_or(1);
        }
        live.question_id = request.question_id;
        store::put_live(tx, live);
        note(tx, live, request.question_id ? store::EventKind::question : store::EventKind::show);
        return place_of(live);
    });
}

core::Result<ScreenPlace> heartbeat(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, SessionId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ScreenPlace> {
        auto [session, live] = TRY(own_running(tx, caller, id));
        evidence::tick(tx, session, live, clock.now());
        live.seen_at = clock.now();
        store::put_live(tx, live);
        return place_of(live);
    });
}

core::Result<ClassSession> end_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, SessionId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassSession> {
        auto session = TRY(own_session(tx, caller, id));
        auto const live = store::live(tx, id);
        if (!session.running() || !live) return session;
        evidence::tick(tx, session, *live, clock.now());
        evidence::finish(tx, session, live->bell_at, store::EventKind::end, clock.now());
        return session;
    });
}

core::Result<ClassQuestion> ask(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, SessionId const& id,
                                NewQuestion const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassQuestion> {
        auto [session, live] = TRY(own_running(tx, caller, id));
        TRY_VOID(check_question({wish.text, wish.options, wish.answer}));
        auto const group = TRY(roster::class_group(tx, session.class_id, session.date));
        int const present = wish.present.value_or(session.present.value_or(group.pupils));
        if (present < 0 || present > largest_class) return core::invalid_at("/present", "teaching.present_out_of_range");
        ClassQuestion question{QuestionId::make(), id, static_cast<std::int32_t>(store::questions(tx, {id}).size()) + 1,
                               wish.text, wish.options, wish.answer, present,
                               std::vector<std::int32_t>(wish.options.size(), 0), false, clock.now()};
        store::insert_questions(tx, {question});
        evidence::tick(tx, session, live, clock.now());
        live.seen_at = clock.now();
        live.question_id = question.id;
        store::put_live(tx, live);
        note(tx, live, store::EventKind::question);
        return question;
    });
}

core::Result<ClassQuestion> count_hands(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                        SessionId const& id, QuestionId const& question_id, HandCount const& hands) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassQuestion> {
        auto [session, live] = TRY(own_running(tx, caller, id));
        auto question = store::question(tx, id, question_id);
        if (!question) return core::not_found("teaching.question_not_found");
        if (hands.present) {
            if (*hands.present < 0 || *hands.present > largest_class) {
                return core::invalid_at("/present", "teaching.present_out_of_range");
            }
            question->present = *hands.present;
        }
        auto const counts = hands.counts.value_or(question->counts);
        TRY_VOID(check_counts(*question, counts));
        question->counts = counts;
        question->done = hands.done.value_or(question->done);
        store::set_counts(tx, *question);
        if (hands.present && session.present != hands.present) {
            session.present = hands.present;
            store::update_session(tx, session);
            evidence::announce(tx, session);
        }
        evidence::tick(tx, session, live, clock.now());
        live.seen_at = clock.now();
        live.question_id = question->done ? std::nullopt : std::optional(question->id);
        store::put_live(tx, live);
        return *question;
    });
}

}  // namespace santong::teaching
