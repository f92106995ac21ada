#pragma once
#include <set>
#include <string>
#include <vector>

#include "modules/indicators/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::indicators::store {

/// Entries behind which the recomputation waits: while a bulk load goes through, cells are computed once at its end.
inline constexpr std::int64_t far_behind = 1000;

/// A school's week.
struct WeekCell {
    core::OrgId school_id;
    core::LocalDate monday;

    auto operator<=>(WeekCell const&) const = default;
};
BOOST_DESCRIBE_STRUCT(WeekCell, (), (school_id, monday))

struct TeacherFact {
    core::Uuid post_id;
    core::PersonId person_id;
    core::OrgId school_id;
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(TeacherFact, (), (post_id, person_id, school_id, from_date, to_date))

struct PupilFact {
    core::Uuid enrolment_id;
    core::PersonId person_id;
    core::OrgId school_id;
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(PupilFact, (), (enrolment_id, person_id, school_id, from_date, to_date))

struct AccountFact {
    core::Uuid account_id;
    core::PersonId person_id;
    bool active = false;
};
BOOST_DESCRIBE_STRUCT(AccountFact, (), (account_id, person_id, active))

struct LearnerFact {
    core::OrgId school_id;
    core::LocalDate monday;
    std::string learner;
};
BOOST_DESCRIBE_STRUCT(LearnerFact, (), (school_id, monday, learner))

// ---- facts

void put_taught(sql::Tx& tx, std::vector<TaughtFact> const& facts);
void put_sessions(sql::Tx& tx, std::vector<SessionFact> const& facts);
void put_teachers(sql::Tx& tx, std::vector<TeacherFact> const& facts);
void put_pupils(sql::Tx& tx, std::vector<PupilFact> const& facts);
void put_accounts(sql::Tx& tx, std::vector<AccountFact> const& facts);
void put_learners(sql::Tx& tx, std::vector<LearnerFact> const& facts);
void put_published(sql::Tx& tx, std::vector<PublishedFact> const& facts);
void remove_published(sql::Tx& tx, std::vector<core::Uuid> const& ids);
void put_reviews(sql::Tx& tx, std::vector<ReviewFact> const& facts);
void remove_taught(sql::Tx& tx, std::vector<core::Uuid> const& ids);
void remove_sessions(sql::Tx& tx, std::vector<core::Uuid> const& ids);
void remove_teachers(sql::Tx& tx, std::vector<core::Uuid> const& ids);
void remove_pupils(sql::Tx& tx, std::vector<core::Uuid> const& ids);
void remove_accounts(sql::Tx& tx, std::vector<core::Uuid> const& ids);

/// The weeks in which these facts stand now.
std::vector<WeekCell> weeks_of_taught(sql::Tx& tx, std::vector<core::Uuid> const& ids);
std::vector<WeekCell> weeks_of_sessions(sql::Tx& tx, std::vector<core::Uuid> const& ids);
std::vector<WeekCell> weeks_of_published(sql::Tx& tx, std::vector<core::Uuid> const& ids);
/// Seconds that reviews of resources took which became public from..to (Mondays), shortest first.
std::vector<std::int64_t> review_seconds(sql::Tx& tx, core::LocalDate from, core::LocalDate to);
/// Schools at which these facts stand now.
std::vector<core::OrgId> schools_of_posts(sql::Tx& tx, std::vector<core::Uuid> const& ids);
std::vector<core::OrgId> schools_of_enrolments(sql::Tx& tx, std::vector<core::Uuid> const& ids);
std::vector<core::OrgId> schools_of_pupils(sql::Tx& tx, std::vector<core::PersonId> const& persons);
std::vector<core::PersonId> persons_of_accounts(sql::Tx& tx, std::vector<core::Uuid> const& ids);

/// Without what the course plan wants: that is the timetable's.
WeekFacts facts_of(sql::Tx& tx, WeekCell const& cell);
/// Sessions of one school and week, in the order of the timetable.
std::vector<SessionFact> sessions(sql::Tx& tx, WeekCell const& cell);
/// Every school and week of which there is a fact or a rollup.
std::vector<WeekCell> all_weeks(sql::Tx& tx);

// ---- rollups

void mark_dirty(sql::Tx& tx, std::set<WeekCell> const& cells);
/// Marks every school's weeks from..to (Mondays) for which there is a rollup.
void mark_weeks_dirty(sql::Tx& tx, core::LocalDate from, core::LocalDate to);
/// Marks each week of these schools for which there is a rollup.
void mark_schools_dirty(sql::Tx& tx, std::vector<core::OrgId> const& schools);
std::vector<WeekCell> take_dirty(sql::Tx& tx);
/// Replaces the rollups of one school and week.
void replace_rollups(sql::Tx& tx, WeekCell const& cell, std::vector<Rollup> const& rows);
void touch_state(sql::Tx& tx, core::Instant now);
/// 0 before the first computation.
RollupState state(sql::Tx& tx);

/// Rows without a subject of all schools, from..to (Mondays).
std::vector<Rollup> totals(sql::Tx& tx, core::LocalDate from, core::LocalDate to);
/// One indicator in one week by school and subject (totals too).
std::vector<Rollup> matrix(sql::Tx& tx, std::string const& indicator, core::LocalDate monday);
/// All rows of one school from..to.
std::vector<Rollup> of_school(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to);
/// Subjects of which every school had a lesson held in one week.
std::vector<Rollup> coverage_by_subject(sql::Tx& tx, core::LocalDate monday);
std::vector<Rollup> all(sql::Tx& tx);

// ---- declarations and targets

void insert_declarations(sql::Tx& tx, std::vector<Declaration> const& rows);
/// The last word of each school for each indicator and month in [from, to].
std::vector<Declaration> declarations(sql::Tx& tx, std::string const& from_month, std::string const& to_month);
void put_targets(sql::Tx& tx, std::vector<Target> const& rows);
/// False if there is none.
bool delete_target(sql::Tx& tx, std::string const& indicator, core::OrgId const& org, core::LocalDate due);
std::vector<Target> targets(sql::Tx& tx);

}  // namespace santong::indicators::store
