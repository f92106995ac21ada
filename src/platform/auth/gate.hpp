#pragma once
// What sign-in and the session check share within one process: options, clocks, names from the roster, the cache of
// sessions.
#include <chrono>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "platform/auth/domain.hpp"

namespace santong::auth {

/// A node of the org tree by name.
struct NamedOrg {
    core::OrgId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NamedOrg, (), (id, name))

/// Where a node lies: its name and the way down to it from the top, itself last.
struct OrgPlace {
    std::string name;
    std::vector<NamedOrg> path;
};

/// A pupil as the computer room's sign-in page shows him.
struct PupilChoice {
    core::PersonId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(PupilChoice, (), (id, name))

/// An account that the demo district's sign-in page offers; never filled outside a demo folder.
struct DemoAccount {
    std::string role;
    std::string name;
    std::string login;
    std::string password;
};
BOOST_DESCRIBE_STRUCT(DemoAccount, (), (role, name, login, password))

/// Asked by auth, answered by the roster: names of people and places.
class SessionDetails {
public:
    virtual ~SessionDetails() = default;
    virtual std::map<core::PersonId, std::string> person_names(sql::Tx& tx,
                                                               std::vector<core::PersonId> const& persons) = 0;
    virtual std::map<core::OrgId, OrgPlace> places(sql::Tx& tx, std::vector<core::OrgId> const& orgs) = 0;
    /// The top of the district's tree.
    virtual NamedOrg district(sql::Tx& tx) = 0;
    /// Whether a node is a school or lies within one.
    virtual bool within_a_school(sql::Tx&, core::OrgId const&) { return true; }
    /// People, past ones too, by part of a name, its letters or a number.
    virtual std::vector<core::PersonId> people_called(sql::Tx&, std::string const&) { return {}; }
    /// People who work or learn at or below a node, or have; and the nodes themselves.
    virtual std::vector<core::Uuid> belonging_to(sql::Tx&, core::OrgId const&) { return {}; }
    /// Names of people and places for the audit log; of pupils and guardians the family name only.
    virtual std::map<std::string, std::string> audit_names(sql::Tx& tx, std::vector<core::Uuid> const& ids) {
        std::vector<core::PersonId> persons;
        for (auto const& id : ids) persons.push_back(core::PersonId{id});
        std::map<std::string, std::string> names;
        for (auto& [id, name] : person_names(tx, persons)) names.emplace(id.text(), std::move(name));
        return names;
    }
    /// Pupils who are enrolled in a class today.
    virtual std::vector<PupilChoice> pupils(sql::Tx& tx, core::OrgId const& class_id) = 0;
};

/// How this process lets people in.
struct GateOptions {
    core::DistrictId district = 0;         ///< of this node: where a failed try of an unknown login is recorded
    bool demo = false;                     ///< demo folder: administrators may sign in without TOTP
    core::Clock const* clock = nullptr;    ///< the teaching day: which grants hold; nullptr = the machine's
    core::Clock const* machine = nullptr;  ///< sessions and throttling; nullptr = the machine's
    SessionDetails* details = nullptr;     ///< filled by the roster
    core::Zone zone{};
    std::vector<DemoAccount> demo_accounts{};  ///< told to the sign-in page only if `demo`
};

/// Sessions that were checked within the last two seconds.
class SessionCache {
public:
    /// A checked session.
    struct Entry {
        Caller caller;
        core::Instant checked_at;
        std::string language;  ///< of the account
    };
    std::optional<Entry> find(std::string const& token_hash) const;
    void put(std::string const& token_hash, Entry entry);
    void forget(core::AccountId const& account);
    void forget_person(core::PersonId const& person);

private:
    mutable std::mutex mutex_;
    std::unordered_map<std::string, Entry> entries_;
};

/// The door of one process.
class Gate {
public:
    explicit Gate(GateOptions options);
    /// The gate whose cache hears of commits in this process; set by `server`.
    static void use(Gate* gate);
    static Gate* current();

    GateOptions const& options() const { return options_; }
    core::Instant now() const;  ///< the machine's
    core::Instant teaching_now() const;
    core::LocalDate today() const;  ///< of the teaching day
    SessionCache& cache() { return cache_; }
    SessionCache const& cache() const { return cache_; }

private:
    GateOptions options_;
    SessionCache cache_;
};

/// Time and day by the current gate, or by the machine if there is none (subcommands).
core::Instant gate_now();
core::LocalDate gate_today();

/// Drops what this process remembers of an account or person as soon as the transaction is on disk; other nodes follow
/// within two seconds.
void forget_after_commit(sql::Tx& tx, core::AccountId const& account);
void forget_after_commit(sql::Tx& tx, core::PersonId const& person);

}  // namespace santong::auth
