#include "platform/files/service.hpp"

#include <set>

#include "core/assert.hpp"
#include "platform/files/file_name.hpp"
#include "platform/files/storage_error.hpp"
#include "platform/files/store.hpp"

namespace santong::files {

namespace {

constexpr int batch = 500;

}  // namespace

FileObject describe_file(NewFile const& about, Content const& content, MediaType const& type, core::Instant now) {
    FileObject file;
    file.id = core::FileId::make();
    file.sha256 = content.sha256;
    file.size = content.size;
    file.media_type = type.media_type;
    file.kind = type.kind;
    file.name = about.name;
    // A phone sends "image" for a photograph: the name gets the extension that its bytes have.
    if (extension_of(file.name).empty()) file.name += "." + std::string(type.extensions.front());
    file.created_by = about.created_by;
    file.created_at = now;
    file.scope_org_id = about.scope_org_id;
    return file;
}

void Files::register_access(std::unique_ptr<FileAccess> access) {
    auto type = access->holder_type();
    SANTONG_ASSERT(access_.emplace(type, std::move(access)).second);
}

core::Result<FileObject> Files::keep(core::DistrictId district, NewFile const& about, std::string_view bytes) {
    if (bytes.empty()) return core::invalid("files.empty");
    auto const content = contents_.put(bytes);
    auto const path = contents_.open(content.sha256);
    SANTONG_ASSERT(path);
    return keep_file(district, about, *path);
}

core::Result<FileObject> Files::keep_file(core::DistrictId district, NewFile const& about,
                                          std::filesystem::path const& path) {
    NewFile clean = about;
    clean.name = TRY(clean_name(about.name));
    auto const* type = TRY(detect(path, clean.name));
    auto const file = describe_file(clean, contents_.adopt(path), *type, clock_.now());
    return db_.transact(district, [&](sql::Tx& tx) -> core::Result<FileObject> {
        store::insert_file(tx, file);
        return file;
    });
}

core::Result<FileObject> Files::keep_collection(core::DistrictId district, NewFile const& about,
                                                std::filesystem::path const& path) {
    NewFile clean = about;
    clean.name = TRY(clean_name(about.name));
    auto const* type = TRY(detect_collection(path, clean.name));
    auto const file = describe_file(clean, contents_.adopt(path), *type, clock_.now());
    return db_.transact(district, [&](sql::Tx& tx) -> core::Result<FileObject> {
        store::insert_file(tx, file);
        return file;
    });
}

bool Files::may_read(sql::Tx& tx, auth::Caller const& caller, FileObject const& file) const {
    if (caller.signed_in() && file.created_by == caller.account) return true;
    for (auto const& reference : store::references(tx, file.id)) {
        auto const found = access_.find(reference.holder_type);
        if (found != access_.end() && found->second->may_read(tx, caller, reference)) return true;
    }
    return false;
}

void Files::note_saved(auth::Caller const& caller, FileObject const& file) const {
    db_.transact(caller.district, [&](sql::Tx& tx) {
        for (auto const& reference : store::references(tx, file.id)) {
            auto const found = access_.find(reference.holder_type);
            if (found != access_.end() && found->second->may_read(tx, caller, reference))
                found->second->saved(tx, caller, reference);
        }
    });
}

core::Result<FileObject> Files::readable(sql::Tx& tx, auth::Caller const& caller, core::FileId const& id) const {
    auto file = store::find_file(tx, id);
    if (!file) return core::not_found("files.not_found");
    if (may_read(tx, caller, *file)) return std::move(*file);
    for (auto const& source_id : store::sources_of(tx, id)) {
        auto const source = store::find_file(tx, source_id);
        if (source && may_read(tx, caller, *source)) return std::move(*file);
    }
    return core::not_found("files.not_found");
}

core::Result<FileObject> Files::readable(auth::Caller const& caller, core::FileId const& id) const {
    return db_.read(caller.district, [&](sql::Tx& tx) { return readable(tx, caller, id); });
}

std::optional<FileObject> Files::find(core::DistrictId district, core::FileId const& id) const {
    return db_.read(district, [&](sql::Tx& tx) { return store::find_file(tx, id); });
}

core::Result<FileObject> Files::own(sql::Tx& tx, auth::Caller const& caller, core::FileId const& id) const {
    auto file = store::find_file(tx, id);
    if (!file || !caller.signed_in() || file->created_by != caller.account) return core::not_found("files.not_found");
    return std::move(*file);
}

core::Result<void> Files::hold(sql::Tx& tx, core::FileId const& id, std::string const& holder_type,
                               std::string const& holder_id, std::optional<core::OrgId> scope) const {
    if (!store::find_file(tx, id)) return core::not_found("files.not_found");
    store::insert_reference(tx, {id, holder_type, holder_id, clock_.now()});
    if (scope) store::set_scope(tx, id, *scope);
    return {};
}

void Files::release(sql::Tx& tx, core::FileId const& id, std::string const& holder_type,
                    std::string const& holder_id) const {
    store::delete_reference(tx, {id, holder_type, holder_id, {}});
}

void Files::set_derived(sql::Tx& tx, core::FileId const& source, std::string const& kind,
                        core::FileId const& derived) const {
    store::put_derived(tx, source, kind, derived);
}

std::optional<core::FileId> Files::derived(sql::Tx& tx, core::FileId const& source, std::string const& kind) const {
    return store::find_derived(tx, source, kind);
}

bool Files::is_here(FileObject const& file) const {
    if ((!missed_ && !due_) || contents_.open(file.sha256)) return true;
    if (due_ && due_(file.sha256)) return false;
    if (!missed_) return true;  // a loss: whoever opens it hears of that
    missed_(file);
    return false;
}

std::vector<core::FileId> Files::with_content(sql::Tx& tx, std::string const& sha256) {
    return store::files_with(tx, sha256);
}

std::filesystem::path Files::open(FileObject const& file) const {
    auto path = contents_.open(file.sha256);
    if (!path) throw StorageError("content of file " + file.id.text() + " is missing", ENOENT);
    contents_.note_use(file.sha256);
    return *path;
}

void Files::discard(core::DistrictId district, core::FileId const& id) {
    // Stored again from now on, it stays.
    auto const looked_at = core::system_now();
    auto const alone = db_.transact(district, [&](sql::Tx& tx) -> std::optional<std::string> {
        auto const file = store::find_file(tx, id);
        if (!file || !store::references(tx, id).empty()) return std::nullopt;
        store::delete_derived_of(tx, id);
        store::delete_file(tx, id);
        return file->sha256;
    });
    if (!alone) return;
    auto const used = db_.read(0, [&](sql::Tx& tx) { return store::contents_in_use(tx, {*alone}); });
    if (used.empty()) contents_.remove_unused_since(*alone, looked_at);
}

std::int64_t Files::remove_unused_files(core::DistrictId district, std::int64_t grace_ms) {
    core::Instant const before{clock_.now().ms - grace_ms};
    std::int64_t removed = 0;
    for (;;) {
        auto const count = db_.transact(district, [&](sql::Tx& tx) {
            auto const ids = store::unused_files(tx, before, batch);
            for (auto const& id : ids) {
                store::delete_derived_of(tx, id);
                store::delete_file(tx, id);
            }
            return ids.size();
        });
        removed += static_cast<std::int64_t>(count);
        // What was made from a removed file is unused now and goes in the next turn.
        if (count == 0) return removed;
    }
}

std::int64_t Files::remove_unused_contents(std::int64_t grace_ms) {
    // The age of a content is the machine's own time, whatever clock the product runs on.
    core::Instant const before{core::system_now().ms - grace_ms};
    std::int64_t removed = 0;
    std::vector<std::string> digests;
    auto const look = [&] {
        auto const used = db_.read(0, [&](sql::Tx& tx) { return store::contents_in_use(tx, digests); });
        std::set<std::string> const keep(used.begin(), used.end());
        for (auto const& digest : digests)
            if (!keep.contains(digest) && contents_.remove_unused_since(digest, before)) ++removed;
        digests.clear();
    };
    std::vector<std::string> all;
    contents_.each([&](std::string const& digest) { all.push_back(digest); });
    for (auto const& digest : all) {
        digests.push_back(digest);
        if (digests.size() == batch) look();
    }
    if (!digests.empty()) look();
    return removed;
}

}  // namespace santong::files
