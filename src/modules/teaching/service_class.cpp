#include "modules/teaching/service_class.hpp"

#include <algorithm>
#include <map>

#include "core/json.hpp"
#include "modules/teaching/class_access.hpp"
#include "modules/teaching/evidence.hpp"
#include "modules/teaching/permissions.hpp"
#include "modules/teaching/screen_calls.hpp"
#include "modules/teaching/service_joint.hpp"
#include "modules/teaching/store_class.hpp"
#include "platform/text/utf8.hpp"

namespace santong::teaching {

using namespace screen;

namespace {

constexpr int largest_class = 500;

core::Result<void> check_present(int present) {
    if (present >= 0 && present <= largest_class) return {};
    return core::invalid_at("/present", "teaching.present_out_of_range");
}

ClassQuestion new_question(sql::Tx& tx, ClassSession const& session, NewQuestion const& wish, int present,
                           core::Instant now) {
    auto const before = static_cast<std::int32_t>(store::questions(tx, {session.id}).size());
    return {wish.id.value_or(QuestionId::make()),
            session.id,
            before + 1,
            wish.text,
            wish.options,
            wish.answer,
            present,
            std::vector<std::int32_t>(wish.options.size(), 0),
            false,
            now,
            wish.class_id};
}

core::Result<void> check_time(timetable::Lesson const& lesson, core::Instant now) {
    if (lesson.state == timetable::LessonState::cancelled) return core::conflict("teaching.lesson_cancelled");
    if (now < lesson.start_at.plus_seconds(-60 * minutes_ahead)) {
        return core::conflict("teaching.too_early", {{"minutes", std::to_string(minutes_ahead)}});
    }
    if (now >= lesson.end_at.plus_seconds(60 * overrun_minutes)) return core::conflict("teaching.lesson_over");
    return {};
}

/// The period of a school that runs now or is about to begin.
std::optional<timetable::BellPeriod> period_now(sql::Tx& tx, core::OrgId const& school, core::Instant now) {
    auto const zone = roster::district(tx).zone();
    int const minute = zone.minute_of_day(now);
    for (auto const& one : timetable::bell(tx, school, zone.date_of(now))) {
        if (minute >= one.start_minute - minutes_ahead && minute < one.end_minute) return one;
    }
    return {};
}

/// The classes of a school, and which of them have a colleague's lesson now: those could not be opened.
std::vector<ClassChoice> class_choices(sql::Tx& tx, auth::Caller const& caller, core::OrgId const& school,
                                       core::Instant now) {
    std::vector<ClassChoice> choices;
    auto const period = period_now(tx, school, now);
    if (!period) return choices;
    auto const date = roster::district(tx).zone().date_of(now);
    std::map<core::OrgId, std::optional<core::PersonId>> taken;
    std::vector<core::PersonId> teachers;
    for (auto const& lesson : timetable::lessons_of_school(tx, school, date, date)) {
        if (lesson.period != period->number || lesson.teacher_id == caller.person) continue;
        taken.emplace(lesson.class_id, lesson.teacher_id);
        if (lesson.teacher_id) teachers.push_back(*lesson.teacher_id);
    }
    auto names = roster::names(tx, teachers);
    for (auto const& group : roster::classes(tx, school, date)) {
        auto& choice = choices.emplace_back(ClassChoice{group.id, group.name, false, ""});
        auto const found = taken.find(group.id);
        choice.taken = found != taken.end();
        if (choice.taken && found->second) choice.taken_by = names[*found->second];
    }
    return choices;
}

core::Result<std::string> reason_of(OpenRequest const& request) {
    auto const reason = std::string(text::trim(request.reason.value_or("")));
    if (text::count_characters(reason) <= longest_reason) return reason;
    return core::invalid_at("/reason", "teaching.text_too_long", {{"most", std::to_string(longest_reason)}});
}

/// The lesson of a class in the period that runs now; written down as unplanned if the timetable has none.
core::Result<timetable::Lesson> lesson_in_class(sql::Tx& tx, auth::Caller const& caller, OpenRequest const& request,
                                                core::Instant now) {
    auto const zone = roster::district(tx).zone();
    auto const date = zone.date_of(now);
    auto const group = TRY(roster::class_group(tx, *request.class_id, date));
    TRY_VOID(caller.require(tx, permissions::teach, group.school_id));
    auto const period = period_now(tx, group.school_id, now);
    if (!period) return core::conflict("teaching.no_period_now");
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
    auto const made = TRY(timetable::add_unplanned(tx, std::move(lesson)));
    store::put_unplanned(tx, {made.id, TRY(reason_of(request)), now});
    return made;
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
    if (!lesson || !caller.may(tx, permissions::teach, lesson->school_id))
        return core::not_found("teaching.lesson_not_found");
    if (lesson->teacher_id != caller.person) return core::conflict("teaching.lesson_of_colleague");
    return *lesson;
}

/// Where the screen goes on: where it stood, also when the lesson was ended by mistake.
store::Live place_to_go_on(sql::Tx& tx, ClassSession const& session, core::Instant bell_at, core::Instant now) {
    if (auto const live = store::live(tx, session.id)) return *live;
    store::Live place{session.id, now, bell_at, std::nullopt, 1, std::nullopt, 0};
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

/// The caller's lessons with other classes in the same period: one teacher, several grades in one room (复式).
std::vector<timetable::Lesson> beside(sql::Tx& tx, auth::Caller const& caller, timetable::Lesson const& lesson) {
    auto lessons = timetable::lessons_of_teacher(tx, caller.person, lesson.date, lesson.date);
    std::erase_if(lessons, [&](timetable::Lesson const& one) {
        return one.id == lesson.id || one.period != lesson.period || one.school_id != lesson.school_id ||
               one.state == timetable::LessonState::cancelled;
    });
    if (lessons.size() >= most_classes) lessons.resize(most_classes - 1);
    return lessons;
}

core::Result<void> choose_plan(sql::Tx& tx, auth::Caller const& caller, ClassSession& session, PlanId const& id) {
    auto const plan = store::plan(tx, id);
    bool const readable =
        plan && (plan->owner_person == caller.person ||
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
        evidence::take_over(tx, session, now);
        evidence::tick(tx, session, live, now);
        live.seen_at = now;
        store::put_live(tx, live);
        if (live.handed_to || live.cancelled) {
            live.handed_to.reset();
            live.cancelled = false;
            store::set_standing(tx, session.id, {}, false);
        }
        note(tx, live, goes_on ? store::EventKind::resume : store::EventKind::open);
        for (auto const& class_id : request.with_classes.value_or(std::vector<core::OrgId>{})) {
            TRY_VOID(joint::join(tx, caller, session, class_id, now));
        }
        evidence::follow(tx, session);
        call(tx, session, ScreenCallKind::picture);
        return view_of(tx, caller, session, lesson, live, lesson.date);
    });
}

core::Result<CurrentClass> current_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<CurrentClass> {
        CurrentClass current;
        current.now = clock.now();
        auto const today = roster::today(tx, clock);
        auto running = store::running_sessions(tx, caller.person);
        for (auto& one : store::assisted_sessions(tx, caller.person)) running.push_back(std::move(one));
        for (auto const& session : running) {
            auto const live = store::live(tx, session.id);
            auto const lesson = timetable::lesson(tx, session.lesson_id);
            if (!live || !lesson || to_be_closed(live->seen_at, live->bell_at, current.now)) continue;
            current.running = view_of(tx, caller, session, *lesson, *live, today);
            break;
        }
        if (auto const lesson = timetable::lesson_now(tx, caller.person, current.now, minutes_ahead)) {
            current.lesson = lesson_rows(tx, {*lesson}, today).front();
            auto const own = store::own_session(tx, *lesson, caller.person);
            current.begun = own.has_value();
            current.elsewhere =
                own && own->kind == EvidenceKind::class_view && own->running() && !store::live(tx, own->id).has_value();
            current.together = lesson_rows(tx, beside(tx, caller, *lesson), today);
        }
        auto lessons = timetable::lessons_of_teacher(tx, caller.person, today, today);
        std::erase_if(lessons, [&](timetable::Lesson const& one) { return one.end_at <= current.now; });
        current.today = lesson_rows(tx, lessons, today);
        auto const school = own_school(tx, caller, permissions::teach);
        if (!school) return current;
        current.classes = class_choices(tx, caller, *school, current.now);
        return current;
    });
}

core::Result<ScreenPlace> show(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                               SessionId const& id, ShowRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ScreenPlace> {
        auto [session, live, late] = TRY(on_screen(tx, caller, id, clock.now()));
        if (request.page && *request.page < 1) return core::invalid_at("/page", "teaching.no_such_page");
        if (request.board && (*request.board < 1 || *request.board > last_board)) {
            return core::invalid_at("/board", "teaching.no_such_page");
        }
        if (request.question_id && !store::question(tx, id, *request.question_id)) {
            return core::not_found("teaching.question_not_found");
        }
        if (!late) evidence::tick(tx, session, live, clock.now());
        if (request.resource_id) {
            auto const resource = TRY(resources::usable(tx, caller, *request.resource_id));
            if (evidence::use(tx, session, resource)) {
                resources::record_view(tx, clock, caller, resource, {session.class_id, session.id.value});
            }
            joint::assist(tx, caller, session, &resource);
        }
        // A question or a blank board stands in front of what was shown: the resource and its page stay for afterwards.
        if (!request.question_id && !request.board) {
            live.resource_id = request.resource_id;
            live.page = request.page.value_or(1);
        }
        live.question_id = request.question_id;
        live.board = request.board.value_or(request.question_id ? live.board : 0);
        evidence::follow(tx, session);
        keep_place(tx, live, late, clock.now());
        note(tx, live, request.question_id ? store::EventKind::question : store::EventKind::show);
        call(tx, session, ScreenCallKind::picture, caller.person);
        return place_of(tx, live);
    });
}

core::Result<ScreenPlace> set_grades(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                     SessionId const& id, GradesWish const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ScreenPlace> {
        auto [session, live, late] = TRY(on_screen(tx, caller, id, clock.now()));
        if (wish.taught) TRY_VOID(check_in_room(tx, session, *wish.taught));
        if (wish.work) {
            TRY_VOID(check_in_room(tx, session, wish.work->class_id));
            if (wish.work->part < 0 || wish.work->part >= static_cast<int>(most_sections)) {
                return core::invalid_at("/work/part", "teaching.no_such_part");
            }
            auto work = place_of(tx, live).work;
            std::erase_if(work, [&](GradeWork const& one) { return one.class_id == wish.work->class_id; });
            work.push_back(*wish.work);
            live.work = {core::json::write(work)};
        }
        if (wish.taught) live.taught = wish.taught;
        if (!late) evidence::tick(tx, session, live, clock.now());
        evidence::follow(tx, session);
        keep_place(tx, live, late, clock.now());
        call(tx, session, ScreenCallKind::picture, caller.person);
        return place_of(tx, live);
    });
}

core::Result<ScreenPlace> heartbeat(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                    SessionId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ScreenPlace> {
        auto [session, live] = TRY(shared_running(tx, caller, id));
        evidence::tick(tx, session, live, clock.now());
        evidence::follow(tx, session);
        live.seen_at = clock.now();
        store::put_live(tx, live);
        return place_of(tx, live);
    });
}

core::Result<ClassSession> end_class(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                     SessionId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassSession> {
        auto session = TRY(own_session(tx, caller, id));
        auto const live = store::live(tx, id);
        if (!session.running() || !live) return session;
        evidence::tick(tx, session, *live, clock.now());
        evidence::finish(tx, session, live->bell_at, store::EventKind::end, clock.now());
        return session;
    });
}

core::Result<ClassQuestion> ask(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                SessionId const& id, NewQuestion const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassQuestion> {
        auto [session, live, late] = TRY(on_screen(tx, caller, id, clock.now()));
        TRY_VOID(check_question({wish.text, wish.options, wish.answer}));
        if (wish.id) {
            if (auto const known = store::question(tx, id, *wish.id)) return *known;
            if (store::question_known(tx, *wish.id)) return core::conflict("teaching.question_elsewhere");
        }
        if (wish.class_id) TRY_VOID(check_in_room(tx, session, *wish.class_id));
        int const pupils = TRY(joint::pupils(tx, session, wish.class_id));
        auto const before = wish.class_id ? std::nullopt : session.present;
        int const present = wish.present.value_or(before.value_or(pupils));
        TRY_VOID(check_present(present));
        auto const question = new_question(tx, session, wish, present, clock.now());
        store::insert_questions(tx, {question});
        session.question_count = question.number;
        store::update_session(tx, session);
        evidence::announce(tx, session);
        joint::assist(tx, caller, session, nullptr);
        if (!late) evidence::tick(tx, session, live, clock.now());
        evidence::follow(tx, session);
        live.question_id = question.id;
        keep_place(tx, live, late, clock.now());
        note(tx, live, store::EventKind::question);
        call(tx, session, ScreenCallKind::picture, caller.person);
        return question;
    });
}

core::Result<ClassQuestion> count_hands(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                        SessionId const& id, QuestionId const& question_id, HandCount const& hands) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassQuestion> {
        auto [session, live, late] = TRY(on_screen(tx, caller, id, clock.now()));
        auto question = store::question(tx, id, question_id);
        if (!question) return core::not_found("teaching.question_not_found");
        if (hands.present) TRY_VOID(check_present(*hands.present));
        question->present = hands.present.value_or(question->present);
        auto const counts = hands.counts.value_or(question->counts);
        TRY_VOID(check_counts(*question, counts));
        question->counts = counts;
        question->done = hands.done.value_or(question->done);
        store::set_counts(tx, *question);
        // of one class alone, those present are not the lesson's
        if (hands.present && !question->class_id && session.present != hands.present) {
            session.present = hands.present;
            store::update_session(tx, session);
            evidence::announce(tx, session);
        }
        if (!late) evidence::tick(tx, session, live, clock.now());
        evidence::follow(tx, session);
        live.question_id = question->done ? std::nullopt : std::optional(question->id);
        if (question->done || hands.counts == std::vector<std::int32_t>(question->options.size(), 0)) {
            store::delete_reading(tx, id);
        }
        keep_place(tx, live, late, clock.now());
        call(tx, session, ScreenCallKind::picture, caller.person);
        return *question;
    });
}

}  // namespace santong::teaching
