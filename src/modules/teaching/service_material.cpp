#include "modules/teaching/service_material.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/json.hpp"
#include "modules/roster/service.hpp"
#include "modules/teaching/evidence.hpp"
#include "modules/teaching/permissions.hpp"
#include "modules/teaching/store.hpp"
#include "modules/teaching/store_class.hpp"
#include "modules/teaching/store_computer.hpp"
#include "modules/timetable/service.hpp"

namespace santong::teaching {

namespace {

constexpr std::size_t most_bands = 300;

bool held(timetable::Lesson const& lesson) {
    return lesson.state == timetable::LessonState::planned || lesson.state == timetable::LessonState::held;
}

/// Lessons of one day in one room, asked once for many bands.
class RoomDay {
public:
    RoomDay(sql::Tx& tx, RoomComputer const& computer, core::LocalDate date) {
        for (auto& one : timetable::lessons_of_school(tx, computer.school_id, date, date)) {
            if (one.room == computer.room && held(one)) lessons_.push_back(std::move(one));
        }
        // Of several classes in the room (合班、复式) the one comes first whose session the others follow.
        std::ranges::stable_sort(lessons_, {}, [&](timetable::Lesson const& one) {
            auto const own = one.teacher_id ? store::own_session(tx, one, *one.teacher_id) : std::nullopt;
            return own && store::joined_to(tx, {own->id}).empty() ? 0 : 1;
        });
    }
    /// In which the middle of a band lies.
    timetable::Lesson const* at(core::Instant band_at) const {
        auto const middle = band_at.plus_seconds(band_minutes * 30);
        auto const found = std::ranges::find_if(
            lessons_, [&](timetable::Lesson const& one) { return one.start_at <= middle && middle < one.end_at; });
        return found == lessons_.end() ? nullptr : &*found;
    }

private:
    std::vector<timetable::Lesson> lessons_;
};

bool plausible(ToldBand const& band, core::Instant now) {
    if (!plausible_band(band.start, now)) return false;
    std::set<MaterialKind> kinds;
    int sum = 0;
    for (auto const& one : band.minutes) {
        if (one.minutes < 1 || one.minutes > band_minutes || !kinds.insert(one.kind).second) return false;
        sum += one.minutes;
    }
    return sum <= band_minutes;
}

bool corrected_by_owner(sql::Tx& tx, SessionId const& id) {
    return !store::corrections(tx, {id}).empty();
}

/// Brings the record of a lesson to what its rows say, where they are its only evidence.
core::Result<void> weigh(sql::Tx& tx, core::Clock const& clock, timetable::Lesson const& lesson) {
    auto const now = clock.now();
    auto const zone = roster::district(tx).zone();
    if (!lesson.teacher_id || now >= correct_until(lesson.date, zone)) return {};
    int const minutes = material_minutes(store::use_of_lesson(tx, lesson.id));
    auto session = store::own_session(tx, lesson, *lesson.teacher_id);
    bool const alone = !session || !session->measured() || session->kind == EvidenceKind::helper;
    if (minutes < minutes_of_use || !alone || (session && corrected_by_owner(tx, session->id))) return {};
    auto made = TRY(add_evidence(tx, clock, {lesson.id, *lesson.teacher_id, EvidenceKind::helper, std::nullopt}));
    auto const band = band_of(minutes * 60'000LL);
    if (made.minutes_band == band) return {};
    made.minutes_band = band;
    store::update_session(tx, made);
    evidence::announce(tx, made);
    return {};
}

/// What a strike does to a record that stands on these rows alone; kept in its history like every change.
void weigh_struck(sql::Tx& tx, auth::Caller const& caller, core::Instant now, ClassSession& session, int minutes) {
    if (session.kind != EvidenceKind::helper || !changeable(session, now)) return;
    bool const enough = minutes >= minutes_of_use;
    bool const discarded = session.state == SessionState::discarded;
    auto const band = band_of(minutes * 60'000LL);
    if (enough != discarded && session.minutes_band == band) return;
    auto const before = core::RawJson{core::json::write(session)};
    auto kind = ChangeKind::correct;
    if (!enough && !discarded) kind = ChangeKind::discard;
    if (enough && discarded) kind = ChangeKind::restore;
    if (kind == ChangeKind::discard) session.state = SessionState::discarded;
    if (kind == ChangeKind::restore) session.state = SessionState::provisional;
    session.minutes_band = band;
    store::update_session(tx, session);
    store::append_correction(tx, {CorrectionId::make(), session.id, kind, caller.person, now, before,
                                  core::RawJson{core::json::write(session)}, ""});
    evidence::announce(tx, session);
}

/// A lesson of the caller: by the timetable, or because its record is his.
struct OwnLesson {
    timetable::Lesson lesson;
    std::optional<ClassSession> session;
};

core::Result<OwnLesson> own_lesson(sql::Tx& tx, auth::Caller const& caller, LessonId const& id) {
    auto const lesson = timetable::lesson(tx, id);
    if (!lesson || !caller.may(tx, permissions::view_own_records, lesson->school_id)) {
        return core::not_found("teaching.lesson_not_found");
    }
    auto session = store::own_session(tx, *lesson, caller.person);
    if (lesson->teacher_id != caller.person && !session) return core::not_found("teaching.lesson_not_found");
    return OwnLesson{*lesson, std::move(session)};
}

LessonUse use_view(sql::Tx& tx, timetable::Lesson const& lesson, core::Instant now) {
    LessonUse view;
    view.rows = store::use_of_lesson(tx, lesson.id);
    view.minutes = material_minutes(view.rows);
    view.can_strike = now < correct_until(lesson.date, roster::district(tx).zone());
    return view;
}

}  // namespace

core::Result<ReceivedUse> receive_use(sql::Database& db, KnownComputer const& who, core::Clock const& clock,
                                      ToldUse const& told) {
    if (told.bands.size() > most_bands) return core::invalid_at("/bands", "teaching.too_many_bands");
    return db.transact(who.district, [&](sql::Tx& tx) -> core::Result<ReceivedUse> {
        auto const computer = store::computer(tx, who.id);
        if (!computer || computer->revoked_at) return core::unauthenticated("teaching.computer_unknown");
        auto const zone = roster::district(tx).zone();
        std::map<core::LocalDate, RoomDay> days;
        std::map<LessonId, timetable::Lesson> touched;
        ReceivedUse answer;
        for (auto const& band : told.bands) {
            answer.received.push_back(band.start);
            if (!plausible(band, clock.now())) continue;
            auto const date = zone.date_of(band.start);
            auto const day = days.try_emplace(date, tx, *computer, date).first;
            auto const* lesson = day->second.at(band.start);
            auto const lesson_id = lesson ? std::optional(lesson->id) : std::nullopt;
            bool fresh = false;
            for (auto const& one : band.minutes) {
                fresh |= store::insert_use(tx, {who.id, band.start, one.kind, one.minutes, date, lesson_id, false});
            }
            if (lesson && fresh) touched.emplace(lesson->id, *lesson);
        }
        for (auto const& [id, lesson] : touched) TRY_VOID(weigh(tx, clock, lesson));
        return answer;
    });
}

core::Result<LessonUse> lesson_use(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   LessonId const& lesson) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<LessonUse> {
        return use_view(tx, TRY(own_lesson(tx, caller, lesson)).lesson, clock.now());
    });
}

core::Result<LessonUse> strike_use(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   LessonId const& lesson, StrikeWish const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<LessonUse> {
        auto own = TRY(own_lesson(tx, caller, lesson));
        auto const before = use_view(tx, own.lesson, clock.now());
        if (!before.can_strike) {
            return core::conflict("teaching.too_late", {{"days", std::to_string(days_to_correct)}});
        }
        auto const row = std::ranges::find_if(before.rows, [&](MaterialUse const& one) {
            return one.band_at == wish.band_at && one.kind == wish.kind && one.computer_id == wish.computer_id;
        });
        if (row == before.rows.end()) return core::not_found("teaching.use_not_found");
        auto changed = *row;
        changed.struck = wish.struck;
        store::set_struck(tx, changed);
        auto after = use_view(tx, own.lesson, clock.now());
        if (own.session) weigh_struck(tx, caller, clock.now(), *own.session, after.minutes);
        return after;
    });
}

void write_computers(sql::Tx& tx, std::vector<RoomComputer> const& computers, std::vector<MaterialUse> const& uses) {
    store::insert_computers(tx, computers);
    store::insert_uses(tx, uses);
}

}  // namespace santong::teaching
