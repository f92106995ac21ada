#pragma once
// Where the bytes lie: under their SHA-256, each once (DESIGN 5). Names and rights are rows (store.hpp).
#include <cstdint>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/time.hpp"

namespace santong::files {

/// Bytes in the store.
struct Content {
    std::string sha256;  ///< 64 hex digits
    std::int64_t size = 0;
};

/// A store of contents. The local folder is the embedded default; an S3 store keeps a local copy for `open`.
class ContentStore {
public:
    virtual ~ContentStore() = default;
    /// Takes a copy of a finished file on this machine; when it returns, the bytes are on disk for good.
    /// Bytes that are there already are not stored twice. The given file stays the caller's. Throws StorageError.
    virtual Content adopt(std::filesystem::path const& file) = 0;
    /// As `adopt`, for bytes in memory: a thumbnail, a small export.
    virtual Content put(std::string_view bytes) = 0;
    /// A path on this machine from which the content can be read; empty if the store does not have it.
    virtual std::optional<std::filesystem::path> open(std::string const& sha256) = 0;
    /// Removes a content unless somebody stored or asked for it again after `before`. True if it is gone now.
    virtual bool remove_unused_since(std::string const& sha256, core::Instant before) = 0;
    /// Visits the digest of every content.
    virtual void each(std::function<void(std::string const& sha256)> const& visit) = 0;
    /// Whether the bytes still have the digest they are stored under.
    virtual bool verify(std::string const& sha256) = 0;
    /// Somebody looks at the content now.
    virtual void note_use(std::string const&) {}
    /// When somebody looked at it last, to the hour; never before it was stored.
    virtual core::Instant used_at(std::string const&) { return {}; }
    /// A file of this name for bytes on their way in; it is cleared when nothing has been added for a day and the
    /// program starts.
    virtual std::filesystem::path arriving(std::string const& name) = 0;
    /// Bytes that may still be stored.
    virtual std::int64_t free_bytes() = 0;
};

/// `folder/ab/cd/<sha256>`, written by temporary file, fsync, link and fsync of the folder.
class LocalContentStore : public ContentStore {
public:
    /// Makes the folder if need be and clears what a killed process left in `folder/tmp` more than a day ago.
    explicit LocalContentStore(std::filesystem::path folder);

    Content adopt(std::filesystem::path const& file) override;
    Content put(std::string_view bytes) override;
    std::optional<std::filesystem::path> open(std::string const& sha256) override;
    bool remove_unused_since(std::string const& sha256, core::Instant before) override;
    void each(std::function<void(std::string const& sha256)> const& visit) override;
    bool verify(std::string const& sha256) override;
    void note_use(std::string const& sha256) override;
    core::Instant used_at(std::string const& sha256) override;
    std::filesystem::path arriving(std::string const& name) override { return folder_ / "tmp" / name; }
    std::int64_t free_bytes() override;

    /// A name for a temporary file on the same disk; nobody else has it.
    std::filesystem::path temporary() const;

protected:
    /// Comes between the written temporary file and its final name; fault tests stop the process here.
    virtual void about_to_publish() {}

private:
    std::filesystem::path path_of(std::string const& sha256) const;
    void publish(std::filesystem::path const& file, std::string const& sha256);
    bool renew(std::filesystem::path const& target, std::int64_t size);

    std::filesystem::path folder_;
    std::mutex mutex_;  ///< between "is it there already?" and its removal
};

/// True for 64 lower-case hex digits: nothing else may become part of a path.
bool is_sha256(std::string_view text);

}  // namespace santong::files
