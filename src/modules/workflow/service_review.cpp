// Looking: queues, one review, the figures above them.
#include "modules/workflow/service_review.hpp"

#include <algorithm>
#include <charconv>

#include "modules/roster/service.hpp"
#include "modules/workflow/permissions.hpp"
#include "modules/workflow/pools.hpp"
#include "modules/workflow/review_sheet.hpp"
#include "modules/workflow/service.hpp"
#include "modules/workflow/store.hpp"
#include "modules/workflow/subjects.hpp"

namespace santong::workflow {

namespace {

constexpr int largest_page = 100;
constexpr int median_window_days = 90;
constexpr std::int64_t ms_of_day = 86'400'000;

/// Grants of the caller that make him a reviewer.
std::vector<store::PoolFace> pools_of(auth::Caller const& caller) {
    std::vector<store::PoolFace> faces;
    for (auto const& grant : caller.grants) {
        if (!auth::PermissionRegistry::instance().has(grant.role, permissions::review)) continue;
        faces.push_back({std::string(core::enum_text(grant.role)), grant.org_id, grant.subject});
    }
    return faces;
}

/// Names of schools that rows need, looked up once a list.
class Names {
public:
    Names(sql::Tx& tx, std::vector<Item> const& items) {
        std::vector<core::OrgId> schools;
        for (auto const& item : items) schools.push_back(item.origin_school_id);
        for (auto const& org : roster::orgs(tx, schools))
            schools_[org.id] = org.short_name.empty() ? org.name : org.short_name;
    }
    std::string school(core::OrgId const& id) const {
        auto const found = schools_.find(id);
        return found == schools_.end() ? std::string() : found->second;
    }

private:
    std::map<core::OrgId, std::string> schools_;
};

ReviewRow row_of(Item const& item, Names const& names, auth::Caller const& caller) {
    ReviewRow row;
    row.id = item.id;
    row.subject_kind = item.subject_kind;
    row.subject_id = item.subject_id;
    row.title = item.title;
    row.scope = item.scope;
    row.subject_code = item.subject_code;
    row.school_id = item.origin_school_id;
    row.school_name = names.school(item.origin_school_id);
    row.facts = item.facts;
    row.state = item.state;
    row.round = item.round;
    row.step_name = "workflow.step." + item.pool_role;
    row.due_at = item.due_at;
    row.step_since = item.step_since;
    row.handed_to_me = item.deputy_person == caller.person;
    return row;
}

void set_ticked(ReviewRow& row, std::vector<std::string> const& ticked) {
    auto const& subject = subject_of(row.subject_kind);
    row.to_tick = static_cast<int>(std::ranges::count(subject.checklist, false, &CheckItem::mark));
    row.ticked = static_cast<int>(std::ranges::count_if(subject.checklist, [&](CheckItem const& item) {
        return !item.mark && std::ranges::find(ticked, item.key) != ticked.end();
    }));
    row.filled = is_filled(subject, ticked);
}

/// "1416560400000.0192…" → due time and id; empty for anything else.
std::optional<std::pair<std::int64_t, std::string>> read_key(std::string const& after) {
    auto const dot = after.find('.');
    if (dot == std::string::npos) return std::nullopt;
    std::int64_t due = 0;
    auto const [end, error] = std::from_chars(after.data(), after.data() + dot, due);
    auto const id = ItemId::parse(std::string_view(after).substr(dot + 1));
    if (error != std::errc{} || end != after.data() + dot || !id) return std::nullopt;
    return std::pair{due, id->text()};
}

core::Result<core::Page<ReviewRow>> waiting(sql::Tx& tx, auth::Caller const& caller, ReviewQuery const& query,
                                            int limit) {
    store::QueueFilter filter{query.subject_kind, query.kind, {}, {}, limit + 1};
    if (!query.after.empty()) {
        auto const key = read_key(query.after);
        if (!key) return core::invalid_at("after", "workflow.bad_page_key");
        filter.after_due = key->first;
        filter.after_id = key->second;
    }
    auto items = store::queue(tx, pools_of(caller), caller.person, filter);
    bool const more = static_cast<int>(items.size()) > limit;
    if (more) items.pop_back();
    Names const names(tx, items);
    std::vector<ItemId> ids;
    for (auto const& item : items) ids.push_back(item.id);
    std::map<ItemId, std::vector<std::string>> ticked;
    for (auto const& saved : store::find_checklists(tx, caller.person, ids))
        ticked[saved.item_id] = ticked_keys(saved.ticked);
    core::Page<ReviewRow> page;
    for (auto const& item : items) {
        page.items.push_back(row_of(item, names, caller));
        set_ticked(page.items.back(), ticked[item.id]);
    }
    if (more) page.next = std::to_string(items.back().due_at.ms) + "." + items.back().id.text();
    return page;
}

core::Result<core::Page<ReviewRow>> decided(sql::Tx& tx, auth::Caller const& caller, ReviewQuery const& query,
                                            int limit) {
    std::optional<store::DecidedBefore> before;
    if (!query.after.empty()) {
        auto const key = read_key(query.after);
        if (!key) return core::invalid_at("after", "workflow.bad_page_key");
        before = {key->first, key->second};
    }
    auto const rows = store::decided(tx, caller.person, query.subject_kind, before, limit);
    Names const names(tx, {rows.begin(), rows.end()});
    core::Page<ReviewRow> page;
    for (auto const& decision : rows) {
        page.items.push_back(row_of(decision, names, caller));
        page.items.back().my_decision = decision.decision;
        page.items.back().decided_at = decision.decided_at;
    }
    if (static_cast<int>(rows.size()) == limit) {
        page.next = std::to_string(rows.back().decided_at.ms) + "." + rows.back().decision_id.text();
    }
    return page;
}

std::vector<ReviewEvent> events_of(sql::Tx& tx, auth::Caller const& caller, Item const& item) {
    std::map<std::pair<int, int>, std::string> names;
    for (int round = 1; round <= item.round; ++round) {
        for (auto const& step : store::steps(tx, item.id, round))
            names[{round, step.number}] = "workflow.step." + step.pool_role;
    }
    std::vector<ReviewEvent> events;
    for (auto const& row : store::decisions(tx, item.id)) {
        auto const step_name = row.step_number == 0 ? std::string() : names[{row.round, row.step_number}];
        events.push_back(
            {row.decision, row.round, row.step_number, step_name, row.reason, row.at, row.person_id == caller.person});
    }
    return events;
}

}  // namespace

void name_items(sql::Tx& tx, std::vector<core::Uuid> const& ids, std::map<std::string, std::string>& names) {
    std::vector<ItemId> wanted;
    for (auto const& id : ids) wanted.push_back(ItemId{id});
    for (auto& one : store::items(tx, wanted)) names.emplace(one.id.text(), std::move(one.title));
}

void name_own_items(sql::Tx& tx, core::PersonId const& reader, std::vector<core::Uuid> const& ids,
                    std::map<std::string, std::string>& names) {
    std::vector<ItemId> wanted;
    for (auto const& id : ids) wanted.push_back(ItemId{id});
    for (auto& one : store::items(tx, wanted)) {
        if (one.submitter_person == reader) names.emplace(one.id.text(), std::move(one.title));
    }
}

core::Result<core::Page<ReviewRow>> reviews(sql::Database& db, auth::Caller const& caller, ReviewQuery const& query) {
    int const limit = std::clamp(query.limit, 1, largest_page);
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<ReviewRow>> {
        if (query.state == "mine") return waiting(tx, caller, query, limit);
        if (query.state == "done") return decided(tx, caller, query, limit);
        return core::invalid_at("state", "core.unknown_choice");
    });
}

core::Result<Review> review_in(sql::Tx& tx, auth::Caller const& caller, ItemId const& id) {
    auto const item = store::find(tx, id);
    if (!item) return core::not_found("workflow.not_found");
    bool const now = may_decide(tx, caller, *item);
    bool const before = item->submitter_person != caller.person && store::has_decided(tx, id, caller.person, 0);
    if (!now && !before) {
        return taken_back(tx, caller, *item) ? core::gone("workflow.withdrawn") : core::not_found("workflow.not_found");
    }
    Review view;
    view.item = row_of(*item, Names(tx, {*item}), caller);
    view.step_number = item->step_number;
    for (auto const& step : store::steps(tx, id, item->round)) {
        view.steps.push_back({step.number, "workflow.step." + step.pool_role, step.pool_role, step.fell_back});
    }
    view.events = events_of(tx, caller, *item);
    auto const saved = store::find_checklist(tx, id, caller.person, item->round);
    auto const ticked = saved ? ticked_keys(*saved) : std::vector<std::string>{};
    set_ticked(view.item, ticked);
    view.sheet = sheet_of(tx, *item, ticked);
    view.may_decide = now;
    if (before && !now) view.author_name = roster::names(tx, {item->submitter_person})[item->submitter_person];
    return view;
}

core::Result<Review> review(sql::Database& db, auth::Caller const& caller, ItemId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) { return review_in(tx, caller, id); });
}

core::Result<ReviewSummary> summary(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                    std::string const& subject_kind) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<ReviewSummary> {
        ReviewSummary figures;
        auto const pools = pools_of(caller);
        constexpr auto never = std::numeric_limits<std::int64_t>::max();
        for (auto const& row : store::queue_counts(tx, pools, caller.person, subject_kind, never)) {
            figures.kinds.push_back({row.kind, row.count});
            figures.waiting += row.count;
        }
        auto const due_before = [&](core::Instant at) {
            std::int64_t count = 0;
            for (auto const& row : store::queue_counts(tx, pools, caller.person, subject_kind, at.ms))
                count += row.count;
            return count;
        };
        figures.late = due_before(clock.now());
        figures.due_soon = due_before(clock.now().plus_days(1)) - figures.late;
        if (figures.late > 0) {
            auto const first = store::queue(tx, pools, caller.person, {subject_kind, {}, {}, {}, 1});
            auto const late_ms = clock.now().ms - first.front().due_at.ms;
            figures.late_days = (late_ms + ms_of_day - 1) / ms_of_day;
        }
        figures.open_in_district = store::open_count(tx, subject_kind);
        auto const ages = store::closed_ages(tx, subject_kind, clock.now().plus_days(-median_window_days));
        if (!ages.empty()) {
            auto const middle = ages.size() / 2;
            auto const twice = ages.size() % 2 == 1 ? 2 * ages[middle] : ages[middle - 1] + ages[middle];
            figures.median_days = static_cast<double>(twice) / 2 / static_cast<double>(ms_of_day);
        }
        return figures;
    });
}

}  // namespace santong::workflow
