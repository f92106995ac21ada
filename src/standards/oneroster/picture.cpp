#include "standards/oneroster/picture.hpp"

#include <algorithm>

namespace santong::oneroster {

Picture::Picture(roster::RosterExtract extract, core::LocalDate today_, core::DistrictId number_)
    : district(extract.district), today(today_), number(number_) {
    for (auto& row : extract.orgs) orgs.emplace(row.id, std::move(row));
    for (auto& row : extract.schools) schools.emplace(row.id, std::move(row));
    for (auto& row : extract.classes) classes.emplace(row.id, std::move(row));
    for (auto& row : extract.terms) terms.emplace(row.id, std::move(row));
    for (auto& row : extract.people) people.emplace(row.id, std::move(row));
    for (auto& row : extract.posts) put(row);
    for (auto& row : extract.enrolments) put(row);
    for (auto& row : extract.guardianships) put(row);
}

void Picture::put(roster::PersonRecord const& record) {
    auto& one = people[record.id];
    one.id = record.id;
    one.name = record.name;
    one.sex = record.sex;
    one.birth_date = record.birth_date;
    one.staff_number = record.staff_number;
    if (record.pupil_number) one.pupil_number = record.pupil_number;
    one.subject = record.subject;
    one.ended_at = record.ended_at;
    // As the roster does: an empty guarded field leaves what is there.
    if (!record.identity_number.empty()) one.fields.identity_number = record.identity_number;
    if (!record.student_number.empty()) one.fields.student_number = record.student_number;
    if (!record.phone.empty()) one.fields.phone = record.phone;
}

void Picture::put(roster::Post const& post) {
    if (posts.insert_or_assign(post.id, post).second) posts_by_person_[post.person_id].push_back(post.id);
}

void Picture::put(roster::Enrolment const& enrolment) {
    if (enrolments.insert_or_assign(enrolment.id, enrolment).second) {
        enrolments_by_person_[enrolment.person_id].push_back(enrolment.id);
    }
}

void Picture::put(roster::Guardianship const& bond) {
    if (!guardianships.insert_or_assign(bond.id, bond).second) return;
    bonds_by_pupil_[bond.pupil_id].push_back(bond.id);
    bonds_by_guardian_[bond.guardian_id].push_back(bond.id);
}

std::vector<roster::Post const*> Picture::posts_of(core::PersonId const& person) const {
    std::vector<roster::Post const*> found;
    auto const at = posts_by_person_.find(person);
    if (at == posts_by_person_.end()) return found;
    for (auto const& id : at->second) found.push_back(&posts.at(id));
    return found;
}

std::vector<roster::Enrolment const*> Picture::enrolments_of(core::PersonId const& person) const {
    std::vector<roster::Enrolment const*> found;
    auto const at = enrolments_by_person_.find(person);
    if (at == enrolments_by_person_.end()) return found;
    for (auto const& id : at->second) found.push_back(&enrolments.at(id));
    return found;
}

std::vector<roster::Guardianship const*> Picture::guardians_of(core::PersonId const& pupil) const {
    std::vector<roster::Guardianship const*> found;
    auto const at = bonds_by_pupil_.find(pupil);
    if (at == bonds_by_pupil_.end()) return found;
    for (auto const& id : at->second) {
        auto const& bond = guardianships.at(id);
        if (runs(bond.to_date)) found.push_back(&bond);
    }
    return found;
}

std::vector<roster::Guardianship const*> Picture::children_of(core::PersonId const& guardian) const {
    std::vector<roster::Guardianship const*> found;
    auto const at = bonds_by_guardian_.find(guardian);
    if (at == bonds_by_guardian_.end()) return found;
    for (auto const& id : at->second) {
        auto const& bond = guardianships.at(id);
        if (runs(bond.to_date)) found.push_back(&bond);
    }
    return found;
}

roster::Enrolment const* Picture::seat_of(core::PersonId const& person) const {
    roster::Enrolment const* seat = nullptr;
    for (auto const* row : enrolments_of(person)) {
        if (!runs(row->to_date)) continue;
        if (!seat || row->from_date > seat->from_date) seat = row;
    }
    return seat;
}

int Picture::grade_of(roster::ClassProfile const& group) const {
    return group.grade_in(school_year());
}

}  // namespace santong::oneroster
