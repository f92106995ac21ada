#include "platform/files/uploads.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>

#include "platform/files/disk.hpp"
#include "platform/files/file_name.hpp"
#include "platform/files/storage_error.hpp"
#include "platform/files/store.hpp"
#include "platform/files/tus_headers.hpp"

namespace santong::files {

namespace {

constexpr std::size_t head_size = 8192;
constexpr std::size_t longest_metadata = 4096;
constexpr int batch = 200;
constexpr std::chrono::seconds longest_wait(10);
/// A finished or refused upload is remembered that long, so that a client whose answer was lost can ask again.
constexpr std::int64_t remembered_ms = 86'400'000;

core::ErrorParams limit_of(std::int64_t bytes) {
    auto const mib = bytes >> 20;
    if (mib >= 1024 && mib % 1024 == 0) return {{"limit", std::to_string(mib >> 10) + " GB"}};
    if (mib > 0) return {{"limit", std::to_string(mib) + " MB"}};
    return {{"limit", std::to_string(bytes) + " B"}};
}

/// What an upload is for: files of some kinds are taken by one use case alone.
enum class Purpose { usual, collection, pack };

Purpose purpose_of(std::string_view metadata) {
    auto const purpose = tus::metadata_value(metadata, "purpose");
    if (purpose && *purpose == "collection") return Purpose::collection;
    if (purpose && *purpose == "pack") return Purpose::pack;
    return Purpose::usual;
}

core::Result<void> check_name_for(Purpose purpose, std::string_view name) {
    switch (purpose) {
        case Purpose::usual: return check_name(name);
        case Purpose::collection: return check_collection_name(name);
        case Purpose::pack: return check_pack_name(name);
    }
    return {};
}

core::Result<MediaType const*> detect_for(Purpose purpose, std::filesystem::path const& file, std::string_view name) {
    switch (purpose) {
        case Purpose::usual: break;
        case Purpose::collection: return detect_collection(file, name);
        case Purpose::pack: return detect_pack(name);
    }
    return detect(file, name);
}

}  // namespace

/// One request at a time works on an upload: a question after a cut waits for the piece that is being written, and
/// hears the offset that counts. Who would wait too long is told to come back.
class Uploads::Turn {
public:
    Turn(Uploads& uploads, UploadId id) : uploads_(uploads), id_(id) {
        std::unique_lock lock(uploads_.mutex_);
        mine_ = uploads_.free_.wait_for(lock, longest_wait, [&] { return !uploads_.busy_.contains(id_); });
        if (mine_) uploads_.busy_.insert(id_);
    }
    ~Turn() {
        if (!mine_) return;
        std::lock_guard const lock(uploads_.mutex_);
        uploads_.busy_.erase(id_);
        uploads_.free_.notify_all();
    }
    Turn(Turn const&) = delete;
    Turn& operator=(Turn const&) = delete;
    core::Result<void> check() const {
        if (!mine_) return core::conflict("files.upload_busy");
        return {};
    }

private:
    Uploads& uploads_;
    UploadId id_;
    bool mine_ = false;
};

Uploads::Uploads(Files& files, std::filesystem::path folder, UploadLimits limits)
    : files_(files), folder_(std::move(folder)), limits_(limits) {
    disk::make_folder(folder_);
    // A process that died between an upload's row and its part left the part alone.
    auto const before = core::system_now().ms - limits_.lifetime_ms - remembered_ms;
    for (auto const& entry : std::filesystem::directory_iterator(folder_))
        if (disk::written_at_ms(entry.path()) < before) std::filesystem::remove(entry.path());
}

std::filesystem::path Uploads::part(UploadId const& id) const {
    return folder_ / (id.text() + ".part");
}

void Uploads::drop_part(UploadId const& id) const {
    std::error_code ignored;  // what remains goes when the upload expires
    std::filesystem::remove(part(id), ignored);
}

core::Result<void> Uploads::check_room(sql::Tx& tx, auth::Caller const& caller, NewUpload const& wish) const {
    if (store::open_uploads(tx, caller.account) >= limits_.open_uploads)
        return core::rate_limited("files.too_many_uploads", 60, {{"limit", std::to_string(limits_.open_uploads)}});
    if (store::bytes_of(tx, caller.account) + wish.size > limits_.account_quota)
        return core::too_large("files.quota", limit_of(limits_.account_quota));
    return {};
}

core::Result<Upload> Uploads::create(auth::Caller const& caller, NewUpload const& wish) {
    if (wish.size == 0) return core::invalid("files.empty");
    if (wish.size < 0) return core::invalid("files.bad_length");
    if (wish.size > limits_.largest_file) return core::too_large("files.too_large", limit_of(limits_.largest_file));
    if (wish.metadata.size() > longest_metadata) return core::invalid("files.bad_metadata");
    Upload upload;
    upload.name = TRY(clean_name(wish.name));
    TRY_VOID(check_name_for(purpose_of(wish.metadata), upload.name));
    if (disk::free_bytes(folder_) < wish.size + limits_.disk_reserve) return core::unavailable("files.disk_full", 300);
    upload.id = UploadId::make();
    upload.owner = caller.account;
    upload.size = wish.size;
    upload.metadata = wish.metadata;
    upload.created_at = files_.now();
    upload.expires_at = upload.created_at.plus_ms(limits_.lifetime_ms);
    return files_.database().transact(caller.district, [&](sql::Tx& tx) -> core::Result<Upload> {
        TRY_VOID(check_room(tx, caller, wish));
        store::insert_upload(tx, upload);
        return upload;
    });
}

/// The caller's upload, with what is both acknowledged and on disk; somebody else's does not exist for him.
core::Result<Upload> Uploads::own(auth::Caller const& caller, UploadId const& id) {
    auto upload = files_.database().read(caller.district, [&](sql::Tx& tx) { return store::find_upload(tx, id); });
    if (!upload || !caller.signed_in() || upload->owner != caller.account)
        return core::not_found("files.upload_not_found");
    if (upload->expires_at < files_.now()) return core::gone("files.upload_expired");
    return std::move(*upload);
}

core::Result<Upload> Uploads::find(auth::Caller const& caller, UploadId const& id) {
    Turn const turn(*this, id);
    TRY_VOID(turn.check());
    auto upload = TRY(own(caller, id));
    if (upload.state != UploadState::receiving) return upload;
    upload.received = std::min(upload.received, disk::size_of(part(id)));
    if (upload.received == upload.size) return finish(caller.district, upload);
    return upload;
}

core::Result<void> Uploads::check_piece(Upload const& upload, Piece const& piece) const {
    auto const on_disk = std::min(upload.received, disk::size_of(part(upload.id)));
    if (piece.offset != on_disk) return core::conflict("files.offset", {{"offset", std::to_string(on_disk)}});
    if (piece.size > upload.size - on_disk) return core::too_large("files.piece_too_large");
    if (piece.sha256 && disk::sha256_of_file(piece.path) != *piece.sha256) return core::invalid("files.checksum");
    if (on_disk == 0 && piece.size > 0) return check_head(disk::read_at(piece.path, 0, head_size));
    return {};
}

/// Puts the piece behind what is acknowledged; what a killed process left behind that is overwritten.
void Uploads::write_piece(Upload const& upload, Piece const& piece) {
    disk::Descriptor const in(piece.path, O_RDONLY);
    disk::Descriptor const out(part(upload.id), O_WRONLY | O_CREAT);
    if (::ftruncate(out.get(), piece.offset) != 0) throw StorageError("ftruncate", errno);
    try {
        disk::copy_at(in.get(), out.get(), piece.offset, piece.size);
        disk::flush(out.get());
    } catch (StorageError const&) {
        // A full disk gets its room back; the acknowledged bytes stay.
        if (::ftruncate(out.get(), piece.offset) != 0) throw;
        throw;
    }
    if (piece.offset == 0) disk::flush_folder(folder_);
}

core::Result<Upload> Uploads::append(auth::Caller const& caller, UploadId const& id, Piece const& piece) {
    Turn const turn(*this, id);
    TRY_VOID(turn.check());
    auto upload = TRY(own(caller, id));
    if (upload.state != UploadState::receiving) return core::conflict("files.upload_closed");
    if (auto checked = check_piece(upload, piece); !checked) {
        if (checked.error().code == core::ErrorCode::unsupported)
            return refuse(caller.district, std::move(upload), checked.error());
        return checked.error();
    }
    auto const before = upload;
    if (piece.size > 0) write_piece(upload, piece);
    upload.received = piece.offset + piece.size;
    upload.expires_at = files_.now().plus_ms(limits_.lifetime_ms);
    bool const moved = files_.database().transact(caller.district, [&](sql::Tx& tx) {
        return store::advance_upload(tx, before, upload.received, upload.expires_at);
    });
    if (!moved) return core::conflict("files.upload_busy");
    if (upload.received == upload.size) return finish(caller.district, std::move(upload));
    return upload;
}

core::Result<Upload> Uploads::refuse(core::DistrictId district, Upload upload, core::Error error) {
    upload.state = UploadState::refused;
    upload.problem_key = error.key;
    upload.expires_at = files_.now().plus_ms(remembered_ms);
    files_.database().transact(district, [&](sql::Tx& tx) { store::close_upload(tx, upload); });
    drop_part(upload.id);
    return error;
}

/// The part stays until its content and its row are on disk: a process killed in between finishes when asked again.
core::Result<Upload> Uploads::finish(core::DistrictId district, Upload upload) {
    auto const path = part(upload.id);
    auto const type = detect_for(purpose_of(upload.metadata), path, upload.name);
    if (!type) return refuse(district, std::move(upload), type.error());
    auto const content = files_.contents().adopt(path);
    auto const file = describe_file({upload.name, upload.owner, {}}, content, **type, files_.now());
    upload.state = UploadState::done;
    upload.file_id = file.id;
    upload.expires_at = files_.now().plus_ms(remembered_ms);
    bool const closed = files_.database().transact(district, [&](sql::Tx& tx) {
        if (!store::close_upload(tx, upload)) return false;
        store::insert_file(tx, file);
        return true;
    });
    if (!closed) return core::conflict("files.upload_closed");
    drop_part(upload.id);
    return upload;
}

core::Result<void> Uploads::terminate(auth::Caller const& caller, UploadId const& id) {
    Turn const turn(*this, id);
    TRY_VOID(turn.check());
    auto const upload = TRY(own(caller, id));
    files_.database().transact(caller.district, [&](sql::Tx& tx) { store::delete_upload(tx, upload.id); });
    drop_part(id);
    return {};
}

std::int64_t Uploads::remove_expired(core::DistrictId district) {
    std::int64_t removed = 0;
    for (;;) {
        auto const ids = files_.database().read(
            district, [&](sql::Tx& tx) { return store::expired_uploads(tx, files_.now(), batch); });
        for (auto const& id : ids) {
            files_.database().transact(district, [&](sql::Tx& tx) { store::delete_upload(tx, id); });
            drop_part(id);
        }
        removed += static_cast<std::int64_t>(ids.size());
        if (ids.size() < batch) return removed;
    }
}

}  // namespace santong::files
