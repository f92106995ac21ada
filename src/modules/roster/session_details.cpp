#include <algorithm>
#include <set>

#include "modules/roster/people_search.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_session.hpp"
#include "modules/roster/store.hpp"
#include "platform/auth/masking.hpp"

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
    bool within_a_school(sql::Tx& tx, OrgId const& org) override { return school_of(tx, org).has_value(); }
    std::vector<PersonId> people_called(sql::Tx& tx, std::string const& text) override {
        store::PeopleFilter search;
        read_search(text, search);
        if (search.name_part.empty()) return {};
        return store::people_called(tx, search);
    }
    std::vector<core::Uuid> belonging_to(sql::Tx& tx, OrgId const& org) override {
        return store::belonging_to(tx, org);
    }
    std::map<std::string, std::string> audit_names(sql::Tx& tx, std::vector<core::Uuid> const& ids) override {
        std::vector<PersonId> persons;
        std::vector<OrgId> nodes;
        for (auto const& id : ids) {
            persons.push_back(PersonId{id});
            nodes.push_back(OrgId{id});
        }
        std::map<std::string, std::string> found;
        std::set<PersonId> staff;
        for (auto const& id : store::ever_staff(tx, persons)) staff.insert(id);
        for (auto& [id, name] : names(tx, persons)) {
            found.emplace(id.text(), staff.contains(id) ? std::move(name) : auth::mask_name(name));
        }
        for (auto& [id, name] : org_names(tx, nodes, today(tx, clock_))) found.emplace(id.text(), std::move(name));
        for (auto& one : store::named_things(tx, ids)) found.emplace(one.id.text(), std::move(one.name));
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
