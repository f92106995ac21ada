#include "standards/oneroster/project.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "modules/roster/rules/class_name.hpp"
#include "platform/text/utf8.hpp"
#include "standards/oneroster/format.hpp"
#include "standards/oneroster/user_ids.hpp"

namespace santong::oneroster {

namespace {

constexpr std::string_view own_role = "ext:santong-";

struct RoleWord {
    auth::Role role;
    std::string_view word;
};
constexpr std::array role_words = {
    RoleWord{auth::Role::teacher, "teacher"}, RoleWord{auth::Role::principal, "principal"},
    RoleWord{auth::Role::academic, "siteAdministrator"}, RoleWord{auth::Role::info_office, "districtAdministrator"},
    RoleWord{auth::Role::sysadmin, "systemAdministrator"}};

std::string day(std::optional<core::LocalDate> const& date) {
    return date ? date->text() : "";
}

std::string org_type(roster::OrgKind kind) {
    using enum roster::OrgKind;
    switch (kind) {
        case province: return "state";
        case city:
        case township: return "local";
        case county: return "district";
        case school:
        case teaching_point: return "school";
        case alliance: return "ext:alliance";
        case grade:
        case class_group:
        case department: return "department";
    }
    return "department";
}

std::string joined(std::set<std::string> const& parts) {
    std::string cell;
    for (auto const& part : parts) cell += (cell.empty() ? "" : ",") + part;
    return cell;
}

bool is_han_name(std::string_view name) {
    std::size_t at = 0;
    return !name.empty() && text::is_han(text::next_character(name, at));
}

}  // namespace

std::string SourcedIds::of(EntityId const& entity) const {
    auto const found = names_.find(entity);
    return found == names_.end() ? entity.text() : found->second;
}

Columns project_org(Picture const& picture, SourcedIds const& ids, roster::Org const& org) {
    bool const root = org.id == picture.district.org_id;
    Columns columns{{"name", org.name},
                    {"type", org_type(org.kind)},
                    {"identifier", root && org.code.empty() ? std::to_string(picture.number) : org.code},
                    {"parentSourcedId", root || org.parent_id.is_nil() ? "" : ids.of(org.parent_id)},
                    {own_column::kind, std::string(core::enum_text(org.kind))}};
    auto const school = picture.schools.find(org.id);
    if (school == picture.schools.end()) return columns;
    columns[own_column::school_kind] = core::enum_text(school->second.kind);
    columns[own_column::first_grade] = std::to_string(school->second.first_grade);
    columns[own_column::last_grade] = std::to_string(school->second.last_grade);
    columns[own_column::central] = school->second.central ? "true" : "false";
    columns[own_column::rural] = school->second.rural ? "true" : "false";
    return columns;
}

Columns project_session(roster::Term const& term) {
    return {{"title", term.name},
            {"type", "semester"},
            {"startDate", term.from_date.text()},
            {"endDate", term.to_date.text()},
            {"schoolYear", std::to_string(term.school_year + 1)}};
}

Columns project_class(Picture const& picture, SourcedIds const& ids, roster::ClassProfile const& group) {
    int const grade = picture.grade_of(group);
    bool const kindergarten = grade < 1;
    auto const title = !group.name.empty() || kindergarten
                           ? group.name
                           : roster::rules::class_label(std::clamp(grade, 1, 12), group.number);
    return {{"title", title},
            {"grades", grade_code(grade)},
            {"location", group.room},
            {"schoolSourcedId", ids.of(group.school_id)}};
}

Columns project_user(Picture const& picture, SourcedIds const& ids, roster::ExtractedPerson const& person) {
    auto const [family, given] = family_and_given(person.name);
    std::set<std::string> agents;
    for (auto const* bond : picture.guardians_of(person.id)) agents.insert(ids.of(bond->guardian_id));
    for (auto const* bond : picture.children_of(person.id)) agents.insert(ids.of(bond->pupil_id));
    std::string grades;
    if (auto const* seat = picture.seat_of(person.id)) {
        auto const group = picture.classes.find(seat->class_id);
        if (group != picture.classes.end()) grades = grade_code(picture.grade_of(group->second));
    }
    return {{"familyName", family},
            {"givenName", given},
            {"userIds", write_user_ids({person.fields.identity_number, person.fields.student_number, ""})},
            {"identifier", person.staff_number.value_or("")},
            {"sms", person.fields.phone},
            {own_column::subject, person.subject},
            {"agentSourcedIds", joined(agents)},
            {"grades", grades}};
}

Columns project_demographics(roster::ExtractedPerson const& person) {
    auto const sex = person.sex == roster::Sex::unknown ? "" : std::string(core::enum_text(person.sex));
    return {{"birthDate", day(person.birth_date)}, {"sex", sex}};
}

Columns project_role(SourcedIds const& ids, roster::Post const& post) {
    return {{"userSourcedId", ids.of(post.person_id)},
            {"role", role_word(post.kind)},
            {"beginDate", post.from_date.text()},
            {"endDate", day(post.to_date)},
            {"orgSourcedId", ids.of(post.org_id)},
            {own_column::subject, post.subject},
            {own_column::title, post.title}};
}

Columns project_teaching(Picture const& picture, SourcedIds const& ids, roster::Post const& post) {
    auto const group = picture.classes.find(post.org_id);
    return {{"classSourcedId", ids.of(post.org_id)},
            {"schoolSourcedId", group == picture.classes.end() ? "" : ids.of(group->second.school_id)},
            {"userSourcedId", ids.of(post.person_id)},
            {"role", "teacher"},
            {"primary", post.kind == auth::Role::homeroom ? "true" : "false"},
            {"beginDate", post.from_date.text()},
            {"endDate", day(post.to_date)}};
}

Columns project_enrollment(SourcedIds const& ids, roster::Enrolment const& enrolment) {
    return {{"classSourcedId", ids.of(enrolment.class_id)},
            {"schoolSourcedId", ids.of(enrolment.school_id)},
            {"userSourcedId", ids.of(enrolment.person_id)},
            {"role", "student"},
            {"primary", "false"},
            {"beginDate", enrolment.from_date.text()},
            {"endDate", day(enrolment.to_date)}};
}

std::pair<std::string, std::string> family_and_given(std::string_view name) {
    static constexpr std::array compound = {"欧阳", "太史", "端木", "上官", "司马", "东方", "独孤", "南宫", "万俟",
                                            "闻人", "夏侯", "诸葛", "尉迟", "公羊", "赫连", "澹台", "皇甫", "宗政",
                                            "濮阳", "公冶", "太叔", "申屠", "公孙", "慕容", "仲孙", "钟离", "长孙",
                                            "宇文", "司徒", "鲜于", "司空", "令狐", "呼延", "轩辕", "百里", "东郭"};
    auto const count = text::count_characters(name);
    if (!is_han_name(name)) {
        auto const blank = name.rfind(' ');
        if (blank == std::string_view::npos) return {std::string(name), std::string(name)};
        return {std::string(name.substr(blank + 1)), std::string(name.substr(0, blank))};
    }
    if (count < 2) return {std::string(name), std::string(name)};
    std::size_t family = 1;
    for (std::string_view one : compound) {
        if (count > 2 && name.starts_with(one)) family = 2;
    }
    auto const first = text::truncate_characters(name, family);
    return {std::string(first), std::string(name.substr(first.size()))};
}

std::string whole_name(std::string_view family, std::string_view middle, std::string_view given) {
    if (family == given && !is_han_name(family)) return std::string(family);
    if (is_han_name(family) || is_han_name(given)) {
        return std::string(family) + std::string(middle) + std::string(given);
    }
    std::string name(given);
    for (auto const part : {middle, family}) {
        if (!part.empty()) name.append(name.empty() ? "" : " ").append(part);
    }
    return name;
}

std::string made_id(std::string const& name) {
    return core::Uuid::named("oneroster." + name).text();
}

std::string role_word(auth::Role role) {
    for (auto const& one : role_words) {
        if (one.role == role) return std::string(one.word);
    }
    return std::string(own_role) + std::string(core::enum_text(role));
}

std::optional<auth::Role> role_of_word(std::string_view word) {
    if (word.starts_with(own_role)) return core::enum_parse<auth::Role>(word.substr(own_role.size()));
    for (auto const& one : role_words) {
        if (one.word == word) return one.role;
    }
    return std::nullopt;
}

}  // namespace santong::oneroster
