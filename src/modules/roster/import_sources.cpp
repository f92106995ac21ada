#include "modules/roster/import_store.hpp"
#include "modules/roster/sealing.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_sources.hpp"

namespace santong::roster {

namespace {

constexpr std::string_view source_field = "roster_source";

std::vector<PersonId> persons_of(std::vector<SourceRow> const& rows) {
    std::vector<PersonId> persons;
    for (auto const& row : rows) {
        if (row.person_id) persons.push_back(*row.person_id);
    }
    return persons;
}

}  // namespace

std::vector<KnownSource> known_sources(sql::Tx& tx) {
    return store::known_sources(tx);
}

std::vector<SourceRow> source_rows(sql::Tx& tx) {
    auto rows = store::source_rows(tx);
    auth::load_keys(tx, persons_of(rows));
    std::erase_if(rows, [&](SourceRow& row) {
        if (!row.person_id) return false;
        auto clear = auth::open(tx, *row.person_id, source_field, {row.content});
        if (clear) row.content = std::move(*clear);
        return clear.has_error();
    });
    return rows;
}

void put_sources(sql::Tx& tx, std::vector<SourceRow> rows) {
    auth::prepare_keys(tx, persons_of(rows));
    std::erase_if(rows, [&](SourceRow& row) {
        if (!row.person_id) return false;
        auto sealed = auth::seal(tx, *row.person_id, source_field, row.content);
        if (sealed) row.content = std::move(sealed->value);
        return sealed.has_error();
    });
    store::put_sources(tx, rows);
}

void drop_sources(sql::Tx& tx, std::string const& system, std::string const& kind,
                  std::vector<std::string> const& sourced_ids) {
    store::drop_sources(tx, system, kind, sourced_ids);
}

std::vector<SourceFile> source_files(sql::Tx& tx) {
    return store::source_files(tx);
}

void put_source_files(sql::Tx& tx, std::vector<SourceFile> const& files) {
    store::put_source_files(tx, files);
}

RosterExtract extract_roster(sql::Tx& tx, GuardedFields guarded) {
    RosterExtract extract;
    extract.district = district(tx);
    extract.orgs = store::all_orgs(tx);
    extract.schools = store::all_schools(tx);
    extract.classes = store::all_classes(tx);
    extract.terms = store::terms(tx);
    auto const rows = store::all_people(tx);
    if (guarded == GuardedFields::open) {
        std::vector<PersonId> ids;
        for (auto const& row : rows) ids.push_back(row.id);
        auth::load_keys(tx, ids);
    }
    for (auto const& row : rows) {
        ExtractedPerson one{{row.id, row.name, row.pinyin, row.initials, row.sex, row.birth_date, row.staff_number,
                             row.pupil_number, row.subject, row.ended_at},
                            {}};
        if (guarded == GuardedFields::open) {
            if (auto fields = open_fields(tx, row)) one.fields = std::move(*fields);
        }
        extract.people.push_back(std::move(one));
    }
    extract.posts = store::all_posts(tx);
    extract.enrolments = store::all_enrolments(tx);
    extract.guardianships = store::all_guardianships(tx);
    return extract;
}

std::vector<PersonTraits> person_traits(sql::Tx& tx) {
    return store::person_traits(tx);
}

std::string identity_key(std::string_view number) {
    return identity_index(number);
}
std::string student_number_key(std::string_view number) {
    return student_number_index(number);
}

}  // namespace santong::roster
