#include "modules/roster/rules/person_name.hpp"
#include "modules/roster/rules/phone.hpp"
#include "modules/roster/rules/sex.hpp"
#include "modules/roster/service.hpp"
#include "platform/text/utf8.hpp"
#include "standards/oneroster/planner.hpp"
#include "standards/oneroster/user_ids.hpp"

namespace santong::oneroster {

namespace {

namespace rules = roster::rules;

roster::PersonRecord as_record(roster::ExtractedPerson const& person) {
    roster::PersonRecord record;
    record.id = person.id;
    record.name = person.name;
    record.sex = person.sex;
    record.birth_date = person.birth_date;
    record.staff_number = person.staff_number;
    record.pupil_number = person.pupil_number;
    record.subject = person.subject;
    record.ended_at = person.ended_at;
    return record;
}

/// The code of table ZXXKC that codes or titles of a class stand for; empty if none does.
std::string subject_of(std::string const& codes, std::string const& titles) {
    for (auto const& code : list_of(codes)) {
        for (auto const& subject : roster::subjects()) {
            if (subject.code == code) return subject.code;
        }
    }
    for (auto const& title : list_of(titles)) {
        auto const form = text::search_form(title);
        for (auto const& subject : roster::subjects()) {
            if (subject.title == title || text::search_form(subject.title_en) == form) return subject.code;
        }
    }
    return {};
}

bool is_child_or_guardian(std::string const& word) {
    return word == "student" || word == "parent" || word == "guardian" || word == "relative";
}

}  // namespace

void Planner::note_roles() {
    auto const* rows = table(FileKind::roles);
    if (!rows) return;
    int const user = rows->column("userSourcedId");
    int const role = rows->column("role");
    for (auto const& row : rows->rows) {
        if (row.sound) roles_[Table::cell(row, user)].insert(Table::cell(row, role));
    }
}

void Planner::note_subjects() {
    auto const kind = FileKind::enrollments;
    auto const* rows = table(kind);
    if (!rows) return;
    int const user = rows->column("userSourcedId");
    int const role = rows->column("role");
    int const group = rows->column("classSourcedId");
    for (auto const& row : rows->rows) {
        if (!row.sound || Table::cell(row, role) != "teacher" || subjects_.contains(Table::cell(row, user))) continue;
        auto const at = find(FileKind::classes, Table::cell(row, group));
        if (at < 0) continue;
        auto const class_row = static_cast<std::size_t>(at);
        auto subject = subject_of(cell(FileKind::classes, class_row, "subjectCodes"),
                                  cell(FileKind::classes, class_row, "subjects"));
        if (!subject.empty()) subjects_.emplace(Table::cell(row, user), std::move(subject));
    }
}

bool Planner::is_staff(std::string const& user) const {
    auto const words = roles_.find(user);
    if (words == roles_.end()) return false;
    for (auto const& word : words->second) {
        if (!is_child_or_guardian(word)) return true;
    }
    return false;
}

/// What users.csv says of somebody, over what is known of him.
roster::PersonRecord Planner::record_of(std::size_t row) const {
    auto const kind = FileKind::users;
    auto const& one = marks_.at(kind)[row];
    roster::PersonRecord record;
    if (one.entity) {
        auto const known = picture_.people.find(core::PersonId{*one.entity});
        if (known != picture_.people.end()) record = as_record(known->second);
    }
    auto const& user = cell(kind, row, "sourcedId");
    auto const name = whole_name(text::trim(cell(kind, row, "familyName")), text::trim(cell(kind, row, "middleName")),
                                 text::trim(cell(kind, row, "givenName")));
    auto const read = rules::read_person_name(name);
    record.name = read ? *read : name;
    auto const today = core::Zone{picture_.district.zone()}.date_of(core::system_now());
    auto const ids = read_user_ids(cell(kind, row, "userIds"), today);
    auto numbers = ids ? *ids : PersonNumbers{};
    add_identifier(numbers, cell(kind, row, "identifier"), is_staff(user), today);
    record.identity_number = numbers.citizen_number;
    record.student_number = numbers.student_number;
    if (!numbers.staff_number.empty()) record.staff_number = numbers.staff_number;
    for (char const* column : {"sms", "phone"}) {
        auto const phone = rules::read_phone(cell(kind, row, column));
        if (phone && record.phone.empty()) record.phone = phone->number;
    }
    auto const subject = subjects_.find(user);
    if (subject != subjects_.end())
        record.subject = subject->second;
    else if (auto const& own = cell(kind, row, own_column::subject); !own.empty())
        record.subject = own;
    record.ended_at.reset();
    return record;
}

void Planner::put_person(roster::PersonRecord const& record) {
    picture_.put(record);
    unit(record.id).record = record;
}

void Planner::plan_users() {
    auto const* rows = table(FileKind::users);
    if (rows) {
        for (std::size_t i = 0; i < rows->rows.size(); ++i) plan_user(i);
    }
    for (auto const* known : ended_) {
        if (known->kind == "users" && known->entity_id) end_person(core::PersonId{*known->entity_id});
    }
}

void Planner::plan_user(std::size_t row) {
    auto& one = mark(FileKind::users, row);
    if (!fresh(one)) return;
    auto record = record_of(row);
    if (!one.entity) {
        auto const known = input_.recognise(record);
        one.entity = known ? known->value : core::Uuid::make();
        if (known) {
            auto merged = as_record(picture_.people.at(*known));
            merged.name = record.name;
            merged.identity_number = record.identity_number;
            merged.student_number = record.student_number;
            merged.phone = record.phone;
            if (record.staff_number) merged.staff_number = record.staff_number;
            if (!record.subject.empty()) merged.subject = record.subject;
            record = std::move(merged);
        }
    }
    record.id = core::PersonId{*one.entity};
    one.person = record.id;
    input_.ids.set(EntityId{*one.entity}, cell(FileKind::users, row, "sourcedId"));
    put_person(record);
}

void Planner::take_demographics(roster::PersonRecord& record, std::size_t row) const {
    auto const& birth = cell(FileKind::demographics, row, "birthDate");
    auto const& sex = cell(FileKind::demographics, row, "sex");
    if (!birth.empty()) record.birth_date = core::LocalDate::parse(birth);
    if (sex == "male") record.sex = roster::Sex::male;
    if (sex == "female") record.sex = roster::Sex::female;
    if (sex == "other" || sex == "unspecified") record.sex = roster::Sex::unknown;
}

void Planner::plan_demographics() {
    auto const kind = FileKind::demographics;
    auto const* rows = table(kind);
    if (!rows) return;
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
        auto& one = mark(kind, i);
        auto const person = entity(FileKind::users, cell(kind, i, "sourcedId"));
        if (!person || one.state == RowState::refused) continue;
        auto const part = units_.find(core::PersonId{*person});
        bool const rewritten = part != units_.end() && part->second.record;
        if (!fresh(one) && !rewritten) continue;
        auto record = rewritten ? *part->second.record : as_record(picture_.people.at(core::PersonId{*person}));
        take_demographics(record, i);
        one.entity = person;
        one.person = core::PersonId{*person};
        put_person(record);
    }
}

/// Somebody who is no longer among those that the other side has.
void Planner::end_person(core::PersonId const& id) {
    auto const known = picture_.people.find(id);
    if (known == picture_.people.end() || known->second.ended_at) return;
    auto record = as_record(known->second);
    record.ended_at = core::system_now();
    put_person(record);
    for (auto const* post : picture_.posts_of(id)) end_post(post->id);
    for (auto const* row : picture_.enrolments_of(id)) end_enrolment(row->id);
    auto bonds = picture_.guardians_of(id);
    for (auto const* bond : picture_.children_of(id)) bonds.push_back(bond);
    for (auto const* found : bonds) {
        auto bond = *found;
        bond.to_date = last_day(bond.from_date);
        put_bond(bond);
    }
}

}  // namespace santong::oneroster
