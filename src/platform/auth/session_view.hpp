#pragma once
// What a page must know of the session it runs in.
#include <string>
#include <vector>

#include "platform/auth/gate.hpp"

namespace santong::auth {

/// One role of the signed-in person, with its place by name.
struct SessionRole {
    Role role = Role::teacher;
    core::OrgId org_id;
    std::string org_name;
    std::vector<NamedOrg> org_path;  ///< from the top of the district down, itself last
    std::string subject;
};
BOOST_DESCRIBE_STRUCT(SessionRole, (), (role, org_id, org_name, org_path, subject))

/// The session as the screens see it.
struct SessionView {
    std::string csrf;
    core::AccountId account_id;
    core::PersonId person_id;
    std::string name;
    std::string language;
    bool demo = false;
    core::Instant now;  ///< of the district's clock
    std::string zone;   ///< "+08:00"
    NamedOrg district;
    std::string home;  ///< the role whose home page comes first
    std::vector<SessionRole> roles;
    std::vector<std::string> permissions;
    bool must_change_password = false;
    bool totp_required = false;
    bool totp_enrolled = false;
    SessionKind kind = SessionKind::personal;
};
BOOST_DESCRIBE_STRUCT(SessionView, (),
                      (csrf, account_id, person_id, name, language, demo, now, zone, district, home, roles, permissions,
                       must_change_password, totp_required, totp_enrolled, kind))

/// What the sign-in page needs before anybody is signed in.
struct SignInOptions {
    std::string place;  ///< name of the district
    bool demo = false;
    bool pupil_signin = false;     ///< a class has its window open just now
    bool classroom_signin = true;  ///< screens may be let in by a phone
    std::vector<DemoAccount> demo_accounts;
    std::string zone;
};
BOOST_DESCRIBE_STRUCT(SignInOptions, (), (place, demo, pupil_signin, classroom_signin, demo_accounts, zone))

core::Result<SessionView> view_session(sql::Database& db, Gate& gate, Caller const& caller);
SignInOptions sign_in_options(sql::Database& db, Gate& gate);

}  // namespace santong::auth
