// Rows that were found good, as pieces of a roster.
#include <algorithm>

#include "modules/roster/import_check.hpp"
#include "modules/roster/rules/class_name.hpp"
#include "modules/roster/sealing.hpp"

namespace santong::roster {

namespace {

PersonRecord record_of(PersonId const& id, ImportedPerson const& read, ImportPerson const* known) {
    PersonRecord record;
    record.id = id;
    if (known) {
        record.sex = known->row.sex;
        record.birth_date = known->row.birth_date;
        record.staff_number = known->row.staff_number;
        record.pupil_number = known->row.pupil_number;
        record.subject = known->row.subject;
    }
    record.name = read.name;
    if (read.sex) record.sex = *read.sex;
    if (read.birth_date) record.birth_date = read.birth_date;
    if (!read.staff_number.empty()) record.staff_number = read.staff_number;
    if (!read.subject.empty()) record.subject = read.subject;
    record.identity_number = read.fields.identity_number;
    record.student_number = read.fields.student_number;
    record.phone = read.fields.phone;
    return record;
}

/// One row a person: brothers and sisters name the same parent.
void put_person(BulkRoster& bulk, PersonRecord const& record) {
    auto const found = std::ranges::find(bulk.people, record.id, &PersonRecord::id);
    if (found == bulk.people.end())
        bulk.people.push_back(record);
    else
        *found = record;
}

}  // namespace

core::LocalDate ImportBuilder::last_day(core::LocalDate from) const {
    return std::max(from, context_.today().plus_days(-1));
}

OrgId ImportBuilder::class_of(BulkRoster& bulk, ImportVerdict const& verdict) {
    auto const& read = verdict.read;
    if (!read.class_id.is_nil()) return read.class_id;
    auto const key = std::tuple(*verdict.school_id, read.grade, read.class_number);
    auto const [at, fresh] = new_classes_.try_emplace(key, OrgId{});
    if (!fresh) return at->second;
    int const first = read.grade >= 10 ? 10 : read.grade >= 7 ? 7 : 1;
    Org org;
    org.id = at->second = OrgId::make();
    org.kind = OrgKind::class_group;
    org.parent_id = *verdict.school_id;
    org.name = org.short_name = rules::class_label(read.grade, read.class_number);
    org.sort = read.grade * 100 + read.class_number;
    org.from_date = context_.today();
    bulk.orgs.push_back(org);
    bulk.classes.push_back({org.id, org.parent_id, context_.school_year() - (read.grade - first), first,
                            read.class_number, "", false, ""});
    return org.id;
}

void ImportBuilder::add(BulkRoster& bulk, ImportVerdict const& verdict) {
    auto const* known = verdict.person_id ? context_.person(*verdict.person_id) : nullptr;
    auto const id = known ? known->row.id : PersonId::make();
    put_person(bulk, record_of(id, verdict.read, known));
    if (kind_ == ImportKind::pupils)
        add_pupil(bulk, id, verdict, known);
    else
        add_staff(bulk, id, verdict, known);
}

void ImportBuilder::add_pupil(BulkRoster& bulk, PersonId const& id, ImportVerdict const& verdict,
                              ImportPerson const* known) {
    auto const group = class_of(bulk, verdict);
    auto const& seat = known ? known->seat : std::optional<Enrolment>();
    if (!seat || seat->class_id != group) {
        Enrolment next{EnrolmentId::make(), id, *verdict.school_id,     group,
                       context_.today(),    {}, EnrolmentStatus::active};
        if (seat && seat->from_date >= context_.today()) {
            next.id = seat->id;
        } else if (seat) {
            auto ended = *seat;
            ended.to_date = last_day(ended.from_date);
            ended.status = EnrolmentStatus::transferred;
            bulk.enrolments.push_back(ended);
        } else {
            core::LocalDate const year{static_cast<std::int16_t>(context_.school_year()), 8, 1};
            next.from_date = std::min(verdict.read.from_date.value_or(year), context_.today());
        }
        bulk.enrolments.push_back(next);
    }
    if (!verdict.read.guardian_name.empty()) add_guardian(bulk, id, verdict, known);
}

void ImportBuilder::add_guardian(BulkRoster& bulk, PersonId const& pupil, ImportVerdict const& verdict,
                                 ImportPerson const* known) {
    auto const& read = verdict.read;
    ImportPerson const* guardian = nullptr;
    for (auto const& held : known ? known->bonds : std::vector<Guardianship>()) {
        auto const* one = context_.person(held.guardian_id);
        if (one && one->row.name == read.guardian_name) guardian = one;
    }
    bool const bound = guardian != nullptr;
    if (!guardian) guardian = context_.by_phone(phone_index(read.guardian_phone), read.guardian_name);
    PersonId id = guardian ? guardian->row.id : PersonId::make();
    bool fresh = !guardian;
    if (!guardian && !read.guardian_phone.empty()) {
        auto const [at, first] = new_guardians_.emplace(std::pair(read.guardian_name, read.guardian_phone), id);
        id = at->second;
        fresh = first;
    }
    ImportedPerson parent;
    parent.name = read.guardian_name;
    parent.fields.phone = read.guardian_phone;
    if (fresh || (guardian && !read.guardian_phone.empty())) put_person(bulk, record_of(id, parent, guardian));
    if (bound) return;
    auto const made = GuardianshipId::make();
    bulk.guardianships.push_back({made, id, pupil, read.guardian_relation, context_.today(), {}});
    told_.emplace_back(made, *verdict.school_id);
}

void ImportBuilder::add_staff(BulkRoster& bulk, PersonId const& id, ImportVerdict const& verdict,
                              ImportPerson const* known) {
    auto const& read = verdict.read;
    Post post{PostId::make(), id,         *verdict.school_id, auth::Role::teacher,
              read.subject,   read.title, context_.today(),   {}};
    if (!known && read.from_date) post.from_date = std::min(*read.from_date, context_.today());
    for (auto const& held : known ? known->posts : std::vector<Post>()) {
        if (held.org_id != post.org_id || held.kind != post.kind) continue;
        post = held;
        if (!read.subject.empty()) post.subject = read.subject;
        if (!read.title.empty()) post.title = read.title;
        break;
    }
    bulk.posts.push_back(post);
}

void ImportBuilder::end(BulkRoster& bulk, PersonId const& person, OrgId const& school) const {
    auto const* known = context_.person(person);
    if (!known) return;
    if (kind_ == ImportKind::pupils && known->seat && known->seat->school_id == school) {
        auto seat = *known->seat;
        seat.to_date = last_day(seat.from_date);
        seat.status = EnrolmentStatus::left;
        bulk.enrolments.push_back(seat);
    }
    if (kind_ != ImportKind::staff) return;
    for (auto post : known->posts) {
        if (post.org_id != school || post.kind != auth::Role::teacher) continue;
        post.to_date = last_day(post.from_date);
        bulk.posts.push_back(post);
    }
}

}  // namespace santong::roster
