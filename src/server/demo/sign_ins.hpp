#pragma once
#include <map>
#include <optional>

#include "platform/sql/database.hpp"
#include "server/demo/write_roster.hpp"

namespace santong::server::demo {

/// Who was last here when, by the demo's calendar: whoever taught with a screen, learned, reviewed or declared had
/// signed in before.
class SignIns {
public:
    /// Somebody did something at a moment that needs an account.
    void note(PersonId const& person, core::Instant at) {
        auto const before = at.plus_seconds(-180);
        auto [known, fresh] = last_.try_emplace(person, before);
        if (!fresh && known->second < before) known->second = before;
    }
    std::optional<core::Instant> of(PersonId const& person) const {
        auto const found = last_.find(person);
        return found == last_.end() ? std::nullopt : std::optional(found->second);
    }

private:
    std::map<PersonId, core::Instant> last_;
};

/// Gives every account its past: opened before the term began, last signed in when its owner was last here. Those who
/// try the demo were all here the day before.
void write_sign_ins(sql::Database& db, DistrictPlan const& plan, std::vector<RoleAccount> const& accounts,
                    SignIns sign_ins, Random random);

}  // namespace santong::server::demo
