// Posts, enrolments and guardians: what ties people to places and to each other.
#include "standards/oneroster/planner.hpp"

namespace santong::oneroster {

namespace {

/// Words of roles.csv for those who answer for a pupil.
bool is_guardian_word(std::string const& word) {
    return word == "parent" || word == "guardian" || word == "relative";
}

roster::GuardianshipId bond_id(core::PersonId const& guardian, core::PersonId const& pupil) {
    return roster::GuardianshipId{core::Uuid::named("oneroster.guardian|" + guardian.text() + "|" + pupil.text())};
}

std::string relation_of(std::set<std::string> const& words) {
    if (words.contains("parent")) return "父母";
    return words.contains("relative") ? "亲属" : "监护人";
}

}  // namespace

void Planner::put_post(roster::Post const& post) {
    picture_.put(post);
    auto& posts = unit(post.person_id).posts;
    std::erase_if(posts, [&](roster::Post const& other) { return other.id == post.id; });
    posts.push_back(post);
}

void Planner::put_enrolment(roster::Enrolment const& row) {
    picture_.put(row);
    auto& rows = unit(row.person_id).enrolments;
    std::erase_if(rows, [&](roster::Enrolment const& other) { return other.id == row.id; });
    rows.push_back(row);
}

void Planner::put_bond(roster::Guardianship const& bond) {
    picture_.put(bond);
    auto& bonds = unit(bond.pupil_id).guardianships;
    std::erase_if(bonds, [&](roster::Guardianship const& other) { return other.id == bond.id; });
    bonds.push_back(bond);
}

void Planner::end_post(roster::PostId const& id) {
    auto const found = picture_.posts.find(id);
    if (found == picture_.posts.end() || !picture_.runs(found->second.to_date)) return;
    auto post = found->second;
    post.to_date = last_day(post.from_date);
    put_post(post);
}

void Planner::end_enrolment(roster::EnrolmentId const& id) {
    auto const found = picture_.enrolments.find(id);
    if (found == picture_.enrolments.end() || !picture_.runs(found->second.to_date)) return;
    auto row = found->second;
    row.to_date = last_day(row.from_date);
    row.status = roster::EnrolmentStatus::left;
    put_enrolment(row);
}

/// What the other side no longer has; first, so that a pupil's new seat does not meet his old one.
void Planner::end_bonds() {
    for (auto const* known : ended_) {
        if (!known->entity_id) continue;
        if (known->kind == "roles") end_post(roster::PostId{*known->entity_id});
        if (known->kind == "enrollments") {
            end_enrolment(roster::EnrolmentId{*known->entity_id});
            end_post(roster::PostId{*known->entity_id});
        }
    }
}

void Planner::plan_roles() {
    auto const* rows = table(FileKind::roles);
    if (!rows) return;
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
        if (fresh(mark(FileKind::roles, i))) plan_role(i);
    }
}

void Planner::plan_role(std::size_t row) {
    auto const kind = FileKind::roles;
    auto& one = mark(kind, row);
    auto const role = role_of_word(cell(kind, row, "role"));
    auto const person = entity(FileKind::users, cell(kind, row, "userSourcedId"));
    auto const org = entity(FileKind::orgs, cell(kind, row, "orgSourcedId"));
    if (!role || !person || !org || *role == auth::Role::pupil || *role == auth::Role::guardian) return;
    roster::Post post;
    post.from_date = year_start();
    if (one.entity && picture_.posts.contains(roster::PostId{*one.entity})) {
        post = picture_.posts.at(roster::PostId{*one.entity});
    } else {
        post.id = roster::PostId::make();
        for (auto const* held : picture_.posts_of(core::PersonId{*person})) {
            bool const same = held->kind == *role && held->org_id.value == *org && picture_.runs(held->to_date);
            if (same && !input_.ids.has(EntityId{held->id.value})) post = *held;
        }
    }
    post.person_id = core::PersonId{*person};
    post.org_id = core::OrgId{*org};
    post.kind = *role;
    if (auto const& own = cell(kind, row, own_column::subject); !own.empty()) post.subject = own;
    if (auto const& own = cell(kind, row, own_column::title); !own.empty()) post.title = own;
    if (*role == auth::Role::teacher && post.subject.empty()) {
        post.subject = picture_.people.at(post.person_id).subject;
    }
    if (auto const begin = core::LocalDate::parse(cell(kind, row, "beginDate"))) post.from_date = *begin;
    post.to_date = core::LocalDate::parse(cell(kind, row, "endDate"));
    one.entity = post.id.value;
    input_.ids.set(EntityId{post.id.value}, cell(kind, row, "sourcedId"));
    put_post(post);
}

void Planner::plan_enrollments() {
    auto const kind = FileKind::enrollments;
    auto const* rows = table(kind);
    if (!rows) return;
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
        if (!fresh(mark(kind, i))) continue;
        auto const person = entity(FileKind::users, cell(kind, i, "userSourcedId"));
        auto const group = entity(FileKind::classes, cell(kind, i, "classSourcedId"));
        if (!person || !group) continue;
        auto const& role = cell(kind, i, "role");
        if (role == "student") plan_seat(i, core::PersonId{*person}, core::OrgId{*group});
        if (role == "teacher") plan_teaching(i, core::PersonId{*person}, core::OrgId{*group});
    }
}

/// A pupil sits in one class at a time; where classes are courses, the first one counts.
void Planner::plan_seat(std::size_t row, core::PersonId const& person, core::OrgId const& group) {
    auto const kind = FileKind::enrollments;
    auto& one = mark(kind, row);
    roster::Enrolment seat;
    seat.from_date = year_start();
    if (one.entity && picture_.enrolments.contains(roster::EnrolmentId{*one.entity})) {
        seat = picture_.enrolments.at(roster::EnrolmentId{*one.entity});
    }
    if (auto const begin = core::LocalDate::parse(cell(kind, row, "beginDate"))) seat.from_date = *begin;
    seat.to_date = core::LocalDate::parse(cell(kind, row, "endDate"));
    for (auto const* other : picture_.enrolments_of(person)) {
        if (other->id == seat.id || !picture_.runs(other->to_date) || !picture_.runs(seat.to_date)) continue;
        bool const named = input_.ids.has(EntityId{other->id.value});
        if (named && seat.id.is_nil()) return;
        if (named) continue;
        if (other->class_id == group && seat.id.is_nil())
            seat.id = other->id;
        else
            end_enrolment(other->id);
    }
    if (seat.id.is_nil()) seat.id = roster::EnrolmentId::make();
    seat.person_id = person;
    seat.class_id = group;
    seat.school_id = picture_.classes.at(group).school_id;
    seat.status = picture_.runs(seat.to_date) ? roster::EnrolmentStatus::active : roster::EnrolmentStatus::left;
    one.entity = seat.id.value;
    input_.ids.set(EntityId{seat.id.value}, cell(kind, row, "sourcedId"));
    put_enrolment(seat);
}

void Planner::plan_teaching(std::size_t row, core::PersonId const& person, core::OrgId const& group) {
    auto const kind = FileKind::enrollments;
    auto& one = mark(kind, row);
    bool const home = cell(kind, row, "primary") == "true";
    roster::Post post;
    post.from_date = year_start();
    post.id = roster::PostId::make();
    bool const known = one.entity && picture_.posts.contains(roster::PostId{*one.entity});
    if (known) post = picture_.posts.at(roster::PostId{*one.entity});
    post.person_id = person;
    post.org_id = group;
    post.kind = home ? auth::Role::homeroom : auth::Role::teacher;
    // What is taught is no column of enrollments.csv: a post that is known keeps it.
    if (home || !known) post.subject = home ? "" : picture_.people.at(person).subject;
    if (auto const begin = core::LocalDate::parse(cell(kind, row, "beginDate"))) post.from_date = *begin;
    post.to_date = core::LocalDate::parse(cell(kind, row, "endDate"));
    one.entity = post.id.value;
    input_.ids.set(EntityId{post.id.value}, cell(kind, row, "sourcedId"));
    put_post(post);
}

void Planner::plan_agents() {
    auto const* rows = table(FileKind::users);
    if (!rows) return;
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
        if (fresh(mark(FileKind::users, i))) plan_agents_of(i);
    }
}

void Planner::bind(core::PersonId const& guardian, core::PersonId const& pupil) {
    auto const id = bond_id(guardian, pupil);
    for (auto const* held : picture_.guardians_of(pupil)) {
        if (held->guardian_id == guardian) return;
    }
    auto const words = roles_.find(input_.ids.of(guardian));
    roster::Guardianship bond{
        id,           guardian, pupil, relation_of(words == roles_.end() ? std::set<std::string>() : words->second),
        year_start(), {}};
    auto const before = picture_.guardianships.find(id);
    if (before != picture_.guardianships.end()) bond.from_date = before->second.from_date;
    put_bond(bond);
}

/// Agents of a pupil are his guardians, those of a guardian are his children: files have it either way.
void Planner::plan_agents_of(std::size_t row) {
    auto const person = core::PersonId{*mark(FileKind::users, row).entity};
    auto const& user = cell(FileKind::users, row, "sourcedId");
    auto const words = roles_.find(user);
    bool pupil = picture_.seat_of(person) != nullptr;
    bool guardian = false;
    if (words != roles_.end()) {
        for (auto const& word : words->second) {
            pupil = pupil || word == "student";
            guardian = guardian || is_guardian_word(word);
        }
    }
    std::set<core::PersonId> named;
    for (auto const& agent : list_of(cell(FileKind::users, row, "agentSourcedIds"))) {
        auto const other = entity(FileKind::users, agent);
        if (!other) continue;
        named.insert(core::PersonId{*other});
        if (pupil)
            bind(core::PersonId{*other}, person);
        else if (guardian)
            bind(person, core::PersonId{*other});
    }
    if (!pupil) return;
    for (auto const* held : picture_.guardians_of(person)) {
        bool const from_here = held->id == bond_id(held->guardian_id, person);
        if (!from_here || named.contains(held->guardian_id)) continue;
        auto bond = *held;
        bond.to_date = last_day(bond.from_date);
        if (mark(FileKind::users, row).state == RowState::changed) put_bond(bond);
    }
}

}  // namespace santong::oneroster
