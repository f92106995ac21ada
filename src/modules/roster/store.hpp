#pragma once
// Every SQL text of the roster stands in store_*.cpp. Functions that take a day answer what holds on that day.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "modules/roster/post.hpp"
#include "platform/auth/vault.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster::store {

/// Somebody as he is kept: guarded fields sealed, with their keyed hashes.
struct PersonRow {
    PersonId id;
    std::string name;
    std::string pinyin;
    std::string initials;
    Sex sex = Sex::unknown;
    std::optional<core::LocalDate> birth_date;
    std::optional<std::string> staff_number;
    std::optional<std::string> pupil_number;
    std::string subject;
    auth::SealedText identity_sealed;
    std::string identity_index;
    auth::SealedText student_number_sealed;
    std::string student_number_index;
    auth::SealedText phone_sealed;
    std::string phone_index;
    core::Instant created_at;
    std::optional<core::Instant> ended_at;
};
BOOST_DESCRIBE_STRUCT(PersonRow, (),
                      (id, name, pinyin, initials, sex, birth_date, staff_number, pupil_number, subject,
                       identity_sealed, identity_index, student_number_sealed, student_number_index, phone_sealed,
                       phone_index, created_at, ended_at))

/// One line of the closure.
struct ClosureRow {
    OrgId org_id;
    OrgId ancestor_id;
    std::int32_t depth = 0;
};
BOOST_DESCRIBE_STRUCT(ClosureRow, (), (org_id, ancestor_id, depth))

/// Where an organisation stood and what it was called, for a while.
struct OrgPlace {
    core::Uuid id;
    OrgId org_id;
    OrgId parent_id;
    std::string name;
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(OrgPlace, (), (id, org_id, parent_id, name, from_date, to_date))

/// A node and the one above it.
struct OrgParent {
    OrgId id;
    OrgId parent_id;
};
BOOST_DESCRIBE_STRUCT(OrgParent, (), (id, parent_id))

/// Whether somebody's guardian has consented, for many pupils at once.
struct ConsentState {
    PersonId pupil_id;
    core::Instant given_at;
};
BOOST_DESCRIBE_STRUCT(ConsentState, (), (pupil_id, given_at))

/// What people edit by hand, and so has a version.
enum class Edited : int { person, org };

/// A version that somebody made by hand.
struct Edit {
    core::Uuid entity_id;
    std::int64_t version = 0;
    core::Instant at;
    PersonId person_id;
    std::string fields;  ///< names, a comma between
};
BOOST_DESCRIBE_STRUCT(Edit, (), (entity_id, version, at, person_id, fields))

/// A number that belongs to an organisation or a class.
struct OrgCount {
    OrgId id;
    std::int32_t count = 0;
};
BOOST_DESCRIBE_STRUCT(OrgCount, (), (id, count))

// ---- store_orgs.cpp
std::optional<District> find_district(sql::Tx& tx);
void put_district(sql::Tx& tx, District const& district);
std::vector<Term> terms(sql::Tx& tx);
void put_terms(sql::Tx& tx, std::vector<Term> const& rows);
void remove_term(sql::Tx& tx, TermId const& id);
std::vector<Org> orgs(sql::Tx& tx, std::vector<OrgId> const& ids);
std::vector<Org> children(sql::Tx& tx, OrgId const& parent, std::string_view kind);
std::vector<Org> subtree(sql::Tx& tx, OrgId const& root, std::string_view kind);
std::vector<OrgId> self_and_ancestors(sql::Tx& tx, OrgId const& id);
std::vector<OrgParent> all_parents(sql::Tx& tx);
void put_orgs(sql::Tx& tx, std::vector<Org> const& rows);
void replace_closure(sql::Tx& tx, std::vector<OrgId> const& orgs, std::vector<ClosureRow> const& rows);
/// The current places of organisations.
std::vector<OrgPlace> open_places(sql::Tx& tx, std::vector<OrgId> const& orgs);
void put_places(sql::Tx& tx, std::vector<OrgPlace> const& rows);

// ---- store_edits.cpp
/// 0 if there is no such row.
std::int64_t version_of(sql::Tx& tx, Edited what, core::Uuid const& id);
/// As `version_of`; nobody else changes the row until this transaction ends.
std::int64_t hold_version(sql::Tx& tx, Edited what, core::Uuid const& id);
void put_edit(sql::Tx& tx, Edit const& edit);
/// Edits by hand that made a later version, oldest first.
std::vector<Edit> edits_after(sql::Tx& tx, core::Uuid const& id, std::int64_t version);

// ---- store_org_views.cpp
/// Open nodes at most `depth` levels below and the root itself, nearest first.
std::vector<Org> subtree_to(sql::Tx& tx, OrgId const& root, int depth);
/// Number of open nodes directly below.
std::vector<OrgCount> child_counts(sql::Tx& tx, std::vector<OrgId> const& parents);
/// Open nodes other than classes at or below the roots.
std::vector<Org> orgs_below(sql::Tx& tx, std::vector<OrgId> const& roots);
std::vector<OrgId> schools_below(sql::Tx& tx, std::vector<OrgId> const& roots);
int count_classes_below(sql::Tx& tx, OrgId const& root, core::LocalDate on);
int count_pupils_below(sql::Tx& tx, OrgId const& root, core::LocalDate on);
int count_staff_below(sql::Tx& tx, OrgId const& root, core::LocalDate on);
std::vector<OrgPlace> places_over_time(sql::Tx& tx, OrgId const& org);
std::vector<Post> posts_at(sql::Tx& tx, std::vector<OrgId> const& orgs, core::LocalDate on);
std::vector<Enrolment> enrolments_in_class(sql::Tx& tx, OrgId const& class_id, core::LocalDate on);
/// Posts and enrolments at a node that go on after the day.
int people_after(sql::Tx& tx, OrgId const& org, core::LocalDate day);
/// Number of current classes by school.
std::vector<OrgCount> classes_by_school(sql::Tx& tx, core::LocalDate on);

// ---- store_audience.cpp
/// An organisation at or below a school; rows of one organisation stand with its nearest school first.
struct SchoolPlace {
    OrgId org_id;
    OrgId school_id;
};
BOOST_DESCRIBE_STRUCT(SchoolPlace, (), (org_id, school_id))
std::vector<SchoolPlace> school_places(sql::Tx& tx);
/// Where somebody works, learns, or has a child who does.
struct PersonAt {
    PersonId person_id;
    OrgId org_id;
};
BOOST_DESCRIBE_STRUCT(PersonAt, (), (person_id, org_id))
std::vector<PersonAt> staff_on(sql::Tx& tx, core::LocalDate on);
std::vector<PersonAt> guardians_on(sql::Tx& tx, core::LocalDate on);
std::vector<PersonAt> pupils_on(sql::Tx& tx, core::LocalDate on);

// ---- store_schools.cpp
std::vector<School> schools(sql::Tx& tx, std::vector<OrgId> const& only);
std::vector<SchoolProfile> school_profiles(sql::Tx& tx, std::vector<OrgId> const& ids);
/// Keeps `last_number` of a school that is known already.
void put_schools(sql::Tx& tx, std::vector<SchoolProfile> const& rows);
std::vector<std::string> login_prefixes(sql::Tx& tx);
/// Takes that many pupil numbers of a school; answers the last of them.
int take_numbers(sql::Tx& tx, OrgId const& school, int count);
std::vector<ClassProfile> classes_of_school(sql::Tx& tx, OrgId const& school, core::LocalDate on);
std::vector<ClassProfile> class_profiles(sql::Tx& tx, std::vector<OrgId> const& ids);
std::vector<OrgCount> pupils_by_class(sql::Tx& tx, std::vector<OrgId> const& classes, core::LocalDate on);
std::vector<OrgCount> pupils_by_school(sql::Tx& tx, core::LocalDate on);
void put_classes(sql::Tx& tx, std::vector<ClassProfile> const& rows);
std::vector<Room> rooms(sql::Tx& tx, OrgId const& school);
void put_rooms(sql::Tx& tx, std::vector<Room> const& rows);

// ---- store_people.cpp
std::vector<Person> people(sql::Tx& tx, std::vector<PersonId> const& ids);
/// A guarded field that is empty stays as it is in a row that is there already.
void put_people(sql::Tx& tx, std::vector<PersonRow> const& rows);
/// Where somebody had his last post or enrolment.
std::vector<OrgId> last_places(sql::Tx& tx, PersonId const& person);
void set_pupil_number(sql::Tx& tx, PersonId const& person, std::string const& number);
std::vector<Teacher> teachers(sql::Tx& tx, OrgId const& school, core::LocalDate on);
std::vector<OrgCount> teachers_by_school(sql::Tx& tx, core::LocalDate on);
std::vector<Teacher> posts_at_class(sql::Tx& tx, OrgId const& class_id, core::LocalDate on);
std::vector<Post> posts_of(sql::Tx& tx, PersonId const& person, core::LocalDate on);
/// Posts that run on the day or begin later.
std::vector<Post> open_posts(sql::Tx& tx, std::vector<PersonId> const& persons, core::LocalDate on);
std::vector<PersonId> holders(sql::Tx& tx, auth::Role kind, OrgId const& org, std::string_view subject,
                              core::LocalDate on);
void put_posts(sql::Tx& tx, std::vector<Post> const& rows);
std::vector<Pupil> pupils_of_class(sql::Tx& tx, OrgId const& class_id, core::LocalDate on);
std::vector<Enrolment> enrolments_of(sql::Tx& tx, PersonId const& person);
/// Enrolments that run on the day or begin later.
std::vector<Enrolment> open_enrolments(sql::Tx& tx, std::vector<PersonId> const& persons, core::LocalDate on);
void put_enrolments(sql::Tx& tx, std::vector<Enrolment> const& rows);
/// Guardianships that run on the day or begin later.
std::vector<Guardianship> guardianships_by(sql::Tx& tx, std::vector<PersonId> const& guardians, core::LocalDate on);
std::vector<Guardianship> guardianships_of(sql::Tx& tx, std::vector<PersonId> const& pupils, core::LocalDate on);
void put_guardianships(sql::Tx& tx, std::vector<Guardianship> const& rows);
void put_consents(sql::Tx& tx, std::vector<Consent> const& rows);
/// When and by whom something was taken back.
struct Withdrawal {
    core::Instant at;
    PersonId by;
};
long withdraw_consents(sql::Tx& tx, PersonId const& pupil, std::string_view purpose, Withdrawal const& withdrawal);
/// Withdrawn ones too, newest first.
std::vector<Consent> consents_of(sql::Tx& tx, PersonId const& pupil, std::string_view purpose);
/// Pupils of the list with a consent for this purpose that was not withdrawn.
std::vector<ConsentState> consents_given(sql::Tx& tx, std::vector<PersonId> const& pupils, std::string_view purpose);

/// Whose name has initials, but waits to be spelled since migration 0004.
struct UnspelledName {
    PersonId id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(UnspelledName, (), (id, name))
std::vector<UnspelledName> unspelled_names(sql::Tx& tx, int limit);
void spell_name(sql::Tx& tx, PersonId const& id, std::string const& pinyin);

// ---- store_people_list.cpp

/// Which people a list shows. `letters` and `initials` are the search as it is compared with pinyin and numbers.
struct PeopleFilter {
    std::vector<OrgId> scope;
    std::vector<OrgId> guardian_scope;  ///< where guardians are shown too
    std::string kind;
    std::string role;
    std::string name_part;
    std::string letters;
    std::string initials;
    std::string after_pinyin;
    std::string after_id;
};
/// How a list finds its people: gathers everybody who lies in the scope and sorts them (a school of a large district),
/// or goes through the district by pinyin and asks of each whether he lies there (when many do). The answer is the
/// same.
enum class Way { gather, walk };
/// By pinyin.
std::vector<Person> list_people(sql::Tx& tx, PeopleFilter const& filter, core::LocalDate on, int limit,
                                Way way = Way::gather);
/// Everybody whom the district ever had.
std::int64_t count_persons(sql::Tx& tx);
std::int64_t count_people(sql::Tx& tx, PeopleFilter const& filter, core::LocalDate on, std::string const& kind);
std::vector<PersonRow> person_rows(sql::Tx& tx, std::vector<PersonId> const& ids);
/// Writes the keyed hashes of somebody who came from another node.
void set_indexes(sql::Tx& tx, PersonRow const& row);
/// People under one of these keyed hashes; an empty hash finds nobody.
std::vector<PersonId> people_by_index(sql::Tx& tx, std::string const& identity, std::string const& student_number,
                                      std::string const& phone);
std::vector<PersonId> people_by_staff_number(sql::Tx& tx, std::string const& number);
// ---- store_audit.cpp: names for the audit log
/// Something of the roster that is neither a person nor a place: a term, an import.
struct NamedThing {
    core::Uuid id;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NamedThing, (), (id, name))
/// Whom the words of a search find, past ones too; at most 20,000.
std::vector<PersonId> people_called(sql::Tx& tx, PeopleFilter const& search);
/// People with a post or a class at or below a node, past ones too, and these nodes.
std::vector<core::Uuid> belonging_to(sql::Tx& tx, OrgId const& org);
/// Those of the list who have or had a post.
std::vector<PersonId> ever_staff(sql::Tx& tx, std::vector<PersonId> const& persons);
std::vector<NamedThing> named_things(sql::Tx& tx, std::vector<core::Uuid> const& ids);

// ---- store_people_list.cpp
/// Past ones too, newest first.
std::vector<Post> all_posts(sql::Tx& tx, PersonId const& person);
std::optional<Guardianship> find_guardianship(sql::Tx& tx, GuardianshipId const& id);
void erase_person(sql::Tx& tx, PersonId const& id, std::string const& name, core::Instant at);

// ---- store_codes.cpp
/// Number of codes by "ZXXKC/2012".
std::map<std::string, int> code_counts(sql::Tx& tx);
void put_code_table(sql::Tx& tx, std::string const& table, std::string const& version,
                    std::vector<CodeItem> const& items);
std::vector<CodeItem> code_items(sql::Tx& tx, std::string const& table);
/// Names of all tables, with how many codes of the state each has.
std::map<std::string, int> code_tables(sql::Tx& tx);
/// What the district has added, by code; `table` empty = to any.
std::vector<OwnCode> own_codes(sql::Tx& tx, std::string const& table);
/// Of every district that this node holds.
std::vector<OwnCode> own_codes_everywhere(sql::Tx& tx, std::string const& table);
/// False if the code is there already.
bool insert_own_code(sql::Tx& tx, OwnCode const& code);
void update_own_code(sql::Tx& tx, OwnCode const& code);

}  // namespace santong::roster::store
