#include "modules/teaching/service_records.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "modules/teaching/evidence.hpp"
#include "modules/teaching/permissions.hpp"
#include "modules/teaching/record_company.hpp"
#include "modules/teaching/store.hpp"
#include "modules/teaching/store_class.hpp"
#include "platform/text/utf8.hpp"

namespace santong::teaching {

namespace {

/// What of a session a change may touch; kept before and after in its history.
struct Facts {
    SessionState state = SessionState::provisional;
    EvidenceKind kind = EvidenceKind::class_view;
    MinutesBand minutes_band = MinutesBand::b0_10;
    std::int32_t resource_count = 0;
    std::optional<std::int32_t> present;
};
BOOST_DESCRIBE_STRUCT(Facts, (), (state, kind, minutes_band, resource_count, present))

core::RawJson facts_of(ClassSession const& session) {
    return {core::json::write(
        Facts{session.state, session.kind, session.minutes_band, session.resource_count, session.present})};
}

core::Result<void> check_reason(std::string const& reason, std::size_t shortest) {
    auto const length = text::count_characters(text::trim(reason));
    if (length < shortest)
        return core::invalid_at("/reason", "teaching.reason_too_short", {{"least", std::to_string(shortest)}});
    if (length > longest_reason) {
        return core::invalid_at("/reason", "teaching.text_too_long", {{"most", std::to_string(longest_reason)}});
    }
    return {};
}

/// The records of many sessions with everything that belongs to them, read in one go.
std::map<SessionId, RecordView> records_of(sql::Tx& tx, std::vector<ClassSession> const& sessions, core::Instant now) {
    std::map<SessionId, RecordView> records;
    std::vector<SessionId> ids;
    auto const zone = roster::district(tx).zone();
    for (auto const& session : sessions) {
        ids.push_back(session.id);
        auto& record = records[session.id];
        record.session = session;
        record.can_change = changeable(session, now);
        record.open_to_school = open_to_school(session, now);
        int const last_day = zone.date_of(session.correct_until.plus_ms(-1)).day_number();
        record.days_left = record.can_change ? last_day - zone.date_of(now).day_number() : 0;
    }
    auto const used = store::resources_of(tx, ids);
    std::set<ResourceId> wanted;
    for (auto const& one : used) wanted.insert(one.resource_id);
    std::map<ResourceId, std::string> titles;
    if (!wanted.empty()) {
        for (auto const& one : resources::resources(tx, {wanted.begin(), wanted.end()})) titles[one.id] = one.title;
    }
    for (auto const& one : used) {
        records[one.session_id].resources.push_back(
            {one.resource_id, titles[one.resource_id], one.reviewed, one.removed, one.minutes_band});
    }
    for (auto const& one : store::questions(tx, ids)) {
        records[one.session_id].questions.push_back({one.text, one.options, one.present, one.counts});
    }
    for (auto& [id, company] : company_of(tx, sessions)) records[id].company = std::move(company);
    for (auto& one : store::corrections(tx, ids)) {
        records[one.session_id].changes.push_back({one.kind, one.at, one.reason, one.before, one.after});
    }
    auto const looks = store::looks(tx, ids);
    std::vector<core::PersonId> lookers;
    for (auto const& one : looks) lookers.push_back(one.by_person);
    auto const names = roster::names(tx, lookers);
    for (auto const& one : looks) {
        auto const name = names.find(one.by_person);
        records[one.session_id].looks.push_back({name == names.end() ? "" : name->second, one.reason, one.at});
    }
    return records;
}

RecordView record_of(sql::Tx& tx, ClassSession const& session, core::Instant now) {
    return records_of(tx, {session}, now).at(session.id);
}

RecordMark mark_of(timetable::Lesson const& lesson, ClassSession const* session, core::Instant now) {
    if (session && session->state == SessionState::discarded) return RecordMark::discarded;
    if (session && !session->measured()) return RecordMark::declared;
    if (session) return session->used() ? RecordMark::used : RecordMark::opened;
    if (lesson.state == timetable::LessonState::cancelled || lesson.state == timetable::LessonState::not_taught) {
        return RecordMark::cancelled;
    }
    return lesson.end_at > now ? RecordMark::ahead : RecordMark::chalk;
}

bool declarable(timetable::Lesson const& lesson, core::Instant now, core::Zone zone) {
    bool const taught =
        lesson.state != timetable::LessonState::cancelled && lesson.state != timetable::LessonState::not_taught;
    return taught && lesson.end_at <= now && now < correct_until(lesson.date, zone);
}

/// The lesson of a record whose lesson is somebody else's or gone since (调课 afterwards): the record stays its
/// owner's.
timetable::Lesson lesson_of(ClassSession const& session) {
    timetable::Lesson lesson;
    lesson.id = session.lesson_id;
    lesson.school_id = session.school_id;
    lesson.class_id = session.class_id;
    lesson.date = session.date;
    lesson.week = session.week;
    lesson.period = session.period;
    lesson.subject = session.subject;
    lesson.teacher_id = session.teacher_id;
    lesson.room = session.room;
    lesson.state = timetable::LessonState::held;
    lesson.start_at = session.started_at;
    lesson.end_at = session.ended_at.value_or(session.started_at);
    return lesson;
}

/// A teacher's lessons of some days, those included that only a record knows, and who has some of those by now.
struct LessonsWithRecords {
    std::vector<timetable::Lesson> lessons;
    std::map<LessonId, std::string> handed_to;
};

LessonsWithRecords lessons_with_records(sql::Tx& tx, core::PersonId const& teacher, core::LocalDate from,
                                        core::LocalDate to, std::vector<ClassSession> const& sessions) {
    std::map<LessonId, core::PersonId> handed;
    auto lessons = timetable::lessons_of_teacher(tx, teacher, from, to);
    for (auto const& session : sessions) {
        bool const known = std::ranges::any_of(lessons, [&](auto const& one) { return one.id == session.lesson_id; });
        if (known) continue;
        auto& own = lessons.emplace_back(lesson_of(session));
        auto const now = timetable::lesson(tx, session.lesson_id);
        if (!now) continue;
        own.end_at = now->end_at;
        // a colleague's class that was taken along with his leave is still his by the timetable
        bool const along = !store::joined_to(tx, {session.id}).empty();
        if (now->teacher_id && !along) handed.emplace(now->id, *now->teacher_id);
    }
    std::ranges::sort(lessons, {}, [](timetable::Lesson const& one) { return std::pair(one.date, one.period); });
    std::vector<core::PersonId> teachers;
    for (auto const& [id, who] : handed) teachers.push_back(who);
    auto names = roster::names(tx, teachers);
    LessonsWithRecords found{std::move(lessons), {}};
    for (auto const& [id, who] : handed) found.handed_to[id] = names[who];
    return found;
}

int counted(std::vector<ClassSession> const& sessions) {
    // a lesson with several classes (合班) is one lesson of its teacher
    std::set<std::pair<core::LocalDate, std::int32_t>> lessons;
    for (auto const& one : sessions) {
        if (one.counts() && one.used()) lessons.emplace(one.date, one.period);
    }
    return static_cast<int>(lessons.size());
}

/// Changes an own record: checks that it may be changed, keeps what it was, says it in the feed.
template <class Change>
core::Result<RecordView> change(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                SessionId const& id, ChangeKind kind, std::string const& reason, Change apply) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<RecordView> {
        auto session = store::session(tx, id);
        if (!session || session->teacher_id != caller.person) return core::not_found("teaching.session_not_found");
        TRY_VOID(caller.require(tx, permissions::view_own_records, session->school_id));
        if (!changeable(*session, clock.now())) {
            return core::conflict("teaching.too_late", {{"days", std::to_string(days_to_correct)}});
        }
        auto const before = facts_of(*session);
        TRY_VOID(apply(tx, *session));
        store::update_session(tx, *session);
        store::append_correction(tx, {CorrectionId::make(), id, kind, caller.person, clock.now(), before,
                                      facts_of(*session), std::string(text::trim(reason))});
        evidence::announce(tx, *session);
        return record_of(tx, *session, clock.now());
    });
}

core::Result<void> keep_resources(sql::Tx& tx, ClassSession& session, std::vector<ResourceId> const& kept) {
    auto const used = store::resources_of(tx, {session.id});
    for (auto const& id : kept) {
        bool const known = std::ranges::any_of(used, [&](SessionResource const& one) { return one.resource_id == id; });
        if (!known) return core::invalid_at("/resources", "teaching.not_measured");
    }
    for (auto const& one : used) {
        bool const removed = std::ranges::find(kept, one.resource_id) == kept.end();
        if (removed != one.removed) store::set_resource_removed(tx, session.id, one.resource_id, removed);
    }
    evidence::recount(tx, session);
    return {};
}

}  // namespace

core::Result<WeekRecords> week_records(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock, int week) {
    WeekRecords view;
    view.today = roster::today(tx, clock);
    auto const term = TRY(roster::term_at(tx, view.today));
    view.weeks = term.weeks();
    view.week = week > 0 ? week : std::clamp(term.week_of(view.today), 1, term.weeks());
    if (view.week > view.weeks) return core::invalid_at("week", "teaching.no_such_week");
    view.monday = term.monday_of_week(view.week);
    auto const sunday = view.monday.plus_days(6);
    auto const sessions = store::sessions_of_teacher(tx, caller.person, view.monday, sunday);
    auto records = records_of(tx, sessions, clock.now());
    auto const [lessons, handed_to] = lessons_with_records(tx, caller.person, view.monday, sunday, sessions);
    auto const rows = lesson_rows(tx, lessons, view.today);
    auto const zone = roster::district(tx).zone();
    for (std::size_t i = 0; i < lessons.size(); ++i) {
        auto const own = std::ranges::find(sessions, lessons[i].id, &ClassSession::lesson_id);
        auto const found = own == sessions.end() ? records.end() : records.find(own->id);
        bool const known = found != records.end();
        RecordRow row{rows[i], mark_of(lessons[i], known ? &found->second.session : nullptr, clock.now()), false,
                      std::nullopt, ""};
        if (auto const who = handed_to.find(lessons[i].id); who != handed_to.end()) row.handed_to = who->second;
        row.can_declare = !known && declarable(lessons[i], clock.now(), zone);
        if (known) row.record = found->second;
        view.declared += row.mark == RecordMark::declared ? 1 : 0;
        view.chalk += row.mark == RecordMark::chalk ? 1 : 0;
        view.rows.push_back(std::move(row));
    }
    view.used = counted(sessions);
    view.used_last_week =
        counted(store::sessions_of_teacher(tx, caller.person, view.monday.plus_days(-7), view.monday.plus_days(-1)));
    return view;
}

core::Result<WeekRecords> my_records(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                     int week) {
    return db.read(caller.district, [&](sql::Tx& tx) { return week_records(tx, caller, clock, week); });
}

core::Result<RecordView> correct(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 SessionId const& id, CorrectRequest const& request) {
    TRY_VOID(check_reason(request.reason, 2));
    return change(db, caller, clock, id, ChangeKind::correct, request.reason,
                  [&](sql::Tx& tx, ClassSession& session) -> core::Result<void> {
                      if (session.state == SessionState::discarded) return core::conflict("teaching.record_discarded");
                      if (request.minutes_band && *request.minutes_band > session.minutes_band && session.measured()) {
                          return core::invalid_at("/minutes_band", "teaching.not_measured");
                      }
                      session.minutes_band = request.minutes_band.value_or(session.minutes_band);
                      if (request.present && *request.present < 0) {
                          return core::invalid_at("/present", "teaching.present_out_of_range");
                      }
                      if (request.present) session.present = request.present;
                      if (request.resources) TRY_VOID(keep_resources(tx, session, *request.resources));
                      return {};
                  });
}

core::Result<RecordView> discard(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 SessionId const& id, RecordReason const& request) {
    TRY_VOID(check_reason(request.reason, 0));
    return change(db, caller, clock, id, ChangeKind::discard, request.reason,
                  [](sql::Tx&, ClassSession& session) -> core::Result<void> {
                      if (session.state == SessionState::discarded) return core::conflict("teaching.record_discarded");
                      session.state = SessionState::discarded;
                      session.released_at.reset();
                      return {};
                  });
}

core::Result<RecordView> restore(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 SessionId const& id) {
    return change(db, caller, clock, id, ChangeKind::restore, "",
                  [](sql::Tx&, ClassSession& session) -> core::Result<void> {
                      if (session.state != SessionState::discarded)
                          return core::conflict("teaching.record_not_discarded");
                      session.state = SessionState::provisional;
                      return {};
                  });
}

core::Result<RecordView> release(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 SessionId const& id) {
    return change(db, caller, clock, id, ChangeKind::release, "",
                  [&](sql::Tx&, ClassSession& session) -> core::Result<void> {
                      if (session.state == SessionState::discarded) return core::conflict("teaching.record_discarded");
                      if (session.state == SessionState::released) return core::conflict("teaching.already_released");
                      session.state = SessionState::released;
                      session.released_at = clock.now();
                      return {};
                  });
}

core::Result<RecordView> declare(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 DeclareRequest const& request) {
    auto const length = text::count_characters(text::trim(request.note));
    if (length < 2) return core::invalid_at("/note", "teaching.note_missing");
    if (length > longest_reason) {
        return core::invalid_at("/note", "teaching.text_too_long", {{"most", std::to_string(longest_reason)}});
    }
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<RecordView> {
        auto const lesson = timetable::lesson(tx, request.lesson_id);
        if (!lesson || lesson->teacher_id != caller.person) return core::not_found("teaching.lesson_not_found");
        TRY_VOID(caller.require(tx, permissions::view_own_records, lesson->school_id));
        auto const zone = roster::district(tx).zone();
        if (!declarable(*lesson, clock.now(), zone)) return core::conflict("teaching.cannot_declare");
        auto session = session_of(*lesson, caller.person, EvidenceKind::declared, zone);
        session.ended_at = lesson->end_at;
        session.minutes_band = request.minutes_band;
        session.note = std::string(text::trim(request.note));
        if (!evidence::insert(tx, *lesson, session)) return core::conflict("teaching.already_recorded");
        store::append_correction(tx, {CorrectionId::make(),
                                      session.id,
                                      ChangeKind::declare,
                                      caller.person,
                                      clock.now(),
                                      {"{}"},
                                      facts_of(session),
                                      session.note});
        evidence::announce(tx, session);
        return record_of(tx, session, clock.now());
    });
}

}  // namespace santong::teaching
