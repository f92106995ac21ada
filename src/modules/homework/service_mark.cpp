// Marking: what the pen writes stands beside the untouched work; giving back, one or all.
#include <algorithm>

#include "modules/homework/access.hpp"
#include "modules/homework/permissions.hpp"
#include "modules/homework/service_board.hpp"
#include "modules/homework/telling.hpp"
#include "platform/text/utf8.hpp"

namespace santong::homework {

namespace {

/// Those that handed in, in the order of the class list.
std::vector<SubmissionId> in_order(sql::Tx& tx, Homework const& homework, core::OrgId const& class_id,
                                   core::LocalDate today) {
    std::set<SubmissionId> there;
    for (auto const& one : store::submissions(tx, homework.id, class_id)) {
        if (one.round > 0) there.insert(one.id);
    }
    auto pupils = roster::pupils_of_class(tx, class_id, today);
    std::ranges::sort(pupils, {}, &roster::Pupil::pupil_number);
    std::vector<SubmissionId> order;
    for (auto const& pupil : pupils) {
        auto const id = submission_id(homework.id, pupil.person_id);
        if (there.contains(id)) order.push_back(id);
    }
    return order;
}

void place(SubmissionView& view, std::vector<SubmissionId> const& order) {
    view.of = static_cast<std::int32_t>(order.size());
    auto const here = std::ranges::find(order, view.submission.id);
    if (here == order.end()) return;
    view.place = static_cast<std::int32_t>(here - order.begin()) + 1;
    if (here != order.begin()) view.previous = *(here - 1);
    if (here + 1 != order.end()) view.next = *(here + 1);
}

/// Whether a mark says anything.
bool says_something(MarkRequest const& request, std::vector<store::InkRow> const& ink) {
    if (request.result != MarkResult::none || !text::trim(request.comment).empty()) return true;
    return std::ranges::any_of(
        ink, [&](store::InkRow const& row) { return row.round == request.round && !row.ink.strokes.empty(); });
}

void hand_back(sql::Tx& tx, core::Clock const& clock, auth::Caller const& caller, access::Marked& at, Work& work,
               bool correction) {
    if (work.result == MarkResult::none && work.comment.empty()) work.result = MarkResult::read;
    if (!work.marked_at) {
        work.marked_at = clock.now();
        work.marked_by = caller.person;
    }
    work.returned_at = at.submission.updated_at = clock.now();
    work.correction = correction;
    at.submission.state = correction ? SubmissionState::correction : SubmissionState::returned;
    store::put_work(tx, work);
    access::put(tx, at.homework, at.submission, &work);
    tell_returned(tx, clock.now(), at.homework, at.submission);
}

}  // namespace

core::Result<SubmissionView> submission_view(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                             SubmissionId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<SubmissionView> {
        auto const today = roster::today(tx, clock);
        auto const at = TRY(access::to_mark(tx, caller, id, today));
        auto const& content = at.homework.content;
        SubmissionView view;
        view.submission = at.submission;
        view.pupil_name = roster::names(tx, {at.submission.pupil_id})[at.submission.pupil_id];
        view.class_name = TRY(roster::class_group(tx, at.submission.class_id, today)).name;
        view.homework_id = at.homework.id;
        view.title = content.title;
        view.subject = at.homework.subject;
        view.text = content.text;
        view.due_on = content.due_on;
        view.attachments = content.attachments;
        auto const ink = store::ink(tx, id);
        for (auto& work : store::works(tx, {id})) {
            RoundView round{std::move(work), {}, ""};
            for (auto const& row : ink) {
                if (row.round == round.work.round) round.ink.push_back(row.ink);
            }
            if (round.work.marked_by)
                round.marked_by = roster::names(tx, {*round.work.marked_by})[*round.work.marked_by];
            view.rounds.push_back(std::move(round));
        }
        place(view, in_order(tx, at.homework, at.submission.class_id, today));
        return view;
    });
}

core::Result<MarkSaved> save_mark(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                  SubmissionId const& id, MarkRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<MarkSaved> {
        auto const at = TRY(access::to_mark(tx, caller, id, roster::today(tx, clock)));
        if (at.submission.state != SubmissionState::handed_in || request.round != at.submission.round)
            return core::conflict("homework.given_back");
        auto work = store::work(tx, id, request.round).value();
        if (work.mark_version != request.mark_version) return core::conflict("homework.marked_elsewhere");
        TRY_VOID(check_ink(request.ink, work));
        if (text::count_characters(request.comment) > longest_comment)
            return core::invalid_at("/comment", "core.too_long", {{"max", std::to_string(longest_comment)}});
        std::vector<store::InkRow> rows;
        for (auto const& sheet : request.ink) rows.push_back({id, request.round, sheet});
        store::put_ink(tx, rows);
        work.result = request.result;
        work.comment = request.comment;
        ++work.mark_version;
        bool const marked = says_something(request, store::ink(tx, id));
        work.marked_at = marked ? std::optional(clock.now()) : std::nullopt;
        work.marked_by = marked ? std::optional(caller.person) : std::nullopt;
        store::put_work(tx, work);
        return MarkSaved{work.mark_version, marked};
    });
}

core::Result<Submission> give_back(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   SubmissionId const& id, ReturnRequest const& request) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Submission> {
        auto at = TRY(access::to_mark(tx, caller, id, roster::today(tx, clock)));
        if (at.submission.state != SubmissionState::handed_in) return core::conflict("homework.given_back");
        auto work = store::work(tx, id, at.submission.round).value();
        hand_back(tx, clock, caller, at, work, request.correction);
        return at.submission;
    });
}

core::Result<Submission> take_back(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   SubmissionId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<Submission> {
        auto at = TRY(access::to_mark(tx, caller, id, roster::today(tx, clock)));
        bool const back =
            at.submission.state == SubmissionState::returned || at.submission.state == SubmissionState::correction;
        if (!back || at.submission.round == 0) return core::conflict("homework.not_given_back");
        auto work = store::work(tx, id, at.submission.round).value();
        work.returned_at.reset();
        work.correction = false;
        at.submission.state = SubmissionState::handed_in;
        at.submission.updated_at = clock.now();
        store::put_work(tx, work);
        access::put(tx, at.homework, at.submission, &work);
        return at.submission;
    });
}

core::Result<GivenBack> give_all_back(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                      HomeworkId const& id, core::OrgId const& class_id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<GivenBack> {
        auto const homework = TRY(access::of_class(tx, caller, id, class_id, roster::today(tx, clock)));
        GivenBack given;
        for (auto const& submission : store::submissions(tx, id, class_id)) {
            if (submission.state != SubmissionState::handed_in) continue;
            auto work = store::work(tx, submission.id, submission.round).value();
            if (!work.marked_at) continue;
            access::Marked at{homework, submission};
            hand_back(tx, clock, caller, at, work, false);
            given.submissions.push_back(at.submission.id);
        }
        return given;
    });
}

core::Result<PhraseList> my_phrases(sql::Database& db, auth::Caller const& caller) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PhraseList> {
        return PhraseList{store::phrases(tx, caller.person)};
    });
}

core::Result<PhraseList> put_my_phrases(sql::Database& db, auth::Caller const& caller, PhraseList const& wish) {
    PhraseList kept;
    for (auto const& phrase : wish.phrases) {
        auto const clean = std::string(text::trim(phrase));
        if (text::count_characters(clean) > longest_phrase)
            return core::invalid_at("/phrases", "core.too_long", {{"max", std::to_string(longest_phrase)}});
        if (!clean.empty() && std::ranges::find(kept.phrases, clean) == kept.phrases.end())
            kept.phrases.push_back(clean);
    }
    if (kept.phrases.size() > most_phrases)
        return core::invalid_at("/phrases", "homework.too_many_phrases", {{"most", std::to_string(most_phrases)}});
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PhraseList> {
        store::put_phrases(tx, caller.person, kept.phrases);
        return kept;
    });
}

}  // namespace santong::homework
