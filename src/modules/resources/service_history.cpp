// Where a resource comes from and what happened to it.
#include <algorithm>

#include "modules/resources/service_mark.hpp"
#include "modules/resources/views_of.hpp"
#include "modules/workflow/service.hpp"

namespace santong::resources {

namespace {

using workflow::DecisionKind;

/// Names of the steps of the latest round, by number; the pool of an earlier round may have been another.
std::map<int, std::string> step_names(sql::Tx& tx, ResourceId const& id) {
    std::map<int, std::string> names;
    auto const item = workflow::item_of(tx, review_kind, id.text());
    if (!item) return names;
    for (auto const& step : workflow::steps(tx, item->id)) names[step.number] = "workflow.step." + step.pool_role;
    return names;
}

/// Readers see that it passed, not what it was once returned for.
bool is_public(DecisionKind decision) {
    return decision == DecisionKind::submit || decision == DecisionKind::approve;
}

}  // namespace

core::Result<History> history(Library const& library, auth::Caller const& caller, ResourceId const& id) {
    return library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<History> {
        auto const resource = TRY(readable(tx, caller, id));
        bool const insider = resource.owner_person == caller.person || is_reviewer(tx, caller, id);
        History found;
        for (auto const& version : store::versions(tx, id)) {
            if (!insider && version.number > resource.current_version) continue;
            found.entries.push_back({"version", {}, version.number, version.note, version.created_at});
            if (insider) {
                found.versions.push_back({version.number, version.media_type, version.size, version.pages,
                                          version.duration_seconds, version.url, version.note, version.created_at});
            }
        }
        auto names = step_names(tx, id);
        for (auto const& row : workflow::history(tx, review_kind, id.text())) {
            if (!insider && !is_public(row.decision)) continue;
            auto const step = row.step_number == 0 ? std::string() : names[row.step_number];
            found.entries.push_back(
                {std::string(core::enum_text(row.decision)), step, 0, insider ? row.reason : std::string(), row.at});
        }
        if (resource.published_at)
            found.entries.push_back({"published", {}, resource.current_version, {}, *resource.published_at});
        for (auto const& mark : marks(tx, id)) {
            // Why it is no longer marked is for its author and the reviewers, like the reason of a return.
            if (mark.fine || insider || may_mark(tx, caller, resource))
                found.entries.push_back({mark.fine ? "marked" : "unmarked", {}, 0, mark.reason, mark.at});
        }
        if (is_gone(resource)) {
            found.entries.push_back({"recalled", {}, 0, resource.recalled_reason, resource.updated_at});
        }
        std::ranges::stable_sort(found.entries, {}, &HistoryEntry::at);
        return found;
    });
}

}  // namespace santong::resources
