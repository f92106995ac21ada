#pragma once
// Packs (资源包) that go to a school on a disk (U 盘), as a place knows of them: those that were made here, and those
// that were brought here.
#include "modules/push/domain.hpp"

namespace santong::push {

using PackId = core::Id<struct PushPackTag>;

/// Made here for a school, or brought here from above.
enum class PushPackWay : int { made, taken };
BOOST_DESCRIBE_ENUM(PushPackWay, made, taken)
enum class PushPackState : int { working, ready, failed };
BOOST_DESCRIBE_ENUM(PushPackState, working, ready, failed)

/// What goes in: what runs for the school and is not whole there, chosen orders, or what of the library it may have.
enum class PushPackScope : int { waiting, orders, library };
BOOST_DESCRIBE_ENUM(PushPackScope, waiting, orders, library)

/// What somebody wants on a disk.
struct PushPackWish {
    core::OrgId school_id;
    PushPackScope what = PushPackScope::waiting;
    std::vector<OrderId> orders;  ///< with `orders`
};
BOOST_DESCRIBE_STRUCT(PushPackWish, (), (school_id, what, orders))

/// One file holds so many bytes of contents: what a FAT32 disk takes, and what one upload may bring. More goes by
/// `santong pack export`, in volumes.
inline constexpr std::int64_t most_pack_bytes = 3'900'000'000;
/// A made pack can be fetched so long; the same can be made again.
inline constexpr int pack_days = 3;
inline constexpr std::size_t most_packs = 20;

/// What of a pack people see.
struct PushPackAbout {
    PackId id;
    PushPackWay way = PushPackWay::made;
    PushPackState state = PushPackState::working;
    core::OrgId school_id;
    PushPackScope what = PushPackScope::waiting;
    core::JobId job_id;
    std::string name;           ///< of the file
    std::int64_t contents = 0;  ///< files in it
    std::int64_t bytes = 0;     ///< of these
    std::int64_t size = 0;      ///< of the pack itself
    // Of one that was taken:
    std::int64_t came = 0;
    std::int64_t here_already = 0;
    std::int64_t not_for_here = 0;
    std::int64_t lost = 0;             ///< of which nothing could be read
    bool cut = false;                  ///< its end is missing
    bool for_other = false;            ///< it was made for a school that this box does not serve
    std::string made_for;              ///< name of the school, where that is not the one that takes it
    std::vector<std::string> missing;  ///< names of files that are not in it, or not whole
    std::int64_t missing_count = 0;    ///< `missing` names the first of them
    std::string problem;               ///< i18n key: why nothing came of it
    core::Instant made_at;
    std::optional<core::Instant> ended_at;
    std::optional<core::Instant> expires_at;
};
BOOST_DESCRIBE_STRUCT(PushPackAbout, (),
                      (id, way, state, school_id, what, job_id, name, contents, bytes, size, came, here_already,
                       not_for_here, lost, cut, for_other, made_for, missing, missing_count, problem, made_at, ended_at,
                       expires_at))

/// As it is kept.
struct PushPack : PushPackAbout {
    std::vector<OrderId> orders;
    std::optional<core::FileId> file_id;  ///< of one that was brought here
    core::PersonId made_by;
    BOOST_DESCRIBE_CLASS(PushPack, (PushPackAbout), (orders, file_id, made_by), (), ())
};

}  // namespace santong::push
