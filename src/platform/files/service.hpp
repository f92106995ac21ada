#pragma once
// The door of files: what modules use to keep, read and give away files.
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "platform/auth/caller.hpp"
#include "platform/files/content_store.hpp"
#include "platform/files/domain.hpp"

namespace santong::files {

/// Asked when somebody wants to read a file that a module uses. A module registers one for its own holder type.
class FileAccess {
public:
    virtual ~FileAccess() = default;
    /// "resources.Resource", as in FileReference.
    virtual std::string holder_type() const = 0;
    /// May this caller read what this holder uses? Runs inside the reader's transaction.
    virtual bool may_read(sql::Tx& tx, auth::Caller const& caller, FileReference const& reference) = 0;
    /// Told when somebody who may read it saves it (?save=1), once for the whole file.
    virtual void saved(sql::Tx&, auth::Caller const&, FileReference const&) {}
};

/// A file to be kept that the program made itself.
struct NewFile {
    std::string name;
    core::AccountId created_by;
    std::optional<core::OrgId> scope_org_id;
};

/// What verification found.
struct Verified {
    std::int64_t contents = 0;
    std::vector<std::string> damaged;  ///< digests whose bytes changed
    std::vector<std::string> missing;  ///< digests that a file names and the store does not have
};

/// Files of all districts of this node. Thread-safe after start.
class Files {
public:
    Files(sql::Database& db, ContentStore& contents, core::Clock const& clock)
        : db_(db), contents_(contents), clock_(clock) {}

    /// At start only. Without one for a holder type, its files are for their maker alone.
    void register_access(std::unique_ptr<FileAccess> access);

    /// Stores bytes that the program made. Judged as an upload is. Not inside a transaction.
    core::Result<FileObject> keep(core::DistrictId district, NewFile const& about, std::string_view bytes);
    /// As above, from a file on this machine; the file stays the caller's.
    core::Result<FileObject> keep_file(core::DistrictId district, NewFile const& about,
                                       std::filesystem::path const& path);
    /// A zip or the image of a disc that is to be unpacked later (`detect_collection`); the store may link to the file.
    core::Result<FileObject> keep_collection(core::DistrictId district, NewFile const& about,
                                             std::filesystem::path const& path);

    /// The file, if this caller may read it: its maker, or whom a holder lets. Everybody else gets not_found, so
    /// that ids tell nothing.
    core::Result<FileObject> readable(sql::Tx& tx, auth::Caller const& caller, core::FileId const& id) const;
    core::Result<FileObject> readable(auth::Caller const& caller, core::FileId const& id) const;
    /// Tells those that use a file and let the caller read it that he has saved it.
    void note_saved(auth::Caller const& caller, FileObject const& file) const;

    /// The file, without asking who wants it: for addresses whose rights were asked before, and for the program itself.
    std::optional<FileObject> find(core::DistrictId district, core::FileId const& id) const;

    /// The file, if this caller made it: what a module asks before it takes an uploaded file into use.
    core::Result<FileObject> own(sql::Tx& tx, auth::Caller const& caller, core::FileId const& id) const;
    /// Says that a holder uses the file from now on; with an org, the file belongs to its scope.
    core::Result<void> hold(sql::Tx& tx, core::FileId const& id, std::string const& holder_type,
                            std::string const& holder_id, std::optional<core::OrgId> scope = {}) const;
    /// Says that a holder no longer uses it.
    void release(sql::Tx& tx, core::FileId const& id, std::string const& holder_type,
                 std::string const& holder_id) const;

    /// Keeps `derived` as the thumbnail, preview … (`kind`) of `source`; a former one goes with the next removal.
    void set_derived(sql::Tx& tx, core::FileId const& source, std::string const& kind,
                     core::FileId const& derived) const;
    std::optional<core::FileId> derived(sql::Tx& tx, core::FileId const& source, std::string const& kind) const;

    /// Contents of some files may lie at the parent only (a school's box): `is_here` then says whether the bytes are
    /// here yet, and `missed` is told of one that somebody wanted. Elsewhere a content that is missing is a loss.
    void contents_come_later(std::function<void(FileObject const&)> missed) { missed_ = std::move(missed); }
    /// The other way round, at the parent: says of a content that is missing whether it is still on its way from below.
    void contents_come_from_below(std::function<bool(std::string const& sha256)> due) { due_ = std::move(due); }
    bool is_here(FileObject const& file) const;
    /// Where the bytes are; throws StorageError if the store has lost them.
    std::filesystem::path open(FileObject const& file) const;

    /// Lets a file of this program's own work go at once, unless somebody holds it; its content too, if no other file
    /// has it.
    void discard(core::DistrictId district, core::FileId const& id);
    /// Removes rows that nobody uses and that are older than `grace_ms`; returns how many.
    std::int64_t remove_unused_files(core::DistrictId district, std::int64_t grace_ms);
    /// Removes contents that no row of any district names, unless stored lately (`grace_ms`).
    std::int64_t remove_unused_contents(std::int64_t grace_ms);
    /// Reads every content again and marks the files of those that are damaged (`santong doctor`).
    Verified verify(std::vector<core::DistrictId> const& districts);

    /// Files whose content has this digest.
    static std::vector<core::FileId> with_content(sql::Tx& tx, std::string const& sha256);

    ContentStore& contents() const { return contents_; }
    sql::Database& database() const { return db_; }
    core::Instant now() const { return clock_.now(); }

private:
    bool may_read(sql::Tx& tx, auth::Caller const& caller, FileObject const& file) const;

    sql::Database& db_;
    ContentStore& contents_;
    core::Clock const& clock_;
    std::map<std::string, std::unique_ptr<FileAccess>> access_;
    std::function<void(FileObject const&)> missed_;
    std::function<bool(std::string const&)> due_;
};

/// A row for a stored content; the caller has made sure that its kind is taken.
FileObject describe_file(NewFile const& about, Content const& content, MediaType const& type, core::Instant now);

}  // namespace santong::files
