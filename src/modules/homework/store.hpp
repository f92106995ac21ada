#pragma once
// May include: domain.hpp, platform/{sql,feed}. Every SQL text of the module is in store*.cpp.
#include "modules/homework/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::homework::store {

// ---- homework

std::optional<Homework> find(sql::Tx& tx, HomeworkId const& id);
std::vector<Homework> find(sql::Tx& tx, std::vector<HomeworkId> const& ids);
void insert(sql::Tx& tx, std::vector<Homework> const& rows);
/// One conditional UPDATE from version `row.version - 1`; false if somebody changed it meanwhile.
bool update(sql::Tx& tx, Homework const& row);

/// A teacher's own, newest first. Empty = any.
struct ListFilter {
    core::PersonId teacher;
    std::vector<std::string> places{};   ///< "class/subject" that he teaches: homework of colleagues there as well
    std::vector<core::OrgId> classes{};  ///< the classes of `places`
    std::optional<core::OrgId> class_id;
    std::string text;
    std::string state;  ///< "current" due today or later, "past", "withdrawn"; empty = all that is not withdrawn
    core::LocalDate today;
    std::optional<core::Instant> before;
    HomeworkId before_id;
    int limit = 20;
};
std::vector<Homework> list(sql::Tx& tx, ListFilter const& filter);

/// What classes have due between two days, withdrawn ones left out.
struct DueRow {
    core::OrgId class_id;
    HomeworkId id;
    core::PersonId teacher_id;
    std::string subject;
    std::string title;
    core::LocalDate due_on;
    bool written = true;
    std::int32_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(DueRow, (), (class_id, id, teacher_id, subject, title, due_on, written, minutes))
std::vector<DueRow> due(sql::Tx& tx, std::vector<core::OrgId> const& classes, core::LocalDate from, core::LocalDate to);

/// Homework of a class for one of its pupils, newest due day first. `open`: only what he still has to do.
struct PupilFilter {
    core::OrgId class_id;
    core::PersonId pupil;
    core::LocalDate from;  ///< earliest due day
    bool open = false;
    std::string before;  ///< due day and id of the last one of the page before, "YYYY-MM-DD.id"
    int limit = 20;
};
std::vector<Homework> of_pupil(sql::Tx& tx, PupilFilter const& filter);

/// How many works of a homework stand where.
struct WorkCounts {
    HomeworkId homework_id;
    std::int64_t handed_in = 0;  ///< whatever came, given back or not
    std::int64_t to_mark = 0;
    std::int64_t marked = 0;  ///< not yet given back
    std::int64_t late = 0;
};
BOOST_DESCRIBE_STRUCT(WorkCounts, (), (homework_id, handed_in, to_mark, marked, late))
std::vector<WorkCounts> counts(sql::Tx& tx, std::vector<HomeworkId> const& ids);
/// Of these classes alone.
std::vector<WorkCounts> counts_in(sql::Tx& tx, HomeworkId const& id, std::vector<core::OrgId> const& classes);
std::int64_t waiting(sql::Tx& tx, core::PersonId const& teacher);

// ---- submissions and works

std::optional<Submission> submission(sql::Tx& tx, SubmissionId const& id);
std::vector<Submission> submissions(sql::Tx& tx, HomeworkId const& homework, core::OrgId const& class_id);
std::vector<Submission> submissions_of(sql::Tx& tx, core::PersonId const& pupil,
                                       std::vector<HomeworkId> const& homework);
void put_submission(sql::Tx& tx, Submission const& row);

std::vector<Work> works(sql::Tx& tx, std::vector<SubmissionId> const& ids);
std::optional<Work> work(sql::Tx& tx, SubmissionId const& id, int round);
void insert_works(sql::Tx& tx, std::vector<Work> const& rows);
void put_work(sql::Tx& tx, Work const& row);
void remove_work(sql::Tx& tx, SubmissionId const& id, int round);

struct InkRow {
    SubmissionId submission_id;
    std::int32_t round = 1;
    InkSheet ink;
};
std::vector<InkRow> ink(sql::Tx& tx, SubmissionId const& id);
void put_ink(sql::Tx& tx, std::vector<InkRow> const& rows);
void remove_ink(sql::Tx& tx, SubmissionId const& id, int round);

/// Works with files whose homework was due before a day.
std::vector<Work> old_works(sql::Tx& tx, core::LocalDate before, int limit);

// ---- phrases and limits

std::vector<std::string> phrases(sql::Tx& tx, core::PersonId const& teacher);
void put_phrases(sql::Tx& tx, core::PersonId const& teacher, std::vector<std::string> const& texts);

struct LimitsRow {
    core::OrgId org_id;
    core::RawJson limits;
    core::PersonId changed_by;
    core::Instant changed_at;
};
BOOST_DESCRIBE_STRUCT(LimitsRow, (), (org_id, limits, changed_by, changed_at))
std::vector<LimitsRow> limits(sql::Tx& tx, std::vector<core::OrgId> const& orgs);
void put_limits(sql::Tx& tx, LimitsRow const& row);
void remove_limits(sql::Tx& tx, core::OrgId const& org);

}  // namespace santong::homework::store
