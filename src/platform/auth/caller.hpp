#pragma once
// Who asks, and what he may do where (DESIGN 8).
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "core/result.hpp"
#include "platform/sql/database.hpp"

namespace santong::auth {

/// A right that a module declares once, such as {"roster.view_people"}. Compared by name.
struct Permission {
    char const* name;
    bool operator==(Permission const& other) const { return std::string_view(name) == other.name; }
};

/// Roles of DESIGN 8. What each may do is said by the modules (see `PermissionRegistry`).
enum class Role : int {
    leader,
    info_office,
    researcher,
    supervisor,
    finance,
    principal,
    academic,
    research_head,
    homeroom,
    teacher,
    registry_clerk,
    technician,
    pupil,
    guardian,
    sysadmin,
    secadmin,
    auditor
};
BOOST_DESCRIBE_ENUM(Role, leader, info_office, researcher, supervisor, finance, principal, academic, research_head,
                    homeroom, teacher, registry_clerk, technician, pupil, guardian, sysadmin, secadmin, auditor)

/// A role at one node of the org tree; it covers the subtree.
struct Grant {
    Role role = Role::teacher;
    core::OrgId org_id;
    std::string subject;  ///< code of the subject a researcher or research-group head answers for; empty = all
};
BOOST_DESCRIBE_STRUCT(Grant, (), (role, org_id, subject))

/// Asked by auth, answered by the roster: which nodes lie above a node.
class OrgScopes {
public:
    virtual ~OrgScopes() = default;
    /// The node itself and all above it; empty if there is no such node in the district.
    virtual std::vector<core::OrgId> self_and_ancestors(sql::Tx& tx, core::OrgId const& org) = 0;
};

/// Filled at start by every module: permission → roles that have it.
class PermissionRegistry {
public:
    void allow(Permission permission, std::initializer_list<Role> roles);
    bool has(Role role, Permission permission) const;
    std::vector<std::string> names_for(std::vector<Grant> const& grants) const;
    /// The one registry and scope source of this process; set by `server` before the first request.
    static PermissionRegistry& instance();
    static OrgScopes*& scopes();

private:
    std::map<std::string, std::uint32_t, std::less<>> roles_of_;  // one bit a role
};

/// What a session was opened by. `classroom`: a screen that a teacher's phone let in; `pupil_pin`: a computer room.
enum class SessionKind : int { personal, classroom, pupil_pin };
BOOST_DESCRIBE_ENUM(SessionKind, personal, classroom, pupil_pin)

/// What must be done first: until then the session has no grants and may call only its own routes (see `admit`).
enum class Restriction : int { none, change_password, enrol_totp };
BOOST_DESCRIBE_ENUM(Restriction, none, change_password, enrol_totp)

/// The signed-in person of a request. Made only by the session check (or a test).
struct Caller {
    core::DistrictId district = 0;
    core::AccountId account;
    core::PersonId person;
    std::string name;
    std::vector<Grant> grants;
    std::string session_key;  ///< hash of the session token
    std::string client;       ///< address of the client, for the audit log
    std::string trace_id;
    SessionKind session_kind = SessionKind::personal;
    Restriction restriction = Restriction::none;
    std::string csrf;  ///< what unsafe requests of this session must carry in X-CSRF-Token

    bool signed_in() const { return !account.is_nil(); }
    bool has_role(Role role) const;
    /// First face: may this caller do this at that node (or below a grant that covers it)?
    core::Result<void> require(sql::Tx& tx, Permission permission, core::OrgId const& at) const;
    bool may(sql::Tx& tx, Permission permission, core::OrgId const& at) const;
    /// Whether the caller has the permission anywhere at all (checked by the router before the handler).
    bool may_anywhere(Permission permission) const;
    /// Second face, for lists: the nodes whose subtrees the caller may see. Use with
    /// `org_id IN (SELECT org_id FROM org_closure WHERE district_id = $1 AND ancestor_id {in $n})`.
    std::vector<core::OrgId> scope(Permission permission) const;
    /// Subjects for which the permission holds, through grants that name one; empty means every subject.
    std::vector<std::string> subjects(Permission permission) const;
};

}  // namespace santong::auth
