#include "server/demo/push.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "modules/push/arriving.hpp"
#include "modules/push/making.hpp"
#include "modules/push/store.hpp"
#include "modules/resources/service.hpp"
#include "modules/timetable/service.hpp"

namespace santong::server::demo {

namespace {

constexpr std::size_t pushed_schools = 8;

/// How a school's receipt came out.
struct Came {
    int minutes = 0;    ///< after the window opened
    bool late = false;  ///< brought by disk after its lesson
    int uses = 0;
};

class PushHistory {
public:
    PushHistory(sql::Tx& tx, DistrictPlan const& plan, core::Instant now) : tx_(tx), plan_(plan), now_(now) {
        for (auto const& school : plan.schools) {
            if (school.row.kind == roster::SchoolKind::village_primary && schools_.size() < pushed_schools)
                schools_.push_back(&school);
        }
    }

    /// An order that went out in the evening of `sent` for lessons from `need` on.
    void delivered(ShelfItem const& item, core::LocalDate sent, core::LocalDate need, std::vector<Came> const& came) {
        auto const order = make(item, zone_.at(sent, 15 * 60 + 10), need, push::PushPriority::usual);
        if (!order) return;
        auto const sizes = push::store::sizes(tx_, {order->id});
        auto const size = sizes.at(order->id);
        auto const targets = push::store::targets(tx_, {order->id});
        for (std::size_t i = 0; i < targets.size() && i < came.size(); ++i) {
            auto const& one = came[i];
            push::PushReceipt receipt;
            receipt.id = push::receipt_id(order->id, targets[i].school_id);
            receipt.order_id = order->id;
            receipt.school_id = targets[i].school_id;
            receipt.contents = receipt.contents_here = size.contents;
            receipt.bytes = receipt.bytes_here = size.bytes;
            receipt.way = one.late ? push::PushWay::pack : push::PushWay::line;
            receipt.line_bytes = one.late ? 0 : size.bytes;
            receipt.first_at = zone_.at(sent, 22 * 60).plus_seconds(4);
            auto const window = zone_.at(sent, 22 * 60 + one.minutes);
            receipt.whole_at = one.late && targets[i].due_at ? targets[i].due_at->plus_seconds(2 * 3600) : window;
            receipt.checked_at = receipt.updated_at = *receipt.whole_at;
            if (one.late) receipt.first_at = receipt.whole_at;
            receipt.uses = one.uses;
            if (one.uses > 0) {
                receipt.used_at = std::min(now_, receipt.whole_at->plus_seconds(14 * 3600));
                receipt.last_used_at = std::min(now_, receipt.used_at->plus_days(one.uses - 1));
            }
            push::keep_receipt(tx_, receipt);
        }
    }
    /// An order that has not gone out yet.
    void waiting(ShelfItem const& item, core::LocalDate need, push::PushPriority priority, push::PushState state) {
        auto const order = make(item, now_.plus_seconds(-40 * 60), need, priority);
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
    std::optional<push::PushOrder> make(ShelfItem const& item, core::Instant at, core::LocalDate need,
                                        push::PushPriority priority) {
        auto const resource = resources::resource(tx_, item.id);
        if (!resource) return std::nullopt;
        push::PushOrder order;
        order.id = push::OrderId::make();
        order.title = resource->title;
        order.subject = item.subject;
        order.grade_from = item.grade_from;
        order.grade_to = item.grade_to;
        order.chapter_id = resource->chapter_id;
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
        auto const things = push::gather(tx_, order.id, {item.id}, ids);
        if (!things) return std::nullopt;
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
    core::Instant now_;
    core::Zone zone_;
    std::vector<SchoolPlan const*> schools_;
};

/// What is sent: packs for primary schools, English first, then slides and films that are for everybody, each of
/// another chapter.
std::vector<ShelfItem> things_of(LibraryPlan const& library) {
    auto const rank = [](ShelfItem const& one) {
        using enum resources::Kind;
        return std::tuple(one.kind != pack, one.subject != "41", one.kind != slides);
    };
    std::vector<ShelfItem> all;
    for (auto const& item : library.items) {
        using enum resources::Kind;
        bool const fits = item.kind == pack || item.kind == slides || item.kind == video;
        if (fits && item.reviewed && item.only_at == OrgId{} && item.grade_to <= 6) all.push_back(item);
    }
    std::ranges::stable_sort(all, {}, rank);
    std::vector<ShelfItem> found;
    std::set<std::string> chapters;
    for (auto const& item : all) {
        if (chapters.insert(item.chapter_key).second) found.push_back(item);
    }
    return found;
}

}  // namespace

void write_push(sql::Database& db, DistrictPlan const& plan, LibraryPlan const& library, core::Clock const& clock) {
    auto const things = things_of(library);
    constexpr std::size_t needed = 6;
    if (things.size() < needed) return;
    using push::PushPriority;
    using push::PushState;
    db.transact(datonghu, [&](sql::Tx& tx) {
        PushHistory history(tx, plan, clock.now());
        history.rule("村小英语资源包，上课前到校", "41", 3, 4, push::PushWhat::packs);
        history.rule("村小数学新资源，每周一早上前到校", "14", 1, 6, push::PushWhat::newest);
        history.delivered(things[1], {2014, 10, 31}, {2014, 11, 3},
                          {{2, false, 3},
                           {2, false, 1},
                           {3, false, 0},
                           {2, false, 2},
                           {4, false, 0},
                           {2, false, 1},
                           {3, false, 2},
                           {5, false, 0}});
        history.delivered(things[2], {2014, 11, 7}, {2014, 11, 10},
                          {{2, false, 1},
                           {2, false, 2},
                           {2, false, 1},
                           {3, false, 0},
                           {2, false, 1},
                           {2, false, 1},
                           {2, false, 1},
                           {6, false, 1}});
        history.delivered(things[0], {2014, 11, 14}, {2014, 11, 17},
                          {{3, false, 2},
                           {4, false, 0},
                           {3, false, 1},
                           {3, false, 0},
                           {2, false, 1},
                           {5, false, 1},
                           {3, false, 0},
                           {0, true, 1}});
        history.waiting(things[3], demo_today.plus_days(1), PushPriority::usual, PushState::open);
        history.waiting(things[4], demo_today, PushPriority::high, PushState::open);
        history.waiting(things[5], demo_today.plus_days(4), PushPriority::low, PushState::paused);
    });
}

}  // namespace santong::server::demo
