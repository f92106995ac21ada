#include "modules/homework/access.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/homework/permissions.hpp"
#include "modules/resources/service_learner.hpp"
#include "modules/timetable/service.hpp"
#include "platform/feed/feed.hpp"

namespace santong::homework::access {

namespace {

/// Days of the timetable by which one sees who teaches whom.
constexpr int days_back = 28, days_ahead = 13;

bool is_work(files::FileObject const& file, FileKinds kinds) {
    using enum files::FileKind;
    bool const shown = file.kind == picture || file.media_type == "application/pdf";
    if (kinds == FileKinds::pictures) return shown;
    return shown || file.kind == document || file.kind == text || file.kind == audio || file.kind == slides ||
           file.kind == table;
}

}  // namespace

std::set<TaughtPlace> taught_places(sql::Tx& tx, core::PersonId const& teacher, core::LocalDate today) {
    std::set<TaughtPlace> places;
    for (auto const& lesson :
         timetable::lessons_of_teacher(tx, teacher, today.plus_days(-days_back), today.plus_days(days_ahead))) {
        if (lesson.source == timetable::LessonSource::timetable) places.emplace(lesson.class_id, lesson.subject);
    }
    return places;
}

bool teaches(sql::Tx& tx, auth::Caller const& caller, Homework const& homework, core::OrgId const& class_id,
             core::LocalDate today) {
    auto const& classes = homework.content.class_ids;
    if (std::ranges::find(classes, class_id) == classes.end()) return false;
    if (!caller.may(tx, permissions::set, homework.school_id)) return false;
    return homework.teacher_id == caller.person ||
           taught_places(tx, caller.person, today).contains({class_id, homework.subject});
}

core::Result<Homework> own(sql::Tx& tx, auth::Caller const& caller, HomeworkId const& id) {
    auto found = store::find(tx, id);
    if (!found || found->teacher_id != caller.person || !caller.may(tx, permissions::set, found->school_id))
        return core::not_found("homework.not_found");
    return std::move(*found);
}

core::Result<Homework> of_class(sql::Tx& tx, auth::Caller const& caller, HomeworkId const& id,
                                core::OrgId const& class_id, core::LocalDate today) {
    auto found = store::find(tx, id);
    if (!found || !teaches(tx, caller, *found, class_id, today)) return core::not_found("homework.not_found");
    return std::move(*found);
}

core::Result<Marked> to_mark(sql::Tx& tx, auth::Caller const& caller, SubmissionId const& id, core::LocalDate today) {
    auto submission = store::submission(tx, id);
    auto homework = submission ? store::find(tx, submission->homework_id) : std::nullopt;
    if (!homework || !teaches(tx, caller, *homework, submission->class_id, today))
        return core::not_found("homework.submission_not_found");
    return Marked{std::move(*homework), *submission};
}

bool is_for(sql::Tx& tx, Homework const& homework, core::PersonId const& pupil, core::LocalDate today) {
    auto const class_id = roster::pupil_class(tx, pupil, today);
    auto const& classes = homework.content.class_ids;
    if (class_id && std::ranges::find(classes, *class_id) != classes.end()) return true;
    return store::submission(tx, submission_id(homework.id, pupil)).has_value();
}

core::Result<std::vector<WorkFile>> take_files(sql::Tx& tx, files::Files const& files, auth::Caller const& caller,
                                               std::vector<core::FileId> const& ids, std::vector<WorkFile> const& kept,
                                               FileKinds kinds) {
    if (ids.size() > most_files)
        return core::invalid("homework.too_many_files", {{"most", std::to_string(most_files)}});
    std::vector<WorkFile> taken;
    for (auto const& id : ids) {
        if (std::ranges::find(taken, id, &WorkFile::file_id) != taken.end()) continue;
        if (auto const known = std::ranges::find(kept, id, &WorkFile::file_id); known != kept.end()) {
            taken.push_back(*known);
            continue;
        }
        auto const file = TRY(files.own(tx, caller, id));
        if (!is_work(file, kinds)) return core::unsupported("homework.file_not_taken", {{"name", file.name}});
        taken.push_back({id, file.name, file.media_type});
    }
    return taken;
}

core::Result<void> swap_files(sql::Tx& tx, files::Files const& files, Submission const& submission,
                              std::vector<WorkFile> const& before, std::vector<WorkFile> const& after) {
    auto const holder = submission.id.text();
    for (auto const& one : before) {
        if (std::ranges::find(after, one) == after.end()) files.release(tx, one.file_id, work_holder, holder);
    }
    for (auto const& one : after) {
        if (std::ranges::find(before, one) == before.end())
            TRY_VOID(files.hold(tx, one.file_id, work_holder, holder, submission.school_id));
    }
    return {};
}

Submission fresh(Homework const& homework, core::OrgId const& class_id, core::PersonId const& pupil) {
    Submission one;
    one.id = submission_id(homework.id, pupil);
    one.homework_id = homework.id;
    one.school_id = homework.school_id;
    one.class_id = class_id;
    one.pupil_id = pupil;
    return one;
}

void announce(sql::Tx& tx, Homework const& one) {
    HomeworkSet const said{one.id,
                           one.school_id,
                           one.teacher_id,
                           one.content.class_ids,
                           one.subject,
                           one.content.form,
                           one.content.written,
                           one.set_on,
                           one.content.due_on,
                           one.content.minutes,
                           one.withdrawn_at.has_value()};
    feed::put(tx, {"homework.Homework", one.id.text(), one.school_id}, said);
}

void put(sql::Tx& tx, Homework const& homework, Submission const& submission, Work const* work) {
    store::put_submission(tx, submission);
    SubmissionMoved moved{submission.id,
                          submission.homework_id,
                          submission.school_id,
                          submission.class_id,
                          submission.pupil_id,
                          homework.subject,
                          submission.state,
                          submission.round,
                          {},
                          false,
                          {},
                          {}};
    if (work != nullptr) {
        moved.how = work->how;
        moved.late = work->late;
        moved.handed_in_at = work->handed_in_at;
        if (work->how == HandedBy::online)
            moved.learner = resources::learner_mark(tx, submission.pupil_id, work->handed_in_at);
    }
    feed::put(tx, {"homework.Submission", submission.id.text(), submission.school_id}, moved);
}

std::vector<DailyLimit> limits_at(sql::Tx& tx, core::OrgId const& org) {
    auto const path = roster::self_and_ancestors(tx, org);
    auto const rows = store::limits(tx, path);
    for (auto const& node : path) {
        auto const row = std::ranges::find(rows, node, &store::LimitsRow::org_id);
        if (row == rows.end()) continue;
        return core::json::read<std::vector<DailyLimit>>(row->limits.value, core::json::UnknownFields::ignore).value();
    }
    return usual_limits();
}

std::optional<core::OrgId> limits_from(sql::Tx& tx, core::OrgId const& org) {
    auto const path = roster::self_and_ancestors(tx, org);
    auto const rows = store::limits(tx, path);
    for (auto const& node : path) {
        if (std::ranges::find(rows, node, &store::LimitsRow::org_id) != rows.end()) return node;
    }
    return std::nullopt;
}

}  // namespace santong::homework::access
