#pragma once
// Use cases about people: finding, looking, writing. Lists hold only whom the caller sees.
#include <filesystem>

#include "core/result.hpp"
#include "modules/roster/people_views.hpp"
#include "modules/roster/service_write.hpp"
#include "modules/roster/store.hpp"
#include "platform/feed/kept.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster {

/// How many people of each kind lie in a scope, kept until the roster changes.
class HeadCounts {
public:
    /// As `store::count_people`; a search is counted anew each time.
    std::int64_t of(sql::Tx& tx, store::PeopleFilter const& filter, core::LocalDate on, std::string const& kind);
    /// Everybody whom the district ever had.
    std::int64_t persons(sql::Tx& tx);

private:
    feed::Kept<std::int64_t> kept_{listed_types()};
};

/// Without `counts` the page says nothing of how many there are.
core::Result<PeoplePage> list_people(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                     PeopleQuery const& query, HeadCounts* counts = nullptr);
core::Result<PersonDetail> person_detail(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                         PersonId const& id);
/// The guarded fields in clear. Needs a written reason ("roster.reason_too_short") and is logged in the same
/// transaction.
core::Result<PersonalView> look_at_personal(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                            PersonId const& id, ReasonRequest const& request);
/// People of the caller's scope with exactly this identity number, 学籍号 or phone number; logged.
core::Result<PeoplePage> find_by_number(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                        NumberSearch const& search);

/// What of a list is written to a workbook. Guarded fields never are.
struct ExportQuery {
    std::string q;
    std::string kind;
    std::string org;
    std::string role;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(ExportQuery, (), (q, kind, org, role, reason))
/// Writes the people of a query to an .xlsx with headings in `language`; needs a reason and is logged before the first
/// row.
core::Result<void> export_people(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                 ExportQuery const& query, std::string const& language,
                                 std::filesystem::path const& file);

// ---- writing

/// Refusals: the rules' own for each field, "roster.place_needed", "roster.staff_number_known",
/// "roster.identity_number_known", "roster.student_number_known", "roster.may_not_appoint".
core::Result<PersonDetail> create_person(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                         NewPerson const& body);
core::Result<PersonDetail> change_person(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                         PersonId const& id, PersonEdit const& change);
/// Appoints somebody. Nobody appoints himself ("auth.not_yourself") or above what his own role allows
/// ("roster.may_not_appoint").
core::Result<PersonDetail> start_post(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                      PersonId const& id, NewPost const& post);
core::Result<PersonDetail> end_post(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                    PersonId const& id, PostId const& post_id, EndRequest const& request);
/// Places a pupil in a class; a place he has ends the day before. Rights move with him.
core::Result<PersonDetail> enrol(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                 PersonId const& id, NewEnrolment const& body);
/// A pupil leaves or graduates; "roster.not_enrolled" if he has no place.
core::Result<PersonDetail> leave(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                 PersonId const& id, LeaveRequest const& request);
core::Result<PersonDetail> add_guardian(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                        PersonId const& pupil, NewGuardian const& body);
core::Result<PersonDetail> end_guardianship(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                            PersonId const& pupil, GuardianshipId const& id);
/// Erases somebody who has left: destroys his key, empties name, numbers and indexes. "roster.still_here" otherwise.
core::Result<void> erase_person(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                PersonId const& id, ReasonRequest const& request);

}  // namespace santong::roster
