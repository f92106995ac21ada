#include "platform/auth/throttle.hpp"

#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/store.hpp"

namespace santong::auth::throttle {

namespace {

constexpr std::int64_t known_days = 30;

core::Error locked(core::Instant now, core::Instant until) {
    auto const seconds = (until.ms - now.ms + 999) / 1000;
    return core::rate_limited("auth.locked", static_cast<int>(seconds),
                              {{"minutes", std::to_string((seconds + 59) / 60)}});
}

}  // namespace

std::string key(Rule const& rule, std::string_view what) {
    return std::string(rule.kind) + ":" +
           crypto::base64url(Keys::current().token_mac(std::string(rule.kind) + "|" + std::string(what)));
}

core::Result<void> count(sql::Tx& tx, core::Instant now, Rule const& rule, std::string const& key) {
    auto const before = store::find_tries(tx, key);
    if (before && before->locked_until > now) return locked(now, before->locked_until);
    int const tries = store::add_try(tx, key, now, now.plus_seconds(rule.window_seconds));
    if (tries >= rule.tries) store::lock_tries(tx, key, now.plus_seconds(rule.lock_seconds));
    return {};
}

core::Result<void> count_address(sql::Tx& tx, core::Instant now, std::string const& address,
                                 std::optional<core::AccountId> const& account) {
    auto const row = key(per_address, address);
    auto const before = store::find_tries(tx, row);
    if (before && before->window_ends_at > now && before->tries >= per_address.tries) {
        auto const since = now.plus_seconds(-per_address.window_seconds);
        bool const known = account && store::known_at(tx, *account, address, now.plus_days(-known_days));
        if (!known && before->tries >= per_address.tries + store::accounts_from(tx, address, since)) {
            auto const seconds = static_cast<int>((before->window_ends_at.ms - now.ms + 999) / 1000);
            return core::rate_limited("auth.address_throttled", seconds,
                                      {{"minutes", std::to_string((seconds + 59) / 60)}});
        }
    }
    store::add_try(tx, row, now, now.plus_seconds(per_address.window_seconds));
    return {};
}

}  // namespace santong::auth::throttle
