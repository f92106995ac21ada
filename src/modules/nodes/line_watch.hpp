#pragma once
// The box watches its own line: since when it is down, and what the school does meanwhile (断网可用率).
#include <functional>
#include <mutex>
#include <optional>

#include "modules/nodes/probe.hpp"
#include "modules/nodes/service.hpp"

namespace santong::nodes {

/// What this place has answered since it began; all figures only grow.
struct Activity {
    std::int64_t served = 0;
    std::int64_t failed = 0;    ///< of these with a fault of the server (5xx)
    std::int64_t sign_ins = 0;  ///< that succeeded
    std::int64_t lessons = 0;   ///< class sessions opened
};

/// What the watch needs to know of the school around it.
struct Surroundings {
    std::function<Activity()> activity;
    std::function<bool(core::Instant)> school_hour;  ///< whether a moment lies in an hour of a school day
};

/// Notes how each talk with the parent went. An outage begins with the last contact, and is written down once nobody
/// has answered for a minute; one that was open when the program ended goes on. Thread-safe.
class LineWatch {
public:
    LineWatch(Site site, core::DistrictId district, core::OrgId org, Surroundings around);

    /// After each try. What was asked of this place since the last one counts for the hour it lies in.
    void note(bool reached);

    struct State {
        bool online = false;
        std::optional<core::Instant> last_contact;  ///< by the machine's clock; none since the start
        std::optional<core::Instant> last_heard;    ///< the same by the teaching clock
    };
    State state() const;

private:
    struct Open {
        Outage outage;
        OutageHour hour;
        core::Instant written_at;
    };
    void begin(core::Instant now);
    void add(core::Instant now, core::Instant before, Activity const& meanwhile);
    void end(core::Instant now);
    void write(Open const& open);

    Site site_;
    core::DistrictId district_;
    core::OrgId org_;
    Surroundings around_;
    mutable std::mutex mutex_;
    std::optional<core::Instant> last_contact_;  ///< machine
    std::optional<core::Instant> last_heard_;    ///< teaching clock: when an outage would have begun
    core::Instant looked_at_;                    ///< teaching clock, of the last note
    std::int64_t rest_ms_ = 0;                   ///< of a minute that is not full
    Activity seen_;
    bool online_ = false;
    std::optional<Open> open_;
};

}  // namespace santong::nodes
