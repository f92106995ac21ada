#pragma once
// Packs of resources for a chapter. May include: core/ only.
#include <string>
#include <vector>

#include "modules/resources/domain.hpp"

namespace santong::resources {

/// What a thing in a pack is for: 教案 课件 微课 练习 其他.
enum class PackRole : int { plan, slides, video, exercise, other };
BOOST_DESCRIBE_ENUM(PackRole, plan, slides, video, exercise, other)

/// One thing of a version of a pack (资源包). The pack itself is a resource of kind `pack`: it is described, reviewed,
/// found, recalled like any other.
struct PackItem {
    ResourceId pack_id;
    int version = 1;
    int sort = 0;
    PackRole role = PackRole::other;
    ResourceId resource_id;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(PackItem, (), (pack_id, version, sort, role, resource_id, note))

constexpr std::size_t most_pack_items = 60;

/// The role that a kind of resource usually has.
PackRole role_of(Kind kind);
/// Refuses nothing at all, too much, one that stands twice, the pack itself, and notes that are too long, with the
/// place.
core::Result<void> check_pack_items(std::vector<PackItem> const& items);
/// Roles that a chapter wants and that none of these fills.
std::vector<PackRole> missing_roles(std::vector<PackRole> const& filled);

}  // namespace santong::resources
