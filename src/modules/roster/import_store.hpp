#pragma once
// SQL of imports: foreign rows, sessions of the wizard, whole-roster reads.
#include <string>
#include <vector>

#include "modules/roster/service_sources.hpp"
#include "modules/roster/store.hpp"

namespace santong::roster::store {

std::vector<KnownSource> known_sources(sql::Tx& tx);
std::vector<SourceRow> source_rows(sql::Tx& tx);
void put_sources(sql::Tx& tx, std::vector<SourceRow> const& rows);
void drop_sources(sql::Tx& tx, std::string const& system, std::string const& kind,
                  std::vector<std::string> const& sourced_ids);
std::vector<SourceFile> source_files(sql::Tx& tx);
void put_source_files(sql::Tx& tx, std::vector<SourceFile> const& files);

std::vector<Org> all_orgs(sql::Tx& tx);
std::vector<SchoolProfile> all_schools(sql::Tx& tx);
std::vector<ClassProfile> all_classes(sql::Tx& tx);
std::vector<PersonRow> all_people(sql::Tx& tx);
std::vector<Post> all_posts(sql::Tx& tx);
std::vector<Enrolment> all_enrolments(sql::Tx& tx);
std::vector<Guardianship> all_guardianships(sql::Tx& tx);
std::vector<PersonTraits> person_traits(sql::Tx& tx);

}  // namespace santong::roster::store
