#include "modules/roster/service_audience.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "modules/roster/store.hpp"

namespace santong::roster {

namespace {

/// The school at or above each organisation; none above the schools.
std::map<OrgId, OrgId> schools_of_places(sql::Tx& tx) {
    std::map<OrgId, OrgId> found;
    for (auto const& row : store::school_places(tx)) found.emplace(row.org_id, row.school_id);  // the nearest is first
    return found;
}

}  // namespace

std::vector<AudienceMember> audience(sql::Tx& tx, AudienceWish const& wish, core::LocalDate on) {
    auto const schools = schools_of_places(tx);
    std::set<OrgId> const wanted(wish.schools.begin(), wish.schools.end());
    std::map<PersonId, AudienceMember> found;
    auto const school_at = [&](OrgId const& place) {
        auto const school = schools.find(place);
        return school == schools.end() ? OrgId{} : school->second;
    };
    auto const add = [&](store::PersonAt const& row, AudienceKind kind) {
        AudienceMember member{row.person_id, kind, school_at(row.org_id), {}};
        if (kind != AudienceKind::staff) member.class_id = row.org_id;
        if (wanted.empty() || wanted.contains(member.school_id)) found.emplace(row.person_id, member);
    };
    auto const staff = store::staff_on(tx, on);
    if (wish.staff) {
        for (auto const& row : staff) add(row, AudienceKind::staff);
    }
    if (wish.families) {
        for (auto const& row : store::guardians_on(tx, on)) add(row, AudienceKind::guardian);
        for (auto const& row : store::pupils_on(tx, on)) add(row, AudienceKind::pupil);
        // A teacher reads what is for guardians as his pupil's guardian, but counts as staff wherever he reads.
        for (auto const& row : staff) {
            auto const member = found.find(row.person_id);
            if (member != found.end()) member->second.kind = AudienceKind::staff;
        }
    }
    std::vector<AudienceMember> all;
    for (auto const& [id, member] : found) all.push_back(member);
    return all;
}

}  // namespace santong::roster
