#include "server/demo/push.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "core/base64.hpp"
#include "modules/nodes/store.hpp"
#include "modules/push/arriving.hpp"
#include "modules/push/making.hpp"
#include "modules/push/rows.hpp"
#include "modules/push/store.hpp"
#include "modules/resources/service.hpp"
#include "modules/resources/service_contents.hpp"
#include "modules/timetable/service.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/ed25519.hpp"
#include "platform/auth/keys.hpp"
#include "platform/sync/outgoing.hpp"

namespace santong::server::demo {

namespace {

constexpr std::size_t pushed_schools = 8;
constexpr std::int64_t village_cap_bytes = 125'000;  // a second: 1 Mbit/s, as the lines of the demo say

/// Boxes of the demo stand in its books only: nobody has their keys, and none was ever heard of.
constexpr char const* demo_version = "demo";
/// The villages of this town have no box yet: they work on the hub, and theirs are joined before people's eyes.
constexpr std::string_view without_boxes = "河坝镇";

/// How a school's receipt came out.
struct Came {
    int percent = 100;  ///< of its time at the cap: other things travel too
    bool late = false;  ///< brought by disk after its lesson
    int uses = 0;
};

/// What is sent in one order: all that the library has for a unit of a textbook, each file once.
struct Parcel {
    std::string key;  ///< of the unit
    std::string subject;
    std::vector<resources::ResourceId> things;
    std::int64_t bytes = 0;
};

class PushHistory {
public:
    PushHistory(sql::Tx& tx, DistrictPlan const& plan, LibraryPlan const& library, core::Instant now)
        : tx_(tx), plan_(plan), library_(library), now_(now) {
        for (auto const& school : plan.schools) {
            if (school.row.kind == roster::SchoolKind::village_primary && schools_.size() < pushed_schools)
                schools_.push_back(&school);
        }
        for (auto const* school : schools_) {
            if (boxed(*school)) put_box(school->id);
        }
    }

    /// An order that went out in the evening of `sent` for lessons from `need` on.
    void delivered(Parcel const& parcel, core::LocalDate sent, core::LocalDate need, std::vector<Came> const& came) {
        auto const order = make(parcel, zone_.at(sent, 15 * 60 + 10), need, push::PushPriority::usual);
        if (!order) return;
        auto const sizes = push::store::sizes(tx_, {order->id});
        auto const size = sizes.at(order->id);
        auto const targets = push::store::targets(tx_, {order->id});
        for (std::size_t i = 0; i < schools_.size() && i < came.size(); ++i) {
            auto const target = std::ranges::find(targets, schools_[i]->id, &push::PushTarget::school_id);
            auto const& one = came[i];
            push::PushReceipt receipt;
            receipt.id = push::receipt_id(order->id, schools_[i]->id);
            receipt.order_id = order->id;
            receipt.school_id = schools_[i]->id;
            receipt.contents = receipt.contents_here = size.contents;
            receipt.bytes = receipt.bytes_here = size.bytes;
            receipt.way = one.late ? push::PushWay::pack : push::PushWay::line;
            receipt.line_bytes = one.late ? 0 : size.bytes;
            auto const begun = zone_.at(sent, 22 * 60).plus_seconds(4);
            receipt.first_at = begun;
            auto const carried = begun.plus_ms(size.bytes * 10 * one.percent / village_cap_bytes);
            receipt.whole_at = one.late && target->due_at ? target->due_at->plus_seconds(2 * 3600) : carried;
            if (one.late) receipt.first_at = receipt.whole_at;
            receipt.uses = one.uses;
            if (one.uses > 0) {
                receipt.used_at = std::min(now_, receipt.whole_at->plus_seconds(14 * 3600));
                receipt.last_used_at = std::min(now_, receipt.used_at->plus_days(one.uses - 1));
            }
            if (!boxed(*schools_[i])) {
                receipt.way = push::PushWay::hosted;
                receipt.line_bytes = 0;
                receipt.first_at = receipt.whole_at = order->created_at;
            }
            receipt.checked_at = receipt.updated_at = *receipt.whole_at;
            push::keep_receipt(tx_, receipt);
        }
    }
    /// An order that has not gone out yet.
    void waiting(Parcel const& parcel, core::LocalDate need, push::PushPriority priority, push::PushState state) {
        auto const order = make(parcel, now_.plus_seconds(-40 * 60), need, priority);
        if (!order || state == push::PushState::open) return;
        auto changed = *order;
        changed.state = state;
        push::store::update_order(tx_, changed, *order);
        push::say_order(tx_, changed);
    }

    void rule(std::string const& title, std::string const& subject, int from, int to, push::PushWhat what) {
        push::PushRule rule;
        rule.id = push::RuleId::make();
        rule.title = title;
        rule.school_kinds = {roster::SchoolKind::village_primary, roster::SchoolKind::teaching_point};
        rule.subject = subject;
        rule.grade_from = from;
        rule.grade_to = to;
        rule.what = what;
        rule.due = what == push::PushWhat::newest ? push::PushDue::weekday : push::PushDue::lesson;
        rule.made_by = plan_.officers.at("info_office").id;
        rule.created_at = rule.updated_at = zone_.at(term_start, 10 * 60);
        rule.last_run_on = demo_today;
        push::store::insert_rule(tx_, rule);
    }

private:
    static bool boxed(SchoolPlan const& school) { return school.row.township != without_boxes; }
    void put_box(core::OrgId const& school) {
        nodes::store::NodeRow row;
        row.id = nodes::NodeId::make();
        row.org_id = school;
        row.open_key = core::base64(auth::ed25519::make_pair().open);
        auto const sealed = auth::Keys::current().seal(auth::KeyPurpose::node_links, auth::crypto::random_bytes(32),
                                                       nodes::link_binding(row.id));
        row.link_key_id = sealed.key_id;
        row.link_key = {sealed.bytes};
        row.joined_at = zone_.at(term_start, 10 * 60);
        row.version = demo_version;
        row.down_cursor = sync::cursor_here(tx_);
        nodes::store::put_node(tx_, row);
    }
    std::optional<push::PushOrder> make(Parcel const& parcel, core::Instant at, core::LocalDate need,
                                        push::PushPriority priority) {
        auto const chapter = resources::chapter(tx_, library_.chapters.at(parcel.key));
        auto const book = chapter ? resources::textbook(tx_, chapter->textbook_id) : std::nullopt;
        if (!book) return std::nullopt;
        push::PushOrder order;
        order.id = push::OrderId::make();
        order.title = chapter->title + " 整单元";
        order.subject = parcel.subject;
        order.grade_from = order.grade_to = book->grade;
        order.chapter_id = chapter->id;
        order.priority = priority;
        order.rank = at.ms;
        order.made_by = plan_.officers.at("info_office").id;
        order.created_at = order.updated_at = at;
        std::vector<core::OrgId> ids;
        std::vector<push::PushTarget> targets;
        for (auto const* school : schools_) {
            ids.push_back(school->id);
            targets.push_back(target(order, *school, need));
        }
        auto const things = push::gather(tx_, order.id, parcel.things, ids);
        if (!things) return std::nullopt;
        // What everybody may have stands on the public page, too.
        order.portal = push::portal_of(tx_, things->items).allowed > 0;
        push::store::insert_order(tx_, order);
        push::store::replace_items(tx_, order.id, things->items, things->contents);
        push::store::replace_targets(tx_, order.id, targets);
        push::say_order(tx_, order);
        return order;
    }
    /// The first lesson of the order's subject and grades from a day on.
    push::PushTarget target(push::PushOrder const& order, SchoolPlan const& school, core::LocalDate need) {
        push::PushTarget target;
        target.order_id = order.id;
        target.school_id = school.id;
        std::vector<core::OrgId> classes;
        for (auto const& one : school.classes) {
            if (one.grade >= order.grade_from && one.grade <= order.grade_to) classes.push_back(one.id);
        }
        for (auto const& lesson : timetable::lessons_of_school(tx_, school.id, need, need.plus_days(6))) {
            if (lesson.subject != order.subject || std::ranges::find(classes, lesson.class_id) == classes.end())
                continue;
            if (lesson.start_at <= order.created_at || (target.due_at && *target.due_at <= lesson.start_at)) continue;
            target.due_at = lesson.start_at;
            target.due_period = lesson.period;
            target.due_class = lesson.class_id;
        }
        return target;
    }

    sql::Tx& tx_;
    DistrictPlan const& plan_;
    LibraryPlan const& library_;
    core::Instant now_;
    core::Zone zone_;
    std::vector<SchoolPlan const*> schools_;
};

/// "english-3a-2" is a unit of "english-3a", its lessons have a number more.
bool is_unit(std::string const& key) {
    return std::ranges::count(key, '-') == 2;
}

/// Packs, then what brings a file that is not in it yet, of what all schools may use.
Parcel parcel_of(sql::Tx& tx, std::string const& key, resources::ChapterId const& unit) {
    auto all = resources::published_for(tx, resources::with_parts(tx, unit));
    std::erase_if(all, [](resources::Resource const& one) {
        return one.scope < resources::Scope::district || one.kind == resources::Kind::link || one.grade_to > 6;
    });
    std::ranges::sort(
        all, {}, [](resources::Resource const& one) { return std::pair(one.kind != resources::Kind::pack, one.id); });
    std::vector<resources::ResourceId> ids;
    for (auto const& one : all) ids.push_back(one.id);
    std::map<resources::ResourceId, std::vector<resources::ContentPart>> parts;
    for (auto const& part : resources::contents_of(tx, ids)) parts[part.resource_id].push_back(part);
    Parcel parcel{key, all.empty() ? "" : all.front().subject, {}, 0};
    std::set<std::string> known;
    for (auto const& one : all) {
        auto const before = known.size();
        for (auto const& part : parts[one.id]) {
            if (known.insert(part.sha256).second) parcel.bytes += part.size;
        }
        if (known.size() > before || one.kind == resources::Kind::pack) parcel.things.push_back(one.id);
    }
    return parcel;
}

/// What is sent: units for primary schools, English of the third grade first, then those with the most to
/// carry: films, sounds, scanned plans. One of each book, so that the queue of a school is no single one.
std::vector<Parcel> parcels_of(sql::Tx& tx, LibraryPlan const& library) {
    std::vector<Parcel> parcels;
    for (auto const& [key, chapter] : library.chapters) {
        if (!is_unit(key)) continue;
        auto parcel = parcel_of(tx, key, chapter);
        if (parcel.bytes > 0) parcels.push_back(std::move(parcel));
    }
    auto const later = [](Parcel const& one) { return !one.key.starts_with("english-3"); };
    std::ranges::stable_sort(parcels, {}, [&](Parcel const& one) { return std::pair(later(one), -one.bytes); });
    std::vector<Parcel> found;
    std::set<std::string> books;
    for (auto& one : parcels) {
        if (books.insert(one.key.substr(0, one.key.rfind('-'))).second) found.push_back(std::move(one));
    }
    return found;
}

}  // namespace

void write_push(sql::Database& db, DistrictPlan const& plan, LibraryPlan const& library, core::Clock const& clock) {
    constexpr std::size_t needed = 6;
    using push::PushPriority;
    using push::PushState;
    db.transact(datonghu, [&](sql::Tx& tx) {
        auto const things = parcels_of(tx, library);
        if (things.size() < needed) return;
        PushHistory history(tx, plan, library, clock.now());
        history.rule("村小英语资源包，上课前到校", "41", 3, 4, push::PushWhat::packs);
        history.rule("村小数学新资源，每周一早上前到校", "14", 1, 6, push::PushWhat::newest);
        history.delivered(things[3], {2014, 10, 31}, {2014, 11, 3},
                          {{110, false, 3},
                           {110, false, 1},
                           {120, false, 0},
                           {110, false, 2},
                           {130, false, 0},
                           {110, false, 1},
                           {120, false, 2},
                           {140, false, 0}});
        history.delivered(things[4], {2014, 11, 7}, {2014, 11, 10},
                          {{110, false, 1},
                           {110, false, 2},
                           {110, false, 1},
                           {120, false, 0},
                           {110, false, 1},
                           {110, false, 1},
                           {110, false, 1},
                           {150, false, 1}});
        history.delivered(things[0], {2014, 11, 14}, {2014, 11, 17},
                          {{120, false, 2},
                           {130, false, 0},
                           {120, false, 1},
                           {120, false, 0},
                           {110, false, 1},
                           {140, false, 1},
                           {120, false, 0},
                           {100, true, 1}});
        history.waiting(things[1], demo_today.plus_days(1), PushPriority::usual, PushState::open);
        history.waiting(things[2], demo_today, PushPriority::high, PushState::open);
        history.waiting(things[5], demo_today.plus_days(4), PushPriority::low, PushState::paused);
    });
}

}  // namespace santong::server::demo
