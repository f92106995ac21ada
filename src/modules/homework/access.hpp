#pragma once
// Who may see and do what with homework, and what is said in the feed. Inner header of the module.
#include <map>
#include <set>

#include "modules/homework/service.hpp"
#include "modules/homework/store.hpp"
#include "modules/roster/service.hpp"

namespace santong::homework::access {

/// A class and a subject that somebody teaches by the timetable, substitutions left out.
using TaughtPlace = std::pair<core::OrgId, std::string>;
std::set<TaughtPlace> taught_places(sql::Tx& tx, core::PersonId const& teacher, core::LocalDate today);

/// Whether a teacher may see the works of a class in a homework: he set it, or teaches that class that subject.
bool teaches(sql::Tx& tx, auth::Caller const& caller, Homework const& homework, core::OrgId const& class_id,
             core::LocalDate today);
/// A homework that the caller set; refuses "homework.not_found".
core::Result<Homework> own(sql::Tx& tx, auth::Caller const& caller, HomeworkId const& id);
/// A homework of which the caller teaches this class; refuses "homework.not_found".
core::Result<Homework> of_class(sql::Tx& tx, auth::Caller const& caller, HomeworkId const& id,
                                core::OrgId const& class_id, core::LocalDate today);
/// A submission that the caller may mark, with its homework; refuses "homework.submission_not_found".
struct Marked {
    Homework homework;
    Submission submission;
};
core::Result<Marked> to_mark(sql::Tx& tx, auth::Caller const& caller, SubmissionId const& id, core::LocalDate today);
/// Whether a pupil is or was among those that a homework is for.
bool is_for(sql::Tx& tx, Homework const& homework, core::PersonId const& pupil, core::LocalDate today);

/// Uploads of the caller as files of a work; those in `kept` are taken as they are. Refuses "homework.file_not_taken"
/// for kinds that nobody can look at, "homework.too_many_files".
enum class FileKinds { pictures, any_work };
core::Result<std::vector<WorkFile>> take_files(sql::Tx& tx, files::Files const& files, auth::Caller const& caller,
                                               std::vector<core::FileId> const& ids, std::vector<WorkFile> const& kept,
                                               FileKinds kinds);
/// Writes the files of a round: holds new ones, releases those that are gone.
core::Result<void> swap_files(sql::Tx& tx, files::Files const& files, Submission const& submission,
                              std::vector<WorkFile> const& before, std::vector<WorkFile> const& after);

/// A submission that has not been begun.
Submission fresh(Homework const& homework, core::OrgId const& class_id, core::PersonId const& pupil);
void announce(sql::Tx& tx, Homework const& homework);
/// Writes the submission and says it in the feed; `work` is its newest round.
void put(sql::Tx& tx, Homework const& homework, Submission const& submission, Work const* work);

/// The limits that hold at a class: those of the nearest node above it, or the usual ones.
std::vector<DailyLimit> limits_at(sql::Tx& tx, core::OrgId const& org);
/// The node whose limits hold there; absent = the usual ones.
std::optional<core::OrgId> limits_from(sql::Tx& tx, core::OrgId const& org);

}  // namespace santong::homework::access
