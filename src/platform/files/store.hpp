#pragma once
// Every SQL text of files. The bytes are in content_store.hpp.
#include <optional>
#include <string>
#include <vector>

#include "platform/files/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::files::store {

void insert_file(sql::Tx& tx, FileObject const& file);
/// Files whose content has this digest.
std::vector<core::FileId> files_with(sql::Tx& tx, std::string const& sha256);
std::optional<FileObject> find_file(sql::Tx& tx, core::FileId const& id);
void set_scope(sql::Tx& tx, core::FileId const& id, core::OrgId const& org);
/// Marks all files of a content; returns how many.
long set_state(sql::Tx& tx, std::string const& sha256, FileState state);
void delete_file(sql::Tx& tx, core::FileId const& id);
/// Bytes of an account's files and of its uploads under way.
std::int64_t bytes_of(sql::Tx& tx, core::AccountId const& account);

void insert_reference(sql::Tx& tx, FileReference const& reference);
long delete_reference(sql::Tx& tx, FileReference const& reference);
std::vector<FileReference> references(sql::Tx& tx, core::FileId const& id);
/// Files that nobody uses and that were made before `before`, oldest first.
std::vector<core::FileId> unused_files(sql::Tx& tx, core::Instant before, int limit);

void put_derived(sql::Tx& tx, core::FileId const& source, std::string const& kind, core::FileId const& derived);
std::optional<core::FileId> find_derived(sql::Tx& tx, core::FileId const& source, std::string const& kind);
/// The file that this one was made from.
std::vector<core::FileId> sources_of(sql::Tx& tx, core::FileId const& derived);
void delete_derived_of(sql::Tx& tx, core::FileId const& source);

/// Which of these contents any file of any district uses. The one statement that looks across districts: a content
/// is shared by all of them, and one that another district uses must stay.
std::vector<std::string> contents_in_use(sql::Tx& tx, std::vector<std::string> const& digests);

/// Digests that files of this district name, in order, from after `after` on.
std::vector<std::string> digests(sql::Tx& tx, std::string const& after, int limit);

/// Digests that files of any district name: what a backup of the whole node holds.
std::vector<std::string> all_digests(sql::Tx& tx);

void insert_upload(sql::Tx& tx, Upload const& upload);
std::optional<Upload> find_upload(sql::Tx& tx, UploadId const& id);
/// Moves the acknowledged offset; false if somebody else moved it meanwhile.
bool advance_upload(sql::Tx& tx, Upload const& before, std::int64_t received, core::Instant expires_at);
/// Closes an upload; false if it is closed already.
bool close_upload(sql::Tx& tx, Upload const& closed);
void delete_upload(sql::Tx& tx, UploadId const& id);
long open_uploads(sql::Tx& tx, core::AccountId const& account);
std::vector<UploadId> expired_uploads(sql::Tx& tx, core::Instant now, int limit);

}  // namespace santong::files::store
