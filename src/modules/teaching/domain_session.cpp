#include "modules/teaching/domain_session.hpp"

#include <algorithm>
#include <numeric>

namespace santong::teaching {

SessionId session_id(core::OrgId const& class_id, core::LocalDate date, int period) {
    return SessionId{
        core::Uuid::named("class-session/" + class_id.text() + '/' + date.text() + '/' + std::to_string(period))};
}

SessionId session_id(core::OrgId const& class_id, core::LocalDate date, int period, core::PersonId const& teacher) {
    return SessionId{core::Uuid::named("class-session/" + class_id.text() + '/' + date.text() + '/' +
                                       std::to_string(period) + '/' + teacher.text())};
}

core::Instant correct_until(core::LocalDate date, core::Zone zone) {
    return zone.at(date.plus_days(days_to_correct + 1), 0);
}

ClassSession session_of(timetable::Lesson const& lesson, core::PersonId const& teacher, EvidenceKind kind,
                        core::Zone zone) {
    ClassSession session;
    session.id = session_id(lesson.class_id, lesson.date, lesson.period);
    session.lesson_id = lesson.id;
    session.school_id = lesson.school_id;
    session.class_id = lesson.class_id;
    session.teacher_id = teacher;
    session.subject = lesson.subject;
    session.date = lesson.date;
    session.week = lesson.week;
    session.period = lesson.period;
    session.room = lesson.room;
    session.started_at = lesson.start_at;
    session.kind = kind;
    session.correct_until = correct_until(lesson.date, zone);
    return session;
}

MinutesBand band_of(std::int64_t shown_ms) {
    auto const tens = std::clamp<std::int64_t>(shown_ms / (10 * 60'000), 0, 4);
    return static_cast<MinutesBand>(tens);
}

static core::Instant latest_end(core::Instant bell_end) {
    return bell_end.plus_seconds(60 * overrun_minutes);
}

std::int64_t counted_ms(core::Instant before, core::Instant now, core::Instant bell_end) {
    auto const until = std::min(now, latest_end(bell_end));
    auto const passed = until.ms - before.ms;
    if (passed <= 0 || now.ms - before.ms > silence_seconds * 1000LL) return 0;
    return passed;
}

bool to_be_closed(core::Instant seen_at, core::Instant bell_end, core::Instant now) {
    if (now < bell_end) return false;
    return now >= latest_end(bell_end) || seen_at.plus_seconds(silence_seconds) <= now;
}

bool takes_late(ClassSession const& session, core::Instant now, core::Zone zone) {
    bool const counted = session.kind == EvidenceKind::class_view && session.state == SessionState::provisional;
    return counted && zone.date_of(now) == session.date;
}

bool changeable(ClassSession const& session, core::Instant now) {
    return session.state != SessionState::fixed && now < session.correct_until;
}

bool open_to_school(ClassSession const& session, core::Instant now) {
    switch (session.state) {
        case SessionState::discarded: return false;
        case SessionState::released:
        case SessionState::fixed: return true;
        case SessionState::provisional: break;
    }
    return now >= session.correct_until;
}

core::Result<void> check_counts(ClassQuestion const& question, std::vector<std::int32_t> const& counts) {
    if (counts.size() != question.options.size()) return core::invalid_at("/counts", "teaching.counts_do_not_fit");
    if (std::ranges::any_of(counts, [](int count) { return count < 0; })) {
        return core::invalid_at("/counts", "teaching.counts_negative");
    }
    auto const sum = std::accumulate(counts.begin(), counts.end(), std::int64_t{0});
    if (sum > question.present) {
        return core::invalid_at("/counts", "teaching.counts_above_present",
                                {{"present", std::to_string(question.present)}});
    }
    return {};
}

}  // namespace santong::teaching
