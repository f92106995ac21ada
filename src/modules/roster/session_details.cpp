#include <algorithm>
#include <set>

#include "modules/roster/service.hpp"
#include "modules/roster/service_session.hpp"

namespace santong::roster {

namespace {

/// Nodes by id, classes under the name of today's grade.
std::map<OrgId, std::string> org_names(sql::Tx& tx, std::vector<OrgId> const& ids, core::LocalDate on) {
    std::map<OrgId, std::string> found;
    std::vector<OrgId> classes;
    for (auto const& node : orgs(tx, ids)) {
        found[node.id] = node.name;
        if (node.kind == OrgKind::class_group) classes.push_back(node.id);
    }
    for (auto const& group : class_groups(tx, classes, on)) found[group.id] = group.name;
    return found;
}

class Details final : public auth::SessionDetails {
public:
    explicit Details(core::Clock const& clock) : clock_(clock) {}

    std::map<PersonId, std::string> person_names(sql::Tx& tx, std::vector<PersonId> const& persons) override {
        return names(tx, persons);
    }
    std::map<OrgId, auth::OrgPlace> places(sql::Tx& tx, std::vector<OrgId> const& wanted) override {
        std::map<OrgId, std::vector<OrgId>> paths;
        std::set<OrgId> all;
        for (auto const& id : wanted) {
            auto path = org_scopes().self_and_ancestors(tx, id);
            std::reverse(path.begin(), path.end());
            all.insert(path.begin(), path.end());
            paths[id] = std::move(path);
        }
        auto const named = org_names(tx, {all.begin(), all.end()}, today(tx, clock_));
        std::map<OrgId, auth::OrgPlace> found;
        for (auto const& [id, path] : paths) {
            auto& place = found[id];
            for (auto const& step : path) {
                auto const name = named.find(step);
                if (name != named.end()) place.path.push_back({step, name->second});
            }
            if (!place.path.empty()) place.name = place.path.back().name;
        }
        return found;
    }
    auth::NamedOrg district(sql::Tx& tx) override {
        auto const own = roster::district(tx);
        return {own.org_id, own.name};
    }
    std::vector<auth::PupilChoice> pupils(sql::Tx& tx, OrgId const& class_id) override {
        std::vector<auth::PupilChoice> choices;
        for (auto const& pupil : pupils_of_class(tx, class_id, today(tx, clock_))) {
            choices.push_back({pupil.person_id, pupil.name});
        }
        return choices;
    }

private:
    core::Clock const& clock_;
};

}  // namespace

std::unique_ptr<auth::SessionDetails> session_details(core::Clock const& clock) {
    return std::make_unique<Details>(clock);
}

}  // namespace santong::roster
