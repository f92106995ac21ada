#include <map>
#include <set>

#include "modules/teaching/permissions.hpp"
#include "modules/teaching/service_records.hpp"
#include "modules/teaching/store.hpp"
#include "platform/auth/audit.hpp"
#include "platform/text/utf8.hpp"

namespace santong::teaching {

namespace {

std::vector<OpenRecord> open_records(sql::Tx& tx, std::vector<ClassSession> const& sessions, core::LocalDate today) {
    std::set<core::OrgId> classes;
    std::set<core::PersonId> teachers;
    std::vector<SessionId> ids;
    for (auto const& one : sessions) {
        classes.insert(one.class_id);
        teachers.insert(one.teacher_id);
        ids.push_back(one.id);
    }
    std::map<core::OrgId, std::string> class_names;
    for (auto const& one : roster::class_groups(tx, {classes.begin(), classes.end()}, today))
        class_names[one.id] = one.name;
    auto names = roster::names(tx, {teachers.begin(), teachers.end()});
    auto const used = session_resources(tx, ids);
    std::vector<ResourceId> wanted;
    for (auto const& one : used) wanted.push_back(one.resource_id);
    std::map<ResourceId, std::string> titles;
    if (!wanted.empty()) {
        for (auto const& one : resources::resources(tx, wanted)) titles[one.id] = one.title;
    }
    std::vector<OpenRecord> records;
    for (auto const& session : sessions) {
        auto& record =
            records.emplace_back(OpenRecord{session, class_names[session.class_id], names[session.teacher_id], {}});
        for (auto const& one : used) {
            if (one.session_id != session.id) continue;
            record.resources.push_back(
                {one.resource_id, titles[one.resource_id], one.reviewed, false, one.minutes_band});
        }
    }
    return records;
}

/// Lessons that count but are still with their teachers; a lesson of two teachers is one, open with either's record.
struct Held {
    struct Kind {
        std::set<LessonId> all, open;
        std::int32_t still() const { return static_cast<std::int32_t>(all.size() - open.size()); }
    };
    Kind measured, declared;

    void add(ClassSession const& session, bool is_open) {
        if (session.state == SessionState::discarded || (session.measured() && !session.used())) return;
        auto& kind = session.measured() ? measured : declared;
        kind.all.insert(session.lesson_id);
        if (is_open) kind.open.insert(session.lesson_id);
    }
};

/// Of a lesson with two records the one that may be seen, that of whom it was given to before the other.
std::optional<ClassSession> record_to_show(sql::Tx& tx, LookRequest const& request, core::Instant now) {
    auto const lesson = timetable::lesson(tx, timetable::lesson_id(request.class_id, request.date, request.period));
    std::optional<ClassSession> best;
    int best_rank = -1;
    for (auto& one : store::sessions_of_lesson(tx, request.class_id, request.date, request.period)) {
        int const rank = (open_to_school(one, now) ? 2 : 0) + (lesson && lesson->teacher_id == one.teacher_id ? 1 : 0);
        if (rank <= best_rank) continue;
        best_rank = rank;
        best = std::move(one);
    }
    return best;
}

/// What the audit log keeps of a look: the lesson and the reason, no name.
struct LookDetail {
    core::OrgId class_id;
    core::LocalDate date;
    std::int32_t period = 0;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(LookDetail, (), (class_id, date, period, reason))

struct WeekDetail {
    std::int32_t week = 0;
    std::int64_t lessons = 0;
};
BOOST_DESCRIBE_STRUCT(WeekDetail, (), (week, lessons))

}  // namespace

core::Result<SchoolRecords> school_records(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           core::OrgId const& school, int week) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<SchoolRecords> {
        if (!caller.may(tx, permissions::view_school_records, school)) return core::not_found("roster.org_not_found");
        SchoolRecords view;
        auto const today = roster::today(tx, clock);
        auto const term = TRY(roster::term_at(tx, today));
        view.weeks = term.weeks();
        view.week = week > 0 ? week : std::clamp(term.week_of(today), 1, term.weeks());
        if (view.week > view.weeks) return core::invalid_at("week", "teaching.no_such_week");
        view.monday = term.monday_of_week(view.week);
        auto const sunday = view.monday.plus_days(6);
        view.totals = store::totals(tx, school, view.monday, sunday);
        std::vector<ClassSession> open;
        Held held;
        for (auto const& session : store::sessions_of_school(tx, school, view.monday, sunday)) {
            bool const is_open = open_to_school(session, clock.now());
            held.add(session, is_open);
            if (is_open) open.push_back(session);
        }
        view.not_yet_open = held.measured.still();
        view.declared_not_yet_open = held.declared.still();
        view.lessons = open_records(tx, open, today);
        auth::audit(tx, caller,
                    {"teaching.view_school_records", school.text(),
                     core::json::write(WeekDetail{view.week, static_cast<std::int64_t>(open.size())})});
        return view;
    });
}

core::Result<OpenRecord> look(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                              LookRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<OpenRecord> {
        auto const school = TRY(roster::school_of(tx, request.class_id));
        if (!caller.may(tx, permissions::supervise, school)) return core::not_found("teaching.session_not_found");
        auto const reason = std::string(text::trim(request.reason));
        if (text::count_characters(reason) < shortest_look_reason) {
            return core::invalid_at("/reason", "teaching.reason_too_short",
                                    {{"least", std::to_string(shortest_look_reason)}});
        }
        if (text::count_characters(reason) > longest_reason) {
            return core::invalid_at("/reason", "teaching.text_too_long", {{"most", std::to_string(longest_reason)}});
        }
        auto const session = record_to_show(tx, request, clock.now());
        // Whether there is a record is the teacher's own affair for seven days: the answer must not tell.
        bool const with_teacher = clock.now() < correct_until(request.date, roster::district(tx).zone());
        if (with_teacher && !(session && session->state == SessionState::released)) {
            return core::conflict("teaching.still_with_teacher", {{"days", std::to_string(days_to_correct)}});
        }
        if (!session || !open_to_school(*session, clock.now())) return core::not_found("teaching.session_not_found");
        store::append_look(tx, {LookId::make(), session->id, caller.person, reason, clock.now()});
        auth::audit(tx, caller,
                    {"teaching.look", session->id.text(),
                     core::json::write(LookDetail{request.class_id, request.date, request.period, reason})});
        return open_records(tx, {*session}, roster::today(tx, clock)).front();
    });
}

}  // namespace santong::teaching
