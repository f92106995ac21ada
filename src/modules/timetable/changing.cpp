#include "modules/timetable/changing.hpp"

#include <algorithm>

#include "modules/roster/service.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/store.hpp"
#include "modules/timetable/store_changes.hpp"
#include "modules/timetable/substituting.hpp"

namespace santong::timetable {

namespace {

std::string name_of(sql::Tx& tx, core::PersonId const& person) {
    return roster::names(tx, {person})[person];
}

core::Result<Lesson> lesson_still(sql::Tx& tx, ChangeRequest const& request) {
    auto const lesson = store::lesson(tx, lesson_id(request.class_id, request.date, request.period));
    if (!lesson || lesson->state == LessonState::cancelled) return core::conflict("timetable.change_lesson_gone");
    if (lesson->teacher_id != request.asked_by || lesson->subject != request.subject)
        return core::conflict("timetable.change_lesson_moved");
    return *lesson;
}

/// A lesson that another one is exchanged with.
struct Exchanged {
    core::LocalDate date;
    std::int32_t period = 0;
    std::string const& subject;
    core::PersonId teacher;
};
core::Result<Lesson> other_still(sql::Tx& tx, ChangeRequest const& request, Exchanged const& as) {
    auto const other = store::lesson(tx, lesson_id(request.class_id, as.date, as.period));
    bool const same = other && takes_place(*other) && other->teacher_id == as.teacher && other->subject == as.subject;
    if (!same) return core::conflict("timetable.swap_gone", {{"name", name_of(tx, as.teacher)}});
    return *other;
}

/// Lessons of two terms are not exchanged: hours are counted by term.
core::Result<void> same_term(sql::Tx& tx, core::LocalDate first, core::LocalDate second) {
    auto const term = TRY(roster::term_at(tx, first));
    if (!term.contains(second)) return core::conflict("timetable.swap_other_term", {{"date", term.to_date.text()}});
    return {};
}

/// Nobody is to be in two rooms: `teacher` comes to the place of `lesson`.
core::Result<void> comes(sql::Tx& tx, core::PersonId const& teacher, Lesson const& lesson) {
    if (is_free(tx, teacher, lesson.class_id, lesson.date, lesson.period)) return {};
    return core::conflict("timetable.colleague_not_free", {{"name", name_of(tx, teacher)}});
}

core::Result<void> here(sql::Tx& tx, auth::Caller const& caller, core::PersonId const& colleague,
                        ChangeRequest const& request) {
    if (works_here(tx, caller, colleague, request.school_id, request.date)) return {};
    return core::conflict("timetable.colleague_not_here", {{"name", name_of(tx, colleague)}});
}

core::Result<void> find_exchanged(sql::Tx& tx, ChangeRequest const& request, Standing& found) {
    TRY_VOID(same_term(tx, request.date, *request.swap_date));
    found.other = TRY(other_still(
        tx, request, {*request.swap_date, *request.swap_period, request.swap_subject, *request.colleague_id}));
    if (!request.of_three()) return {};
    TRY_VOID(same_term(tx, request.date, *request.third_date));
    found.third = TRY(other_still(
        tx, request, {*request.third_date, *request.third_period, request.third_subject, *request.third_id}));
    return {};
}

}  // namespace

core::Result<Standing> standing(sql::Tx& tx, auth::Caller const& caller, ChangeRequest const& request) {
    Standing found{TRY(lesson_still(tx, request)), {}, {}};
    if (!request.colleague_id) return found;
    for (auto const& colleague : colleagues_of(request)) TRY_VOID(here(tx, caller, colleague, request));
    if (request.way == ChangeWay::swap) TRY_VOID(find_exchanged(tx, request, found));
    TRY_VOID(comes(tx, *request.colleague_id, found.lesson));
    if (found.third) {
        TRY_VOID(comes(tx, *request.third_id, *found.other));
        TRY_VOID(comes(tx, request.asked_by, *found.third));
    } else if (found.other) {
        TRY_VOID(comes(tx, request.asked_by, *found.other));
    }
    return found;
}

std::vector<ChangeView> change_views(sql::Tx& tx, auth::Caller const& caller, core::Instant now,
                                     std::vector<ChangeRequest> requests, bool reasons) {
    std::set<core::PersonId> persons;
    std::set<core::OrgId> classes;
    for (auto const& one : requests) {
        persons.insert(one.asked_by);
        for (auto const& colleague : colleagues_of(one)) persons.insert(colleague);
        classes.insert(one.class_id);
    }
    Names names;
    names.persons = roster::names(tx, {persons.begin(), persons.end()});
    auto const zone = roster::district(tx).zone();
    for (auto const& one : roster::class_groups(tx, {classes.begin(), classes.end()}, zone.date_of(now)))
        names.classes[one.id] = one.name;
    std::vector<ChangeView> out;
    for (auto& one : requests) {
        ChangeView view;
        view.class_name = names.of(one.class_id);
        view.asker_name = names.of(one.asked_by);
        view.colleague_name = names.of(one.colleague_id);
        view.third_name = names.of(one.third_id);
        auto const lesson = store::lesson(tx, lesson_id(one.class_id, one.date, one.period));
        if (lesson) view.start_at = lesson->start_at;
        view.uncovered = one.state == ChangeState::open && lesson && takes_place(*lesson) && lesson->end_at > now;
        if (auto const found = live(one.state) ? standing(tx, caller, one) : Standing{}; !found) {
            view.trouble = found.error().key;
            view.trouble_params = found.error().params;
        }
        view.request = std::move(one);
        if (!reasons) {
            view.request.reason.clear();
            view.request.cause = ChangeCause::other;
        }
        out.push_back(std::move(view));
    }
    return out;
}

namespace {

/// A lesson that may be proposed for an exchange: of the same class, as the timetable has it.
core::Result<Lesson> proposed(sql::Tx& tx, ChangeRequest const& request, std::optional<LessonId> const& id,
                              char const* pointer) {
    auto const other = id ? store::lesson(tx, *id) : std::nullopt;
    if (!other || other->class_id != request.class_id || !other->teacher_id ||
        other->source != LessonSource::timetable || !takes_place(*other))
        return core::invalid_at(pointer, "timetable.swap_not_possible");
    return *other;
}

core::Result<void> put_swap(sql::Tx& tx, ChangeRequest& request, Proposal const& proposal) {
    auto const other = TRY(proposed(tx, request, proposal.swap_lesson_id, "/swap_lesson_id"));
    request.colleague_id = other.teacher_id;
    request.swap_date = other.date;
    request.swap_period = other.period;
    request.swap_subject = other.subject;
    if (!proposal.third_lesson_id) return {};
    auto const third = TRY(proposed(tx, request, proposal.third_lesson_id, "/third_lesson_id"));
    if (third.teacher_id == other.teacher_id || third.teacher_id == request.asked_by)
        return core::invalid_at("/third_lesson_id", "timetable.swap_needs_three");
    request.third_id = third.teacher_id;
    request.third_date = third.date;
    request.third_period = third.period;
    request.third_subject = third.subject;
    return {};
}

void clear_proposal(ChangeRequest& request) {
    request.swap_date.reset();
    request.swap_period.reset();
    request.swap_subject.clear();
    request.third_id.reset();
    request.third_date.reset();
    request.third_period.reset();
    request.third_subject.clear();
    request.agreed_by.reset();
    request.declined = false;
    request.word.clear();
}

}  // namespace

core::Result<void> put_proposal(sql::Tx& tx, auth::Caller const& caller, ChangeRequest& request,
                                Proposal const& proposal) {
    bool const needs = proposal.way == ChangeWay::substitute || proposal.way == ChangeWay::swap;
    clear_proposal(request);
    request.way = proposal.way;
    request.colleague_id = proposal.way == ChangeWay::cancelled ? std::nullopt : proposal.colleague_id;
    request.other_subject = proposal.way == ChangeWay::substitute ? proposal.other_subject.value_or("") : "";
    if (proposal.way == ChangeWay::none) request.colleague_id.reset();
    if (proposal.way == ChangeWay::swap) TRY_VOID(put_swap(tx, request, proposal));
    if (needs && !request.colleague_id) return core::invalid_at("/colleague_id", "core.required");
    if (request.colleague_id == request.asked_by) return core::invalid_at("/colleague_id", "timetable.change_own");
    TRY_VOID(standing(tx, caller, request));
    bool const office = caller.may(tx, permissions::substitute, request.school_id);
    bool const asks = needs && (!office || proposal.ask.value_or(false) || request.asked_by == caller.person);
    request.state = proposal.way == ChangeWay::none ? ChangeState::open
                    : asks                          ? ChangeState::asked
                                                    : ChangeState::ready;
    return {};
}

core::Result<ChangeRequest> save(sql::Tx& tx, ChangeRequest request) {
    if (!store::save_request(tx, request)) return core::conflict("timetable.change_seen_changed");
    ++request.version;
    return request;
}

bool may_hear_changes(auth::Caller const& caller, std::string_view topic) {
    return topic == "changes:" + caller.person.text() || caller.may_anywhere(permissions::substitute);
}

}  // namespace santong::timetable
