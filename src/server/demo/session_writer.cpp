#include "server/demo/session_writer.hpp"

#include <algorithm>

namespace santong::server::demo {

using teaching::EvidenceKind;

void SessionWriter::add(timetable::Lesson const& lesson, std::vector<resources::ResourceId> const* things) {
    core::Zone const zone;
    auto const kind = drawn_kind();
    auto session = teaching::session_of(lesson, *lesson.teacher_id, kind, zone);
    session.ended_at = lesson.end_at;
    session.minutes_band =
        static_cast<teaching::MinutesBand>(std::clamp(random_.between(0, 5) - (random_.chance(0.3) ? 1 : 0), 0, 4));
    bool const over = session.correct_until < now_;
    session.state = over ? teaching::SessionState::fixed : teaching::SessionState::provisional;
    if (random_.chance(0.006))
        session.state = teaching::SessionState::discarded;
    else if (!over && random_.chance(0.12)) {
        session.state = teaching::SessionState::released;
        session.released_at = lesson.end_at.plus_seconds(3600);
    }
    if (kind == EvidenceKind::declared)
        session.note = "自己的课件";
    else
        add_resources(session, things);
    bulk_.sessions.push_back(std::move(session));
}

teaching::BulkSessions SessionWriter::take() {
    auto taken = std::move(bulk_);
    bulk_ = {};
    return taken;
}

EvidenceKind SessionWriter::drawn_kind() {
    double const share = random_.share();
    if (share < 0.10) return EvidenceKind::declared;
    return share < 0.68 ? EvidenceKind::class_view : EvidenceKind::resource_opened;
}

void SessionWriter::add_resources(teaching::ClassSession& session, std::vector<resources::ResourceId> const* things) {
    if (things == nullptr) return;
    int const count = random_.between(session.kind == EvidenceKind::resource_opened ? 1 : 0, 3);
    std::vector<resources::ResourceId> shown;
    for (int i = 0; i < count; ++i) {
        auto const& id = random_.pick(*things);
        if (std::find(shown.begin(), shown.end(), id) != shown.end()) continue;
        shown.push_back(id);
        bulk_.resources.push_back(
            {session.id, id, static_cast<int>(shown.size()), 1, true, session.minutes_band, false});
        session.reviewed_resource = true;
    }
}

}  // namespace santong::server::demo
