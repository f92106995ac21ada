// Opening a lesson's own files on the computer of its room.
#include <algorithm>

#include "modules/resources/service.hpp"
#include "modules/roster/service.hpp"
#include "modules/teaching/class_access.hpp"
#include "modules/teaching/evidence.hpp"
#include "modules/teaching/service_computer.hpp"
#include "modules/teaching/store.hpp"
#include "modules/teaching/store_class.hpp"
#include "modules/teaching/store_computer.hpp"

namespace santong::teaching {

namespace {

/// How long a computer's last word may stand before it is written anew: it asks every few seconds.
constexpr std::int64_t seen_ms = 45'000;

/// The lesson that runs in a computer's room, if its screen is alive.
std::optional<ClassSession> running_in_room(sql::Tx& tx, RoomComputer const& computer, core::Instant now) {
    auto session = store::session_in_room(tx, computer, roster::district(tx).zone().date_of(now));
    if (!session) return std::nullopt;
    auto const live = store::live(tx, session->id);
    if (!live || to_be_closed(live->seen_at, live->bell_at, now)) return std::nullopt;
    return session;
}

core::Result<RoomComputer> in_use(sql::Tx& tx, KnownComputer const& who) {
    auto const computer = store::computer(tx, who.id);
    if (!computer || computer->revoked_at) return core::unauthenticated("teaching.computer_unknown");
    return *computer;
}

std::vector<ResourceId> resources_in(sql::Tx& tx, ClassSession const& session) {
    std::vector<SessionId> sessions{session.id};
    for (auto const& one : store::joined(tx, {session.id})) sessions.push_back(one.session_id);
    std::vector<ResourceId> found;
    auto const add = [&found](ResourceId const& id) {
        if (std::ranges::find(found, id) == found.end()) found.push_back(id);
    };
    for (auto const& id : sessions) {
        auto const of = store::session(tx, id);
        auto const plan = of && of->plan_id ? store::plan(tx, *of->plan_id) : std::nullopt;
        if (!plan) continue;
        for (auto const& resource : resources_of(plan->content)) add(resource);
    }
    for (auto const& one : store::resources_of(tx, {session.id})) add(one.resource_id);
    return found;
}

/// The file of a resource as the caller's room may have it; nothing if he may not read it or no computer opens it.
std::optional<LessonOriginal> original_of(sql::Tx& tx, files::Files const& files, auth::Caller const& caller,
                                          SessionId const& session, ResourceId const& id) {
    auto const resource = resources::readable(tx, caller, id);
    if (!resource) return std::nullopt;
    int const number = resource->current_version > 0 ? resource->current_version : resource->latest_version;
    auto const version = resources::version(tx, id, number);
    if (!version || !version->file_id) return std::nullopt;
    auto const file = files.readable(tx, caller, *version->file_id);
    if (!file || file->state == files::FileState::damaged || !opens_on_computer(file->name)) return std::nullopt;
    return LessonOriginal{session, id, file->id, file->name, file->size, file->sha256};
}

OriginalOrder as_of(OriginalOrder order, core::Instant now) {
    bool const lost = order.asked_at.plus_seconds(order_seconds) < now;
    if (order.outcome == OrderOutcome::waiting && lost) order.outcome = OrderOutcome::silent;
    return order;
}

bool is_silent(RoomComputer const& computer, core::Instant now) {
    return computer.seen_at.plus_seconds(computer_silent_seconds) < now;
}

}  // namespace

core::Result<ContactAnswer> contact(sql::Database& db, KnownComputer const& who, core::Clock const& clock,
                                    ComputerContact const& said) {
    auto const now = clock.now();
    auto computer = TRY(db.read(who.district, [&](sql::Tx& tx) { return in_use(tx, who); }));
    auto const version = plain_word(said.version);
    auto const system = plain_word(said.system);
    bool const changed = computer.version != version || computer.system != system;
    if (changed || now.ms - computer.seen_at.ms >= seen_ms || now < computer.seen_at) {
        computer.seen_at = now;
        computer.version = version;
        computer.system = system;
        db.transact(who.district, [&](sql::Tx& tx) { store::set_seen(tx, computer); });
    }
    return db.read(who.district, [&](sql::Tx& tx) -> core::Result<ContactAnswer> {
        ContactAnswer answer;
        answer.now = now;
        answer.school = TRY(roster::org(tx, computer.school_id)).name;
        answer.room = computer.room;
        auto const session = running_in_room(tx, computer, now);
        if (!session) return answer;
        answer.next_seconds = ask_in_lesson_seconds;
        answer.lesson = TRY(roster::class_group(tx, session->class_id, session->date)).name;
        if (auto const plan = session->plan_id ? store::plan(tx, *session->plan_id) : std::nullopt) {
            answer.lesson += " " + plan->content.title;
        }
        for (auto const& one : store::originals(tx, session->id)) {
            answer.files.push_back({one.resource_id, one.name, one.size, one.sha256});
        }
        auto const order = store::waiting_order(tx, computer.id, now.plus_seconds(-order_seconds));
        if (order && order->session_id == session->id) answer.order = ContactOrder{order->id, order->resource_id};
        return answer;
    });
}

core::Result<core::FileId> original_file(sql::Database& db, KnownComputer const& who, core::Clock const& clock,
                                         ResourceId const& resource) {
    return db.read(who.district, [&](sql::Tx& tx) -> core::Result<core::FileId> {
        auto const computer = TRY(in_use(tx, who));
        auto const session = running_in_room(tx, computer, clock.now());
        if (!session) return core::not_found("teaching.no_original");
        auto const offered = store::originals(tx, session->id);
        auto const found = std::ranges::find(offered, resource, &LessonOriginal::resource_id);
        auto const known = resources::resource(tx, resource);
        bool const there = known && known->state != resources::State::recalled;
        if (found == offered.end() || !there) return core::not_found("teaching.no_original");
        return found->file_id;
    });
}

core::Result<core::Nothing> report_order(sql::Database& db, KnownComputer const& who, core::Clock const& clock,
                                         OrderId const& id, OrderReport const& report) {
    if (report.outcome == OrderOutcome::waiting) return core::invalid_at("/outcome", "teaching.order_not_found");
    return db.transact(who.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        TRY_VOID(in_use(tx, who));
        auto const order = store::order(tx, id);
        if (!order || order->computer_id != who.id) return core::not_found("teaching.order_not_found");
        if (!store::set_outcome(tx, id, report.outcome) || report.outcome != OrderOutcome::opened) {
            return core::Nothing{};
        }
        auto session = store::session(tx, order->session_id);
        auto const resource = resources::resource(tx, order->resource_id);
        if (!session || !resource || session->state != SessionState::provisional) return core::Nothing{};
        evidence::use(tx, *session, *resource);
        evidence::follow(tx, *session);
        store::append_event(
            tx, {store::EventId::make(), session->id, store::EventKind::show, resource->id, 1, clock.now()});
        return core::Nothing{};
    });
}

core::Result<RoomOriginals> offer_originals(sql::Database& db, files::Files& files, auth::Caller const& caller,
                                            core::Clock const& clock, SessionId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<RoomOriginals> {
        auto const session = TRY(screen::shared_running(tx, caller, id)).session;
        RoomOriginals view;
        view.room = session.room;
        auto const computer =
            session.room.empty() ? std::nullopt : store::computer_in(tx, session.school_id, session.room);
        view.has_computer = computer.has_value();
        view.silent = computer && is_silent(*computer, clock.now());
        std::vector<LessonOriginal> offered;
        for (auto const& resource : resources_in(tx, session)) {
            auto const one = original_of(tx, files, caller, id, resource);
            if (!one) continue;
            offered.push_back(*one);
            view.resources.push_back(resource);
        }
        if (computer) store::put_originals(tx, id, offered);
        return view;
    });
}

core::Result<OriginalOrder> order_original(sql::Database& db, files::Files& files, auth::Caller const& caller,
                                           core::Clock const& clock, SessionId const& id, OriginalWish const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<OriginalOrder> {
        auto const session = TRY(screen::shared_running(tx, caller, id)).session;
        auto const computer = store::computer_in(tx, session.school_id, session.room);
        if (!computer || session.room.empty()) return core::conflict("teaching.no_computer_in_room");
        if (is_silent(*computer, clock.now())) return core::conflict("teaching.computer_silent");
        auto const original = original_of(tx, files, caller, id, wish.resource_id);
        if (!original) return core::not_found("teaching.no_original");
        auto offered = store::originals(tx, id);
        std::erase_if(offered, [&](auto const& one) { return one.resource_id == wish.resource_id; });
        offered.push_back(*original);
        store::put_originals(tx, id, offered);
        OriginalOrder const order{OrderId::make(),  computer->id, id,
                                  wish.resource_id, clock.now(),  OrderOutcome::waiting};
        store::insert_order(tx, order);
        return order;
    });
}

core::Result<OriginalOrder> order_state(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                        SessionId const& id, OrderId const& order) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<OriginalOrder> {
        TRY_VOID(screen::shared_session(tx, caller, id));
        auto const found = store::order(tx, order);
        if (!found || found->session_id != id) return core::not_found("teaching.order_not_found");
        return as_of(*found, clock.now());
    });
}

}  // namespace santong::teaching
