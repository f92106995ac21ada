#pragma once
// What the screens of push send and see.
#include "modules/nodes/link_plan.hpp"
#include "modules/push/overview.hpp"

namespace santong::push {

/// What somebody wants to be sent, by hand.
struct PushWish {
    std::string title;  ///< empty = that of the first thing
    std::vector<ResourceId> resources;
    std::vector<core::OrgId> schools;              ///< empty = by kind and grade
    std::vector<roster::SchoolKind> school_kinds;  ///< empty = all
    std::int32_t grade_from = 0;                   ///< 0 = those of the things
    std::int32_t grade_to = 0;
    PushPriority priority = PushPriority::usual;
    PushDue due = PushDue::lesson;
    std::optional<core::Instant> due_at;  ///< with `weekday`: the fixed time
    std::optional<PushDisplay> display;   ///< absent = as usual
};
BOOST_DESCRIBE_STRUCT(PushWish, (),
                      (title, resources, schools, school_kinds, grade_from, grade_to, priority, due, due_at, display))

/// A thing of an order that may not stand on the public page.
struct PushPortalRefusal {
    ResourceId resource_id;
    std::string title;
    std::string why;  ///< i18n key
};
BOOST_DESCRIBE_STRUCT(PushPortalRefusal, (), (resource_id, title, why))
/// What of an order may stand on the public page (门户页), whether its sender wants that or not.
struct PushPortal {
    std::int32_t allowed = 0;
    std::vector<PushPortalRefusal> refused;
};
BOOST_DESCRIBE_STRUCT(PushPortal, (), (allowed, refused))

/// A school of an order.
struct PushSchoolRow {
    core::OrgId school_id;
    std::string name;
    std::string township;
    bool boxed = false;
    std::int64_t rate_kbit = 0;
    std::int64_t cap_kbit = 0;
    std::vector<nodes::Window> windows;
    std::optional<core::Instant> last_contact;
    std::optional<core::Instant> due_at;
    std::int32_t due_period = 0;
    std::string due_class;
    bool moved = false;
    std::int64_t bytes = 0;
    std::int64_t bytes_left = 0;
    std::int64_t before_bytes = 0;  ///< what stands before it in the queue
    std::optional<core::Instant> starts_at;
    std::optional<core::Instant> expected_at;
    std::optional<core::Instant> first_at;
    std::optional<core::Instant> whole_at;
    std::optional<core::Instant> checked_at;
    PushWay way = PushWay::none;
    std::int64_t line_bytes = 0;
    std::int64_t near_bytes = 0;  ///< what boxes of the same local network gave
    std::int64_t uses = 0;
    std::optional<core::Instant> used_at;
    std::optional<core::Instant> last_used_at;
    PushStanding standing = PushStanding::waiting;
};
BOOST_DESCRIBE_STRUCT(PushSchoolRow, (),
                      (school_id, name, township, boxed, rate_kbit, cap_kbit, windows, last_contact, due_at, due_period,
                       due_class, moved, bytes, bytes_left, before_bytes, starts_at, expected_at, first_at, whole_at,
                       checked_at, way, line_bytes, near_bytes, uses, used_at, last_used_at, standing))

/// What an order would do, before it is sent (试算).
struct PushPreview {
    std::string title;
    std::string subject;
    std::int32_t items = 0;
    std::int64_t bytes = 0;              ///< for each school
    std::int64_t bytes_to_send = 0;      ///< over all lines: without what is there already
    std::vector<std::string> left_out;   ///< parts of packs that not all of the schools may use
    std::int32_t late = 0;               ///< schools that will not have it in time
    std::vector<PushSchoolRow> schools;  ///< problems first
    PushPortal portal;
    std::string area;  ///< the central school for whose area it is; empty = the district
};
BOOST_DESCRIBE_STRUCT(PushPreview, (),
                      (title, subject, items, bytes, bytes_to_send, left_out, late, schools, portal, area))

/// An order in a list.
struct PushOrderRow {
    OrderId id;
    std::string title;
    std::string subject;
    std::int32_t grade_from = 1;
    std::int32_t grade_to = 12;
    PushPriority priority = PushPriority::usual;
    std::int64_t rank = 0;
    PushState state = PushState::open;
    std::optional<RuleId> rule_id;
    std::int64_t bytes = 0;
    std::int32_t schools = 0;
    std::int32_t whole = 0;               ///< schools that have all of it, hosted ones among them
    std::int32_t hosted = 0;              ///< of these
    std::int32_t used = 0;                ///< schools where it was used
    std::int32_t late = 0;                ///< schools that will not, or did not, have it in time
    std::optional<core::Instant> due_at;  ///< the earliest need that is still open, else the earliest
    std::int32_t due_period = 0;
    std::optional<core::Instant> starts_at;    ///< of the first that waits
    std::optional<core::Instant> expected_at;  ///< of the last that waits
    core::Instant created_at;
    core::Instant updated_at;
    PushDisplay display;
};
BOOST_DESCRIBE_STRUCT(PushOrderRow, (),
                      (id, title, subject, grade_from, grade_to, priority, rank, state, rule_id, bytes, schools, whole,
                       hosted, used, late, due_at, due_period, starts_at, expected_at, created_at, updated_at, display))

struct PushThing {
    ResourceId resource_id;
    std::string title;  ///< empty = gone
    resources::Kind kind = resources::Kind::document;
    std::optional<ResourceId> pack_id;
    std::int64_t size = 0;
    bool gone = false;  ///< taken away since
};
BOOST_DESCRIBE_STRUCT(PushThing, (), (resource_id, title, kind, pack_id, size, gone))

struct PushOrderView {
    PushOrderRow order;
    core::Instant now;
    std::vector<PushThing> things;
    std::vector<PushSchoolRow> schools;  ///< problems first
    std::vector<std::string> before;     ///< orders that stand before it at any of its schools
    bool may_manage = false;
    PushPortal portal;
};
BOOST_DESCRIBE_STRUCT(PushOrderView, (), (order, now, things, schools, before, may_manage, portal))

struct PushOrderQuery {
    std::string state;  ///< empty = what runs
    std::string subject;
    std::string resource;
};
BOOST_DESCRIBE_STRUCT(PushOrderQuery, (), (state, subject, resource))
struct PushOrderList {
    core::Instant now;
    std::vector<PushOrderRow> items;  ///< what is needed first stands first
    bool may_manage = false;
};
BOOST_DESCRIBE_STRUCT(PushOrderList, (), (now, items, may_manage))

/// As the caller saw it; refused if it has changed since.
struct PushSeen {
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(PushSeen, (), (updated_at))
struct PushPriorityWish {
    PushPriority priority = PushPriority::usual;
    std::optional<OrderId> before;  ///< goes just before this one of the same priority
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(PushPriorityWish, (), (priority, before, updated_at))
/// Changes where an order shows what it sends.
struct PushDisplayWish {
    PushDisplay display;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(PushDisplayWish, (), (display, updated_at))
/// Moves the need of a school (改需要时间).
struct PushNeedWish {
    core::OrgId school_id;
    std::optional<core::Instant> due_at;
};
BOOST_DESCRIBE_STRUCT(PushNeedWish, (), (school_id, due_at))

}  // namespace santong::push
