#include "platform/auth/gate.hpp"

#include <atomic>

namespace santong::auth {

namespace {

constexpr std::size_t most_entries = 20'000;

std::atomic<Gate*>& current_slot() {
    static std::atomic<Gate*> slot{nullptr};
    return slot;
}

}  // namespace

std::optional<SessionCache::Entry> SessionCache::find(std::string const& token_hash) const {
    std::lock_guard lock(mutex_);
    auto const found = entries_.find(token_hash);
    if (found == entries_.end()) return std::nullopt;
    return found->second;
}

void SessionCache::put(std::string const& token_hash, Entry entry) {
    std::lock_guard lock(mutex_);
    if (entries_.size() >= most_entries) entries_.clear();  // all of them are two seconds old at most
    entries_[token_hash] = std::move(entry);
}

void SessionCache::forget(core::AccountId const& account) {
    std::lock_guard lock(mutex_);
    std::erase_if(entries_, [&](auto const& row) { return row.second.caller.account == account; });
}

void SessionCache::forget_person(core::PersonId const& person) {
    std::lock_guard lock(mutex_);
    std::erase_if(entries_, [&](auto const& row) { return row.second.caller.person == person; });
}

Gate::Gate(GateOptions options) : options_(std::move(options)) {}

void Gate::use(Gate* gate) {
    current_slot() = gate;
}
Gate* Gate::current() {
    return current_slot();
}

core::Instant Gate::now() const {
    return options_.machine ? options_.machine->now() : core::system_now();
}
core::Instant Gate::teaching_now() const {
    return options_.clock ? options_.clock->now() : core::system_now();
}
core::LocalDate Gate::today() const {
    return options_.zone.date_of(teaching_now());
}

core::Instant gate_now() {
    return Gate::current() ? Gate::current()->now() : core::system_now();
}
core::LocalDate gate_today() {
    return Gate::current() ? Gate::current()->today() : core::Zone{}.date_of(core::system_now());
}

void forget_after_commit(sql::Tx& tx, core::AccountId const& account) {
    tx.after_commit([account] {
        if (Gate* gate = Gate::current()) gate->cache().forget(account);
    });
}

void forget_after_commit(sql::Tx& tx, core::PersonId const& person) {
    tx.after_commit([person] {
        if (Gate* gate = Gate::current()) gate->cache().forget_person(person);
    });
}

}  // namespace santong::auth
