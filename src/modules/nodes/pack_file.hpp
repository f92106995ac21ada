#pragma once
// A pack (资源包): contents and their manifests in one file, or in several where the disk's file system takes no large
// ones (FAT32: 4 GB). A row of records, each with a check of its own: a damaged place costs what stands there and no
// more.
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/described.hpp"

namespace santong::nodes {

/// What stands at the front of each volume, signed by who made it.
struct PackHead {
    std::string pack;   ///< one id for all volumes
    std::string giver;  ///< node that made and signed it
    core::DistrictId district = 0;
    std::string org_id;  ///< school that it is for; empty: for whoever may have what is in it
    core::Instant made_at;
    std::int32_t volume = 1;
    std::int64_t contents = 0;
    std::int64_t bytes = 0;
    std::optional<std::string> org_name{};  ///< of the school: another one may not know it; older packs do not say it
};
BOOST_DESCRIBE_STRUCT(PackHead, (), (pack, giver, district, org_id, made_at, volume, contents, bytes, org_name))

enum class PackRecord : char { head = 'H', manifest = 'M', chunks = 'C', end = 'E' };

/// "course.stpack", then "course.stpack.2", "course.stpack.3" …
std::filesystem::path pack_volume(std::filesystem::path const& first, int number);

/// Where a volume lies while it is being written.
std::filesystem::path pack_part(std::filesystem::path const& volume);

/// Writes one volume; under its own name only when it is whole and on the disk.
class PackVolumeWriter {
public:
    /// `from`: goes on behind so many bytes of what was written before. Throws StorageError, also from `add` and
    /// `close`.
    explicit PackVolumeWriter(std::filesystem::path file, std::int64_t from = 0);
    ~PackVolumeWriter();
    PackVolumeWriter(PackVolumeWriter const&) = delete;
    PackVolumeWriter& operator=(PackVolumeWriter const&) = delete;
    void add(PackRecord kind, std::string_view payload);
    /// What was added lies on the disk.
    void flush();
    void close();
    std::int64_t size() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Reads one volume, over damaged places to the next record that is whole.
class PackVolumeReader {
public:
    explicit PackVolumeReader(std::filesystem::path const& file);
    ~PackVolumeReader();
    PackVolumeReader(PackVolumeReader const&) = delete;
    PackVolumeReader& operator=(PackVolumeReader const&) = delete;

    struct Record {
        PackRecord kind = PackRecord::end;
        std::string payload;
    };
    std::optional<Record> next();
    /// Bytes that were no whole record.
    std::int64_t passed_over() const;
    std::int64_t at() const;

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace santong::nodes
