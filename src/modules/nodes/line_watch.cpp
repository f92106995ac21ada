#include "modules/nodes/line_watch.hpp"

#include <algorithm>

#include "modules/nodes/store_links.hpp"
#include "platform/feed/feed.hpp"

namespace santong::nodes {

namespace {

constexpr std::int64_t watched_minute_ms = 60'000, watched_hour_ms = 60 * watched_minute_ms;
constexpr std::int64_t noticed_ms = watched_minute_ms;  ///< shorter silences are none
constexpr std::int64_t longest_gap_ms =
    2 * watched_minute_ms;  ///< of one look to the next; more means that the box was off
constexpr std::int64_t written_every_ms = 2 * watched_minute_ms;

core::Instant hour_of(core::Instant at) {
    return {at.ms - (at.ms % watched_hour_ms + watched_hour_ms) % watched_hour_ms};
}

Activity operator-(Activity const& now, Activity const& before) {
    return {now.served - before.served, now.failed - before.failed, now.sign_ins - before.sign_ins,
            now.lessons - before.lessons};
}

}  // namespace

LineWatch::LineWatch(Site site, core::DistrictId district, core::OrgId org, Surroundings around)
    : site_(std::move(site)), district_(district), org_(org), around_(std::move(around)) {
    looked_at_ = site_.teaching.now();
    seen_ = around_.activity();
    site_.db.read(district_, [&](sql::Tx& tx) {
        if (auto const left = store::open_outage(tx, org_)) open_ = Open{*left, {}, looked_at_};
    });
}

LineWatch::State LineWatch::state() const {
    std::lock_guard const lock(mutex_);
    return {online_, last_contact_, last_contact_ ? last_heard_ : std::nullopt};
}

void LineWatch::note(bool reached) {
    std::lock_guard const lock(mutex_);
    auto const now = site_.teaching.now();
    auto const activity = around_.activity();
    if (reached) {
        if (open_) {
            add(now, looked_at_, activity - seen_);
            end(now);
        }
        last_contact_ = site_.machine.now();
        last_heard_ = now;
        rest_ms_ = 0;
    } else {
        if (!last_heard_) last_heard_ = looked_at_;
        if (!open_ && now.ms - last_heard_->ms >= noticed_ms) begin(now);
        if (open_) add(now, looked_at_, activity - seen_);
    }
    // Until it is known that the line is down, what is asked waits for that: it belongs to the outage.
    if (reached || open_) {
        looked_at_ = now;
        seen_ = activity;
    }
    online_ = reached;
}

void LineWatch::begin(core::Instant now) {
    Open open;
    open.outage = {OutageId::make(), org_, *last_heard_, std::nullopt};
    open.hour.outage_id = open.outage.id;
    open.hour.hour_at = hour_of(*last_heard_);
    open.written_at = now;
    open_ = open;
    write(*open_);
}

void LineWatch::add(core::Instant now, core::Instant before, Activity const& meanwhile) {
    auto& open = *open_;
    // What lies between two looks belongs to the hour in which it began.
    if (hour_of(before) != open.hour.hour_at) {
        if (open.hour.hour_at.ms != 0) write(open);
        open.hour = OutageHour{};
        open.hour.outage_id = open.outage.id;
        open.hour.hour_at = hour_of(before);
        // The hour may have been begun before a restart.
        for (auto const& known : site_.db.read(district_, [&](sql::Tx& tx) {
                 return store::outage_hours(tx, open.hour.hour_at, open.hour.hour_at.plus_ms(1));
             })) {
            if (known.outage_id == open.outage.id) open.hour = known;
        }
    }
    rest_ms_ += std::min(now.ms - before.ms, longest_gap_ms);
    open.hour.down_minutes += static_cast<std::int32_t>(rest_ms_ / watched_minute_ms);
    rest_ms_ %= watched_minute_ms;
    open.hour.school = open.hour.school || around_.school_hour(before);
    open.hour.served += meanwhile.served;
    open.hour.failed += meanwhile.failed;
    open.hour.sign_ins += meanwhile.sign_ins;
    open.hour.lessons += meanwhile.lessons;
    if (now.ms - open.written_at.ms < written_every_ms) return;
    write(open);
    open.written_at = now;
}

void LineWatch::end(core::Instant now) {
    open_->outage.until_at = now;
    write(*open_);
    open_.reset();
}

void LineWatch::write(Open const& open) {
    site_.db.transact(district_, [&](sql::Tx& tx) {
        store::put_outage(tx, open.outage);
        if (open.hour.hour_at.ms != 0) store::put_hour(tx, open.hour);
        feed::put(tx, {"nodes.Outage", open.outage.id.text(), org_}, open.outage);
    });
}

}  // namespace santong::nodes
