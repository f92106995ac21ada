#include "modules/teaching/service_computer.hpp"

#include <algorithm>
#include <set>

#include "modules/roster/service.hpp"
#include "modules/teaching/permissions.hpp"
#include "modules/teaching/store_computer.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/throttle.hpp"
#include "platform/text/utf8.hpp"

namespace santong::teaching {

namespace {

constexpr int most_waiting_computers = 200;  // several schools may stand behind one address
constexpr std::size_t longest_word = 60;
constexpr auth::throttle::Rule approvals{"computer", 20, 15 * 60, 15 * 60};

std::string hash_of(std::string const& secret) {
    return auth::crypto::hex(auth::crypto::sha256(secret));
}

std::string cut(std::string const& text) {
    std::string out;
    std::size_t count = 0;
    for (char const c : text) {
        bool const begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        if (begins && ++count > longest_word) break;
        if (static_cast<unsigned char>(c) >= 32) out += c;
    }
    return out;
}

/// Rooms that lessons may be in: those of the roster, those of classes, those that have a computer already.
std::vector<std::string> rooms_of(sql::Tx& tx, core::OrgId const& school, core::LocalDate today,
                                  std::vector<RoomComputer> const& computers) {
    std::set<std::string> names;
    for (auto const& room : roster::rooms(tx, school)) names.insert(room.name);
    for (auto const& group : roster::classes(tx, school, today)) names.insert(group.room);
    for (auto const& one : computers) names.insert(one.room);
    names.erase("");
    return {names.begin(), names.end()};
}

}  // namespace

core::Result<ComputerCode> begin_enrolment(sql::Database& db, core::DistrictId district, core::Clock const& clock,
                                           ComputerIntroduction const& introduction, std::string const& client) {
    auto const secret = auth::crypto::base64url(auth::crypto::random_bytes(32));
    return db.transact(district, [&](sql::Tx& tx) -> core::Result<ComputerCode> {
        auto const now = clock.now();
        store::sweep_enrolments(tx, now);
        if (store::enrolments_from(tx, client, now) >= most_waiting_computers) {
            return core::rate_limited("teaching.too_many_computers", enrolment_seconds);
        }
        ComputerCode made{"", secret, now.plus_seconds(enrolment_seconds)};
        for (int attempt = 0; attempt < 10; ++attempt) {
            made.code = auth::crypto::digits(6);
            ComputerEnrolment const row{made.code,
                                        hash_of(secret),
                                        client,
                                        cut(introduction.name),
                                        plain_word(introduction.system),
                                        plain_word(introduction.version),
                                        now,
                                        made.expires_at};
            if (store::insert_enrolment(tx, row)) return made;
        }
        return core::unavailable("teaching.computer_busy");
    });
}

core::Result<ComputerApproval> enrolment_state(sql::Database& db, core::DistrictId district, core::Clock const& clock,
                                               ComputerSecret const& secret) {
    auto const hash = hash_of(secret.secret);
    auto const key = db.read(district, [&](sql::Tx& tx) { return store::computer_key(tx, hash); });
    if (!key) {
        bool const waits = db.read(
            district, [&](sql::Tx& tx) { return store::enrolment_by_secret(tx, hash, clock.now()).has_value(); });
        if (!waits) return core::gone("teaching.enrolment_over");
        return ComputerApproval{};
    }
    return db.read(key->district_id, [&](sql::Tx& tx) -> core::Result<ComputerApproval> {
        auto const computer = store::computer(tx, key->computer_id);
        if (!computer) return core::gone("teaching.enrolment_over");
        return ComputerApproval{true, TRY(roster::org(tx, computer->school_id)).name, computer->room};
    });
}

core::Result<SchoolComputers> school_computers(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                               core::OrgId const& school) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<SchoolComputers> {
        if (!caller.may(tx, permissions::manage_computers, school)) return core::not_found("roster.org_not_found");
        SchoolComputers view;
        view.now = clock.now();
        auto const today = roster::today(tx, clock);
        auto const computers = store::computers(tx, school);
        view.rooms = rooms_of(tx, school, today, computers);
        std::vector<ComputerId> ids;
        for (auto const& one : computers) ids.push_back(one.id);
        auto const loose = store::loose_minutes(tx, ids, today.plus_days(-6));
        for (auto const& one : computers) {
            auto const found = std::ranges::find(loose, one.id, &store::LooseMinutes::computer_id);
            view.computers.push_back({one, one.seen_at.plus_seconds(computer_silent_seconds) < view.now,
                                      found == loose.end() ? 0 : found->minutes});
        }
        return view;
    });
}

core::Result<RoomComputer> approve_computer(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            NewComputer const& wish) {
    auto const key = auth::throttle::key(approvals, caller.account.text());
    // Counted in a transaction of its own: a refusal below must not take the count back.
    TRY_VOID(db.transact(caller.district,
                         [&](sql::Tx& tx) { return auth::throttle::count(tx, clock.now(), approvals, key); }));
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<RoomComputer> {
        if (!caller.may(tx, permissions::manage_computers, wish.school_id)) {
            return core::not_found("roster.org_not_found");
        }
        auto const room = std::string(text::trim(wish.room));
        if (room.empty() || text::count_characters(room) > longest_word) {
            return core::invalid_at("/room", "teaching.room_missing");
        }
        auto const now = clock.now();
        auto const waits = store::enrolment(tx, wish.code, now);
        if (!waits || !store::take_enrolment(tx, wish.code)) {
            return core::invalid_at("/code", "teaching.computer_code_unknown");
        }
        RoomComputer const computer{ComputerId::make(), wish.school_id, room, waits->name, waits->system,
                                    waits->version,     caller.person,  now,  now,         std::nullopt};
        store::insert_computers(tx, {computer});
        store::put_computer_key(tx, waits->secret_hash, computer.id);
        auth::audit(tx, caller, {"teaching.computer_enrolled", computer.id.text()});
        return computer;
    });
}

core::Result<RoomComputer> revoke_computer(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           ComputerId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<RoomComputer> {
        auto computer = store::computer(tx, id);
        if (!computer || !caller.may(tx, permissions::manage_computers, computer->school_id)) {
            return core::not_found("teaching.computer_not_found");
        }
        if (computer->revoked_at) return *computer;
        computer->revoked_at = clock.now();
        store::set_revoked(tx, id, *computer->revoked_at);
        store::delete_computer_keys(tx, id);
        auth::audit(tx, caller, {"teaching.computer_revoked", id.text()});
        return *computer;
    });
}

core::Result<KnownComputer> known_computer(sql::Database& db, core::DistrictId district, std::string const& token) {
    if (token.empty()) return core::unauthenticated("teaching.computer_unknown");
    auto const key = db.read(district, [&](sql::Tx& tx) { return store::computer_key(tx, hash_of(token)); });
    if (!key) return core::unauthenticated("teaching.computer_unknown");
    return KnownComputer{key->district_id, key->computer_id};
}

}  // namespace santong::teaching
