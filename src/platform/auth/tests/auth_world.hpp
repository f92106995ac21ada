#pragma once
#include <doctest/doctest.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "platform/auth/accounts.hpp"
#include "platform/auth/audit_log.hpp"
#include "platform/auth/classroom.hpp"
#include "platform/auth/grants.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/password.hpp"
#include "platform/auth/permissions.hpp"
#include "platform/auth/sign_in.hpp"
#include "platform/auth/store.hpp"
#include "platform/auth/totp.hpp"
#include "test_database.hpp"

/// Lets CHECK print a refusal by its key.
template <class T>
struct doctest::StringMaker<boost::system::result<T, santong::core::Error>> {
    static String convert(boost::system::result<T, santong::core::Error> const& result) {
        return result.has_value() ? "a value" : result.error().key.c_str();
    }
};

namespace santong::test {

/// A tree of one district with two schools of one class each, in place of the roster.
class SmallTree final : public auth::OrgScopes, public auth::SessionDetails {
public:
    core::OrgId district_org = core::OrgId::make(), school = core::OrgId::make(), other_school = core::OrgId::make(),
                class_3a = core::OrgId::make(), class_elsewhere = core::OrgId::make();
    std::map<core::PersonId, std::string> people;
    std::vector<auth::PupilChoice> class_3a_pupils;

    std::vector<core::OrgId> self_and_ancestors(sql::Tx&, core::OrgId const& org) override {
        if (org == district_org) return {district_org};
        if (org == school || org == other_school) return {org, district_org};
        if (org == class_3a) return {class_3a, school, district_org};
        if (org == class_elsewhere) return {class_elsewhere, other_school, district_org};
        return {};
    }
    std::map<core::PersonId, std::string> person_names(sql::Tx&, std::vector<core::PersonId> const&) override {
        return people;
    }
    std::map<core::OrgId, auth::OrgPlace> places(sql::Tx&, std::vector<core::OrgId> const&) override {
        return {
            {class_3a, {"三（1）班", {{district_org, "大通湖区"}, {school, "河坝镇中学"}, {class_3a, "三（1）班"}}}},
            {school, {"河坝镇中学", {{district_org, "大通湖区"}, {school, "河坝镇中学"}}}},
            {district_org, {"大通湖区", {{district_org, "大通湖区"}}}}};
    }
    bool within_a_school(sql::Tx&, core::OrgId const& org) override { return org != district_org; }
    auth::NamedOrg district(sql::Tx&) override { return {district_org, "大通湖区"}; }
    std::vector<auth::PupilChoice> pupils(sql::Tx&, core::OrgId const& class_id) override {
        return class_id == class_3a ? class_3a_pupils : std::vector<auth::PupilChoice>();
    }
};

/// Somebody with an account.
struct Someone {
    core::PersonId person;
    auth::Account account;
    std::string login;
};

inline constexpr char const* good_password = "lotus-by-the-lake";

/// One district on a fresh database, its clock in the test's hand.
class AuthWorld {
public:
    explicit AuthWorld(bool demo = false)
        : clock({1'400'000'000'000}), gate({district, demo, &clock, &clock, &tree, {}, {}}) {
        auth::Keys::use(auth::Keys::in_memory());
        auth::Gate::use(&gate);
        auth::PermissionRegistry::scopes() = &tree;
        auth::permissions::declare(auth::PermissionRegistry::instance());
    }
    ~AuthWorld() {
        auth::Gate::use(nullptr);
        auth::PermissionRegistry::scopes() = nullptr;
    }
    AuthWorld(AuthWorld const&) = delete;
    AuthWorld& operator=(AuthWorld const&) = delete;

    /// A person with an account, a password and a role.
    Someone person(std::string const& login, auth::Role role, core::OrgId const& at,
                   auth::AccountStatus status = auth::AccountStatus::active) {
        static std::string const hash = *auth::hash_password(good_password);
        Someone one = bare(login, status);
        db->transact(district, [&](sql::Tx& tx) {
            auth::set_password_hash(tx, one.account.id, hash, false);
            grant(tx, one, role, at);
        });
        return one;
    }
    /// A person with an account without password.
    Someone bare(std::string const& login, auth::AccountStatus status = auth::AccountStatus::active) {
        Someone one{core::PersonId::make(), {}, login};
        tree.people[one.person] = "某" + login;
        one.account = db->transact(
            district, [&](sql::Tx& tx) { return auth::create_accounts(tx, {{one.person, login, status}})->front(); });
        return one;
    }
    core::Result<void> grant(sql::Tx& tx, Someone const& one, auth::Role role, core::OrgId const& at) {
        auth::GrantRow row;
        row.person_id = one.person;
        row.role = role;
        row.org_id = at;
        row.from_date = gate.today();
        return auth::add_grants(tx, {row});
    }
    core::Result<auth::OpenedSession> try_sign_in(std::string const& login, std::string const& password,
                                                  std::optional<std::string> totp = {},
                                                  std::string const& address = "127.0.0.9") {
        return auth::sign_in(*db, gate, {login, password, std::move(totp)}, {address, "test", "trace"});
    }
    /// The key of the refusal, or "in".
    std::string door(std::string const& login, std::string const& password, std::optional<std::string> totp = {},
                     std::string const& address = "127.0.0.9") {
        auto const opened = try_sign_in(login, password, std::move(totp), address);
        return opened ? "in" : opened.error().key;
    }
    core::Result<auth::Caller> check(std::string const& token) {
        return auth::check_session(*db, gate, token, {"127.0.0.9", "test", "trace"});
    }
    /// Signs in and answers the caller of the next request.
    auth::Caller caller(Someone const& one) { return *check(try_sign_in(one.login, good_password)->token); }
    /// A caller made by hand: for rules that do not depend on sessions.
    auth::Caller as(Someone const& one, auth::Role role, core::OrgId const& at) const {
        auth::Caller made;
        made.district = district;
        made.account = one.account.id;
        made.person = one.person;
        made.grants = {{role, at, ""}};
        return made;
    }
    void pass(std::int64_t seconds) { clock.set(clock.now().plus_seconds(seconds)); }
    /// Gives somebody a confirmed second factor; answers its secret.
    std::string second_factor(Someone const& one) {
        std::string secret = auth::totp::make_secret();
        db->transact(district, [&](sql::Tx& tx) { auth::set_totp_secret(tx, one.account.id, secret); });
        return secret;
    }
    std::string code_now(std::string const& secret) {
        return auth::totp::code_at(secret, auth::totp::step_of(clock.now()));
    }
    void build_audit_log() {
        auth::AuditChain chain;
        feed::run_consumer(*db, district, chain);
    }
    auth::AuditVerdict verify() {
        return db->read(district, [](sql::Tx& tx) { return auth::verify_audit(tx); });
    }

    TestDatabase db;
    core::FixedClock clock;
    SmallTree tree;
    auth::Gate gate;
};

}  // namespace santong::test
