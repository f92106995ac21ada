#pragma once
// SQL of imports: foreign rows, sessions of the wizard, whole-roster reads.
#include <string>
#include <vector>

#include "modules/roster/import_domain.hpp"
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

// ---- import_session_store.cpp
void put_session(sql::Tx& tx, ImportSession const& session);
std::optional<ImportSession> find_session(sql::Tx& tx, ImportId const& id);
/// Those of one maker, or all; newest first.
std::vector<ImportSession> sessions(sql::Tx& tx, std::optional<core::AccountId> const& made_by, int limit);
void remove_session(sql::Tx& tx, ImportId const& id);
void remove_rows(sql::Tx& tx, ImportId const& session);
void put_rows(sql::Tx& tx, std::vector<ImportRow> const& rows);
std::optional<ImportRow> find_row(sql::Tx& tx, ImportId const& session, std::int32_t number);
/// Rows behind a number, in order.
std::vector<ImportRow> rows_after(sql::Tx& tx, ImportId const& session, std::int32_t after, int limit);
/// Those that somebody has mended or decided about.
std::vector<ImportRow> touched_rows(sql::Tx& tx, ImportId const& session);

/// Which rows a list shows; empty = any.
struct RowFilter {
    std::string state;
    std::string school;
    std::string reason;  ///< one of a row's reasons
    std::string place;   ///< of people whom the file leaves out
};
std::vector<ImportRow> list_rows(sql::Tx& tx, ImportId const& session, RowFilter const& filter, std::int32_t after,
                                 int limit);
std::vector<ImportFacet> facets_by_school(sql::Tx& tx, ImportId const& session);
/// By what rows are refused for; a key holds all reasons of such rows.
std::vector<ImportFacet> facets_by_reason(sql::Tx& tx, ImportId const& session);
std::vector<ImportSchool> schools_of(sql::Tx& tx, ImportId const& session);
/// Number of rows by state, and of those written ("written").
std::vector<ImportFacet> row_counts(sql::Tx& tx, ImportId const& session);

void put_mapping(sql::Tx& tx, ImportMapping const& mapping);
std::optional<ImportMapping> find_mapping(sql::Tx& tx, ImportKind kind, std::string const& header_key);
std::vector<ImportMapping> mappings(sql::Tx& tx);

}  // namespace santong::roster::store
