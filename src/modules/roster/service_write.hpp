#pragma once
// The roster's door for those who fill it in bulk: import and the demo district.
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "modules/roster/post.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster {

/// Somebody new or changed, with the guarded fields in clear; they are sealed on their way into the database. In a row
/// that is there already an empty guarded field stays as it is.
struct PersonRecord {
    PersonId id;
    std::string name;
    std::string pinyin;    ///< made from the name if empty
    std::string initials;  ///< made from the name if empty
    Sex sex = Sex::unknown;
    std::optional<core::LocalDate> birth_date;
    std::optional<std::string> staff_number;
    std::optional<std::string> pupil_number;
    std::string subject;
    std::string identity_number;
    std::string student_number;
    std::string phone;
    std::optional<core::Instant> ended_at;
};

/// A piece of a roster. A row whose id is known already replaces the row of that id.
struct BulkRoster {
    std::optional<District> district;
    std::vector<Org> orgs;  ///< parents may stand after their children
    std::vector<SchoolProfile> schools;
    std::vector<ClassProfile> classes;
    std::vector<Term> terms;
    std::vector<PersonRecord> people;
    std::vector<Post> posts;
    std::vector<Enrolment> enrolments;
    std::vector<Guardianship> guardianships;
    std::vector<Consent> consents;
    std::vector<Room> rooms;
};

/// Writes all of it with closure, history, grants, accounts and feed entries. Rows must be sound: this is not where
/// input is checked. A parent that is neither known nor among the rows is a broken assumption. Refuses only with
/// "auth.administrators_apart".
///
/// Everybody with a post, an enrolment or a child gets an account (see `open_accounts`) and the grants that follow.
core::Result<void> write_bulk(sql::Tx& tx, BulkRoster const& bulk, core::Clock const& clock);

/// Makes or renames the district itself: a place that joins another one, before anything of the roster is there.
void set_district(sql::Tx& tx, District const& district);

/// Spells the names that are stored without their order (a folder of before migration 0004); at every start, after the
/// migrations. Everything else it leaves as it is.
void spell_names(sql::Database& db, std::vector<core::DistrictId> const& districts);

/// Types of the feed that lists of places and people are made of.
inline std::vector<std::string> listed_types() {
    return {"roster.Org",    "roster.School", "roster.ClassGroup", "roster.Term",
            "roster.Person", "roster.Post",   "roster.Enrolment",  "roster.Guardianship"};
}

/// Opens accounts for those of the list who have a place in the district and none yet: staff under their staff number,
/// pupils under their pupil number, guardians under their child's number with a letter. A login that somebody else has
/// gets the district's number in front. Pupils under 14 without consent stay dormant.
core::Result<void> open_accounts(sql::Tx& tx, std::vector<PersonId> const& persons, core::LocalDate on);

}  // namespace santong::roster
