#pragma once
// May include: domain_changes.hpp, platform/sql. SQL of the requests for changes.
#include "modules/timetable/domain_changes.hpp"
#include "platform/sql/database.hpp"

namespace santong::timetable::store {

/// False if the lesson is asked for already.
bool insert_request(sql::Tx& tx, ChangeRequest const& request);
/// Writes what may change of a request and counts its version up; false if somebody else was faster.
bool save_request(sql::Tx& tx, ChangeRequest const& request);
std::optional<ChangeRequest> request(sql::Tx& tx, ChangeRequestId const& id);
std::vector<ChangeRequest> requests_of_act(sql::Tx& tx, ActId const& act);
/// Requests about lessons in [from, to].
std::vector<ChangeRequest> requests_of_school(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                              core::LocalDate to);
/// Those that somebody has asked for, or is asked in.
std::vector<ChangeRequest> requests_of_person(sql::Tx& tx, core::PersonId const& person, core::LocalDate from);

/// Requests that wait for the office of these schools: without a colleague, or agreed on.
std::int64_t undecided(sql::Tx& tx, std::vector<core::OrgId> const& schools, core::LocalDate from);
/// Requests that wait for somebody's answer.
std::int64_t unanswered(sql::Tx& tx, core::PersonId const& person, core::LocalDate from);

}  // namespace santong::timetable::store
