#include "modules/timetable/telling.hpp"

#include <set>

#include "modules/messages/service.hpp"
#include "modules/roster/service.hpp"
#include "modules/timetable/service.hpp"
#include "modules/timetable/service_changes.hpp"
#include "modules/timetable/store.hpp"
#include "modules/timetable/store_changes.hpp"

namespace santong::timetable {

namespace {

using messages::MessageKind;
using messages::Notice;

constexpr char office_page[] = "/timetable/changes";
constexpr char own_page[] = "/my-changes";

Notice notice_of(MessageKind kind, ChangeRequest const& request) {
    Notice notice;
    notice.kind = kind;
    notice.about = request.id.text();
    notice.href = own_page;
    notice.who = request.asked_by;
    notice.place = request.class_id;
    notice.date = request.date;
    notice.period = request.period;
    notice.subject = request.subject;
    return notice;
}

/// The school's academic office; where a village school has none, that of its central school.
std::vector<core::PersonId> office_of(sql::Tx& tx, core::OrgId const& school, core::LocalDate on) {
    for (auto const& org : roster::self_and_ancestors(tx, school)) {
        auto people = roster::holders(tx, auth::Role::academic, org, "", on);
        if (!people.empty()) return people;
    }
    return {};
}

void tell_office(sql::Tx& tx, auth::Caller const& caller, core::Instant now, MessageKind kind,
                 ChangeRequest const& request) {
    auto people = office_of(tx, request.school_id, roster::district(tx).zone().date_of(now));
    std::erase(people, caller.person);
    auto notice = notice_of(kind, request);
    notice.about = request.batch_id.text();  // lessons that were asked for together are one thing to see to
    notice.href = office_page;
    messages::settle(tx, now, notice.about);
    messages::send(tx, now, notice, std::move(people));
}

/// A class's homeroom teacher, pupils and those who answer for them.
std::vector<core::PersonId> families(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate on) {
    std::vector<core::PersonId> people;
    for (auto const& pupil : roster::pupils_of_class(tx, class_id, on)) {
        people.push_back(pupil.person_id);
        for (auto const& guardian : roster::guardians_of_pupil(tx, pupil.person_id, on)) people.push_back(guardian);
    }
    return people;
}

std::vector<core::PersonId> homerooms(sql::Tx& tx, core::OrgId const& class_id, core::LocalDate on) {
    return roster::holders(tx, auth::Role::homeroom, class_id, "", on);
}

void tell_class(sql::Tx& tx, core::Instant now, Substitution const& row, bool back,
                std::set<core::PersonId> const& known) {
    auto const lesson = store::lesson(tx, lesson_id(row.class_id, row.date, row.period));
    Notice notice;
    notice.kind = back ? MessageKind::lesson_restored : MessageKind::lesson_changed;
    notice.about = row.id.text();
    notice.href = "/timetable?date=" + row.date.text();
    notice.place = row.class_id;
    notice.date = row.date;
    notice.period = row.period;
    if (lesson && takes_place(*lesson)) {
        notice.who = lesson->teacher_id;
        notice.subject = lesson->subject;
    }
    messages::send(tx, now, notice, families(tx, row.class_id, row.date));
    auto teachers = homerooms(tx, row.class_id, row.date);
    std::erase_if(teachers, [&](core::PersonId const& one) { return known.contains(one); });
    notice.href = own_page;
    messages::send(tx, now, notice, std::move(teachers));
}

}  // namespace

void tell_proposed(sql::Tx& tx, auth::Caller const& caller, core::Instant now, ChangeRequest const& request) {
    messages::settle(tx, now, request.id.text());
    if (request.state == ChangeState::open) return tell_office(tx, caller, now, MessageKind::change_filed, request);
    if (request.state != ChangeState::asked) return;
    std::vector<core::PersonId> asked = colleagues_asked(request);
    std::erase(asked, caller.person);
    messages::send(tx, now, notice_of(MessageKind::change_asked, request), std::move(asked));
}

void tell_answered(sql::Tx& tx, auth::Caller const& caller, core::Instant now, ChangeRequest const& request) {
    bool const agreed = !request.declined;
    auto notice = notice_of(agreed ? MessageKind::change_agreed : MessageKind::change_declined, request);
    notice.who = caller.person;
    messages::send(tx, now, notice, {request.asked_by});
    messages::settle(tx, now, request.id.text(), caller.person);
    if (request.state == ChangeState::asked) return;  // a second colleague has not answered yet
    messages::settle(tx, now, request.id.text());
    tell_office(tx, caller, now, agreed ? MessageKind::change_ready : MessageKind::change_filed, request);
}

void tell_dropped(sql::Tx& tx, auth::Caller const& caller, core::Instant now, ChangeRequest const& request) {
    bool const refused = request.state == ChangeState::refused;
    settle_request(tx, now, request);
    auto people = colleagues_of(request);
    people.push_back(request.asked_by);
    std::erase(people, caller.person);
    messages::send(tx, now, notice_of(refused ? MessageKind::change_refused : MessageKind::change_taken_back, request),
                   std::move(people));
}

void settle_request(sql::Tx& tx, core::Instant now, ChangeRequest const& request) {
    messages::settle(tx, now, request.id.text());
    messages::settle(tx, now, request.batch_id.text());
}

TeachersBefore teachers_before(sql::Tx& tx, std::vector<Substitution> const& rows) {
    TeachersBefore before;
    for (auto const& row : rows) {
        auto const id = lesson_id(row.class_id, row.date, row.period);
        auto const lesson = store::lesson(tx, id);
        before[id] = lesson ? lesson->teacher_id : std::nullopt;
    }
    return before;
}

void tell_act(sql::Tx& tx, auth::Caller const& caller, core::Instant now, std::vector<Substitution> const& rows,
              TeachersBefore const& before, bool back) {
    auto const today = roster::district(tx).zone().date_of(now);
    std::set<core::PersonId> told{caller.person};
    auto const tell = [&](Substitution const& row, std::optional<core::PersonId> const& person) {
        if (!person || !told.insert(*person).second) return;
        auto const lesson = store::lesson(tx, lesson_id(row.class_id, row.date, row.period));
        Notice notice;
        notice.kind = back ? MessageKind::change_taken_back : MessageKind::change_approved;
        notice.about = row.id.text();
        notice.href = own_page;
        notice.who = lesson ? lesson->teacher_id : std::nullopt;
        notice.place = row.class_id;
        notice.date = row.date;
        notice.period = row.period;
        if (lesson) notice.subject = lesson->subject;
        messages::send(tx, now, notice, {*person});
    };
    // First the lesson that somebody has now, so that a swap tells each of the two when he is to come.
    for (auto const& row : rows) {
        auto const lesson = store::lesson(tx, lesson_id(row.class_id, row.date, row.period));
        if (lesson) tell(row, lesson->teacher_id);
    }
    for (auto const& row : rows) {
        auto const at = before.find(lesson_id(row.class_id, row.date, row.period));
        if (at != before.end()) tell(row, at->second);
    }
    for (auto const& row : rows) {
        if (row.date >= today) tell_class(tx, now, row, back, told);
    }
}

void write_changes(sql::Tx& tx, core::Instant now, std::vector<ChangeRequest> const& requests,
                   std::vector<Substitution> const& rows) {
    auto const before = teachers_before(tx, rows);
    std::map<ActId, std::vector<Substitution>> acts;
    for (auto const& row : rows) acts[row.act_id.value()].push_back(row);
    write_substitutions(tx, rows);
    for (auto const& row : rows) materialise(tx, row.school_id, row.date, row.date, now);
    for (auto const& one : requests) {
        store::insert_request(tx, one);
        auth::Caller said;  // whose act it was
        if (one.state == ChangeState::open || one.state == ChangeState::asked) tell_proposed(tx, said, now, one);
        if (one.state == ChangeState::ready) {
            said.person = one.colleague_id.value();
            tell_answered(tx, said, now, one);
        }
        if (one.state == ChangeState::refused) tell_dropped(tx, said, now, one);
    }
    for (auto const& [act, changed] : acts) tell_act(tx, {}, now, changed, before, false);
}

}  // namespace santong::timetable
