#pragma once
// Packs (资源包): what a line would carry for a week goes in a pocket. Signed by the place that made it; what is in it
// is the library's and no secret, so it is not sealed.
#include "modules/nodes/contents.hpp"
#include "modules/nodes/giving.hpp"
#include "modules/nodes/pack_file.hpp"

namespace santong::nodes {

/// Told how far it is, in bytes.
using PackProgress = std::function<void(std::int64_t done, std::int64_t total)>;

/// How far a pack was written when its work was interrupted: it goes on behind the last content that is whole in it.
struct PackMark {
    std::string pack;           ///< its id, the same in all volumes
    std::int64_t contents = 0;  ///< so many of the wish are done, in its order
    std::int64_t bytes = 0;     ///< of those that are in
    std::int32_t volume = 1;
    std::int64_t size = 0;  ///< of the volume that is being written
    std::vector<std::string> missing;
};
BOOST_DESCRIBE_STRUCT(PackMark, (), (pack, contents, bytes, volume, size, missing))

struct PackWish {
    std::filesystem::path file;
    std::vector<Wanted> contents;  ///< in the order in which they shall come
    std::string org_id;            ///< school that it is for
    std::string org_name{};        ///< its name, for whoever carries it elsewhere
    std::int64_t volume_bytes = 3'900'000'000;
    std::optional<PackMark> from{};                 ///< go on there, if what was written still lies there
    std::function<void(PackMark const&)> marked{};  ///< told now and then; what it throws interrupts the work
    std::int64_t mark_every_ms = 2'000;
};

struct PackMade {
    std::int64_t contents = 0;
    std::int64_t bytes = 0;  ///< of the contents, not packed
    int volumes = 0;
    std::vector<std::string> missing;  ///< digests of contents that are not here or damaged
};

/// Writes a pack. Throws StorageError.
PackMade write_pack(Site const& site, files::ContentStore& contents, chunks::KeptManifests& manifests,
                    core::DistrictId district, PackWish const& wish, PackProgress const& progress = {});

/// What became of a pack.
struct PackTaken {
    std::int64_t came = 0;
    std::int64_t here_already = 0;
    std::int64_t not_for_here = 0;         ///< made for another school and unknown here
    std::vector<std::string> damaged;      ///< digests of contents of which something is wrong or missing
    std::int64_t lost = 0;                 ///< contents of which nothing could be read
    std::vector<std::string> bad_volumes;  ///< files that no pack of this parent begins with
    bool cut = false;                      ///< the end is missing: a volume, or the rest of one
    std::string made_for;                  ///< id of the school that it was made for; empty: for whoever may have it
    std::string made_for_name;             ///< as its maker called it; empty in older packs
    std::int64_t contents = 0;             ///< that its maker put in
    std::int64_t bytes = 0;                ///< of these
};

/// Takes what is good of a pack, also while the place is served; told again, it goes on. Refuses
/// "nodes.pack_unreadable" (no pack), "nodes.pack_foreign" (not signed by this place's parent).
core::Result<PackTaken> take_pack(Site const& site, Parent const& above, FetcherPlace const& place,
                                  std::filesystem::path const& file, PackProgress const& progress = {});

}  // namespace santong::nodes
