#include "modules/roster/scopes.hpp"

#include <map>
#include <mutex>
#include <unordered_map>

#include "modules/roster/service_session.hpp"
#include "modules/roster/store.hpp"

namespace santong::roster {

namespace {

constexpr std::int64_t longest_ms = 2000;  // another app node may have moved something
constexpr int deepest = 32;

using Parents = std::unordered_map<OrgId, OrgId>;

/// The tree of one district as it was read.
struct Snapshot {
    std::shared_ptr<Parents const> parents;
    core::Instant read_at;
};

/// Remembers that a transaction changes the tree.
struct TreeChanges {
    bool any = false;
};

class ClosureScopes final : public auth::OrgScopes {
public:
    std::vector<OrgId> self_and_ancestors(sql::Tx& tx, OrgId const& org) override {
        if (tx.attachment<TreeChanges>().any) return store::self_and_ancestors(tx, org);
        auto const parents = tree_of(tx);
        std::vector<OrgId> path;
        for (OrgId at = org; !at.is_nil() && path.size() < deepest;) {
            auto const found = parents->find(at);
            // Younger than what is remembered, or nowhere: the database knows.
            if (found == parents->end()) return store::self_and_ancestors(tx, org);
            path.push_back(at);
            at = found->second;
        }
        return path;
    }
    void forget(core::DistrictId district) {
        std::lock_guard lock(mutex_);
        ++generation_;
        trees_.erase(district);
    }

private:
    std::shared_ptr<Parents const> tree_of(sql::Tx& tx) {
        auto const now = core::system_now();
        std::uint64_t generation = 0;
        {
            std::lock_guard lock(mutex_);
            auto const found = trees_.find(tx.district());
            if (found != trees_.end() && now.ms - found->second.read_at.ms < longest_ms) return found->second.parents;
            generation = generation_;
        }
        auto parents = std::make_shared<Parents>();
        for (auto const& row : store::all_parents(tx)) parents->emplace(row.id, row.parent_id);
        std::lock_guard lock(mutex_);
        if (generation == generation_) trees_[tx.district()] = {parents, now};
        return parents;
    }
    std::mutex mutex_;
    std::map<core::DistrictId, Snapshot> trees_;
    std::uint64_t generation_ = 0;
};

ClosureScopes& instance() {
    static ClosureScopes scopes;
    return scopes;
}

}  // namespace

auth::OrgScopes& org_scopes() {
    return instance();
}

void scopes_change(sql::Tx& tx) {
    auto& changes = tx.attachment<TreeChanges>();
    if (changes.any) return;
    changes.any = true;
    tx.after_commit([district = tx.district()] { instance().forget(district); });
}

}  // namespace santong::roster
