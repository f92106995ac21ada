#pragma once
#include "modules/teaching/service.hpp"
#include "server/demo/random.hpp"

namespace santong::server::demo {

/// Draws what a lesson that was taught with a screen leaves behind: a class session, with what was shown in it.
class SessionWriter {
public:
    /// `now`: what was taught seven days before it is fixed.
    SessionWriter(Random random, core::Instant now) : random_(random), now_(now) {}

    /// `things`: what the lesson's teacher may show; null = nothing is there.
    void add(timetable::Lesson const& lesson, std::vector<resources::ResourceId> const* things);
    /// All that were added since the last call.
    teaching::BulkSessions take();

private:
    teaching::EvidenceKind drawn_kind();
    void add_resources(teaching::ClassSession& session, std::vector<resources::ResourceId> const* things);

    Random random_;
    core::Instant now_;
    teaching::BulkSessions bulk_;
};

}  // namespace santong::server::demo
