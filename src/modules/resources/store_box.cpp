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

}  // namespace santong::resources::store
