#include "modules/timetable/service_office.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "modules/roster/service.hpp"
#include "modules/roster/service_terms.hpp"
#include "modules/timetable/domain_changes.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/planned.hpp"
#include "modules/timetable/store.hpp"

namespace santong::timetable {

namespace {

core::Result<void> check_span(core::LocalDate from, core::LocalDate to) {
    if (to < from || from.plus_days(62) < to) return core::invalid_at("to", "timetable.span_too_long");
    return {};
}

core::Result<void> may(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission,
                       core::OrgId const& school) {
    TRY_VOID(roster::school(tx, school));
    if (caller.may(tx, permission, school)) return {};
    if (caller.may(tx, permissions::view, school)) return core::forbidden();
    return core::not_found();
}

ClassOption choice_of(roster::ClassGroup const& group) {
    return {group.id, group.name, group.grade};
}

void add_own_classes(sql::Tx& tx, auth::Caller const& caller, Choices& out) {
    std::set<core::OrgId> own;
    if (auto const mine = roster::pupil_class(tx, caller.person, out.today)) own.insert(*mine);
    for (auto const& child : roster::pupils_of_guardian(tx, caller.person, out.today)) {
        if (auto const his = roster::pupil_class(tx, child, out.today)) own.insert(*his);
    }
    for (auto const& group : roster::class_groups(tx, {own.begin(), own.end()}, out.today)) {
        out.own_classes.push_back(choice_of(group));
    }
}

std::optional<core::OrgId> default_school(sql::Tx& tx, auth::Caller const& caller, Choices const& out) {
    for (auto const& post : roster::posts_of(tx, caller.person, out.today)) {
        auto const school = roster::school_of(tx, post.org_id);
        if (school && caller.may(tx, permissions::view, *school)) return *school;
    }
    if (out.schools.empty()) return {};
    return out.schools.front().id;
}

}  // namespace

core::Result<Choices> choices(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                              std::optional<core::OrgId> school) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<Choices> {
        Choices out;
        out.today = roster::today(tx, clock);
        auto const term = TRY(roster::term_at(tx, out.today));
        out.week_one_monday = term.week_one_monday;
        out.term_to = term.to_date;
        out.term_name = term.name;
        out.district_id = roster::district(tx).org_id;
        add_own_classes(tx, caller, out);
        for (auto const& one : roster::schools(tx)) {
            if (caller.may(tx, permissions::view, one.id)) out.schools.push_back({one.id, one.name});
        }
        if (school) TRY_VOID(may(tx, caller, permissions::view, *school));
        out.school_id = school ? school : default_school(tx, caller, out);
        if (!out.school_id) return out;
        for (auto const& group : roster::classes(tx, *out.school_id, out.today))
            out.classes.push_back(choice_of(group));
        for (auto const& one : roster::teachers(tx, *out.school_id, out.today)) {
            out.teachers.push_back({one.person_id, one.name, one.subject});
            if (one.person_id == caller.person) out.teaches = true;
        }
        return out;
    });
}

core::Result<std::vector<SubstitutionView>> substitutions_of(sql::Database& db, auth::Caller const& caller,
                                                             core::OrgId const& school, core::LocalDate from,
                                                             core::LocalDate to) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<SubstitutionView>> {
        TRY_VOID(may(tx, caller, permissions::substitute, school));
        TRY_VOID(check_span(from, to));
        return views_of(tx, school, store::substitutions(tx, school, from, to));
    });
}

core::Result<std::vector<PatrolView>> patrol_of(sql::Database& db, auth::Caller const& caller,
                                                core::OrgId const& school, core::LocalDate from, core::LocalDate to) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<PatrolView>> {
        TRY_VOID(may(tx, caller, permissions::patrol, school));
        TRY_VOID(check_span(from, to));
        Planned planned(tx, school);
        std::vector<std::pair<PatrolException, std::optional<Entry>>> all;
        std::set<core::PersonId> persons;
        for (auto& one : store::patrol(tx, school, from, to)) {
            auto entry = planned.at(one.class_id, one.date, one.period);
            if (entry && entry->teacher_id) persons.insert(*entry->teacher_id);
            all.emplace_back(std::move(one), std::move(entry));
        }
        auto const names = names_for(tx, school, from, persons);
        std::vector<PatrolView> out;
        for (auto& [one, entry] : all) {
            PatrolView view{one, names.of(one.class_id), "", ""};
            if (entry) view.planned_subject = entry->subject;
            if (entry) view.planned_teacher_name = names.of(entry->teacher_id);
            out.push_back(std::move(view));
        }
        return out;
    });
}

std::vector<Substitution> cancellations(sql::Tx& tx, core::OrgId const& school, core::LocalDate from,
                                        core::LocalDate to) {
    auto found = store::substitutions(tx, school, from, to);
    std::erase_if(found, [](Substitution const& one) { return one.kind != SubstitutionKind::cancelled; });
    return found;
}

core::Result<std::vector<CalendarDay>> calendar_of(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, core::OrgId const& org) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<CalendarDay>> {
        TRY_VOID(roster::org(tx, org));
        if (!caller.may(tx, permissions::view, org)) return core::not_found();
        auto const term = TRY(roster::term_at(tx, roster::today(tx, clock)));
        return store::calendar(tx, roster::self_and_ancestors(tx, org), term.from_date, term.to_date);
    });
}

core::Result<std::vector<Candidate>> candidates(sql::Database& db, auth::Caller const& caller,
                                                core::OrgId const& class_id, core::LocalDate date, int period) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<Candidate>> {
        auto const school = TRY(roster::school_of(tx, class_id));
        auto const lesson = store::lesson(tx, lesson_id(class_id, date, period));
        bool const own = lesson && lesson->teacher_id == caller.person;
        if (!own) TRY_VOID(may(tx, caller, permissions::substitute, school));
        auto const lessons = store::lessons_of_school(tx, school, date, date);
        std::set<core::PersonId> of_class;
        for (auto const& one : store::lessons_of_class(tx, class_id, date.plus_days(-7), date.plus_days(7))) {
            if (one.teacher_id) of_class.insert(*one.teacher_id);
        }
        std::map<core::OrgId, std::string> classes;
        for (auto const& one : roster::classes(tx, school, date)) classes[one.id] = one.name;
        std::vector<Candidate> out;
        for (auto const& teacher : roster::teachers(tx, school, date)) {
            if (lesson && teacher.person_id == lesson->teacher_id) continue;
            Candidate one{teacher.person_id, teacher.name, teacher.subject, false, false, 0, ""};
            one.same_subject = lesson && teacher.subject == lesson->subject;
            one.same_class = of_class.contains(teacher.person_id);
            for (auto const& taught : lessons) {
                if (taught.teacher_id != teacher.person_id || !takes_place(taught)) continue;
                ++one.lessons_that_day;
                if (taught.period == period) one.busy_with = classes[taught.class_id];
            }
            out.push_back(std::move(one));
        }
        // How many lessons somebody has is a hint beside his name, no order of persons.
        auto const order = [](Candidate const& a) {
            return std::tuple(!a.busy_with.empty(), !a.same_subject, !a.same_class);
        };
        std::stable_sort(out.begin(), out.end(),
                         [&](Candidate const& a, Candidate const& b) { return order(a) < order(b); });
        return out;
    });
}

core::Result<std::vector<Timetable>> versions(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                              core::OrgId const& school) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<Timetable>> {
        TRY_VOID(may(tx, caller, permissions::edit, school));
        auto const term = TRY(roster::term_at(tx, roster::today(tx, clock)));
        return store::timetables(tx, school, term.id);
    });
}

core::Result<core::Nothing> remove_term(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                        roster::TermId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        if (store::has_timetable(tx, id)) {
            auto const terms = roster::terms(tx);
            auto const term = std::ranges::find(terms, id, &roster::Term::id);
            return core::conflict("timetable.term_in_use", {{"name", term == terms.end() ? "" : term->name}});
        }
        return roster::remove_term(tx, clock, caller, id);
    });
}

}  // namespace santong::timetable
