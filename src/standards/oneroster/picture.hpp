#pragma once
// The roster of a district in memory: as it is, and as an import makes it.
#include <map>
#include <optional>
#include <unordered_map>
#include <vector>

#include "modules/roster/service_sources.hpp"
#include "modules/roster/service_write.hpp"

namespace santong::oneroster {

using EntityId = core::Id<struct EntityTag>;  ///< anything that may have a sourcedId

/// Rows by their id, with what is asked of them.
class Picture {
public:
    Picture(roster::RosterExtract extract, core::LocalDate today, core::DistrictId number);

    roster::District district;
    core::LocalDate today;
    core::DistrictId number;  ///< GB/T 2260 code of the district
    std::unordered_map<core::OrgId, roster::Org> orgs;
    std::unordered_map<core::OrgId, roster::SchoolProfile> schools;
    std::unordered_map<core::OrgId, roster::ClassProfile> classes;
    std::map<roster::TermId, roster::Term> terms;
    std::unordered_map<core::PersonId, roster::ExtractedPerson> people;
    std::unordered_map<roster::PostId, roster::Post> posts;
    std::unordered_map<roster::EnrolmentId, roster::Enrolment> enrolments;
    std::map<roster::GuardianshipId, roster::Guardianship> guardianships;

    void put(roster::PersonRecord const& record);
    void put(roster::Post const& post);
    void put(roster::Enrolment const& enrolment);
    void put(roster::Guardianship const& bond);

    std::vector<roster::Post const*> posts_of(core::PersonId const& person) const;
    std::vector<roster::Enrolment const*> enrolments_of(core::PersonId const& person) const;
    /// Bonds of a pupil that still run.
    std::vector<roster::Guardianship const*> guardians_of(core::PersonId const& pupil) const;
    /// Bonds of a guardian that still run.
    std::vector<roster::Guardianship const*> children_of(core::PersonId const& guardian) const;
    /// The enrolment that runs today.
    roster::Enrolment const* seat_of(core::PersonId const& person) const;
    /// Grade of a class in the school year of today.
    int grade_of(roster::ClassProfile const& group) const;
    bool runs(std::optional<core::LocalDate> const& to_date) const { return !to_date || *to_date >= today; }

    int school_year() const { return roster::school_year_of(today); }

private:
    std::unordered_map<core::PersonId, std::vector<roster::PostId>> posts_by_person_;
    std::unordered_map<core::PersonId, std::vector<roster::EnrolmentId>> enrolments_by_person_;
    std::unordered_map<core::PersonId, std::vector<roster::GuardianshipId>> bonds_by_pupil_;
    std::unordered_map<core::PersonId, std::vector<roster::GuardianshipId>> bonds_by_guardian_;
};

}  // namespace santong::oneroster
