#include "modules/timetable/planned.hpp"

#include "modules/roster/service.hpp"
#include "modules/timetable/store.hpp"
#include "modules/timetable/store_changes.hpp"

namespace santong::timetable {

Planned::Planned(sql::Tx& tx, core::OrgId const& school)
    : tx_(tx), school_(school), ancestors_(roster::self_and_ancestors(tx, school)) {}

std::optional<Entry> Planned::at(core::OrgId const& class_id, core::LocalDate date, int period) {
    auto const term = roster::term_at(tx_, date);
    auto const& table = table_on(date);
    if (!term || !table) return {};
    for (auto const& entry : store::entries_at(tx_, table->id, class_id, {weekday_on(date), period})) {
        if (taught_in_week(entry.week_parity, term->week_of(date))) return entry;
    }
    return {};
}

int Planned::weekday_on(core::LocalDate date) {
    for (auto const& day : store::calendar(tx_, ancestors_, date, date)) {
        if (day.as_weekday) return *day.as_weekday;
    }
    return date.weekday();
}

std::optional<Timetable> const& Planned::table_on(core::LocalDate date) {
    auto [at, fresh] = known_.try_emplace(date);
    if (fresh) at->second = store::timetable_on(tx_, school_, date);
    return at->second;
}

std::string Names::of(std::optional<core::PersonId> const& id) const {
    auto const found = id ? persons.find(*id) : persons.end();
    return found == persons.end() ? "" : found->second;
}

std::string Names::of(core::OrgId const& id) const {
    auto const found = classes.find(id);
    return found == classes.end() ? "" : found->second;
}

Names names_for(sql::Tx& tx, core::OrgId const& school, core::LocalDate on, std::set<core::PersonId> const& persons) {
    Names names;
    for (auto const& one : roster::classes(tx, school, on)) names.classes[one.id] = one.name;
    names.persons = roster::names(tx, {persons.begin(), persons.end()});
    return names;
}

std::vector<SubstitutionView> views_of(sql::Tx& tx, core::OrgId const& school, std::vector<Substitution> changes) {
    if (changes.empty()) return {};
    Planned planned(tx, school);
    std::vector<std::optional<Entry>> entries;
    std::map<ActId, ChangeRequest> requests;
    std::set<core::PersonId> persons;
    for (auto const& change : changes) {
        entries.push_back(planned.at(change.class_id, change.date, change.period));
        if (change.teacher_id) persons.insert(*change.teacher_id);
        if (entries.back() && entries.back()->teacher_id) persons.insert(*entries.back()->teacher_id);
        if (!change.act_id) continue;
        for (auto& one : store::requests_of_act(tx, *change.act_id)) {
            persons.insert(one.asked_by);
            requests.insert_or_assign(*change.act_id, std::move(one));
        }
    }
    auto const names = names_for(tx, school, changes.front().date, persons);
    std::vector<SubstitutionView> out;
    for (std::size_t i = 0; i < changes.size(); ++i) {
        SubstitutionView view;
        view.change = std::move(changes[i]);
        view.class_name = names.of(view.change.class_id);
        view.teacher_name = names.of(view.change.teacher_id);
        if (entries[i]) {
            view.planned_subject = entries[i]->subject;
            view.planned_teacher_id = entries[i]->teacher_id;
            view.planned_teacher_name = names.of(entries[i]->teacher_id);
        }
        auto const request = view.change.act_id ? requests.find(*view.change.act_id) : requests.end();
        if (request != requests.end()) {
            view.change.reason = request->second.reason;
            view.asked_by = request->second.asked_by;
            view.asked_by_name = names.of(request->second.asked_by);
        }
        view.gone = !store::lesson(tx, lesson_id(view.change.class_id, view.change.date, view.change.period));
        out.push_back(std::move(view));
    }
    return out;
}

}  // namespace santong::timetable
