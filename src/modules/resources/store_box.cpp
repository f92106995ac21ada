#include "modules/resources/resource_columns.hpp"
#include "modules/resources/store.hpp"

namespace santong::resources::store {

std::vector<ContentDue> contents_due(sql::Tx& tx) {
    // Of a content that several files have, the most urgent place counts.
    return tx.rows<ContentDue>(
        "SELECT sha256, size FROM (SELECT f.sha256, MAX(f.size) AS size, MIN(CASE"
        " WHEN f.id = v.thumbnail_file_id THEN 0 WHEN r.school_id IN (SELECT id FROM school WHERE district_id = $1) "
        "THEN 1"
        " WHEN f.id = v.preview_file_id THEN 2 ELSE 3 END) AS urgency, MAX(r.published_at) AS newest"
        " FROM resource r JOIN resource_version v ON v.district_id = r.district_id AND v.resource_id = r.id"
        " AND v.number = r.current_version"
        " JOIN file_object f ON f.district_id = v.district_id AND f.id IN (v.file_id, v.thumbnail_file_id, "
        "v.preview_file_id)"
        " WHERE r.district_id = $1 AND r.state = 'published' GROUP BY f.sha256) due"
        " WHERE urgency < 2 OR size <= 20000000 ORDER BY urgency, newest DESC, size",
        tx.district());
}

std::vector<std::string> contents_of_others(sql::Tx& tx) {
    // Every file with the content must be of somebody else's published thing, and held by the library alone.
    return tx.column<std::string>(
        "WITH others AS (SELECT f.id FROM resource_version v JOIN resource r ON r.district_id = v.district_id"
        " AND r.id = v.resource_id JOIN file_object f ON f.district_id = v.district_id"
        " AND f.id IN (v.file_id, v.preview_file_id) WHERE v.district_id = $1 AND r.state IN ('published', 'recalled', "
        "'ended')"
        " AND r.school_id NOT IN (SELECT id FROM school WHERE district_id = $1)),"
        " made AS (SELECT id FROM others UNION SELECT d.derived_id FROM file_derived d JOIN others o"
        " ON o.id = d.file_id WHERE d.district_id = $1),"
        " own AS (SELECT f.id FROM resource_version v JOIN resource r ON r.district_id = v.district_id"
        " AND r.id = v.resource_id JOIN file_object f ON f.district_id = v.district_id"
        " AND f.id IN (v.file_id, v.thumbnail_file_id, v.preview_file_id) WHERE v.district_id = $1"
        " AND (r.state NOT IN ('published', 'recalled', 'ended') OR f.id = v.thumbnail_file_id"
        " OR r.school_id IN (SELECT id FROM school WHERE district_id = $1))"
        " UNION SELECT file_id FROM file_reference WHERE district_id = $1 AND holder_type <> 'resources.Resource')"
        " SELECT sha256 FROM file_object WHERE district_id = $1 GROUP BY sha256"
        " HAVING SUM(CASE WHEN id IN (SELECT id FROM made) AND id NOT IN (SELECT id FROM own) THEN 0 ELSE 1 END) = 0",
        tx.district());
}

std::vector<LibraryContent> contents_of_library(sql::Tx& tx, core::Instant since) {
    return tx.rows<LibraryContent>(
        "SELECT id, sha256, size FROM (SELECT f.id, f.sha256, f.size, MAX(r.published_at) AS newest"
        " FROM resource r JOIN resource_version v ON v.district_id = r.district_id AND v.resource_id = r.id"
        " AND v.number = r.current_version"
        " JOIN file_object f ON f.district_id = v.district_id AND (f.id IN (v.file_id, v.thumbnail_file_id,"
        " v.preview_file_id) OR f.id IN (SELECT d.derived_id FROM file_derived d WHERE d.district_id = $1"
        " AND d.file_id = v.file_id))"
        " WHERE r.district_id = $1 AND r.state = 'published' AND r.scope NOT IN ('self', 'group', 'school')"
        " AND r.published_at >= $2 GROUP BY f.id, f.sha256, f.size) published ORDER BY newest DESC, size",
        tx.district(), since);
}

std::vector<ContentPart> content_parts(sql::Tx& tx, std::vector<ResourceId> const& ids) {
    return tx.rows<ContentPart>(
        "SELECT v.resource_id, f.sha256, MAX(f.size) AS size, MIN(CASE WHEN f.id = v.thumbnail_file_id THEN 0"
        " WHEN f.id = v.preview_file_id THEN 1 ELSE 2 END) AS part"
        " FROM resource r JOIN resource_version v ON v.district_id = r.district_id AND v.resource_id = r.id"
        " AND v.number = r.current_version"
        " JOIN file_object f ON f.district_id = v.district_id AND f.id IN (v.file_id, v.thumbnail_file_id, "
        "v.preview_file_id)"
        " WHERE r.district_id = $1 AND r.id {in $2} GROUP BY v.resource_id, f.sha256 ORDER BY part, v.resource_id",
        tx.district(), ids);
}

std::vector<Resource> published_of_chapters(sql::Tx& tx, std::vector<ChapterId> const& chapters) {
    return tx.rows<Resource>("SELECT " RESOURCE_COLUMNS
                             " FROM resource WHERE district_id = $1 AND state = 'published' AND chapter_id {in $2}"
                             " ORDER BY published_at, id",
                             tx.district(), chapters);
}

std::vector<Resource> published_since(sql::Tx& tx, std::string const& subject, core::Instant since) {
    return tx.rows<Resource>("SELECT " RESOURCE_COLUMNS
                             " FROM resource WHERE district_id = $1 AND state = 'published' AND subject = $2"
                             " AND published_at >= $3 ORDER BY published_at, id",
                             tx.district(), subject, since);
}

}  // namespace santong::resources::store
