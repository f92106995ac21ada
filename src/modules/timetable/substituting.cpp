#include "modules/timetable/substituting.hpp"

#include <algorithm>
#include <set>

#include "core/json.hpp"
#include "modules/roster/service.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service.hpp"
#include "modules/timetable/store.hpp"
#include "modules/timetable/store_changes.hpp"
#include "modules/timetable/telling.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::timetable {

namespace {

/// What the log keeps of a recorded change. Its reason may be private and is not among it.
struct ChangeNote {
    core::LocalDate date;
    std::int32_t period = 0;
    std::string kind;
    std::optional<core::PersonId> teacher;
};
BOOST_DESCRIBE_STRUCT(ChangeNote, (), (date, period, kind, teacher))

void note_change(sql::Tx& tx, auth::Caller const& caller, char const* action, Substitution const& change) {
    ChangeNote const note{change.date, change.period, std::string(core::enum_text(change.kind)), change.teacher_id};
    auth::audit(tx, caller, {action, change.class_id.text(), core::json::write(note)});
}

std::function<std::optional<LessonRecord>(sql::Tx&, LessonId const&)>& lesson_records() {
    static std::function<std::optional<LessonRecord>(sql::Tx&, LessonId const&)> known;
    return known;
}

std::function<void(sql::Tx&, LessonId const&, LessonId const&)>& lesson_exchange() {
    static std::function<void(sql::Tx&, LessonId const&, LessonId const&)> known;
    return known;
}

LessonId place_of(Substitution const& row) {
    return lesson_id(row.class_id, row.date, row.period);
}

/// Lessons that change places take along what others keep for them, such as plans: two by two, a ring of three in two
/// steps; taken back in the other order.
void exchange(sql::Tx& tx, std::vector<Substitution> const& rows, bool back) {
    if (rows.size() < 2 || rows.front().kind != SubstitutionKind::swapped || !lesson_exchange()) return;
    for (std::size_t step = 1; step < rows.size(); ++step) {
        auto const at = back ? rows.size() - step : step;
        lesson_exchange()(tx, place_of(rows[at - 1]), place_of(rows[at]));
    }
}

/// Rows of an act in the order in which its lessons moved.
std::vector<Substitution> in_turn(sql::Tx& tx, ActId const& act) {
    auto rows = store::substitutions_of_act(tx, act);
    auto const requests = store::requests_of_act(tx, act);
    if (requests.empty() || !requests.front().of_three()) return rows;
    auto const& request = requests.front();
    auto const turn = [&](Substitution const& row) {
        if (row.date == request.date && row.period == request.period) return 0;
        return row.date == *request.swap_date && row.period == *request.swap_period ? 1 : 2;
    };
    std::ranges::sort(rows, {}, turn);
    return rows;
}

std::string name_of(sql::Tx& tx, core::PersonId const& person) {
    return roster::names(tx, {person})[person];
}

/// A lesson that has begun leaves a record: the office says that it knows.
core::Result<void> check_record(sql::Tx& tx, Substitution const& change) {
    if (!lesson_records()) return {};
    auto const record = lesson_records()(tx, lesson_id(change.class_id, change.date, change.period));
    if (!record || record->teacher_id == change.teacher_id) return {};
    auto const* key = record->running ? "timetable.lesson_runs" : "timetable.lesson_on_record";
    return core::conflict(key, {{"name", name_of(tx, record->teacher_id)}});
}

/// One teacher with several classes in one room is a joint class (合班), not a clash.
bool clash(Lesson const& a, Lesson const& b) {
    return b.period == a.period && b.class_id != a.class_id && takes_place(b) && (a.room.empty() || a.room != b.room);
}

/// What was written or taken away leaves nobody in two rooms, and no moved lesson in a room that is taken.
core::Result<void> check_place_of(sql::Tx& tx, Substitution const& change) {
    auto const now = store::lesson(tx, lesson_id(change.class_id, change.date, change.period));
    if (!now || !now->teacher_id || !takes_place(*now)) return {};
    auto const own = store::lessons_of_teacher(tx, *now->teacher_id, now->date, now->date);
    if (std::ranges::any_of(own, [&](Lesson const& one) { return clash(*now, one); }))
        return core::conflict("timetable.teacher_twice_then", {{"name", name_of(tx, *now->teacher_id)}});
    if (change.kind != SubstitutionKind::swapped || now->room.empty()) return {};
    for (auto const& one : store::lessons_of_school(tx, now->school_id, now->date, now->date)) {
        bool const taken = one.room == now->room && one.period == now->period && one.class_id != now->class_id &&
                           one.teacher_id != now->teacher_id && takes_place(one);
        if (taken) return core::conflict("timetable.room_taken", {{"name", now->room}});
    }
    return {};
}

/// The days' lessons follow; then nobody may be in two places.
core::Result<void> follow(sql::Tx& tx, core::Clock const& clock, std::vector<Substitution> const& rows) {
    std::set<core::LocalDate> days;
    for (auto const& row : rows) days.insert(row.date);
    for (auto const& day : days) materialise(tx, rows.front().school_id, day, day, clock.now());
    for (auto const& row : rows) TRY_VOID(check_place_of(tx, row));
    return {};
}

/// A request whose act is taken back is over; its teacher reads why his lesson is his again.
void end_requests(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock, ActId const& act) {
    for (auto& request : store::requests_of_act(tx, act)) {
        request.state = ChangeState::taken_back;
        request.decided_by = caller.person;
        request.decided_at = clock.now();
        store::save_request(tx, request);
    }
}

}  // namespace

void register_lesson_records(std::function<std::optional<LessonRecord>(sql::Tx&, LessonId const&)> known) {
    lesson_records() = std::move(known);
}

void register_lesson_exchange(std::function<void(sql::Tx&, LessonId const&, LessonId const&)> exchange) {
    lesson_exchange() = std::move(exchange);
}

core::Result<core::OrgId> own_school(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission,
                                     core::OrgId const& class_id) {
    core::OrgId const school = TRY(roster::school_of(tx, class_id));
    if (!caller.may(tx, permission, school)) {
        return caller.may(tx, permissions::view, school) ? core::forbidden() : core::not_found();
    }
    return school;
}

core::Result<void> check_reason(std::string const& text, char const* pointer) {
    if (text.size() < 2) return core::invalid_at(pointer, "core.required");
    if (text.size() > 600) return core::invalid_at(pointer, "core.too_long", {{"max", "200"}});
    return {};
}

core::Result<void> check_place(sql::Tx& tx, core::OrgId const& school, core::LocalDate date, int period) {
    auto const term = TRY(roster::term_at(tx, date));
    if (!term.contains(date)) return core::invalid_at("/date", "timetable.outside_term");
    auto const bell = store::bell(tx, school, date);
    bool const rings = std::any_of(bell.begin(), bell.end(), [&](BellPeriod const& p) { return p.number == period; });
    if (!rings) return core::invalid_at("/period", "timetable.no_such_period");
    return {};
}

bool works_here(sql::Tx& tx, auth::Caller const& caller, core::PersonId const& teacher, core::OrgId const& school,
                core::LocalDate date) {
    for (auto const& post : roster::posts_of(tx, teacher, date)) {
        auto const place = roster::school_of(tx, post.org_id);
        if (place && (*place == school || caller.may(tx, permissions::substitute, *place))) return true;
    }
    return false;
}

bool is_free(sql::Tx& tx, core::PersonId const& teacher, core::OrgId const& class_id, core::LocalDate date,
             int period) {
    auto const own = store::lessons_of_teacher(tx, teacher, date, date);
    return std::ranges::none_of(own, [&](Lesson const& lesson) {
        return lesson.period == period && lesson.class_id != class_id && takes_place(lesson);
    });
}

core::Result<void> record_act(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock,
                              std::vector<Substitution> const& rows, bool anyway) {
    auto const before = teachers_before(tx, rows);
    for (auto const& row : rows) {
        TRY_VOID(check_place(tx, row.school_id, row.date, row.period));
        if (!anyway) TRY_VOID(check_record(tx, row));
        if (!store::insert_substitution(tx, row)) return core::conflict("timetable.already_substituted");
        feed::put(tx, {"timetable.Substitution", row.id.text(), row.school_id}, row);
        note_change(tx, caller, "timetable.substitution_recorded", row);
    }
    exchange(tx, rows, false);
    TRY_VOID(follow(tx, clock, rows));
    tell_act(tx, caller, clock.now(), rows, before, false);
    return {};
}

core::Result<void> take_back_act(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock,
                                 Substitution const& any) {
    auto const rows = any.act_id ? in_turn(tx, *any.act_id) : std::vector{any};
    auto const before = teachers_before(tx, rows);
    for (auto const& row : rows) {
        store::delete_substitution(tx, row.id);
        feed::remove(tx, {"timetable.Substitution", row.id.text(), row.school_id});
        note_change(tx, caller, "timetable.substitution_taken_back", row);
    }
    exchange(tx, rows, true);
    if (any.act_id) end_requests(tx, caller, clock, *any.act_id);
    TRY_VOID(follow(tx, clock, rows));
    tell_act(tx, caller, clock.now(), rows, before, true);
    return {};
}

core::Result<Substitution> add_substitution(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            NewSubstitution const& change) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Substitution> {
        auto const school = TRY(own_school(tx, caller, permissions::substitute, change.class_id));
        TRY_VOID(check_reason(change.reason, "/reason"));
        TRY_VOID(check_place(tx, school, change.date, change.period));
        bool const off = change.kind == SubstitutionKind::cancelled || change.kind == SubstitutionKind::self_study;
        if (!off && !change.teacher_id) return core::invalid_at("/teacher_id", "core.required");
        if (change.kind == SubstitutionKind::added && !change.subject)
            return core::invalid_at("/subject", "core.required");
        if (change.teacher_id) {
            if (!works_here(tx, caller, *change.teacher_id, school, change.date))
                return core::invalid_at("/teacher_id", "timetable.not_of_this_school");
            if (!off && !is_free(tx, *change.teacher_id, change.class_id, change.date, change.period))
                return core::conflict("timetable.teacher_not_free");
        }
        Substitution made;
        made.id = SubstitutionId::make();
        made.school_id = school;
        made.class_id = change.class_id;
        made.date = change.date;
        made.period = change.period;
        made.kind = change.kind;
        made.subject = change.subject.value_or("");
        if (change.kind != SubstitutionKind::cancelled) made.teacher_id = change.teacher_id;
        made.reason = change.reason;
        made.created_by = caller.person;
        made.created_at = clock.now();
        TRY_VOID(record_act(tx, caller, clock, {made}, change.anyway.value_or(false)));
        return made;
    });
}

core::Result<core::Nothing> remove_substitution(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                                SubstitutionId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto const known = store::substitution(tx, id);
        if (!known) return core::not_found();
        TRY_VOID(own_school(tx, caller, permissions::substitute, known->class_id));
        TRY_VOID(take_back_act(tx, caller, clock, *known));
        return core::Nothing{};
    });
}

}  // namespace santong::timetable
