#include "modules/workflow/review_sheet.hpp"

#include <algorithm>

#include "modules/roster/service.hpp"
#include "modules/workflow/subjects.hpp"

namespace santong::workflow {

namespace {

std::vector<AutomaticCheck> automatic_checks(sql::Tx& tx, Item const& item) {
    auto const& subject = subject_of(item.subject_kind);
    return subject.automatic ? subject.automatic(tx, item) : std::vector<AutomaticCheck>{};
}

bool contains(std::vector<std::string> const& keys, std::string const& key) {
    return std::ranges::find(keys, key) != keys.end();
}

/// Headings stand in the order in which the kind's own sheet names them.
std::ptrdiff_t rank_of(std::string const& kind, std::string const& group) {
    auto const& own = subject_of(kind).checklist;
    return std::ranges::find(own, group, &CheckItem::group) - own.begin();
}

}  // namespace

std::vector<SheetLine> sheet_of(sql::Tx& tx, Item const& item, std::vector<std::string> const& ticked) {
    std::vector<SheetLine> lines;
    for (auto const& check : automatic_checks(tx, item)) {
        lines.push_back(
            {check.key, check.group, true, false, check.state, check.detail, check.params, check.subject_id, false});
    }
    bool const by_county = item.pool_org_id == roster::district(tx).org_id;
    for (auto const& own : subject_of(item.subject_kind).checklist) {
        if (own.mark && !by_county) continue;
        lines.push_back(
            {own.key, own.group, false, contains(ticked, own.key), CheckState::passed, {}, {}, {}, own.mark});
    }
    std::ranges::stable_sort(lines, {}, [&](SheetLine const& line) { return rank_of(item.subject_kind, line.group); });
    return lines;
}

core::Result<void> check_sheet(sql::Tx& tx, Item const& item, std::vector<std::string> const& ticked) {
    auto const& subject = subject_of(item.subject_kind);
    auto const left = std::ranges::count_if(subject.checklist,
                                            [&](auto const& own) { return !own.mark && !contains(ticked, own.key); });
    if (left > 0) return core::conflict("workflow.sheet_not_filled", {{"left", std::to_string(left)}});
    for (auto const& check : automatic_checks(tx, item)) {
        if (check.state == CheckState::failed) return core::conflict("workflow.check_failed");
    }
    return {};
}

}  // namespace santong::workflow
