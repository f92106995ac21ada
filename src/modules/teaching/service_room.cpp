#include "modules/teaching/service_room.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/teaching/class_access.hpp"
#include "modules/teaching/evidence.hpp"
#include "modules/teaching/permissions.hpp"
#include "modules/teaching/screen_calls.hpp"
#include "modules/teaching/service_joint.hpp"
#include "modules/teaching/store_class.hpp"
#include "platform/auth/audit.hpp"

namespace santong::teaching {

namespace {

core::Result<CardBoard> board_of(sql::Tx& tx, ClassSession const& session, store::Live const& live) {
    CardBoard board;
    auto const group = TRY(roster::class_group(tx, session.class_id, session.date));
    board.class_name = group.name;
    board.pupils = TRY(joint::pupils(tx, session));
    if (!live.question_id) return board;
    board.question = store::question(tx, session.id, *live.question_id);
    auto const reading = store::reading(tx, session.id);
    if (!reading || reading->question_id != *live.question_id) return board;
    board.seen = reading->seen;
    board.read_at = reading->read_at;
    return board;
}

/// Whether a reading goes on from what stands: of another question, or thrown away meanwhile, it does not.
core::Result<void> check_goes_on(sql::Tx& tx, SessionId const& id, QuestionId const& question,
                                 CardReading const& reading) {
    if (!reading.read_at) return {};
    auto const known = store::reading(tx, id);
    if (known && known->question_id == question) return {};
    return core::conflict("teaching.cards_begin_anew");
}

CalledClass called(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate date, Calling calling) {
    CalledClass list;
    if (auto const group = roster::class_group(tx, class_id, date)) list.class_name = group->name;
    std::int32_t number = 0;
    for (auto const& pupil : roster::pupils_of_class(tx, class_id, date)) {
        list.pupils.push_back({++number, calling == Calling::surname ? surname_of(pupil.name) : ""});
    }
    return list;
}

}  // namespace

core::Result<CardBoard> card_board(sql::Database& db, auth::Caller const& caller, SessionId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<CardBoard> {
        auto const [session, live] = TRY(screen::shared_running(tx, caller, id));
        return board_of(tx, session, live);
    });
}

core::Result<CardBoard> read_cards(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   SessionId const& id, QuestionId const& question_id, CardReading const& reading) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CardBoard> {
        auto [session, live] = TRY(screen::shared_running(tx, caller, id));
        auto question = store::question(tx, id, question_id);
        if (!question) return core::not_found("teaching.question_not_found");
        if (question->done || live.question_id != question_id) return core::conflict("teaching.question_done");
        TRY_VOID(check_cards(*question, reading));
        TRY_VOID(check_goes_on(tx, id, question_id, reading));
        question->counts = reading.counts;
        question->present = std::max(question->present, static_cast<std::int32_t>(reading.seen.size()));
        store::set_counts(tx, *question);
        store::put_reading(tx, {id, question_id, reading.seen, clock.now()});
        evidence::tick(tx, session, live, clock.now());
        evidence::follow(tx, session);
        screen::keep_place(tx, live, false, clock.now());
        return board_of(tx, session, live);
    });
}

core::Result<std::vector<CardClass>> card_classes(sql::Database& db, auth::Caller const& caller,
                                                  core::Clock const& clock) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<CardClass>> {
        auto const school = TRY(own_school(tx, caller, permissions::teach));
        std::vector<CardClass> found;
        for (auto const& one : roster::classes(tx, school, roster::today(tx, clock))) {
            found.push_back({one.id, one.name, one.grade, one.pupils});
        }
        return found;
    });
}

core::Result<std::vector<CardHolder>> card_holders(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, core::OrgId const& class_id) {
    constexpr int days_around = 14;
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<CardHolder>> {
        auto const today = roster::today(tx, clock);
        auto const group = TRY(roster::class_group(tx, class_id, today));
        auto const lessons = timetable::lessons_of_teacher(tx, caller.person, today.plus_days(-days_around),
                                                           today.plus_days(days_around));
        bool const teaches = std::ranges::find(lessons, class_id, &timetable::Lesson::class_id) != lessons.end();
        bool const homeroom = std::ranges::any_of(caller.grants, [&](auth::Grant const& grant) {
            return grant.role == auth::Role::homeroom && grant.org_id == class_id;
        });
        if (!caller.may(tx, permissions::teach, group.school_id) || (!teaches && !homeroom)) {
            return core::not_found("roster.class_not_found");
        }
        std::vector<CardHolder> holders;
        for (auto const& pupil : roster::pupils_of_class(tx, class_id, today)) {
            holders.push_back({static_cast<std::int32_t>(holders.size()) + 1, pupil.name});
        }
        auth::audit(tx, caller, {"teaching.card_list", class_id.text()});
        return holders;
    });
}

core::Result<InkKept> draw(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, SessionId const& id,
                           InkChange const& change) {
    for (auto const& stroke : change.add) TRY_VOID(check_stroke(stroke));
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<InkKept> {
        auto const session = TRY(screen::on_screen(tx, caller, id, clock.now())).session;
        store::remove_ink(tx, id, change.remove);
        auto const before = store::count_ink(tx, id);
        if (!change.add.empty() && before + change.add.size() > most_strokes) {
            return core::conflict("teaching.ink_full");
        }
        for (auto const& stroke : change.add) store::add_ink(tx, id, stroke);
        screen::call(tx, session, ScreenCallKind::picture, caller.person);
        return InkKept{static_cast<std::int32_t>(store::count_ink(tx, id))};
    });
}

core::Result<std::vector<InkStroke>> ink(sql::Database& db, auth::Caller const& caller, SessionId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<InkStroke>> {
        TRY_VOID(screen::shared_session(tx, caller, id));
        return store::ink(tx, id);
    });
}

core::Result<CallList> call_list(sql::Database& db, auth::Caller const& caller, SessionId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<CallList> {
        auto const session = TRY(screen::shared_running(tx, caller, id)).session;
        CallList list;
        list.calling = store::calling(tx, session.school_id).value_or(Calling::surname);
        list.classes.push_back(called(tx, session.class_id, session.date, list.calling));
        for (auto const& one : store::joined(tx, {id})) {
            list.classes.push_back(called(tx, one.class_id, session.date, list.calling));
        }
        if (list.calling == Calling::surname) auth::audit(tx, caller, {"teaching.call_list", session.class_id.text()});
        return list;
    });
}

core::Result<ClassroomRule> classroom_rule(sql::Database& db, auth::Caller const& caller, core::OrgId const& school) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ClassroomRule> {
        if (!caller.may(tx, permissions::set_classroom_rule, school)) return core::not_found("roster.org_not_found");
        return ClassroomRule{store::calling(tx, school).value_or(Calling::surname)};
    });
}

core::Result<ClassroomRule> set_classroom_rule(sql::Database& db, auth::Caller const& caller, core::OrgId const& school,
                                               ClassroomRule const& rule) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassroomRule> {
        auto const known = roster::school_of(tx, school);
        if (!known || *known != school || !caller.may(tx, permissions::set_classroom_rule, school)) {
            return core::not_found("roster.org_not_found");
        }
        store::put_calling(tx, school, rule.calling);
        auth::audit(tx, caller, {"teaching.set_classroom_rule", school.text(), core::json::write(rule)});
        return rule;
    });
}

}  // namespace santong::teaching
