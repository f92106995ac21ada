#pragma once
// What screens ask and hear about people. Guarded fields stand here only masked, or in `PersonalFields` after a logged
// look.
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "modules/roster/org_views.hpp"
#include "platform/auth/domain.hpp"

namespace santong::roster {

enum class PersonKind : int { staff, pupil, guardian };
BOOST_DESCRIBE_ENUM(PersonKind, staff, pupil, guardian)

/// What a list of people asks for. `q`: part of a name, pinyin or its first letters, or the beginning of a number.
struct PeopleQuery {
    std::string q;
    std::string kind;  ///< staff, pupil or guardian; empty = all
    std::string org;   ///< only at or below this node
    std::string role;  ///< only staff with this kind of post
    std::string after;
    int limit = 50;
};
BOOST_DESCRIBE_STRUCT(PeopleQuery, (), (q, kind, org, role, after, limit))

struct PersonItem {
    PersonId id;
    std::string name;
    PersonKind kind = PersonKind::staff;
    std::string number;   ///< staff or pupil number
    std::string subject;  ///< code
    OrgId org_id;         ///< class of a pupil or a guardian's child, else the place of the first post
    std::string org_name;
    std::string school_name;        ///< empty for the bureau
    std::vector<auth::Role> roles;  ///< kinds of posts
};
BOOST_DESCRIBE_STRUCT(PersonItem, (), (id, name, kind, number, subject, org_id, org_name, school_name, roles))

/// How many entries a choice of a filter has.
struct ChoiceCount {
    std::string value;
    std::int64_t count = 0;
};
BOOST_DESCRIBE_STRUCT(ChoiceCount, (), (value, count))

struct PeoplePage {
    std::vector<PersonItem> items;
    std::optional<std::string> next;
    std::int64_t total = 0;
    std::map<std::string, std::vector<ChoiceCount>> facets;
};
BOOST_DESCRIBE_STRUCT(PeoplePage, (), (items, next, total, facets))

struct EnrolmentView {
    EnrolmentId id;
    OrgId school_id;
    std::string school_name;
    OrgId class_id;
    std::string class_name;  ///< today's; of a class that has left, its last
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
    EnrolmentStatus status = EnrolmentStatus::active;
};
BOOST_DESCRIBE_STRUCT(EnrolmentView, (), (id, school_id, school_name, class_id, class_name, from_date, to_date, status))

/// A guardian of a pupil, or a child of a guardian.
struct BondView {
    GuardianshipId id;
    PersonId person_id;
    std::string name;
    std::string relation;
};
BOOST_DESCRIBE_STRUCT(BondView, (), (id, person_id, name, relation))

struct AccountView {
    core::AccountId id;
    std::string login;
    auth::AccountStatus status = auth::AccountStatus::active;
    bool has_password = false;
    std::optional<core::Instant> last_sign_in_at;
};
BOOST_DESCRIBE_STRUCT(AccountView, (), (id, login, status, has_password, last_sign_in_at))

struct PersonDetail {
    PersonId id;
    std::string name;
    Sex sex = Sex::unknown;
    std::vector<PersonKind> kinds;
    std::optional<std::string> staff_number;
    std::optional<std::string> pupil_number;
    std::string subject;
    std::optional<core::Instant> ended_at;
    std::int64_t version = 0;               ///< goes back with a change
    std::vector<PostView> posts;            ///< past ones too, newest first
    std::vector<EnrolmentView> enrolments;  ///< newest first
    std::vector<BondView> guardians;
    std::vector<BondView> children;
    std::optional<core::Instant> consent_at;
    bool consent_needed = false;           ///< under 14 and none recorded
    std::optional<AccountView> account;    ///< only for those who look after accounts
    std::optional<PersonalFields> masked;  ///< only for those who may look at them unmasked
    std::vector<std::string> may;
};
BOOST_DESCRIBE_STRUCT(PersonDetail, (),
                      (id, name, sex, kinds, staff_number, pupil_number, subject, ended_at, version, posts, enrolments,
                       guardians, children, consent_at, consent_needed, account, masked, may))

/// Why somebody wants to see or take along what is guarded. It is kept with the look.
struct ReasonRequest {
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ReasonRequest, (), (reason))

/// Guarded fields in clear.
struct PersonalView {
    std::string identity_number;
    std::string student_number;
    std::string phone;
    std::optional<core::LocalDate> birth_date;
};
BOOST_DESCRIBE_STRUCT(PersonalView, (), (identity_number, student_number, phone, birth_date))

/// An identity number, 学籍号 or phone number that somebody is looked for by; it travels in the body, never in an
/// address.
struct NumberSearch {
    std::string number;
};
BOOST_DESCRIBE_STRUCT(NumberSearch, (), (number))

struct NewPost {
    OrgId org_id;
    auth::Role kind = auth::Role::teacher;
    std::optional<std::string> subject;
    std::optional<std::string> title;
    std::optional<core::LocalDate> from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(NewPost, (), (org_id, kind, subject, title, from_date, to_date))

struct NewEnrolment {
    OrgId class_id;
    std::optional<core::LocalDate> from_date;
};
BOOST_DESCRIBE_STRUCT(NewEnrolment, (), (class_id, from_date))

/// What is written of somebody; what is absent stays.
struct PersonChange {
    std::optional<std::string> name;
    std::optional<Sex> sex;
    std::optional<core::LocalDate> birth_date;
    std::optional<std::string> staff_number;
    std::optional<std::string> subject;
    std::optional<std::string> identity_number;
    std::optional<std::string> student_number;
    std::optional<std::string> phone;
};
BOOST_DESCRIBE_STRUCT(PersonChange, (),
                      (name, sex, birth_date, staff_number, subject, identity_number, student_number, phone))

/// A change of somebody as `version` showed him.
struct PersonEdit : PersonChange {
    std::int64_t version = 0;
};
BOOST_DESCRIBE_STRUCT(PersonEdit, (PersonChange), (version))

/// Somebody new, with his first place: a post or a class.
struct NewPerson {
    PersonChange person;
    std::optional<NewPost> post;
    std::optional<NewEnrolment> enrolment;
};
BOOST_DESCRIBE_STRUCT(NewPerson, (), (person, post, enrolment))

/// A last day; today if absent.
struct EndRequest {
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(EndRequest, (), (to_date))

struct LeaveRequest {
    std::optional<core::LocalDate> to_date;
    std::optional<EnrolmentStatus> status;  ///< left (if absent) or graduated
};
BOOST_DESCRIBE_STRUCT(LeaveRequest, (), (to_date, status))

/// A guardian for a pupil: somebody known, or somebody new by name.
struct NewGuardian {
    std::optional<PersonId> guardian_id;
    std::optional<std::string> name;
    std::optional<std::string> phone;
    std::string relation;  ///< code of GB/T 4761, or the word itself
};
BOOST_DESCRIBE_STRUCT(NewGuardian, (), (guardian_id, name, phone, relation))

}  // namespace santong::roster
