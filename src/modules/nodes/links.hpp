#pragma once
// The register of lines (线路登记): what each school is joined by, what of it pushing may take, how it changed.
#include "modules/nodes/link.hpp"
#include "modules/nodes/probe.hpp"
#include "modules/nodes/service.hpp"
#include "modules/roster/domain.hpp"

namespace santong::nodes {

/// The plan of a school's own line (its row, the district's usual one where it has none).
LinkPlan link_plan(sql::Tx& tx, core::OrgId const& org);
/// The same for what goes up: its rate is what the line carries upwards, as it was measured, else as it is registered.
LinkPlan link_plan_up(sql::Tx& tx, core::OrgId const& org);

/// What is written into a row of the table; the same fields as a Link has.
struct LinkEntry {
    core::OrgId org_id;
    LinkTier tier = LinkTier::access;
    Medium medium = Medium::unknown;
    std::int64_t down_kbit = 0;
    std::int64_t up_kbit = 0;
    std::string operator_name;
    std::optional<core::LocalDate> since;
    std::optional<bool> ipv6;
    std::string windows;
    std::optional<std::int64_t> cap_kbit;
    std::optional<std::int32_t> day_percent;
    std::string note;
};
BOOST_DESCRIBE_STRUCT(LinkEntry, (),
                      (org_id, tier, medium, down_kbit, up_kbit, operator_name, since, ipv6, windows, cap_kbit,
                       day_percent, note))

/// What the last days' measurements say.
struct LinkMeasured {
    core::LocalDate last_day;
    std::int32_t days = 0;
    ProbeKind kind = ProbeKind::line;
    std::optional<std::int64_t> down_p50;
    std::optional<std::int64_t> up_p50;
    std::optional<std::int32_t> latency_p50;
};
BOOST_DESCRIBE_STRUCT(LinkMeasured, (), (last_day, days, kind, down_p50, up_p50, latency_p50))

/// A row of the table.
struct LinkView {
    LinkEntry link;
    std::string org_name;
    std::string school_code;  ///< empty for what is no school
    std::string township_name;
    bool registered = false;  ///< somebody has written it down
    bool rural = false;
    bool box = false;  ///< the school has a box
    LinkPlan plan;     ///< as it works: with what is usual
    std::optional<LinkMeasured> measured;
    std::int32_t changes = 0;  ///< how often the line itself became another one
};
BOOST_DESCRIBE_STRUCT(LinkView, (),
                      (link, org_name, school_code, township_name, registered, rural, box, plan, measured, changes))

/// The usual plan first, then every school of the caller's scope, then trunks and school networks that are registered.
struct LinkList {
    core::OrgId district_org_id;
    std::vector<LinkView> items;
    bool editable = false;
};
BOOST_DESCRIBE_STRUCT(LinkList, (), (district_org_id, items, editable))
core::Result<LinkList> list_links(Site const& site, auth::Caller const& caller);

struct LinkEdits {
    std::vector<LinkEntry> items;
};
BOOST_DESCRIBE_STRUCT(LinkEdits, (), (items))
/// How many rows were other ones afterwards.
struct LinksWritten {
    std::int32_t changed = 0;
};
BOOST_DESCRIBE_STRUCT(LinksWritten, (), (changed))
/// Writes rows, all or none. Refuses each field at "/items/<n>/<field>", "nodes.link.no_school", and "nodes.below"
/// where this place has a parent: lines are registered there. Audited.
core::Result<LinksWritten> set_links(Site const& site, auth::Caller const& caller, LinkEdits const& edits);

/// What a line was (升级记录), newest first.
struct LinkPast {
    Medium medium = Medium::unknown;
    std::int64_t down_kbit = 0;
    std::int64_t up_kbit = 0;
    std::string operator_name;
    std::optional<core::LocalDate> since;
    std::optional<bool> ipv6;
    core::Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(LinkPast, (), (medium, down_kbit, up_kbit, operator_name, since, ipv6, changed_at))
struct LinkHistory {
    std::vector<LinkPast> items;
};
BOOST_DESCRIBE_STRUCT(LinkHistory, (), (items))
core::Result<LinkHistory> link_history(Site const& site, auth::Caller const& caller, core::OrgId const& org,
                                       LinkTier tier);

/// Writes a line without asking who does: the demo district, an import. Answers whether it is another one now.
bool write_link(sql::Tx& tx, LinkEntry const& entry, core::Instant now);

/// Measurements as they are kept; the median of a school's last days decides what is planned with.
inline constexpr int measured_days = 14;

}  // namespace santong::nodes
