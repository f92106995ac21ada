#include "modules/resources/store_preview.hpp"

namespace santong::resources::store {

namespace {

#define PREVIEW_COLUMNS \
    "sha256, media_type, state, reason, package, tries, preview_file_id, thumbnail_file_id, asked_by, updated_at"

}  // namespace

std::optional<Preview> find_preview(sql::Tx& tx, std::string const& sha256) {
    return tx.optional_row<Preview>("SELECT " PREVIEW_COLUMNS
                                    " FROM resource_preview WHERE district_id = $1 AND sha256 = $2",
                                    tx.district(), sha256);
}

void put_preview(sql::Tx& tx, Preview const& preview) {
    tx.insert_one("resource_preview", preview,
                  "ON CONFLICT (district_id, sha256) DO UPDATE SET media_type = excluded.media_type,"
                  " state = excluded.state, reason = excluded.reason, package = excluded.package,"
                  " tries = excluded.tries, preview_file_id = excluded.preview_file_id,"
                  " thumbnail_file_id = excluded.thumbnail_file_id, asked_by = excluded.asked_by,"
                  " updated_at = excluded.updated_at");
}

std::optional<Preview> begin_preview(sql::Tx& tx, core::Instant now) {
    return tx.optional_row<Preview>(
        "UPDATE resource_preview SET tries = tries + 1, updated_at = $2 WHERE district_id = $1 AND sha256 ="
        " (SELECT sha256 FROM resource_preview WHERE district_id = $1 AND state = 'waiting'"
        " ORDER BY updated_at, sha256 LIMIT 1) RETURNING " PREVIEW_COLUMNS,
        tx.district(), now);
}

std::int64_t waiting_previews(sql::Tx& tx) {
    return tx
        .value<std::int64_t>("SELECT COUNT(*) FROM resource_preview WHERE district_id = $1 AND state = 'waiting'",
                             tx.district())
        .value_or(0);
}

std::vector<Version> versions_of_content(sql::Tx& tx, std::string const& sha256) {
    return tx.rows<Version>(
        "SELECT resource_id, number, file_id, url, media_type, size, sha256, pages, duration_seconds, opens,"
        " thumbnail_file_id, preview_file_id, created_at, note FROM resource_version"
        " WHERE district_id = $1 AND sha256 = $2 AND file_id IS NOT NULL ORDER BY resource_id, number",
        tx.district(), sha256);
}

void set_preview_files(sql::Tx& tx, Version const& version) {
    tx.execute(
        "UPDATE resource_version SET thumbnail_file_id = $4, preview_file_id = $5"
        " WHERE district_id = $1 AND resource_id = $2 AND number = $3",
        tx.district(), version.resource_id, version.number, version.thumbnail_file_id, version.preview_file_id);
}

}  // namespace santong::resources::store

#undef PREVIEW_COLUMNS
