#include "modules/push/domain.hpp"

#include <tuple>

namespace santong::push {

namespace {

constexpr std::size_t longest_title = 240;  // bytes: 80 ideographs
constexpr int longest_ahead = 14;           // so far ahead the timetable has lessons
constexpr int minutes_of_day = 24 * 60;

}  // namespace

ReceiptId receipt_id(OrderId const& order, core::OrgId const& school) {
    return ReceiptId{core::Uuid::named("push.receipt " + order.text() + ' ' + school.text())};
}

RecallId recall_id(ResourceId const& resource, core::OrgId const& school) {
    return RecallId{core::Uuid::named("push.recall " + resource.text() + ' ' + school.text())};
}

char const* portal_refusal(resources::Resource const& resource) {
    using enum resources::Licence;
    if (resource.state != resources::State::published) return "push.portal_not_published";
    if (resource.scope != resources::Scope::public_) return "push.portal_not_public";
    switch (resource.licence) {
        case none:
        case region_teaching:
        case bought: return "push.portal_licence";
        case cc_by:
        case cc_by_sa:
        case cc_by_nc:
        case cc_by_nc_sa:
        case cc_by_nc_nd:
        case cc0:
        case public_domain: return nullptr;
    }
    return "push.portal_licence";
}

bool is_for_pupils(resources::Kind kind) {
    using enum resources::Kind;
    return kind != plan && kind != exercise && kind != pack;
}

core::Result<void> check_title(std::string const& title) {
    if (title.empty()) return core::invalid_at("/title", "core.required");
    if (title.size() > longest_title) return core::invalid_at("/title", "core.too_long", {{"max", "80"}});
    return {};
}

core::Result<void> check_rule(PushRuleContent const& rule) {
    TRY_VOID(check_title(rule.title));
    std::vector<core::Problem> problems;
    auto const wrong = [&](char const* place, char const* key) { problems.push_back({place, key, {}}); };
    if (rule.subject.empty()) wrong("/subject", "core.required");
    if (rule.grade_from < 1 || rule.grade_to > 12 || rule.grade_from > rule.grade_to)
        wrong("/grade_to", "push.grades_turned");
    if (rule.days_ahead < 1 || rule.days_ahead > longest_ahead) wrong("/days_ahead", "push.days_out_of_bounds");
    if (rule.weekday < 1 || rule.weekday > 7) wrong("/weekday", "push.no_such_time");
    if (rule.minute < 0 || rule.minute >= minutes_of_day) wrong("/minute", "push.no_such_time");
    if (rule.chapter_id && rule.what == PushWhat::newest) wrong("/chapter_id", "push.newest_has_no_chapter");
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

bool goes_before(QueuePlace const& a, QueuePlace const& b) {
    auto const key = [](QueuePlace const& one) {
        bool const urgent = one.priority == PushPriority::urgent;
        return std::tuple(!urgent, !one.due_at.has_value(), one.due_at.value_or(core::Instant{}),
                          static_cast<int>(one.priority), one.rank, one.created_at, one.id);
    };
    return key(a) < key(b);
}

}  // namespace santong::push
