#include "modules/teaching/class_access.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/teaching/permissions.hpp"
#include "modules/teaching/store_class.hpp"

namespace santong::teaching::screen {

namespace {

/// Who has the lesson of a session by now, if the office gave it to somebody else (代课); a lesson without a teacher is
/// nobody's.
std::string handed_to(sql::Tx& tx, timetable::Lesson const& lesson, ClassSession const& session) {
    if (!lesson.teacher_id || *lesson.teacher_id == session.teacher_id) return "";
    return roster::names(tx, {*lesson.teacher_id})[*lesson.teacher_id];
}

std::vector<GradeWork> work_of(store::Live const& live) {
    return core::json::read<std::vector<GradeWork>>(live.work.value, core::json::UnknownFields::ignore).value();
}

/// Why a session's screen is over: by its end, or because the lesson is somebody else's now.
core::Error over(sql::Tx& tx, ClassSession const& session) {
    auto const lesson = timetable::lesson(tx, session.lesson_id);
    auto const name = lesson ? handed_to(tx, *lesson, session) : "";
    if (!name.empty()) return core::conflict("teaching.session_handed_over", {{"name", name}});
    return core::conflict("teaching.session_ended");
}

void add_new(std::vector<ResourceId>& wanted, std::vector<ResourceId> const& more) {
    for (auto const& id : more) {
        if (std::ranges::find(wanted, id) == wanted.end()) wanted.push_back(id);
    }
}

/// The classes beside the first one, each with the plan of its own lesson (合班、复式).
std::vector<JoinedClass> joined_classes(sql::Tx& tx, ClassSession const& session, std::vector<ResourceId>& wanted) {
    std::vector<JoinedClass> classes;
    for (auto const& one : store::joined(tx, {session.id})) {
        auto const of = store::session(tx, one.session_id);
        auto const group = roster::class_group(tx, one.class_id, session.date);
        if (!of || !group) continue;
        auto& part = classes.emplace_back(
            JoinedClass{one.class_id, group->name, group->grade, group->pupils, of->subject, std::nullopt, "", {}});
        auto const plan = of->plan_id ? store::plan(tx, *of->plan_id) : std::nullopt;
        if (!plan) continue;
        part.plan_id = plan->id;
        part.title = plan->content.title;
        part.sections = plan->content.sections;
        add_new(wanted, resources_of(plan->content));
    }
    return classes;
}

std::vector<AssistantBrief> assistants_of(sql::Tx& tx, SessionId const& id) {
    std::vector<core::PersonId> people;
    for (auto const& one : store::assistants(tx, {id})) people.push_back(one.person_id);
    auto names = roster::names(tx, people);
    std::vector<AssistantBrief> found;
    for (auto const& person : people) found.push_back({person, names[person]});
    return found;
}

}  // namespace

ScreenPlace place_of(sql::Tx& tx, store::Live const& live) {
    ScreenPlace place{live.resource_id,  live.page, live.question_id, live.board,  live.seen_at, live.bell_at,
                      heartbeat_seconds, "",        live.cancelled,   live.taught, work_of(live)};
    if (live.handed_to) place.handed_to = roster::names(tx, {*live.handed_to})[*live.handed_to];
    return place;
}

core::Result<void> check_in_room(sql::Tx& tx, ClassSession const& session, core::OrgId const& class_id) {
    auto const inside = store::joined(tx, {session.id});
    bool const there =
        class_id == session.class_id || std::ranges::find(inside, class_id, &store::Joined::class_id) != inside.end();
    if (!there) return core::not_found("teaching.class_not_in_room");
    return {};
}

core::Result<ClassSession> own_session(sql::Tx& tx, auth::Caller const& caller, SessionId const& id) {
    auto session = store::session(tx, id);
    if (!session || session->teacher_id != caller.person) return core::not_found("teaching.not_your_class");
    return *session;
}

core::Result<ClassSession> shared_session(sql::Tx& tx, auth::Caller const& caller, SessionId const& id) {
    auto session = store::session(tx, id);
    if (!session) return core::not_found("teaching.not_your_class");
    if (session->teacher_id == caller.person) return *session;
    auto const asked = store::assistants(tx, {id});
    bool const assists = std::ranges::find(asked, caller.person, &store::Assistant::person_id) != asked.end();
    if (!assists || !caller.may(tx, permissions::teach, session->school_id)) {
        return core::not_found("teaching.not_your_class");
    }
    return *session;
}

core::Result<Running> shared_running(sql::Tx& tx, auth::Caller const& caller, SessionId const& id) {
    auto session = TRY(shared_session(tx, caller, id));
    auto const live = store::live(tx, id);
    if (!session.running() || !live) return over(tx, session);
    return Running{std::move(session), *live};
}

core::Result<OnScreen> on_screen(sql::Tx& tx, auth::Caller const& caller, SessionId const& id, core::Instant now) {
    auto session = TRY(shared_session(tx, caller, id));
    auto const live = store::live(tx, id);
    if (session.running() && live) return OnScreen{std::move(session), *live, false};
    if (!takes_late(session, now, roster::district(tx).zone())) return over(tx, session);
    store::Live const gone{session.id, now, session.ended_at.value_or(now), std::nullopt, 1, std::nullopt, 0};
    return OnScreen{std::move(session), gone, true};
}

void keep_place(sql::Tx& tx, store::Live& live, bool late, core::Instant now) {
    live.seen_at = now;
    if (!late) store::put_live(tx, live);
}

void note(sql::Tx& tx, store::Live const& live, store::EventKind kind) {
    store::append_event(tx, {store::EventId::make(), live.session_id, kind, live.resource_id, live.page, live.seen_at});
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
    view.joined = joined_classes(tx, session, wanted);
    view.assistants = assistants_of(tx, session.id);
    view.assisting = session.teacher_id != caller.person;
    if (view.assisting) view.teacher_name = roster::names(tx, {session.teacher_id})[session.teacher_id];
    for (auto const& one : store::unplanned(tx, {session.lesson_id})) view.reason = one.reason;
    for (auto const& one : store::resources_of(tx, {session.id})) {
        view.opened.push_back(one.resource_id);
        add_new(wanted, {one.resource_id});
    }
    view.resources = resource_briefs(tx, caller, wanted);
    view.questions = store::questions(tx, {session.id});
    view.place = place_of(tx, live);
    return view;
}

}  // namespace santong::teaching::screen
