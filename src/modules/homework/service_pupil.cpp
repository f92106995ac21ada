#include "modules/homework/service_pupil.hpp"

#include <algorithm>

#include "modules/homework/access.hpp"
#include "modules/homework/permissions.hpp"
#include "modules/resources/service.hpp"
#include "platform/text/utf8.hpp"

namespace santong::homework {

namespace {

/// Of the library, what the reader may open; files always.
std::vector<HomeworkAttachment> openable(sql::Tx& tx, auth::Caller const& caller,
                                         std::vector<HomeworkAttachment> const& all) {
    std::vector<HomeworkAttachment> found;
    for (auto const& one : all) {
        if (one.resource_id) {
            auto const resource = resources::resource(tx, *one.resource_id);
            if (!resource || !resources::can_read(tx, caller, *resource)) continue;
        }
        found.push_back(one);
    }
    return found;
}

PupilHomework outline(sql::Tx& tx, auth::Caller const& caller, Homework const& homework, core::LocalDate today) {
    auto const& content = homework.content;
    PupilHomework one;
    one.id = homework.id;
    one.subject = homework.subject;
    one.title = content.title;
    one.text = content.text;
    one.form = content.form;
    one.set_on = homework.set_on;
    one.due_on = content.due_on;
    one.minutes = content.minutes;
    one.attachments = openable(tx, caller, content.attachments);
    one.past = content.due_on < today;
    return one;
}

void add_work(PupilHomework& one, Submission const& submission, std::vector<Work> const& works) {
    one.state = submission.state;
    one.reminded_at = submission.reminded_at;
    for (auto const& work : works) {
        if (work.submission_id != submission.id) continue;
        one.late = one.late || (work.round == 1 && work.late);
        one.how = work.how;
        one.handed_in_at = work.handed_in_at;
        one.corrections = work.round - 1;
        if (!work.returned_at) continue;
        one.result = work.result;
        one.comment = work.comment;
    }
}

std::vector<PupilHomework> rows_of(sql::Tx& tx, auth::Caller const& caller, core::PersonId const& pupil,
                                   std::vector<Homework> const& all, core::LocalDate today) {
    std::vector<HomeworkId> ids;
    std::set<core::PersonId> teachers;
    for (auto const& one : all) {
        ids.push_back(one.id);
        teachers.insert(one.teacher_id);
    }
    auto const names = roster::names(tx, {teachers.begin(), teachers.end()});
    auto const submissions = store::submissions_of(tx, pupil, ids);
    std::vector<SubmissionId> submission_ids;
    for (auto const& one : submissions) submission_ids.push_back(one.id);
    auto const works = store::works(tx, submission_ids);
    std::vector<PupilHomework> rows;
    for (auto const& homework : all) {
        auto row = outline(tx, caller, homework, today);
        if (auto const name = names.find(homework.teacher_id); name != names.end()) row.teacher_name = name->second;
        auto const own = std::ranges::find(submissions, homework.id, &Submission::homework_id);
        if (own != submissions.end()) add_work(row, *own, works);
        rows.push_back(std::move(row));
    }
    return rows;
}

core::Result<core::Page<PupilHomework>> page(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock,
                                             core::PersonId const& pupil, PupilHomeworkQuery const& query) {
    constexpr int most = 60, usual = 20;
    auto const today = roster::today(tx, clock);
    core::Page<PupilHomework> found;
    auto const class_id = roster::pupil_class(tx, pupil, today);
    if (!class_id) return found;
    auto const term = TRY(roster::term_at(tx, today));
    store::PupilFilter filter;
    filter.class_id = *class_id;
    filter.pupil = pupil;
    filter.open = query.open.value_or(false);
    filter.from = filter.open ? today.plus_days(-days_open) : term.from_date;
    filter.before = query.after.value_or("");
    int const limit = std::clamp(query.limit.value_or(usual), 1, most);
    filter.limit = limit + 1;
    auto all = store::of_pupil(tx, filter);
    if (static_cast<int>(all.size()) > limit) {
        all.resize(static_cast<std::size_t>(limit));
        found.next = all.back().content.due_on.text() + "." + all.back().id.text();
    }
    found.items = rows_of(tx, caller, pupil, all, today);
    return found;
}

/// Rounds with their marks where they were given back.
std::vector<RoundView> rounds_of(sql::Tx& tx, SubmissionId const& id) {
    std::vector<RoundView> rounds;
    auto const ink = store::ink(tx, id);
    for (auto& work : store::works(tx, {id})) {
        RoundView round{std::move(work), {}, ""};
        auto& known = round.work;
        if (known.returned_at) {
            for (auto const& row : ink) {
                if (row.round == known.round) round.ink.push_back(row.ink);
            }
            if (known.marked_by) round.marked_by = roster::names(tx, {*known.marked_by})[*known.marked_by];
        } else {
            known.result = MarkResult::none;
            known.comment.clear();
            known.marked_at.reset();
        }
        known.marked_by.reset();
        rounds.push_back(std::move(round));
    }
    return rounds;
}

bool may_hand_in(Homework const& homework, Submission const* submission, Work const* work) {
    if (homework.withdrawn_at || homework.content.form == Form::paper) return false;
    if (submission == nullptr) return true;
    bool const marked = submission->state == SubmissionState::handed_in && work != nullptr && work->marked_at;
    return takes_hand_in(submission->state) && !marked;
}

core::Result<PupilHomeworkView> view(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock,
                                     core::PersonId const& pupil, HomeworkId const& id) {
    auto const today = roster::today(tx, clock);
    auto const homework = store::find(tx, id);
    if (!homework || homework->withdrawn_at || !access::is_for(tx, *homework, pupil, today))
        return core::not_found("homework.not_found");
    auto const submission = store::submission(tx, submission_id(id, pupil));
    auto const work = submission ? store::work(tx, submission->id, submission->round) : std::nullopt;
    PupilHomeworkView found;
    found.homework = rows_of(tx, caller, pupil, {*homework}, today).front();
    if (submission) found.rounds = rounds_of(tx, submission->id);
    found.may_hand_in = may_hand_in(*homework, submission ? &*submission : nullptr, work ? &*work : nullptr);
    return found;
}

core::Result<void> check_child(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock,
                               core::PersonId const& child) {
    auto const children = roster::pupils_of_guardian(tx, caller.person, roster::today(tx, clock));
    if (std::ranges::find(children, child) == children.end()) return core::not_found("roster.person_not_found");
    return {};
}

core::Result<void> check_hand_in(Homework const& homework, Submission const& submission, Work const* work,
                                 HandInRequest const& request) {
    if (homework.content.form == Form::paper) return core::conflict("homework.on_paper_only");
    if (text::trim(request.text).empty() && request.files.empty()) return core::invalid("homework.nothing_to_hand_in");
    if (text::count_characters(request.text) > longest_text)
        return core::invalid_at("/text", "core.too_long", {{"max", std::to_string(longest_text)}});
    if (submission.state == SubmissionState::returned) return core::conflict("homework.given_back");
    if (submission.state == SubmissionState::handed_in && work != nullptr && work->marked_at)
        return core::conflict("homework.being_marked");
    return {};
}

}  // namespace

core::Result<core::Page<PupilHomework>> pupil_homework(sql::Database& db, auth::Caller const& caller,
                                                       core::Clock const& clock, PupilHomeworkQuery const& query) {
    return db.read(caller.district, [&](sql::Tx& tx) { return page(tx, caller, clock, caller.person, query); });
}

core::Result<core::Page<PupilHomework>> child_homework(sql::Database& db, auth::Caller const& caller,
                                                       core::Clock const& clock, core::PersonId const& child,
                                                       PupilHomeworkQuery const& query) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<PupilHomework>> {
        TRY_VOID(check_child(tx, caller, clock, child));
        return page(tx, caller, clock, child, query);
    });
}

core::Result<PupilHomeworkView> pupil_homework_view(sql::Database& db, auth::Caller const& caller,
                                                    core::Clock const& clock, HomeworkId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) { return view(tx, caller, clock, caller.person, id); });
}

core::Result<PupilHomeworkView> child_homework_view(sql::Database& db, auth::Caller const& caller,
                                                    core::Clock const& clock, core::PersonId const& child,
                                                    HomeworkId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PupilHomeworkView> {
        TRY_VOID(check_child(tx, caller, clock, child));
        auto found = TRY(view(tx, caller, clock, child, id));
        found.may_hand_in = false;
        return found;
    });
}

core::Result<PupilHomeworkView> hand_in(sql::Database& db, files::Files const& files, auth::Caller const& caller,
                                        core::Clock const& clock, HomeworkId const& id, HandInRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PupilHomeworkView> {
        auto const today = roster::today(tx, clock);
        auto const homework = store::find(tx, id);
        if (!homework || homework->withdrawn_at || !access::is_for(tx, *homework, caller.person, today))
            return core::not_found("homework.not_found");
        auto submission = store::submission(tx, submission_id(id, caller.person));
        if (!submission)
            submission = access::fresh(*homework, roster::pupil_class(tx, caller.person, today).value_or(core::OrgId{}),
                                       caller.person);
        auto const known = store::work(tx, submission->id, submission->round);
        TRY_VOID(check_hand_in(*homework, *submission, known ? &*known : nullptr, request));
        Work work;
        std::vector<WorkFile> before;
        if (submission->state == SubmissionState::handed_in) {
            before = known->files;
            work.late = known->late;
        } else {
            ++submission->round;
        }
        work.submission_id = submission->id;
        work.round = submission->round;
        work.text = request.text;
        work.files = TRY(access::take_files(tx, files, caller, request.files, before, access::FileKinds::any_work));
        work.handed_in_at = submission->updated_at = clock.now();
        // a correction has no due day of its own
        work.late = work.late || (work.round == 1 && today > homework->content.due_on);
        submission->state = SubmissionState::handed_in;
        TRY_VOID(access::swap_files(tx, files, *submission, before, work.files));
        store::put_work(tx, work);
        access::put(tx, *homework, *submission, &work);
        return view(tx, caller, clock, caller.person, id);
    });
}

}  // namespace santong::homework
