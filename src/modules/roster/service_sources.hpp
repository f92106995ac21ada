#pragma once
// The roster's door for adapters of foreign rosters (standards/oneroster): what their rows are called there, what they
// became here, and the whole roster at once. Nothing here checks who asks.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "modules/roster/post.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster {

/// A row of a foreign file as it came.
struct SourceRow {
    std::string system;                   ///< where it came from; one system's names mean nothing in another
    std::string kind;                     ///< the file: "users"
    std::string sourced_id;               ///< its name there
    std::optional<core::Uuid> entity_id;  ///< organisation, term, person, post or enrolment that it became
    std::optional<PersonId> person_id;    ///< whom it tells about: `content` is sealed under that person's key
    std::string digest;                   ///< the same for the same row
    std::string content;                  ///< JSON of the adapter; in clear here
    std::int64_t position = 0;
    core::Instant imported_at;
};
BOOST_DESCRIBE_STRUCT(SourceRow, (),
                      (system, kind, sourced_id, entity_id, person_id, digest, content, position, imported_at))

/// A row without its content.
struct KnownSource {
    std::string system;
    std::string kind;
    std::string sourced_id;
    std::optional<core::Uuid> entity_id;
    std::optional<PersonId> person_id;
    std::string digest;
};
BOOST_DESCRIBE_STRUCT(KnownSource, (), (system, kind, sourced_id, entity_id, person_id, digest))

/// The columns of a foreign file, or its manifest: JSON of the adapter.
struct SourceFile {
    std::string system;
    std::string kind;
    std::string header;
    core::Instant imported_at;
};
BOOST_DESCRIBE_STRUCT(SourceFile, (), (system, kind, header, imported_at))

std::vector<KnownSource> known_sources(sql::Tx& tx);
/// All rows in their order, content in clear; rows about people who were erased are left out.
std::vector<SourceRow> source_rows(sql::Tx& tx);
/// Writes rows, sealing what is about a person; rows about people who were erased are left out.
void put_sources(sql::Tx& tx, std::vector<SourceRow> rows);
void drop_sources(sql::Tx& tx, std::string const& system, std::string const& kind,
                  std::vector<std::string> const& sourced_ids);
/// Newest import last.
std::vector<SourceFile> source_files(sql::Tx& tx);
void put_source_files(sql::Tx& tx, std::vector<SourceFile> const& files);

/// Somebody with his guarded fields in clear.
struct ExtractedPerson : Person {
    PersonalFields fields;
};

enum class GuardedFields { leave_out, open };

/// Everything the roster holds of a district, ended rows included.
struct RosterExtract {
    District district;
    std::vector<Org> orgs;
    std::vector<SchoolProfile> schools;
    std::vector<ClassProfile> classes;
    std::vector<Term> terms;
    std::vector<ExtractedPerson> people;
    std::vector<Post> posts;
    std::vector<Enrolment> enrolments;
    std::vector<Guardianship> guardianships;
};
RosterExtract extract_roster(sql::Tx& tx, GuardedFields guarded);

/// Somebody who is there already, with what he can be recognised by.
struct PersonTraits {
    PersonId id;
    std::string identity_index;
    std::string student_number_index;
    std::string staff_number;
};
BOOST_DESCRIBE_STRUCT(PersonTraits, (), (id, identity_index, student_number_index, staff_number))
std::vector<PersonTraits> person_traits(sql::Tx& tx);
/// The keyed hashes that traits hold; empty for an empty number.
std::string identity_key(std::string_view number);
std::string student_number_key(std::string_view number);

}  // namespace santong::roster
