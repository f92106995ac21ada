#pragma once
// Licences that end (S-42): what was bought for a time vanishes when that is over and comes back when it is prolonged.
#include "modules/resources/service_author.hpp"

namespace santong::resources {

/// Days before the end from which on a licence is listed for those who can prolong it.
inline constexpr int notice_days = 30;

/// All of it is set; an absent day is none.
struct TermsChange {
    Acquisition intake = Acquisition::made;
    std::string holder;
    std::string terms;
    std::optional<core::LocalDate> valid_from;
    std::optional<core::LocalDate> valid_until;
};
BOOST_DESCRIBE_STRUCT(TermsChange, (), (intake, holder, terms, valid_from, valid_until))

/// A licence that is about to end, or has ended.
struct EndingLicence {
    ResourceId id;
    std::string title;
    Kind kind = Kind::document;
    std::string subject;
    core::OrgId school_id;
    std::string school_name;
    Scope scope = Scope::school;
    State state = State::published;
    Acquisition intake = Acquisition::bought;
    std::string holder;
    std::string terms;
    std::optional<core::LocalDate> valid_from;
    core::LocalDate valid_until;
    int days_left = 0;         ///< negative: days since the end
    std::int64_t uses = 0;     ///< in the last 30 days
    std::int64_t schools = 0;  ///< that used it then
};
BOOST_DESCRIBE_STRUCT(EndingLicence, (),
                      (id, title, kind, subject, school_id, school_name, scope, state, intake, holder, terms,
                       valid_from, valid_until, days_left, uses, schools))
struct EndingLicences {
    std::vector<EndingLicence> items;  ///< the nearest end first; at most 200
    int notice_days = resources::notice_days;
};
BOOST_DESCRIBE_STRUCT(EndingLicences, (), (items, notice_days))

/// Sets the terms of a licence: before publication its author, afterwards those who may recall at its school. Something
/// that had ended is there again if they hold today, and goes at once if they do not.
core::Result<ResourceView> set_terms(Library const& library, auth::Caller const& caller, ResourceId const& id,
                                     TermsChange const& wish);
/// Licences of the caller's schools and subjects that end within `notice_days`, or have ended.
core::Result<EndingLicences> ending_licences(Library const& library, auth::Caller const& caller);
/// How many of those stand in that list.
std::int64_t ending_licences(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller);

/// Takes away what is over and gives back what holds again, in one district; every hour.
void keep_licences(sql::Database& db, core::DistrictId district, core::Clock const& clock);

}  // namespace santong::resources
