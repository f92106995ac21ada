#include "platform/auth/password.hpp"

#include <argon2.h>

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <new>
#include <stdexcept>

#include "platform/auth/bindings.hpp"
#include "platform/auth/common_passwords.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/own_key.hpp"

namespace santong::auth {

namespace {

constexpr std::uint32_t passes = 2;
constexpr std::uint32_t memory_kib = 19'456;
constexpr std::uint32_t pin_memory_kib = 1'024;
constexpr std::uint32_t lanes = 1;
constexpr std::size_t salt_size = 16;
constexpr std::size_t hash_size = 32;
constexpr std::size_t longest_password = 128;

/// Lets two hashes run at a time and a bounded number wait.
class HashingSlots {
public:
    bool enter() {
        std::unique_lock lock(mutex_);
        if (waiting_ >= most_waiting) return false;
        ++waiting_;
        bool const free = freed_.wait_for(lock, std::chrono::seconds(10), [&] { return running_ < at_once; });
        --waiting_;
        if (free) ++running_;
        return free;
    }
    void leave() {
        {
            std::lock_guard lock(mutex_);
            --running_;
        }
        freed_.notify_one();
    }

private:
    static constexpr int at_once = 2;
    static constexpr int most_waiting = 300;
    std::mutex mutex_;
    std::condition_variable freed_;
    int running_ = 0;
    int waiting_ = 0;
};

class Slot {
public:
    Slot() : entered_(slots().enter()) {}
    ~Slot() {
        if (entered_) slots().leave();
    }
    Slot(Slot const&) = delete;
    Slot& operator=(Slot const&) = delete;
    bool entered() const { return entered_; }

private:
    static HashingSlots& slots() {
        static HashingSlots all;
        return all;
    }
    bool entered_;
};

core::Result<std::string> hashed(std::string_view secret, std::uint32_t memory) {
    Slot const slot;
    if (!slot.entered()) return core::unavailable("auth.busy");
    std::string const salt = crypto::random_bytes(salt_size);
    std::string out(argon2_encodedlen(passes, memory, lanes, salt_size, hash_size, Argon2_id), '\0');
    int const answer = argon2id_hash_encoded(passes, memory, lanes, secret.data(), secret.size(), salt.data(),
                                             salt.size(), hash_size, out.data(), out.size());
    if (answer == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
    if (answer != ARGON2_OK) throw std::runtime_error(argon2_error_message(answer));
    out.resize(out.find('\0'));
    return out;
}

core::Result<bool> verified(std::string const& hash, std::string_view secret) {
    Slot const slot;
    if (!slot.entered()) return core::unavailable("auth.busy");
    int const answer = argon2id_verify(hash.c_str(), secret.data(), secret.size());
    if (answer == ARGON2_MEMORY_ALLOCATION_ERROR) throw std::bad_alloc();
    return answer == ARGON2_OK;
}

/// As PINs were keyed before each had a key of its own.
std::string keyed_pin(std::string_view account, std::string_view pin) {
    return Keys::current().token_mac("pin|" + std::string(account) + "|" + std::string(pin));
}

std::string lower(std::string_view text) {
    std::string out(text);
    for (char& letter : out) {
        if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
    }
    return out;
}

/// Characters, not bytes: a Chinese character counts as one.
std::size_t characters(std::string_view text) {
    std::size_t count = 0;
    for (char byte : text) count += (static_cast<unsigned char>(byte) & 0xC0) != 0x80;
    return count;
}

}  // namespace

core::Result<std::string> hash_password(std::string_view password) {
    return hashed(password, memory_kib);
}

core::Result<bool> verify_password(std::string_view hash, std::string_view password) {
    if (!hash.empty()) return verified(std::string(hash), password);
    TRY(hashed(password, memory_kib));
    return false;
}

core::Result<std::string> hash_pin(std::string_view account, std::string_view pin) {
    auto made = own_key::make(pin_binding(account));
    auto const hash = TRY(hashed(own_key::mac(made.key, pin), pin_memory_kib));
    crypto::wipe(made.key);
    return own_key::write({made.sealed, hash});
}

core::Result<bool> verify_pin(std::string_view hash, std::string_view account, std::string_view pin) {
    if (auto const own = own_key::read(hash)) {
        if (auto const key = own_key::open(*own, pin_binding(account)))
            return verified(own->hash, own_key::mac(*key, pin));
        hash = {};
    }
    std::string const secret = keyed_pin(account, pin);
    if (!hash.empty()) return verified(std::string(hash), secret);
    TRY(hashed(secret, pin_memory_kib));
    return false;
}

core::Result<void> check_password(std::string_view password, PasswordOwner const& owner) {
    std::size_t const least = owner.administrator ? 12 : 8;
    if (characters(password) < least) {
        return core::invalid_at("/next", "auth.password_too_short", {{"min", std::to_string(least)}});
    }
    if (password.size() > longest_password) {
        return core::invalid_at("/next", "auth.password_too_long", {{"max", std::to_string(longest_password)}});
    }
    std::string const text = lower(password);
    if (text == lower(owner.login) || (!owner.name.empty() && text == lower(owner.name))) {
        return core::invalid_at("/next", "auth.password_is_name");
    }
    if (is_common_password(text)) return core::invalid_at("/next", "auth.password_common");
    return {};
}

core::Result<void> check_pin(std::string_view pin) {
    bool const digits = pin.find_first_not_of("0123456789") == std::string_view::npos;
    if (!digits || pin.size() < 4 || pin.size() > 6) return core::invalid_at("/pin", "auth.pin_form");
    bool const same = pin.find_first_not_of(pin[0]) == std::string_view::npos;
    bool const row = std::string_view("0123456789").find(pin) != std::string_view::npos ||
                     std::string_view("9876543210").find(pin) != std::string_view::npos;
    if (same || row) return core::invalid_at("/pin", "auth.pin_easy");
    return {};
}

bool is_common_password(std::string_view password) {
    return common_passwords().contains(lower(password));
}

}  // namespace santong::auth
