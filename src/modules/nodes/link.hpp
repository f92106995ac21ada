#pragma once
// Lines (线路) of a district: what they are made of, what they carry on paper, what of it may be used. No I/O.
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/error.hpp"
#include "modules/nodes/link_plan.hpp"

namespace santong::nodes {

using LinkId = core::Id<struct LinkTag>;

/// Which stretch of the way it is (骨干、接入、终端): the district's own trunk, a school's line, the school's network
/// up to its rooms.
enum class LinkTier : int { access, backbone, terminal };
BOOST_DESCRIBE_ENUM(LinkTier, access, backbone, terminal)

/// What a line runs over (接入方式). `none`: the school has no line at all.
enum class Medium : int { unknown, fibre, copper, cable, microwave, mobile, satellite, none };
BOOST_DESCRIBE_ENUM(Medium, unknown, fibre, copper, cable, microwave, mobile, satellite, none)

/// A line as it is kept. What is empty of windows, cap and day share is as the district's usual plan says, which is the
/// access line of the district's own node of the tree.
struct Link {
    LinkId id;
    core::OrgId org_id;
    LinkTier tier = LinkTier::access;
    Medium medium = Medium::unknown;
    std::int64_t down_kbit = 0;  ///< nominal; 0 = not known
    std::int64_t up_kbit = 0;
    std::string operator_name;             ///< 运营商
    std::optional<core::LocalDate> since;  ///< since when it is as it is
    std::optional<bool> ipv6;
    std::string windows;  ///< "22:00-06:00 12:30-13:30", "always", or empty
    std::optional<std::int64_t> cap_kbit;
    std::optional<std::int32_t> day_percent;
    std::string note;
    core::Instant changed_at;

    bool same_line(Link const& other) const {
        return medium == other.medium && down_kbit == other.down_kbit && up_kbit == other.up_kbit &&
               operator_name == other.operator_name && since == other.since && ipv6 == other.ipv6;
    }
};
BOOST_DESCRIBE_STRUCT(Link, (),
                      (id, org_id, tier, medium, down_kbit, up_kbit, operator_name, since, ipv6, windows, cap_kbit,
                       day_percent, note, changed_at))

/// The name that a line has for ever: one of each tier for a node of the tree.
LinkId link_id(core::OrgId const& org, LinkTier tier);

/// Windows of a text such as "22:00-06:00, 12:30—13:30"; none for "always", "不限" and the empty text; nothing if it
/// cannot be read.
std::optional<std::vector<Window>> windows_of(std::string_view text);
/// As it is kept; "always" for none.
std::string windows_text(std::vector<Window> const& windows);

/// The rules of a line; pointers are of its own fields.
std::vector<core::Problem> problems_of(Link const& link);

/// What a school's plan is made of.
struct PlanFacts {
    std::optional<Link> own;
    std::optional<Link> usual;                  ///< of the district
    std::optional<std::int64_t> measured_kbit;  ///< median of the last days
    std::int32_t zone_minutes = 480;
};
LinkPlan plan_of(PlanFacts const& facts);

}  // namespace santong::nodes
