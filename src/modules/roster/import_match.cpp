// Who a row is about: somebody who is here, somebody new, or a question.
#include <algorithm>

#include "modules/roster/import_check.hpp"
#include "modules/roster/sealing.hpp"

namespace santong::roster {

namespace {

std::string field_name(RosterField field) {
    return std::string(core::enum_text(field));
}

bool differs(std::string const& index, std::string const& number_index) {
    return !index.empty() && index != number_index;
}

bool teaches_at(ImportPerson const& person, OrgId const& school) {
    return std::ranges::any_of(
        person.posts, [&](Post const& post) { return post.org_id == school && post.kind == auth::Role::teacher; });
}

}  // namespace

void RowChecker::note_twice(Work& work, RosterField field, std::string const& number) {
    if (number.empty()) return;
    auto const [at, fresh] = numbers_.emplace(field_name(field) + number, work.row.number);
    if (!fresh && at->second != work.row.number) {
        refuse(work, field, "roster.import_row_twice", {{"row", std::to_string(at->second)}});
    }
}

bool RowChecker::contradicts(Work const& work, ImportPerson const& other) const {
    auto const& fields = work.verdict.read.fields;
    auto clash = [](std::string const& mine, std::string const& theirs) {
        return !mine.empty() && !theirs.empty() && mine != theirs;
    };
    return clash(identity_index(fields.identity_number), other.row.identity_index) ||
           clash(student_number_index(fields.student_number), other.row.student_number_index);
}

ImportPerson const* RowChecker::by_numbers(Work& work) const {
    auto const& read = work.verdict.read;
    auto const* citizen = context_.by_identity(identity_index(read.fields.identity_number));
    auto const* student = context_.by_student_number(student_number_index(read.fields.student_number));
    if (citizen && student && citizen != student) {
        refuse(work, RosterField::student_number, "roster.import_numbers_of_two");
    }
    auto const* found = citizen ? citizen : student;
    auto const field = citizen   ? RosterField::citizen_number
                       : student ? RosterField::student_number
                                 : RosterField::staff_number;
    if (!found && !read.staff_number.empty()) found = context_.by_staff_number(read.staff_number);
    if (found && !context_.may_know(*found)) {
        refuse(work, field, "roster.import_of_another_school");
        return nullptr;
    }
    bool const other_name = found && !read.name.empty() && found->row.name != read.name;
    if (other_name && !citizen && !student) {
        refuse(work, RosterField::staff_number, "roster.import_staff_number_taken", {{"name", found->row.name}});
    } else if (other_name && work.row.decision != ImportDecision::same) {
        ask_name(work, *found, field);
    }
    return found;
}

/// The numbers are somebody's, the name is not: a wrong number, or somebody who has a new name.
void RowChecker::ask_name(Work& work, ImportPerson const& other, RosterField field) const {
    if (work.row.decision == ImportDecision::different) {
        return refuse(work, field, "roster.import_number_taken", {{"name", other.row.name}});
    }
    work.verdict.person_id = other.row.id;
    work.verdict.state = ImportRowState::ask;
    refuse(work, RosterField::name, "roster.import_other_name", {{"name", other.row.name}});
}

void RowChecker::ask(Work& work, ImportPerson const& other) const {
    work.verdict.person_id = other.row.id;
    work.verdict.state = ImportRowState::ask;
    if (!context_.may_know(other)) {
        work.verdict.person_id.reset();
        return refuse(work, RosterField::name, "roster.import_same_elsewhere");
    }
    std::string place;
    if (other.seat) {
        if (auto const* at = context_.school(other.seat->school_id)) place = at->name;
        if (auto const* group = context_.class_by_id(other.seat->class_id)) place += " " + group->name;
    }
    for (auto const& post : other.posts) {
        auto const* at = context_.school(post.org_id);
        if (place.empty() && at) place = at->name;
    }
    refuse(work, RosterField::name, "roster.import_same_person",
           {{"name", other.row.name},
            {"place", place},
            {"birth", other.row.birth_date ? other.row.birth_date->text() : ""}});
}

ImportPerson const* RowChecker::by_likeness(Work& work) const {
    auto const& read = work.verdict.read;
    ImportPerson const* elsewhere = nullptr;
    for (auto const* other : context_.by_name(read.name)) {
        if (contradicts(work, *other)) continue;
        bool const born = read.birth_date && other->row.birth_date;
        if (born && *read.birth_date != *other->row.birth_date) continue;
        bool const seat = kind_ == ImportKind::pupils && other->seat &&
                          other->seat->school_id == *work.verdict.school_id && other->seat->class_id == read.class_id;
        bool const desk = kind_ == ImportKind::staff && teaches_at(*other, *work.verdict.school_id);
        if ((seat || desk) && (born || !read.birth_date)) return other;
        bool const alike = kind_ == ImportKind::pupils ? other->seat.has_value() : !other->posts.empty();
        if (born && alike) elsewhere = other;
    }
    if (!elsewhere || work.row.decision == ImportDecision::different) return nullptr;
    if (work.row.decision == ImportDecision::same) {
        if (context_.may_know(*elsewhere)) return elsewhere;
        refuse(work, RosterField::name, "roster.import_of_another_school");
        return nullptr;
    }
    ask(work, *elsewhere);
    return nullptr;
}

void RowChecker::match(Work& work) {
    auto const& read = work.verdict.read;
    note_twice(work, RosterField::citizen_number, identity_index(read.fields.identity_number));
    note_twice(work, RosterField::student_number, student_number_index(read.fields.student_number));
    note_twice(work, RosterField::staff_number, read.staff_number);
    auto const* person = by_numbers(work);
    // Somebody whose row is refused is still in the file: he has not left.
    if (person) seen_.insert(person->row.id);
    work.recognised = person != nullptr;
    for (auto const* other : person ? std::vector<ImportPerson const*>() : context_.by_name(read.name)) {
        if (work.verdict.problems.empty()) break;
        seen_.insert(other->row.id);
        work.recognised = true;
    }
    bool const refused = !work.verdict.school_id || std::ranges::any_of(work.verdict.problems, [](auto const& one) {
        return one.key != "roster.import_other_name";
    });
    if (work.verdict.state == ImportRowState::ask && refused) work.verdict.state = ImportRowState::refused;
    if (refused || work.verdict.state == ImportRowState::ask) return;
    if (!person) person = by_likeness(work);
    if (work.verdict.state == ImportRowState::ask) {
        if (work.verdict.person_id) seen_.insert(*work.verdict.person_id);
        work.recognised = true;
        return;
    }
    if (work.verdict.problems.empty()) settle(work, person);
}

void RowChecker::settle(Work& work, ImportPerson const* person) {
    auto& verdict = work.verdict;
    if (!person) {
        verdict.state = ImportRowState::added;
        return;
    }
    verdict.person_id = person->row.id;
    work.recognised = true;
    seen_.insert(person->row.id);
    auto const [at, fresh] = rows_.emplace(person->row.id, work.row.number);
    if (!fresh && at->second != work.row.number) {
        return refuse(work, RosterField::name, "roster.import_row_twice", {{"row", std::to_string(at->second)}});
    }
    if (kind_ == ImportKind::pupils && person->seat && person->seat->school_id != *verdict.school_id) {
        auto const* other = context_.school(person->seat->school_id);
        auto const field = verdict.read.fields.student_number.empty() ? RosterField::name : RosterField::student_number;
        return refuse(work, field, "roster.import_elsewhere", {{"school", other ? other->name : ""}});
    }
    bool const at_other_school =
        kind_ == ImportKind::staff && !person->posts.empty() && !teaches_at(*person, *verdict.school_id);
    if (at_other_school && work.row.decision != ImportDecision::same) return ask(work, *person);
    compare_person(work, *person);
    if (kind_ == ImportKind::pupils)
        compare_pupil(work, *person);
    else
        compare_staff(work, *person);
    note_left_out(work, *person);
    verdict.state = verdict.changes.empty() ? ImportRowState::same : ImportRowState::changed;
}

void RowChecker::compare_person(Work& work, ImportPerson const& person) const {
    using enum RosterField;
    auto const& read = work.verdict.read;
    auto& changes = work.verdict.changes;
    if (read.name != person.row.name) changes.push_back(field_name(name));
    if (read.sex && *read.sex != person.row.sex) changes.push_back(field_name(sex));
    if (read.birth_date && read.birth_date != person.row.birth_date) changes.push_back(field_name(birth_date));
    if (differs(identity_index(read.fields.identity_number), person.row.identity_index)) {
        changes.push_back(field_name(citizen_number));
    }
    if (differs(student_number_index(read.fields.student_number), person.row.student_number_index)) {
        changes.push_back(field_name(student_number));
    }
    if (differs(phone_index(read.fields.phone), person.row.phone_index)) changes.push_back(field_name(phone));
}

void RowChecker::compare_pupil(Work& work, ImportPerson const& person) const {
    auto const& read = work.verdict.read;
    auto& changes = work.verdict.changes;
    if (!person.seat)
        changes.push_back(field_name(RosterField::school));
    else if (person.seat->class_id != read.class_id)
        changes.push_back(field_name(RosterField::class_name));
    if (read.guardian_name.empty()) return;
    bool known = false;
    for (auto const& bond : person.bonds) {
        auto const* guardian = context_.person(bond.guardian_id);
        if (!guardian || guardian->row.name != read.guardian_name) continue;
        known = true;
        if (differs(phone_index(read.guardian_phone), guardian->row.phone_index)) {
            changes.push_back(field_name(RosterField::guardian_phone));
        }
    }
    if (!known) changes.push_back(field_name(RosterField::guardian_name));
}

/// Only a sheet that tells of guardians at all says anything by leaving one out.
void RowChecker::note_left_out(Work const& work, ImportPerson const& pupil) {
    if (!has(RosterField::guardian_name)) return;
    for (auto const& bond : pupil.bonds) {
        auto const* guardian = context_.person(bond.guardian_id);
        if (!guardian || guardian->row.name == work.verdict.read.guardian_name) continue;
        if (context_.told_by(*work.verdict.school_id, bond.id))
            left_out_.push_back({bond, *work.verdict.school_id, work.row.number});
    }
}

void RowChecker::compare_staff(Work& work, ImportPerson const& person) const {
    auto const& read = work.verdict.read;
    auto& changes = work.verdict.changes;
    if (!read.staff_number.empty() && person.row.staff_number != read.staff_number) {
        changes.push_back(field_name(RosterField::staff_number));
    }
    auto const post = std::ranges::find_if(person.posts, [&](Post const& one) {
        return one.org_id == *work.verdict.school_id && one.kind == auth::Role::teacher;
    });
    if (post == person.posts.end()) {
        changes.push_back(field_name(RosterField::school));
        return;
    }
    if (!read.subject.empty() && post->subject != read.subject) changes.push_back(field_name(RosterField::subject));
    if (!read.title.empty() && post->title != read.title) changes.push_back(field_name(RosterField::post));
}

}  // namespace santong::roster
