#pragma once
// Join codes (接入码): made, listed while they are open, withdrawn, and taken by the box that joins.
#include "modules/nodes/service.hpp"
#include "modules/nodes/store.hpp"

namespace santong::nodes {

/// A one-time code as it is read out or typed; only its keyed hash is kept.
struct Invitation {
    std::string code;  ///< 12 letters and digits in three groups
    core::OrgId org_id;
    std::string org_name;
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(Invitation, (), (code, org_id, org_name, expires_at))

/// A code for the box of a school or central school, valid for seven days; an earlier one is void. A school that has a
/// box already gets one for its replacement: the new box takes the old one's part. Refuses "roster.org_not_found",
/// "nodes.not_a_school". Audited.
core::Result<Invitation> invite(Site const& site, auth::Caller const& caller, core::OrgId const& org);
/// The same for whoever sits at the machine; `school` is an id, a code or a name. Refuses "nodes.many_schools" too.
core::Result<Invitation> invite_at_machine(Site const& site, core::DistrictId district, std::string const& school);

/// A code that still opens (待接入): everything but the code itself, which nobody can read again.
struct OpenInvitation {
    core::OrgId org_id;
    std::string org_name;
    std::string made_by;  ///< name; empty: somebody at the machine
    core::Instant made_at;
    core::Instant expires_at;
};
BOOST_DESCRIBE_STRUCT(OpenInvitation, (), (org_id, org_name, made_by, made_at, expires_at))

struct OpenInvitationList {
    std::vector<OpenInvitation> items;
};
BOOST_DESCRIBE_STRUCT(OpenInvitationList, (), (items))

/// What is open, newest first; what has expired is not.
core::Result<OpenInvitationList> list_invitations(Site const& site, auth::Caller const& caller);
std::vector<OpenInvitation> invitations_at_machine(Site const& site, core::DistrictId district);
/// The open code of a school opens nothing any more. Refuses "nodes.invitation_unknown". Audited.
core::Result<core::Nothing> withdraw_invitation(Site const& site, auth::Caller const& caller, core::OrgId const& org);
/// The same for whoever sits at the machine; answers the school's name.
core::Result<std::string> withdraw_at_machine(Site const& site, core::DistrictId district, std::string const& school);

/// Takes a code out of use for the box that joins. Refuses "nodes.code_unknown" (not there, used or too old) and
/// "nodes.code_withdrawn".
core::Result<store::InvitationRow> use_invitation(Site const& site, std::string const& code);

}  // namespace santong::nodes
