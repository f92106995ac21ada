#include "modules/roster/service_area.hpp"

#include <algorithm>

namespace santong::roster {

OrgId area_of(sql::Tx& tx, OrgId const& school) {
    auto const above = self_and_ancestors(tx, school);
    auto const known = orgs(tx, above);
    OrgId top = school;
    for (auto const& id : above) {
        auto const found = std::ranges::find(known, id, &Org::id);
        if (found != known.end() && found->is_school()) top = id;
    }
    return top;
}

std::vector<OrgId> area_schools(sql::Tx& tx, OrgId const& school) {
    auto const top = area_of(tx, school);
    std::vector<OrgId> found{top};
    for (auto const kind : {OrgKind::school, OrgKind::teaching_point}) {
        for (auto const& one : subtree(tx, top, kind)) {
            if (one.id != top) found.push_back(one.id);
        }
    }
    return found;
}

}  // namespace santong::roster
