// The teacher's side of 调代课: ask, answer, withdraw, see.
#include "modules/timetable/service_changes.hpp"

#include <algorithm>

#include "modules/roster/service.hpp"
#include "modules/timetable/changing.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/store.hpp"
#include "modules/timetable/store_changes.hpp"
#include "modules/timetable/substituting.hpp"
#include "modules/timetable/telling.hpp"
#include "platform/auth/audit.hpp"

namespace santong::timetable {

namespace {

/// Lessons in one asking: two weeks of somebody who teaches six a day.
constexpr std::size_t most_lessons = 60;

core::Result<ChangeRequest> requested(sql::Tx& tx, auth::Caller const& caller, core::LocalDate today,
                                      AskedLesson const& asked) {
    auto const lesson = store::lesson(tx, asked.lesson_id);
    if (!lesson || lesson->teacher_id != caller.person) return core::not_found("timetable.change_not_yours");
    if (lesson->date < today.plus_days(-ask_days_back) || today.plus_days(ask_days_ahead) < lesson->date)
        return core::conflict("timetable.change_too_far",
                              {{"back", std::to_string(ask_days_back)}, {"ahead", std::to_string(ask_days_ahead)}});
    if (lesson->source == LessonSource::substitution) return core::conflict("timetable.change_of_change");
    ChangeRequest request;
    request.id = ChangeRequestId::make();
    request.school_id = lesson->school_id;
    request.class_id = lesson->class_id;
    request.date = lesson->date;
    request.period = lesson->period;
    request.subject = lesson->subject;
    request.asked_by = caller.person;
    if (asked.way == ChangeWay::cancelled || asked.way == ChangeWay::self_study)
        return core::invalid_at("/way", "timetable.change_office_only");
    Proposal proposal;
    proposal.way = asked.way;
    proposal.colleague_id = asked.colleague_id;
    proposal.swap_lesson_id = asked.swap_lesson_id;
    proposal.third_lesson_id = asked.third_lesson_id;
    TRY_VOID(put_proposal(tx, caller, request, proposal));
    return request;
}

/// Somebody's own request that is not decided yet.
core::Result<ChangeRequest> own_live(sql::Tx& tx, auth::Caller const& caller, ChangeRequestId const& id) {
    auto const request = store::request(tx, id);
    if (!request || request->asked_by != caller.person) return core::not_found();
    if (!live(request->state)) return core::conflict("timetable.change_over");
    return *request;
}

std::vector<SubstitutionView> coming_changes(sql::Tx& tx, auth::Caller const& caller, core::LocalDate today) {
    std::set<core::OrgId> schools, homerooms;
    for (auto const& post : roster::posts_of(tx, caller.person, today)) {
        if (post.kind == auth::Role::homeroom) homerooms.insert(post.org_id);
        if (auto const school = roster::school_of(tx, post.org_id)) schools.insert(*school);
    }
    std::vector<SubstitutionView> out;
    for (auto const& school : schools) {
        for (auto& view :
             views_of(tx, school, store::substitutions(tx, school, today, today.plus_days(ask_days_ahead)))) {
            bool const mine = view.change.teacher_id == caller.person || view.planned_teacher_id == caller.person ||
                              homerooms.contains(view.change.class_id);
            if (!mine) continue;
            view.change.reason.clear();
            out.push_back(std::move(view));
        }
    }
    return out;
}

}  // namespace

core::Result<MyChanges> my_changes(sql::Database& db, auth::Caller const& caller, core::Clock const& clock) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<MyChanges> {
        MyChanges out;
        out.today = roster::today(tx, clock);
        out.first_day = out.today.plus_days(-ask_days_back);
        out.last_day = out.today.plus_days(ask_days_ahead);
        std::vector<ChangeRequest> own, to_answer, answered;
        for (auto& one : store::requests_of_person(tx, caller.person, out.first_day.plus_days(-ask_days_back))) {
            if (one.asked_by == caller.person)
                own.push_back(std::move(one));
            else if (one.state == ChangeState::asked && one.agreed_by != caller.person)
                to_answer.push_back(std::move(one));
            else if (live(one.state) && one.state != ChangeState::open)
                answered.push_back(std::move(one));
        }
        out.asked = change_views(tx, caller, clock.now(), std::move(own), true);
        out.to_answer = change_views(tx, caller, clock.now(), std::move(to_answer), false);
        out.answered = change_views(tx, caller, clock.now(), std::move(answered), false);
        out.coming = coming_changes(tx, caller, out.today);
        return out;
    });
}

core::Result<std::vector<ChangeRequest>> ask_change(sql::Database& db, auth::Caller const& caller,
                                                    core::Clock const& clock, NewChange const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<ChangeRequest>> {
        TRY_VOID(check_reason(wish.reason, "/reason"));
        if (wish.lessons.empty()) return core::invalid_at("/lessons", "core.required");
        if (wish.lessons.size() > most_lessons)
            return core::invalid_at("/lessons", "timetable.change_too_many", {{"max", std::to_string(most_lessons)}});
        auto const today = roster::today(tx, clock);
        auto const batch = ChangeBatchId::make();
        std::vector<ChangeRequest> out;
        for (auto const& asked : wish.lessons) {
            auto request = TRY(requested(tx, caller, today, asked));
            request.batch_id = batch;
            request.cause = wish.cause;
            request.reason = wish.reason;
            request.created_at = clock.now();
            if (!store::insert_request(tx, request)) return core::conflict("timetable.change_asked_already");
            out.push_back(std::move(request));
        }
        auth::audit(tx, caller, {"timetable.change_asked", batch.text()});
        bool office_told = false;  // once for lessons that are asked for together
        for (auto const& request : out) {
            bool const for_office = request.state == ChangeState::open;
            if (!for_office || !office_told) tell_proposed(tx, caller, clock.now(), request);
            office_told = office_told || for_office;
        }
        return out;
    });
}

core::Result<ChangeRequest> withdraw_change(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            ChangeRequestId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ChangeRequest> {
        auto request = TRY(own_live(tx, caller, id));
        request.state = ChangeState::withdrawn;
        request.decided_by = caller.person;
        request.decided_at = clock.now();
        auth::audit(tx, caller, {"timetable.change_withdrawn", id.text()});
        tell_dropped(tx, caller, clock.now(), request);
        return save(tx, std::move(request));
    });
}

core::Result<ChangeRequest> answer_change(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                          ChangeRequestId const& id, Answer const& answer) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ChangeRequest> {
        auto request = store::request(tx, id);
        bool const concerns = request && (request->colleague_id == caller.person || request->third_id == caller.person);
        if (!concerns) return core::not_found();
        if (request->state != ChangeState::asked || request->agreed_by == caller.person)
            return core::conflict("timetable.change_over");
        if (answer.word.size() > 300) return core::invalid_at("/word", "core.too_long", {{"max", "100"}});
        if (answer.agree) TRY_VOID(standing(tx, caller, *request));
        bool const one_left = answer.agree && request->of_three() && !request->agreed_by;
        request->agreed_by = one_left ? std::optional(caller.person) : std::nullopt;
        request->state = one_left ? ChangeState::asked : answer.agree ? ChangeState::ready : ChangeState::open;
        request->declined = !answer.agree;
        request->word = answer.word;
        auth::audit(tx, caller, {answer.agree ? "timetable.change_agreed" : "timetable.change_declined", id.text()});
        tell_answered(tx, caller, clock.now(), *request);
        auto saved = TRY(save(tx, std::move(*request)));
        saved.reason.clear();
        saved.cause = ChangeCause::other;
        return saved;
    });
}

core::Result<ChangeRequest> propose_change(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           ChangeRequestId const& id, Proposal const& proposal) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ChangeRequest> {
        auto request = store::request(tx, id);
        if (!request) return core::not_found();
        bool const office = caller.may(tx, permissions::substitute, request->school_id);
        if (!office && request->asked_by != caller.person) return core::not_found();
        if (!live(request->state)) return core::conflict("timetable.change_over");
        if (request->version != proposal.version) return core::conflict("timetable.change_seen_changed");
        bool const last_resort = proposal.way == ChangeWay::cancelled || proposal.way == ChangeWay::self_study;
        if (last_resort && !office) return core::invalid_at("/way", "timetable.change_office_only");
        TRY_VOID(put_proposal(tx, caller, *request, proposal));
        auth::audit(tx, caller, {"timetable.change_proposed", id.text()});
        tell_proposed(tx, caller, clock.now(), *request);
        return save(tx, std::move(*request));
    });
}

namespace {

/// Lessons of a school that an exchange of one may be made with: from today on, two weeks around it, within its term.
core::Result<std::vector<Lesson>> around(sql::Tx& tx, core::Clock const& clock, Lesson const& lesson) {
    auto const today = roster::today(tx, clock);
    auto const term = TRY(roster::term_at(tx, lesson.date));
    auto const from = std::max({today, lesson.date.plus_days(-ask_days_ahead), term.from_date});
    auto const to = std::min({today.plus_days(ask_days_ahead), lesson.date.plus_days(ask_days_ahead), term.to_date});
    auto lessons = store::lessons_of_school(tx, lesson.school_id, from, to);
    if (lesson.date < from) {
        auto const past = store::lessons_of_school(tx, lesson.school_id, lesson.date, lesson.date);
        lessons.insert(lessons.end(), past.begin(), past.end());
    }
    return lessons;
}

core::Result<std::vector<Lesson>> exchanges(sql::Tx& tx, core::Clock const& clock, Lesson const& lesson,
                                            SwapWish const& wish) {
    auto const lessons = TRY(around(tx, clock, lesson));
    if (wish.second_id) {
        auto const second = store::lesson(tx, *wish.second_id);
        if (!second || second->class_id != lesson.class_id) return core::not_found();
        return thirds_for(lesson, *second, lessons);
    }
    return wish.three ? seconds_for(lesson, lessons) : swaps_for(lesson, lessons);
}

}  // namespace

core::Result<std::vector<SwapOption>> swap_options(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, SwapWish const& wish) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<SwapOption>> {
        auto const lesson = store::lesson(tx, wish.lesson_id);
        if (!lesson || !lesson->teacher_id) return core::not_found();
        if (lesson->teacher_id != caller.person)
            TRY_VOID(own_school(tx, caller, permissions::substitute, lesson->class_id));
        auto const found = TRY(exchanges(tx, clock, *lesson, wish));
        std::set<core::PersonId> persons;
        for (auto const& one : found) persons.insert(*one.teacher_id);
        auto names = roster::names(tx, {persons.begin(), persons.end()});
        std::vector<SwapOption> out;
        for (auto const& one : found) {
            if (one.end_at <= clock.now()) continue;
            out.push_back({one.id, one.date, one.period, one.subject, *one.teacher_id, names[*one.teacher_id]});
        }
        return out;
    });
}

WaitingChanges waiting_changes(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock) {
    auto const from = roster::today(tx, clock).plus_days(-ask_days_back);
    WaitingChanges waiting{store::unanswered(tx, caller.person, from), 0};
    if (!caller.may_anywhere(permissions::substitute)) return waiting;
    std::vector<core::OrgId> schools;
    for (auto const& school : roster::schools(tx)) {
        if (caller.may(tx, permissions::substitute, school.id)) schools.push_back(school.id);
    }
    if (!schools.empty()) waiting.to_decide = store::undecided(tx, schools, from);
    return waiting;
}

}  // namespace santong::timetable
