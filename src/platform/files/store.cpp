#include "platform/files/store.hpp"

namespace santong::files::store {

void insert_file(sql::Tx& tx, FileObject const& file) {
    tx.insert_one("file_object", file);
}

std::vector<core::FileId> files_with(sql::Tx& tx, std::string const& sha256) {
    return tx.column<core::FileId>("SELECT id FROM file_object WHERE district_id = $1 AND sha256 = $2", tx.district(),
                                   sha256);
}

std::optional<FileObject> find_file(sql::Tx& tx, core::FileId const& id) {
    return tx.optional_row<FileObject>(
        "SELECT id, sha256, size, media_type, kind, name, created_by, created_at, scope_org_id, state"
        " FROM file_object WHERE district_id = $1 AND id = $2",
        tx.district(), id);
}

void set_scope(sql::Tx& tx, core::FileId const& id, core::OrgId const& org) {
    tx.execute("UPDATE file_object SET scope_org_id = $3 WHERE district_id = $1 AND id = $2", tx.district(), id, org);
}

long set_state(sql::Tx& tx, std::string const& sha256, FileState state) {
    return tx.execute("UPDATE file_object SET state = $3 WHERE district_id = $1 AND sha256 = $2 AND state <> $3",
                      tx.district(), sha256, state);
}

void delete_file(sql::Tx& tx, core::FileId const& id) {
    tx.execute("DELETE FROM file_object WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::int64_t bytes_of(sql::Tx& tx, core::AccountId const& account) {
    return tx
        .value<std::int64_t>(
            "SELECT CAST(COALESCE((SELECT SUM(size) FROM file_object WHERE district_id = $1 AND created_by = $2), 0)"
            " + COALESCE((SELECT SUM(size) FROM file_upload"
            " WHERE district_id = $1 AND owner = $2 AND state = 'receiving'), 0) AS BIGINT)",
            tx.district(), account)
        .value_or(0);
}

void insert_reference(sql::Tx& tx, FileReference const& reference) {
    tx.insert_one("file_reference", reference, "ON CONFLICT DO NOTHING");
}

long delete_reference(sql::Tx& tx, FileReference const& reference) {
    return tx.execute(
        "DELETE FROM file_reference WHERE district_id = $1 AND file_id = $2 AND holder_type = $3 AND holder_id = $4",
        tx.district(), reference.file_id, reference.holder_type, reference.holder_id);
}

std::vector<FileReference> references(sql::Tx& tx, core::FileId const& id) {
    return tx.rows<FileReference>(
        "SELECT file_id, holder_type, holder_id, created_at FROM file_reference"
        " WHERE district_id = $1 AND file_id = $2 ORDER BY created_at, holder_type, holder_id",
        tx.district(), id);
}

std::vector<core::FileId> unused_files(sql::Tx& tx, core::Instant before, int limit) {
    return tx.column<core::FileId>(
        "SELECT f.id FROM file_object f WHERE f.district_id = $1 AND f.created_at < $2"
        " AND NOT EXISTS (SELECT 1 FROM file_reference r WHERE r.district_id = $1 AND r.file_id = f.id)"
        " AND NOT EXISTS (SELECT 1 FROM file_derived d WHERE d.district_id = $1 AND d.derived_id = f.id)"
        " ORDER BY f.created_at LIMIT $3",
        tx.district(), before, limit);
}

void put_derived(sql::Tx& tx, core::FileId const& source, std::string const& kind, core::FileId const& derived) {
    tx.execute(
        "INSERT INTO file_derived (district_id, file_id, kind, derived_id) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (district_id, file_id, kind) DO UPDATE SET derived_id = excluded.derived_id",
        tx.district(), source, kind, derived);
}

std::optional<core::FileId> find_derived(sql::Tx& tx, core::FileId const& source, std::string const& kind) {
    return tx.value<core::FileId>(
        "SELECT derived_id FROM file_derived WHERE district_id = $1 AND file_id = $2 AND kind = $3", tx.district(),
        source, kind);
}

std::vector<core::FileId> sources_of(sql::Tx& tx, core::FileId const& derived) {
    return tx.column<core::FileId>("SELECT file_id FROM file_derived WHERE district_id = $1 AND derived_id = $2",
                                   tx.district(), derived);
}

void delete_derived_of(sql::Tx& tx, core::FileId const& source) {
    tx.execute("DELETE FROM file_derived WHERE district_id = $1 AND file_id = $2", tx.district(), source);
}

std::vector<std::string> contents_in_use(sql::Tx& tx, std::vector<std::string> const& digests) {
    return tx.column<std::string>("SELECT DISTINCT sha256 FROM file_object WHERE sha256 {in $1}", digests);
}

std::vector<std::string> digests(sql::Tx& tx, std::string const& after, int limit) {
    return tx.column<std::string>(
        "SELECT DISTINCT sha256 FROM file_object WHERE district_id = $1 AND sha256 > $2 ORDER BY sha256 LIMIT $3",
        tx.district(), after, limit);
}

std::vector<std::string> all_digests(sql::Tx& tx) {
    return tx.column<std::string>("SELECT DISTINCT sha256 FROM file_object ORDER BY sha256");
}

void insert_upload(sql::Tx& tx, Upload const& upload) {
    tx.insert_one("file_upload", upload);
}

std::optional<Upload> find_upload(sql::Tx& tx, UploadId const& id) {
    return tx.optional_row<Upload>(
        "SELECT id, owner, size, received, name, metadata, created_at, expires_at, state, file_id, problem_key"
        " FROM file_upload WHERE district_id = $1 AND id = $2",
        tx.district(), id);
}

bool advance_upload(sql::Tx& tx, Upload const& before, std::int64_t received, core::Instant expires_at) {
    return tx.execute(
               "UPDATE file_upload SET received = $4, expires_at = $5"
               " WHERE district_id = $1 AND id = $2 AND received = $3 AND state = 'receiving'",
               tx.district(), before.id, before.received, received, expires_at) == 1;
}

bool close_upload(sql::Tx& tx, Upload const& closed) {
    return tx.execute(
               "UPDATE file_upload SET state = $3, file_id = $4, problem_key = $5, expires_at = $6"
               " WHERE district_id = $1 AND id = $2 AND state = 'receiving'",
               tx.district(), closed.id, closed.state, closed.file_id, closed.problem_key, closed.expires_at) == 1;
}

void delete_upload(sql::Tx& tx, UploadId const& id) {
    tx.execute("DELETE FROM file_upload WHERE district_id = $1 AND id = $2", tx.district(), id);
}

long open_uploads(sql::Tx& tx, core::AccountId const& account) {
    return static_cast<long>(tx.value<std::int64_t>("SELECT COUNT(*) FROM file_upload WHERE district_id = $1"
                                                    " AND owner = $2 AND state = 'receiving'",
                                                    tx.district(), account)
                                 .value_or(0));
}

std::vector<UploadId> expired_uploads(sql::Tx& tx, core::Instant now, int limit) {
    return tx.column<UploadId>(
        "SELECT id FROM file_upload WHERE district_id = $1 AND expires_at < $2 ORDER BY expires_at LIMIT $3",
        tx.district(), now, limit);
}

}  // namespace santong::files::store
