#include "modules/push/service_board.hpp"

#include <algorithm>

#include "modules/push/rows.hpp"
#include "modules/roster/service.hpp"

namespace santong::push {

namespace {

/// A week of the term as a span of time.
struct Span {
    int week = 0;
    int weeks = 0;
    core::LocalDate monday;
    core::Instant from;
    core::Instant until;
};

core::Result<Span> span_of(sql::Tx& tx, core::Instant now, int week) {
    auto const zone = roster::district(tx).zone();
    auto const today = zone.date_of(now);
    auto const term = TRY(roster::term_at(tx, today));
    Span span;
    span.weeks = term.weeks();
    span.week = std::clamp(week > 0 ? week : term.week_of(today), 1, std::max(1, span.weeks));
    span.monday = term.monday_of_week(span.week);
    span.from = zone.at(span.monday, 0);
    span.until = zone.at(span.monday.plus_days(7), 0);
    return span;
}

bool due_within(Delivery const& d, core::Instant from, core::Instant until) {
    return d.target.due_at && *d.target.due_at >= from && *d.target.due_at < until;
}

PushRate rate_in(Overview const& overview, core::Instant from, core::Instant until, std::set<core::OrgId> const& seen) {
    PushRate rate;
    for (auto const& order : overview.orders()) {
        if (order.state == PushState::cancelled) continue;
        for (auto const& d : overview.of(order.id)) {
            if (!seen.contains(d.target.school_id) || !due_within(d, from, until)) continue;
            if (d.standing == PushStanding::hosted) {
                ++rate.hosted;
                continue;
            }
            switch (punctual(d, overview.now())) {
                case Punctual::on_time: ++rate.on_time; [[fallthrough]];
                case Punctual::late: ++rate.counted; break;
                case Punctual::pending: ++rate.pending; break;
                case Punctual::not_counted: break;
            }
        }
    }
    if (rate.counted > 0) rate.percent = 100.0 * rate.on_time / rate.counted;
    return rate;
}

PushLines lines_of(Overview const& overview, std::set<core::OrgId> const& seen) {
    struct Kind {
        nodes::LinkPlan plan;
        int schools = 0;
    };
    std::vector<Kind> kinds;
    PushLines lines;
    std::set<std::int64_t> rates;
    for (auto const& school : overview.boxed_schools()) {
        if (!seen.contains(school)) continue;
        auto const& plan = overview.line(school);
        ++lines.schools;
        rates.insert(plan.rate_kbit);
        auto const same = std::ranges::find_if(kinds, [&](Kind const& one) {
            return one.plan.windows == plan.windows && one.plan.cap_kbit == plan.cap_kbit &&
                   one.plan.day_percent == plan.day_percent;
        });
        if (same == kinds.end())
            kinds.push_back({plan, 1});
        else
            ++same->schools;
    }
    lines.rates.assign(rates.begin(), rates.end());
    auto const most = std::ranges::max_element(kinds, {}, &Kind::schools);
    if (most == kinds.end()) return lines;
    lines.windows = most->plan.windows;
    lines.cap_kbit = most->plan.cap_kbit;
    lines.day_percent = most->plan.day_percent;
    lines.otherwise = lines.schools - most->schools;
    return lines;
}

PushUnused unused_of(sql::Tx& tx, Overview const& overview, std::set<core::OrgId> const& seen) {
    PushUnused found;
    std::map<core::OrgId, std::string> names;
    for (auto const& school : roster::schools(tx)) names[school.id] = school.name;
    for (auto const& order : overview.orders()) {
        if (order.state == PushState::cancelled) continue;
        for (auto const& d : overview.of(order.id)) {
            auto const state = seen.contains(d.target.school_id) ? lying(d, overview.now()) : Lying::not_counted;
            if (state == Lying::not_counted) continue;
            ++found.delivered;
            if (state == Lying::used) continue;
            ++found.unused;
            found.items.push_back(
                {order.id, order.title, d.target.school_id, names[d.target.school_id], *d.receipt->whole_at});
        }
    }
    if (found.delivered > 0) found.used_percent = 100.0 * (found.delivered - found.unused) / found.delivered;
    std::ranges::stable_sort(found.items, {}, &PushUnusedRow::whole_at);
    return found;
}

PushTonight tonight_of(Overview const& overview, std::set<core::OrgId> const& seen) {
    PushTonight tonight;
    std::set<core::OrgId> schools;
    std::vector<Delivery> coming;
    for (auto const& order : overview.orders()) {
        for (auto const& d : overview.of(order.id)) {
            if (!seen.contains(d.target.school_id) || !d.passage) continue;
            coming.push_back(d);
            schools.insert(d.target.school_id);
            auto const expected = d.passage->expected_at;
            if (!expected || (tonight.expected_at && *expected <= *tonight.expected_at)) continue;
            tonight.expected_at = expected;
            // Just before the last byte has come the window stands open.
            auto const opening = nodes::opening(overview.line(d.target.school_id), expected->plus_ms(-1));
            tonight.window_until.reset();
            if (opening.open && !overview.line(d.target.school_id).windows.empty())
                tonight.window_until = opening.changes_at;
        }
    }
    tonight.bytes = overview.to_travel(coming);
    tonight.schools = static_cast<std::int32_t>(schools.size());
    return tonight;
}

std::vector<PushTrouble> troubles_of(sql::Tx& tx, Overview const& overview, std::set<core::OrgId> const& seen) {
    std::vector<PushTrouble> found;
    for (auto const& order : overview.orders()) {
        if (order.state != PushState::open) continue;
        std::vector<Delivery> bad;
        std::ranges::copy_if(overview.of(order.id), std::back_inserter(bad), [](Delivery const& d) {
            return d.standing == PushStanding::missed || d.standing == PushStanding::will_miss;
        });
        for (auto& row : school_rows(tx, overview, bad, seen)) found.push_back({order.id, order.title, std::move(row)});
    }
    std::ranges::stable_sort(found, {}, [](PushTrouble const& one) {
        return one.school.due_at.value_or(core::Instant{std::numeric_limits<std::int64_t>::max()});
    });
    return found;
}

bool comes_first(PushOrderRow const& a, PushOrderRow const& b) {
    auto const done = [](PushOrderRow const& row) { return row.whole == row.schools; };
    if (done(a) != done(b)) return done(b);
    return goes_before({a.priority, a.due_at, a.rank, a.created_at, a.id},
                       {b.priority, b.due_at, b.rank, b.created_at, b.id});
}

constexpr int term_days = 140;

}  // namespace

std::map<core::LocalDate, std::vector<SchoolRate>> rates_of(sql::Tx& tx, core::Instant now,
                                                            std::vector<core::LocalDate> const& mondays) {
    std::map<core::LocalDate, std::vector<SchoolRate>> found;
    if (mondays.empty()) return found;
    auto const zone = roster::district(tx).zone();
    auto const begin = [&](core::LocalDate monday) { return zone.at(monday, 0); };
    auto const [first, last] = std::ranges::minmax(mondays);
    Overview const overview(tx, now, store::orders_due(tx, begin(first), begin(last.plus_days(7))));
    auto const schools = roster::schools(tx);
    for (auto const monday : mondays) {
        auto& rates = found[monday];
        for (auto const& school : schools) {
            auto rate = rate_in(overview, begin(monday), begin(monday.plus_days(7)), {school.id});
            if (rate.counted + rate.pending + rate.hosted > 0) rates.push_back({school.id, rate});
        }
    }
    return found;
}

core::Result<PushBoard> board(Desk const& desk, auth::Caller const& caller, PushWeekQuery const& query) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PushBoard> {
        auto const now = desk.clock.now();
        auto const span = TRY(span_of(tx, now, query.week));
        auto const seen = schools_seen(tx, caller);
        auto const all = store::orders(tx, {PushState::open, PushState::paused, PushState::ended});
        std::vector<PushOrder> recent;
        std::ranges::copy_if(all, std::back_inserter(recent), [&](PushOrder const& one) {
            return one.runs() || one.created_at >= now.plus_days(-term_days);
        });
        Overview const overview(tx, now, recent, desk.seat());
        PushBoard view;
        view.now = now;
        view.week = span.week;
        view.weeks = span.weeks;
        view.monday = span.monday;
        view.rate = rate_in(overview, span.from, span.until, seen);
        view.rate.before = rate_in(overview, span.from.plus_days(-7), span.from, seen).percent;
        view.lines = lines_of(overview, seen);
        view.unused = unused_of(tx, overview, seen);
        view.tonight = tonight_of(overview, seen);
        view.troubles = troubles_of(tx, overview, seen);
        view.may_manage = !desk.box && reach_of(tx, caller, "");
        bool const this_week = span.from <= now && now < span.until;
        for (auto const& order : overview.orders()) {
            auto row = order_row(overview, order, now, seen);
            if (!row) continue;
            ++view.all;
            bool const needed = std::ranges::any_of(
                overview.of(order.id), [&](Delivery const& d) { return due_within(d, span.from, span.until); });
            if (needed || (this_week && order.runs() && row->whole < row->schools))
                view.orders.push_back(std::move(*row));
        }
        std::ranges::stable_sort(view.orders, comes_first);
        for (auto const& request : store::waiting_requests(tx))
            view.requests += seen.contains(request.school_id) ? 1 : 0;
        return view;
    });
}

core::Result<PushReceiptList> list_receipts(Desk const& desk, auth::Caller const& caller,
                                            PushReceiptQuery const& query) {
    return desk.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PushReceiptList> {
        auto const now = desk.clock.now();
        auto const span = TRY(span_of(tx, now, query.week));
        auto seen = schools_seen(tx, caller);
        if (auto const school = core::OrgId::parse(query.school)) {
            bool const known = seen.contains(*school);
            seen.clear();
            if (known) seen.insert(*school);
        }
        Overview const overview(tx, now, store::orders(tx, {PushState::open, PushState::paused, PushState::ended}),
                                desk.seat());
        PushReceiptList list{now, span.week, span.weeks, {}};
        auto const within = [&](std::optional<core::Instant> const& at) {
            return at && *at >= span.from && *at < span.until;
        };
        for (auto const& order : overview.orders()) {
            std::vector<Delivery> of_week;
            std::ranges::copy_if(overview.of(order.id), std::back_inserter(of_week), [&](Delivery const& d) {
                return within(d.target.due_at) ||
                       (d.receipt && (within(d.receipt->whole_at) || within(d.receipt->first_at)));
            });
            for (auto& row : school_rows(tx, overview, of_week, seen))
                list.items.push_back({order.id, order.title, std::move(row)});
        }
        std::ranges::stable_sort(list.items, {}, [](PushReceiptRow const& row) {
            return std::tuple(weight_of(row.school.standing), row.school.due_at.value_or(core::Instant{}));
        });
        return list;
    });
}

}  // namespace santong::push
