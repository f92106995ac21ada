#include "modules/resources/store.hpp"

#include "modules/resources/resource_columns.hpp"
#include "platform/sql/full_text.hpp"

namespace santong::resources::store {

namespace {

#define VERSION_COLUMNS                                                                                               \
    "resource_id, number, file_id, url, media_type, size, sha256, pages, duration_seconds, opens, thumbnail_file_id," \
    " preview_file_id, created_at, note"

constexpr sql::FullText words("resource_search");

/// Titles of the textbook and chapter under which a resource is filed.
struct Filing {
    std::string chapter;
    std::string textbook;
};
BOOST_DESCRIBE_STRUCT(Filing, (), (chapter, textbook))

}  // namespace

std::optional<Resource> find(sql::Tx& tx, ResourceId const& id) {
    return tx.optional_row<Resource>("SELECT " RESOURCE_COLUMNS " FROM resource WHERE district_id = $1 AND id = $2",
                                     tx.district(), id);
}

std::vector<Resource> find_all(sql::Tx& tx, std::vector<ResourceId> const& ids) {
    return tx.rows<Resource>("SELECT " RESOURCE_COLUMNS " FROM resource WHERE district_id = $1 AND id {in $2}",
                             tx.district(), ids);
}

void insert(sql::Tx& tx, Resource const& resource) {
    tx.insert_one("resource", resource);
}

bool update(sql::Tx& tx, Resource const& r, Resource const& before) {
    return tx.execute(
               "UPDATE resource SET title = $3, description = $4, kind = $5, subject = $6, grade_from = $7, grade_to = "
               "$8,"
               " stage = $9, textbook_id = $10, chapter_id = $11, licence = $12, source = $13, source_note = $14,"
               " attribution = $15, language = $16, scope = $17, wished_scope = $18, state = $19, current_version = "
               "$20,"
               " latest_version = $21, in_review = $22, published_at = $23, recalled_reason = $24, updated_at = $25,"
               " intake = $30, holder = $31, terms = $32, valid_from = $33, valid_until = $34, fine = $35"
               " WHERE district_id = $1 AND id = $2 AND updated_at = $26 AND state = $27 AND in_review = $28"
               " AND latest_version = $29",
               tx.district(), r.id, r.title, r.description, r.kind, r.subject, r.grade_from, r.grade_to, r.stage,
               r.textbook_id, r.chapter_id, r.licence, r.source, r.source_note, r.attribution, r.language, r.scope,
               r.wished_scope, r.state, r.current_version, r.latest_version, r.in_review, r.published_at,
               r.recalled_reason, r.updated_at, before.updated_at, before.state, before.in_review,
               before.latest_version, r.intake, r.holder, r.terms, r.valid_from, r.valid_until, r.fine) == 1;
}

void remove(sql::Tx& tx, ResourceId const& id) {
    words.remove(tx, id.text());
    tx.execute("DELETE FROM resource_version WHERE district_id = $1 AND resource_id = $2", tx.district(), id);
    tx.execute("DELETE FROM resource WHERE district_id = $1 AND id = $2", tx.district(), id);
}

void insert_version(sql::Tx& tx, Version const& version) {
    tx.insert_one("resource_version", version);
}

std::optional<Version> find_version(sql::Tx& tx, ResourceId const& id, int number) {
    return tx.optional_row<Version>("SELECT " VERSION_COLUMNS
                                    " FROM resource_version WHERE district_id = $1"
                                    " AND resource_id = $2 AND number = $3",
                                    tx.district(), id, number);
}

std::vector<Version> versions(sql::Tx& tx, ResourceId const& id) {
    return tx.rows<Version>("SELECT " VERSION_COLUMNS
                            " FROM resource_version WHERE district_id = $1"
                            " AND resource_id = $2 ORDER BY number",
                            tx.district(), id);
}

std::vector<Twin> twins(sql::Tx& tx, Version const& version) {
    return tx.rows<Twin>(
        "SELECT DISTINCT r.id, r.title, r.school_id FROM resource_version v JOIN resource r"
        " ON r.district_id = v.district_id AND r.id = v.resource_id WHERE v.district_id = $1 AND v.resource_id <> $2"
        " AND r.state IN ('published', 'in_review') AND ((CAST($3 AS TEXT) <> '' AND v.sha256 = $3)"
        " OR (CAST($4 AS TEXT) <> '' AND v.url = $4)) ORDER BY r.id LIMIT 3",
        tx.district(), version.resource_id, version.sha256, version.url);
}

void index(sql::Tx& tx, Resource const& resource, std::string const& subject_title) {
    std::string text = resource.title + '\n' + resource.description + '\n' + subject_title;
    if (resource.chapter_id) {
        auto const filing = tx.optional_row<Filing>(
            "SELECT c.title AS chapter, t.title AS textbook FROM chapter c JOIN textbook t ON t.district_id = "
            "c.district_id"
            " AND t.id = c.textbook_id WHERE c.district_id = $1 AND c.id = $2",
            tx.district(), *resource.chapter_id);
        if (filing) text += '\n' + filing->chapter + '\n' + filing->textbook;
    }
    words.put(tx, resource.id.text(), text);
}

void insert_all(sql::Tx& tx, BulkResources const& bulk) {
    tx.insert("textbook", bulk.textbooks);
    tx.insert("chapter", bulk.chapters);
    tx.insert("resource", bulk.resources);
    tx.insert("resource_version", bulk.versions);
    tx.insert("resource_use", bulk.uses);
}

}  // namespace santong::resources::store
