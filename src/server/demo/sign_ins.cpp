#include "server/demo/sign_ins.hpp"

#include "core/assert.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/password.hpp"

namespace santong::server::demo {

namespace {

/// Guardians who looked in at least once.
constexpr double guardians_here = 0.22;

core::Instant some_evening(Random& random) {
    return core::Zone{}.at(demo_today.plus_days(-random.between(1, 60)), random.between(1110, 1290));
}

}  // namespace

void write_sign_ins(sql::Database& db, DistrictPlan const& plan, std::vector<RoleAccount> const& accounts,
                    SignIns sign_ins, Random random) {
    for (auto const& one : accounts) {
        sign_ins.note(one.person.id, core::Zone{}.at(demo_today.plus_days(-1), random.between(480, 1080)));
    }
    std::vector<std::vector<PersonId>> groups(1);
    for (auto const& [role, person] : plan.officers) groups[0].push_back(person.id);
    for (auto const& person : plan.researchers) groups[0].push_back(person.id);
    for (auto const& school : plan.schools) {
        auto& people = groups.emplace_back();
        for (auto const& teacher : school.teachers) people.push_back(teacher.id);
        for (auto const& group : school.classes) {
            for (auto const& pupil : group.pupils) people.push_back(pupil.id);
            for (auto const& guardian : group.guardians) {
                people.push_back(guardian.id);
                if (random.chance(guardians_here)) sign_ins.note(guardian.id, some_evening(random));
            }
        }
    }
    auto const unknown = auth::hash_password(auth::crypto::random_bytes(32));
    SANTONG_ASSERT(unknown.has_value());
    auto const opened = core::Zone{}.at(term_start.plus_days(-3), 600);
    for (auto const& people : groups) {
        db.transact(datonghu, [&](sql::Tx& tx) {
            std::vector<auth::AccountPast> past;
            for (auto const& account : auth::accounts_of(tx, people)) {
                past.push_back({account.id, opened, sign_ins.of(account.person_id)});
            }
            auth::write_past(tx, past, *unknown);
        });
    }
}

}  // namespace santong::server::demo
