#pragma once
// Push (资源推送): what reaches which school before the lesson that needs it. May include: core/ and the domain of
// lower modules.
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/result.hpp"
#include "modules/resources/domain.hpp"
#include "modules/roster/domain.hpp"

namespace santong::push {

using RuleId = core::Id<struct PushRuleTag>;
using OrderId = core::Id<struct PushOrderTag>;
using ReceiptId = core::Id<struct PushReceiptTag>;
using RequestId = core::Id<struct PushRequestTag>;
using RecallId = core::Id<struct PushRecallTag>;
using resources::ChapterId;
using resources::ResourceId;

/// How urgent an order is (优先级): 急件, which does not wait for the window; 优先; 普通; 有空再传.
enum class PushPriority : int { urgent, high, usual, low };
BOOST_DESCRIBE_ENUM(PushPriority, urgent, high, usual, low)

/// `ended`: everything has come and its use has been looked at. `cancelled`: what came stays where it is.
enum class PushState : int { open, paused, ended, cancelled };
BOOST_DESCRIBE_ENUM(PushState, open, paused, ended, cancelled)

/// By which way things came (来路): the school's line, a USB disk, a box nearby; `hosted`: the school works on the hub
/// itself and has everything at once; `none`: nothing has come yet.
enum class PushWay : int { none, line, pack, neighbour, hosted };
BOOST_DESCRIBE_ENUM(PushWay, none, line, pack, neighbour, hosted)

/// What a rule sends (推什么): packs of a chapter, everything published for it, or whatever is newly published.
enum class PushWhat : int { packs, chapter, newest };
BOOST_DESCRIBE_ENUM(PushWhat, packs, chapter, newest)

/// By when (何时要): before the lesson that needs it, or by a fixed time of the week.
enum class PushDue : int { lesson, weekday };
BOOST_DESCRIBE_ENUM(PushDue, lesson, weekday)

/// Where an order shows what it sends (展示位置): the public page (门户页), as far as it may be public; the pages of
/// teachers and pupils (师生空间); what a teacher can put on the screen in class (课堂大屏). All of it ends with the
/// order.
struct PushDisplay {
    bool portal = false;
    bool spaces = true;
    bool classroom = true;
};
BOOST_DESCRIBE_STRUCT(PushDisplay, (), (portal, spaces, classroom))

/// Why a resource may not stand on the public page, as an i18n key; null where it may: published for the public, under
/// a licence that lets everybody have it.
char const* portal_refusal(resources::Resource const& resource);
/// What a pupil finds on his page: no lesson plans, and no exercises, which come to him as homework.
bool is_for_pupils(resources::Kind kind);

/// Whom a rule or an order is for (推送对象).
struct PushAudience {
    std::vector<roster::SchoolKind> school_kinds;  ///< empty = all
    std::int32_t grade_from = 1;
    std::int32_t grade_to = 12;
    std::string subject;  ///< code of ZXXKC
    std::optional<ChapterId> chapter_id;
};
BOOST_DESCRIBE_STRUCT(PushAudience, (), (school_kinds, grade_from, grade_to, subject, chapter_id))

/// What of a rule its maker writes.
struct PushRuleContent : PushAudience {
    std::string title;
    bool active = true;
    PushWhat what = PushWhat::packs;
    PushDue due = PushDue::lesson;
    std::int32_t weekday = 1;           ///< Monday is 1
    std::int32_t minute = 7 * 60 + 30;  ///< after midnight
    std::int32_t days_ahead = 7;        ///< lessons of so many days are looked at
    PushPriority priority = PushPriority::usual;
    std::optional<PushDisplay> display;  ///< absent = as usual
    BOOST_DESCRIBE_CLASS(PushRuleContent, (PushAudience),
                         (title, active, what, due, weekday, minute, days_ahead, priority, display), (), ())
};

/// Push rule (推送规则): makes orders by itself, once a day.
struct PushRule : PushRuleContent {
    RuleId id;
    core::PersonId made_by;
    core::Instant created_at;
    core::Instant updated_at;
    std::optional<core::LocalDate> last_run_on;
    std::optional<core::OrgId> area_id;  ///< of a central school: its area only (片区)
    BOOST_DESCRIBE_CLASS(PushRule, (PushRuleContent), (id, made_by, created_at, updated_at, last_run_on, area_id), (),
                         ())
};

/// Push order (推送单), made by hand or by a rule.
struct PushOrder : PushDisplay {
    OrderId id;
    std::string title;
    std::optional<RuleId> rule_id;
    std::string rule_key;  ///< what of its rule it is for; a rule makes each once
    std::string subject;
    std::int32_t grade_from = 1;
    std::int32_t grade_to = 12;
    std::optional<ChapterId> chapter_id;
    PushPriority priority = PushPriority::usual;
    std::int64_t rank = 0;  ///< among those of the same priority and need: smaller goes first
    PushState state = PushState::open;
    core::PersonId made_by;
    core::Instant created_at;
    core::Instant updated_at;
    std::optional<core::Instant> ended_at;
    std::optional<core::OrgId> area_id;  ///< of a central school: made for its area (片区), and its to change

    bool runs() const { return state == PushState::open || state == PushState::paused; }
    bool is_for_grade(std::int32_t grade) const { return grade_from <= grade && grade <= grade_to; }
    PushDisplay const& display() const { return *this; }
    void show(PushDisplay const& where) { static_cast<PushDisplay&>(*this) = where; }
    BOOST_DESCRIBE_CLASS(PushOrder, (PushDisplay),
                         (id, title, rule_id, rule_key, subject, grade_from, grade_to, chapter_id, priority, rank,
                          state, made_by, created_at, updated_at, ended_at, area_id),
                         (), ())
};

/// A resource in an order; one that came with a pack says so.
struct PushItem {
    OrderId order_id;
    std::int32_t sort = 0;
    ResourceId resource_id;
    std::int32_t version = 1;
    resources::Kind kind = resources::Kind::document;
    std::optional<ResourceId> pack_id;
    std::int64_t size = 0;  ///< bytes of all its contents
};
BOOST_DESCRIBE_STRUCT(PushItem, (), (order_id, sort, resource_id, version, kind, pack_id, size))

/// Bytes that an order brings, documents before films.
struct PushContent {
    OrderId order_id;
    std::int32_t sort = 0;
    ResourceId resource_id;
    std::string sha256;
    std::int64_t size = 0;
};
BOOST_DESCRIBE_STRUCT(PushContent, (), (order_id, sort, resource_id, sha256, size))

/// A school of an order, and by when it needs it.
struct PushTarget {
    OrderId order_id;
    core::OrgId school_id;
    std::optional<core::Instant> due_at;   ///< the beginning of the lesson; absent = no hurry
    std::int32_t due_period = 0;           ///< number of that lesson's period; 0 = no lesson
    std::optional<core::OrgId> due_class;  ///< whose lesson it is
    bool moved = false;                    ///< the need was moved by hand: the timetable does not move it back
};
BOOST_DESCRIBE_STRUCT(PushTarget, (), (order_id, school_id, due_at, due_period, due_class, moved))

/// Receipt (回执) of an order at a school, written there.
struct PushReceipt {
    ReceiptId id;
    OrderId order_id;
    core::OrgId school_id;
    std::int32_t contents = 0;
    std::int32_t contents_here = 0;
    std::int64_t bytes = 0;
    std::int64_t bytes_here = 0;
    std::int64_t line_bytes = 0;  ///< what the line carried for it; less where chunks were there already
    std::int64_t near_bytes = 0;  ///< what boxes of the same local network gave for it
    PushWay way = PushWay::none;
    std::optional<core::Instant> first_at;
    std::optional<core::Instant> whole_at;
    std::optional<core::Instant> checked_at;  ///< every content had the digest that the order names
    std::int64_t uses = 0;
    std::optional<core::Instant> used_at;  ///< for the first time
    std::optional<core::Instant> last_used_at;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(PushReceipt, (),
                      (id, order_id, school_id, contents, contents_here, bytes, bytes_here, line_bytes, near_bytes, way,
                       first_at, whole_at, checked_at, uses, used_at, last_used_at, updated_at))

/// The receipt of an order at a school; the same at every place.
ReceiptId receipt_id(OrderId const& order, core::OrgId const& school);

/// At once, or in the night's window.
enum class RequestSpeed : int { now, tonight };
BOOST_DESCRIBE_ENUM(RequestSpeed, now, tonight)
/// `gone`: it was taken away, before it came or after.
enum class RequestState : int { waiting, here, withdrawn, gone };
BOOST_DESCRIBE_ENUM(RequestState, waiting, here, withdrawn, gone)

/// A request (索取): a teacher wants a thing that is described but not at his school.
struct PushRequest {
    RequestId id;
    ResourceId resource_id;
    core::OrgId school_id;
    core::PersonId person_id;
    RequestSpeed speed = RequestSpeed::now;
    RequestState state = RequestState::waiting;
    std::int64_t size = 0;
    core::Instant asked_at;
    std::optional<core::Instant> expected_at;
    std::optional<core::Instant> arrived_at;
};
BOOST_DESCRIBE_STRUCT(PushRequest, (),
                      (id, resource_id, school_id, person_id, speed, state, size, asked_at, expected_at, arrived_at))

/// Up to this size what somebody asks for comes at once.
inline constexpr std::int64_t at_once_bytes = std::int64_t{5} << 20;

/// Recall receipt (撤回回执): a school's box has taken a resource away from everybody.
struct PushRecall {
    RecallId id;
    ResourceId resource_id;
    core::OrgId school_id;
    bool was_here = false;  ///< its bytes lay there
    bool in_class = false;  ///< it stood on a classroom's screen at that moment
    core::Instant removed_at;
};
BOOST_DESCRIBE_STRUCT(PushRecall, (), (id, resource_id, school_id, was_here, in_class, removed_at))
RecallId recall_id(ResourceId const& resource, core::OrgId const& school);

/// Days after which something delivered should have been used.
inline constexpr int unused_days = 14;
inline constexpr std::size_t most_items = 200;

/// Refuses a rule that cannot be: no title, grades or days out of bounds, no subject.
core::Result<void> check_rule(PushRuleContent const& rule);
/// Refuses titles that are none or too long.
core::Result<void> check_title(std::string const& title);

/// Where something stands in the queue of a school. Smaller goes first.
struct QueuePlace {
    PushPriority priority = PushPriority::usual;
    std::optional<core::Instant> due_at;
    std::int64_t rank = 0;
    core::Instant created_at;
    OrderId id;
};
/// Urgent ones, then what is needed first, then priority, rank and age; what nobody needs by a day goes last.
bool goes_before(QueuePlace const& a, QueuePlace const& b);

}  // namespace santong::push
