#pragma once
// Uploads that a cut never restarts (tus 1.0), apart from the words of HTTP, which are in tus_http.cpp.
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <string>

#include "platform/files/service.hpp"

namespace santong::files {

/// What an account may upload.
struct UploadLimits {
    std::int64_t largest_file = std::int64_t{4} << 30;        ///< bytes
    std::int64_t account_quota = std::int64_t{50} << 30;      ///< bytes of all files an account has made
    long open_uploads = 100;                                  ///< unfinished ones of an account
    std::int64_t lifetime_ms = 7 * std::int64_t{86'400'000};  ///< after the last byte came
    std::int64_t disk_reserve = std::int64_t{256} << 20;      ///< bytes of the disk that uploads leave free
};

struct NewUpload {
    std::int64_t size = 0;
    std::string name;
    std::string
        metadata;  ///< kept as sent; with "purpose collection" or "pack", see `detect_collection`, `detect_pack`
};

/// One piece as it came, in a temporary file of its own.
struct Piece {
    std::int64_t offset = 0;
    std::int64_t size = 0;
    std::filesystem::path path;
    std::optional<std::string> sha256;  ///< 32 raw bytes that the client promised
};

/// Uploads of all accounts. Thread-safe. The part of an upload lies in `folder` on the disk of this node: with several
/// app nodes, requests for an upload must come to the node that holds it.
class Uploads {
public:
    Uploads(Files& files, std::filesystem::path folder, UploadLimits limits);

    UploadLimits const& limits() const { return limits_; }

    /// Refuses an empty file, one beyond the limits ("files.too_large", "files.quota", "files.disk_full"), and names
    /// of kinds that are never taken.
    core::Result<Upload> create(auth::Caller const& caller, NewUpload const& wish);
    /// The upload as it stands on disk. One whose last bytes came just before the process died is finished now.
    core::Result<Upload> find(auth::Caller const& caller, UploadId const& id);
    /// Adds a piece; when this returns, its bytes are on disk. The last piece makes the file. Refuses a piece at a
    /// wrong place ("files.offset"), beyond the end ("files.piece_too_large"), with a wrong checksum
    /// ("files.checksum"), and, at the end, a kind that is not taken.
    core::Result<Upload> append(auth::Caller const& caller, UploadId const& id, Piece const& piece);
    core::Result<void> terminate(auth::Caller const& caller, UploadId const& id);
    /// Removes uploads that expired; returns how many.
    std::int64_t remove_expired(core::DistrictId district);

private:
    class Turn;
    std::filesystem::path part(UploadId const& id) const;
    core::Result<Upload> own(auth::Caller const& caller, UploadId const& id);
    core::Result<void> check_room(sql::Tx& tx, auth::Caller const& caller, NewUpload const& wish) const;
    core::Result<void> check_piece(Upload const& upload, Piece const& piece) const;
    void write_piece(Upload const& upload, Piece const& piece);
    core::Result<Upload> finish(core::DistrictId district, Upload upload);
    core::Result<Upload> refuse(core::DistrictId district, Upload upload, core::Error error);
    void drop_part(UploadId const& id) const;

    Files& files_;
    std::filesystem::path folder_;
    UploadLimits limits_;
    std::mutex mutex_;
    std::condition_variable free_;
    std::set<UploadId> busy_;  ///< uploads that a request of this process is working on
};

}  // namespace santong::files
