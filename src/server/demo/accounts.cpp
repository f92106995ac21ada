#include <algorithm>
#include <map>

#include "core/assert.hpp"
#include "core/json.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/password.hpp"
#include "platform/sql/installation.hpp"
#include "server/demo/accounts.hpp"
#include "server/demo/write_roster.hpp"

namespace santong::server::demo {

namespace {

SchoolPlan const& school_named(DistrictPlan const& plan, std::string_view prefix) {
    auto const found = std::find_if(plan.schools.begin(), plan.schools.end(),
                                    [&](SchoolPlan const& s) { return s.row.prefix == prefix; });
    SANTONG_ASSERT(found != plan.schools.end());
    return *found;
}

/// RFC 4648 base32 without padding, as authenticator programs read it.
std::string base32(std::string_view bytes) {
    static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    std::string out;
    unsigned buffer = 0;
    int bits = 0;
    for (unsigned char const c : bytes) {
        buffer = buffer << 8 | c;
        for (bits += 8; bits >= 5; bits -= 5) out += alphabet[buffer >> (bits - 5) & 31];
    }
    if (bits > 0) out += alphabet[buffer << (5 - bits) & 31];
    return out;
}

/// The page that a role finds first.
std::string home_of(std::string const& role) {
    static std::map<std::string, std::string> const pages{{"leader", "/cockpit"},     {"principal", "/principal"},
                                                          {"researcher", "/subject"}, {"teacher", "/today"},
                                                          {"homeroom", "/today"},     {"pupil", "/my-day"}};
    auto const found = pages.find(role);
    return found == pages.end() ? "/" : found->second;
}

std::string secret_of(std::string const& role) {
    return "datonghu-demo-" + role.substr(0, 6);
}

/// A mathematics teacher of grade 5 with a lesson soon after the demo's clock begins (Thursday, period 2 or later), who
/// is no homeroom teacher and holds no office: flow 4 is his.
PersonPlan const& demo_teacher(SchoolPlan const& school) {
    constexpr int thursday = 4;
    for (int period = 2; period <= 7; ++period) {
        for (auto const& group : school.classes) {
            for (auto const& entry : school.entries) {
                bool const fits = group.grade == 5 && entry.class_id == group.id && entry.subject == "14" &&
                                  entry.weekday == thursday && entry.period == period;
                for (std::size_t i = 3; fits && i + 1 < school.teachers.size(); ++i) {
                    if (school.teachers[i].id == entry.teacher_id) return school.teachers[i];
                }
            }
        }
    }
    return school.teachers[3];
}

}  // namespace

std::vector<RoleAccount> role_accounts(DistrictPlan const& plan) {
    auto const& central = school_named(plan, "HB");
    auto const& group = *std::find_if(central.classes.begin(), central.classes.end(),
                                      [](ClassPlan const& c) { return c.grade == 5 && c.number == 2; });
    std::vector<RoleAccount> accounts;
    auto const add = [&](std::string const& role, PersonPlan const& person, std::string login) {
        bool const second = role == "info_office" || role == "sysadmin" || role == "secadmin" || role == "auditor";
        accounts.push_back({role, person, std::move(login), "Datonghu-" + role + "-2014", home_of(role),
                            second ? base32(secret_of(role)) : ""});
    };
    add("leader", plan.officers.at("leader"), plan.officers.at("leader").number);
    add("info_office", plan.officers.at("info_office"), plan.officers.at("info_office").number);
    add("principal", central.teachers[0], central.teachers[0].number);
    add("academic", central.teachers[1], central.teachers[1].number);
    add("researcher", plan.researchers[1], plan.researchers[1].number);
    auto const& teacher = demo_teacher(central);
    add("teacher", teacher, teacher.number);
    add("homeroom", central.teachers[group.homeroom], central.teachers[group.homeroom].number);
    add("pupil", group.pupils[0], group.pupils[0].number);
    add("guardian", group.guardians[0], "");
    add("technician", central.teachers.back(), central.teachers.back().number);
    for (auto const* role : {"sysadmin", "secadmin", "auditor"})
        add(role, plan.officers.at(role), plan.officers.at(role).number);
    return accounts;
}

void write_accounts(sql::Database& db, std::vector<RoleAccount> const& accounts) {
    std::vector<ListedAccount> listed;
    for (auto const& account : accounts) {
        auto const hash = auth::hash_password(account.password);
        SANTONG_ASSERT(hash.has_value());
        db.transact(datonghu, [&](sql::Tx& tx) {
            auto const known = auth::accounts_of(tx, {account.person.id});
            SANTONG_ASSERT(known.size() == 1);
            auth::set_status(tx, known[0].id, auth::AccountStatus::active);
            auth::set_password_hash(tx, known[0].id, *hash, false);
            if (!account.totp_secret.empty()) auth::set_totp_secret(tx, known[0].id, secret_of(account.role));
            listed.push_back({account.role, known[0].login, account.password, account.home, account.totp_secret,
                              account.person.name});
        });
    }
    db.transact(0, [&](sql::Tx& tx) { sql::set_installation_value(tx, "demo_accounts", core::json::write(listed)); });
}

std::vector<ListedAccount> listed_accounts(sql::Database& db) {
    auto const text = db.read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "demo_accounts"); });
    if (!text) return {};
    auto read = core::json::read<std::vector<ListedAccount>>(*text);
    return read ? *read : std::vector<ListedAccount>{};
}

}  // namespace santong::server::demo
