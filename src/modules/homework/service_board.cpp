#include "modules/homework/service_board.hpp"

#include <algorithm>

#include "modules/homework/access.hpp"
#include "modules/homework/permissions.hpp"

namespace santong::homework {

namespace {

/// What is known of the pupils of a class in one homework, while a use case changes it.
struct ClassWorks {
    Homework homework;
    core::OrgId class_id;
    core::LocalDate today;
    std::map<core::PersonId, Submission> submissions;
    std::map<SubmissionId, Work> newest;

    Work* work_of(Submission const& one) {
        auto const found = newest.find(one.id);
        return found == newest.end() ? nullptr : &found->second;
    }
};

ClassWorks load(sql::Tx& tx, Homework homework, core::OrgId const& class_id, core::LocalDate today) {
    ClassWorks all{std::move(homework), class_id, today, {}, {}};
    std::vector<SubmissionId> ids;
    for (auto& one : store::submissions(tx, all.homework.id, class_id)) {
        ids.push_back(one.id);
        all.submissions.emplace(one.pupil_id, one);
    }
    for (auto& work : store::works(tx, ids)) all.newest.insert_or_assign(work.submission_id, std::move(work));
    return all;
}

BoardRow row_of(roster::Pupil const& pupil, ClassWorks& all) {
    BoardRow row;
    row.pupil_id = pupil.person_id;
    row.name = pupil.name;
    row.pupil_number = pupil.pupil_number;
    row.submission_id = submission_id(all.homework.id, pupil.person_id);
    auto const found = all.submissions.find(pupil.person_id);
    if (found == all.submissions.end()) return row;
    auto const& submission = found->second;
    row.state = submission.state;
    row.round = submission.round;
    row.reminded_at = submission.reminded_at;
    auto const* work = all.work_of(submission);
    if (work == nullptr) return row;
    row.how = work->how;
    row.late = work->late;
    row.handed_in_at = work->handed_in_at;
    row.files = static_cast<std::int32_t>(work->files.size());
    row.has_text = !work->text.empty();
    row.marked = work->marked_at.has_value();
    row.result = work->result;
    if (work->how != HandedBy::online && !row.marked && submission.state == SubmissionState::handed_in)
        row.photos = work->files;
    return row;
}

core::Result<ClassBoard> board(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock, HomeworkId const& id,
                               core::OrgId const& class_id) {
    auto const today = roster::today(tx, clock);
    auto all = load(tx, TRY(access::of_class(tx, caller, id, class_id, today)), class_id, today);
    ClassBoard view;
    view.class_id = class_id;
    view.now = clock.now();
    view.homework.homework = all.homework;
    view.homework.mine = all.homework.teacher_id == caller.person;
    view.homework.past = all.homework.content.due_on < today;
    for (auto const& group : roster::class_groups(tx, all.homework.content.class_ids, today))
        view.homework.classes.push_back({group.id, group.name, group.pupils});
    if (!view.homework.mine)
        std::erase_if(view.homework.classes, [&](HomeworkClass const& one) { return one.id != class_id; });
    std::ranges::sort(view.homework.classes, {}, &HomeworkClass::name);
    auto pupils = roster::pupils_of_class(tx, class_id, today);
    std::ranges::sort(pupils, {}, &roster::Pupil::pupil_number);
    for (auto const& pupil : pupils) {
        auto const& row = view.rows.emplace_back(row_of(pupil, all));
        ++view.homework.pupils;
        if (row.round == 0) continue;
        ++view.homework.handed_in;
        if (row.late) ++view.homework.late;
        if (row.state == SubmissionState::handed_in) ++(row.marked ? view.homework.marked : view.homework.to_mark);
    }
    return view;
}

/// Refuses pupils who are not in the class.
core::Result<std::map<core::PersonId, std::string>> pupils_named(sql::Tx& tx, ClassWorks const& all,
                                                                 std::vector<core::PersonId> const& ids) {
    std::map<core::PersonId, std::string> names;
    for (auto const& pupil : roster::pupils_of_class(tx, all.class_id, all.today))
        names.emplace(pupil.person_id, pupil.name);
    for (auto const& id : ids) {
        if (!names.contains(id)) return core::not_found("homework.pupil_not_found");
    }
    return names;
}

Submission& of_pupil(ClassWorks& all, core::PersonId const& pupil) {
    return all.submissions.try_emplace(pupil, access::fresh(all.homework, all.class_id, pupil)).first->second;
}

Work new_round(ClassWorks const& all, Submission& submission, core::Clock const& clock, HandedBy how) {
    ++submission.round;
    submission.state = SubmissionState::handed_in;
    submission.updated_at = clock.now();
    Work work;
    work.submission_id = submission.id;
    work.round = submission.round;
    work.how = how;
    work.handed_in_at = clock.now();
    work.late = submission.round == 1 && all.today > all.homework.content.due_on;
    return work;
}

void tick(sql::Tx& tx, ClassWorks& all, core::PersonId const& pupil, core::Clock const& clock) {
    auto& submission = of_pupil(all, pupil);
    bool const awaited = submission.state == SubmissionState::open || submission.state == SubmissionState::correction;
    if (!awaited) return;
    auto const work = new_round(all, submission, clock, HandedBy::paper);
    store::put_work(tx, work);
    access::put(tx, all.homework, submission, &work);
}

core::Result<void> untick(sql::Tx& tx, files::Files const& files, ClassWorks& all, core::PersonId const& pupil,
                          core::Clock const& clock) {
    auto const found = all.submissions.find(pupil);
    if (found == all.submissions.end() || found->second.state != SubmissionState::handed_in) return {};
    auto& submission = found->second;
    auto const* work = all.work_of(submission);
    if (work == nullptr || work->how == HandedBy::online || work->marked_at) return {};
    TRY_VOID(access::swap_files(tx, files, submission, work->files, {}));
    store::remove_ink(tx, submission.id, submission.round);
    store::remove_work(tx, submission.id, submission.round);
    --submission.round;
    submission.state = submission.round == 0 ? SubmissionState::open : SubmissionState::correction;
    submission.updated_at = clock.now();
    access::put(tx, all.homework, submission, nullptr);
    return {};
}

/// The round that photographs go to: the one that is collected, or a new one.
core::Result<Work> photographed(ClassWorks& all, Submission& submission, std::string const& name,
                                core::Clock const& clock) {
    if (submission.state == SubmissionState::returned)
        return core::conflict("homework.marked_already", {{"name", name}});
    if (submission.state != SubmissionState::handed_in) return new_round(all, submission, clock, HandedBy::photo);
    auto* work = all.work_of(submission);
    if (work->how == HandedBy::online) return core::conflict("homework.handed_in_online", {{"name", name}});
    if (work->marked_at) return core::conflict("homework.marked_already", {{"name", name}});
    return *work;
}

/// All pages of the class's photographed works: those may go from one pupil to another.
std::vector<WorkFile> all_pages(ClassWorks const& all) {
    std::vector<WorkFile> pages;
    for (auto const& [id, work] : all.newest) {
        if (work.how == HandedBy::online || work.marked_at) continue;
        pages.insert(pages.end(), work.files.begin(), work.files.end());
    }
    return pages;
}

}  // namespace

core::Result<ClassBoard> class_board(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                     HomeworkId const& id, core::OrgId const& class_id) {
    return db.read(caller.district, [&](sql::Tx& tx) { return board(tx, caller, clock, id, class_id); });
}

core::Result<ClassBoard> collect(sql::Database& db, files::Files const& files, auth::Caller const& caller,
                                 core::Clock const& clock, HomeworkId const& id, core::OrgId const& class_id,
                                 CollectRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassBoard> {
        auto const today = roster::today(tx, clock);
        auto all = load(tx, TRY(access::of_class(tx, caller, id, class_id, today)), class_id, today);
        if (all.homework.withdrawn_at) return core::conflict("homework.withdrawn");
        TRY(pupils_named(tx, all, request.pupils));
        for (auto const& pupil : request.pupils) {
            if (request.collected)
                tick(tx, all, pupil, clock);
            else
                TRY_VOID(untick(tx, files, all, pupil, clock));
        }
        return board(tx, caller, clock, id, class_id);
    });
}

core::Result<ClassBoard> put_photos(sql::Database& db, files::Files const& files, auth::Caller const& caller,
                                    core::Clock const& clock, HomeworkId const& id, core::OrgId const& class_id,
                                    PhotoRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<ClassBoard> {
        auto const today = roster::today(tx, clock);
        auto all = load(tx, TRY(access::of_class(tx, caller, id, class_id, today)), class_id, today);
        if (all.homework.withdrawn_at) return core::conflict("homework.withdrawn");
        std::vector<core::PersonId> pupils;
        for (auto const& one : request.works) pupils.push_back(one.pupil_id);
        auto const names = TRY(pupils_named(tx, all, pupils));
        auto const known = all_pages(all);
        std::set<core::FileId> placed;
        for (auto const& one : request.works) {
            auto& submission = of_pupil(all, one.pupil_id);
            auto work = TRY(photographed(all, submission, names.at(one.pupil_id), clock));
            auto pages = TRY(access::take_files(tx, files, caller, one.files, known, access::FileKinds::pictures));
            for (auto const& page : pages) {
                if (!placed.insert(page.file_id).second) return core::invalid("homework.page_twice");
            }
            if (work.files != pages) store::remove_ink(tx, submission.id, submission.round);
            TRY_VOID(access::swap_files(tx, files, submission, work.files, pages));
            work.files = std::move(pages);
            work.how = work.files.empty() ? HandedBy::paper : HandedBy::photo;
            submission.updated_at = clock.now();
            store::put_work(tx, work);
            access::put(tx, all.homework, submission, &work);
        }
        return board(tx, caller, clock, id, class_id);
    });
}

core::Result<Reminded> remind(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                              HomeworkId const& id, core::OrgId const& class_id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Reminded> {
        auto const today = roster::today(tx, clock);
        auto all = load(tx, TRY(access::of_class(tx, caller, id, class_id, today)), class_id, today);
        if (all.homework.withdrawn_at) return core::conflict("homework.withdrawn");
        Reminded reminded;
        for (auto const& pupil : roster::pupils_of_class(tx, class_id, today)) {
            auto& submission = of_pupil(all, pupil.person_id);
            if (submission.state != SubmissionState::open && submission.state != SubmissionState::correction) continue;
            submission.reminded_at = submission.updated_at = clock.now();
            store::put_submission(tx, submission);
            ++reminded.pupils;
        }
        return reminded;
    });
}

}  // namespace santong::homework
