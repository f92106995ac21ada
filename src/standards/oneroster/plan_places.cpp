#include <algorithm>
#include <charconv>

#include "modules/roster/rules/class_name.hpp"
#include "platform/text/utf8.hpp"
#include "standards/oneroster/planner.hpp"

namespace santong::oneroster {

namespace {

using roster::OrgKind;
using roster::SchoolKind;

bool says(std::string const& name, std::string_view word) {
    return name.find(word) != std::string::npos;
}

/// What kind of school a name and its grades speak for.
SchoolKind school_kind(std::string const& name, int first, int last) {
    if (says(name, "幼儿园")) return SchoolKind::kindergarten;
    if (says(name, "教学点")) return SchoolKind::teaching_point;
    if (says(name, "特殊教育")) return SchoolKind::special;
    if (says(name, "职业") || says(name, "职中")) return SchoolKind::vocational;
    if (last <= 0) return SchoolKind::kindergarten;
    if (first >= 10) return SchoolKind::senior;
    if (first >= 7) return last >= 10 ? SchoolKind::complete_secondary : SchoolKind::junior;
    if (last >= 7) return SchoolKind::nine_year;
    return says(name, "中心") ? SchoolKind::central_primary : SchoolKind::village_primary;
}

bool is_central(SchoolKind kind) {
    return kind != SchoolKind::village_primary && kind != SchoolKind::teaching_point &&
           kind != SchoolKind::kindergarten;
}

/// The whole stage around the grades of a school: 3–5 becomes 1–6.
std::pair<int, int> stages(int lowest, int highest) {
    if (highest < 1) return {-2, 0};
    int const first = lowest >= 10 ? 10 : lowest >= 7 ? 7 : lowest >= 1 ? 1 : -2;
    return {first, highest >= 10 ? 12 : highest >= 7 ? 9 : 6};
}

int stage_start(int grade) {
    return grade >= 10 ? 10 : grade >= 7 ? 7 : grade >= 1 ? 1 : -2;
}

std::optional<int> number_of(std::string const& text) {
    int number = 0;
    auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

int number_in(std::string const& text) {
    int number = 0;
    for (char const c : text) {
        if (c >= '0' && c <= '9') number = (number * 10 + (c - '0')) % 1000;
    }
    return number % 100;
}

}  // namespace

void Planner::plan_orgs() {
    auto const* rows = table(FileKind::orgs);
    if (!rows) return;
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
        if (mark(FileKind::orgs, i).state != RowState::refused) plan_org(i);
    }
}

/// The kind of node a row becomes; nothing for places above the district.
std::optional<OrgKind> Planner::org_kind(std::size_t row) {
    auto const& type = cell(FileKind::orgs, row, "type");
    auto const& parent = cell(FileKind::orgs, row, "parentSourcedId");
    auto const above = find(FileKind::orgs, parent);
    auto const under = entity(FileKind::orgs, parent);
    if (auto const own = core::enum_parse<OrgKind>(cell(FileKind::orgs, row, own_column::kind));
        own && *own != OrgKind::class_group) {
        return *own;
    }
    if (type == "school") {
        return says(cell(FileKind::orgs, row, "name"), "教学点") ? OrgKind::teaching_point : OrgKind::school;
    }
    if (type == "department") return OrgKind::department;
    if (type == "ext:alliance") return OrgKind::alliance;
    if (type == "district") {
        bool const nested = above >= 0 && cell(FileKind::orgs, static_cast<std::size_t>(above), "type") == "district";
        return nested ? OrgKind::township : OrgKind::county;
    }
    if (type == "local" && under) return OrgKind::township;
    return std::nullopt;
}

core::OrgId Planner::parent_of(std::size_t row) {
    auto parent = cell(FileKind::orgs, row, "parentSourcedId");
    while (!parent.empty()) {
        if (auto const id = entity(FileKind::orgs, parent)) return core::OrgId{*id};
        auto const above = find(FileKind::orgs, parent);
        if (above < 0) break;
        parent = cell(FileKind::orgs, static_cast<std::size_t>(above), "parentSourcedId");
    }
    return picture_.district.org_id;
}

/// The node of a row: known from before, there under the same name or code, or new.
std::optional<core::OrgId> Planner::org_entity(std::size_t row) {
    auto const kind = org_kind(row);
    if (!kind) return std::nullopt;
    auto const& one = mark(FileKind::orgs, row);
    if (one.entity) return core::OrgId{*one.entity};
    if (*kind == OrgKind::county && !picture_.district.org_id.is_nil()) return picture_.district.org_id;
    auto const& name = cell(FileKind::orgs, row, "name");
    auto const& code = cell(FileKind::orgs, row, "identifier");
    for (auto const& [id, org] : picture_.orgs) {
        if (org.kind != *kind || !picture_.runs(org.to_date) || input_.ids.has(EntityId{id.value})) continue;
        if (org.name == name || (!code.empty() && org.code == code)) return id;
    }
    return core::OrgId::make();
}

void Planner::plan_org(std::size_t row) {
    if (!org_done_.insert(row).second) return;
    auto const above = find(FileKind::orgs, cell(FileKind::orgs, row, "parentSourcedId"));
    if (above >= 0) plan_org(static_cast<std::size_t>(above));
    auto& one = mark(FileKind::orgs, row);
    if (!fresh(one)) return;
    auto const id = org_entity(row);
    if (!id) return;
    one.entity = id->value;
    org_rows_[*id] = row;
    if (one.own) own_orgs_.insert(*id);
    input_.ids.set(EntityId{id->value}, cell(FileKind::orgs, row, "sourcedId"));
    auto const known = picture_.orgs.find(*id);
    roster::Org org = known == picture_.orgs.end() ? roster::Org{} : known->second;
    org.id = *id;
    org.kind = *org_kind(row);
    org.name = std::string(text::trim(cell(FileKind::orgs, row, "name")));
    if (known == picture_.orgs.end()) {
        org.short_name = org.name;
        org.sort = static_cast<std::int32_t>(row + 1);
        org.from_date = year_start();
    }
    org.code = cell(FileKind::orgs, row, "identifier");
    org.to_date.reset();
    if (org.kind == OrgKind::county) {
        picture_.district.org_id = *id;
        picture_.district.name = org.name;
        org.parent_id = {};
        places_.bulk.district = picture_.district;
    } else {
        org.parent_id = parent_of(row);
    }
    picture_.orgs[org.id] = org;
    places_.bulk.orgs.push_back(org);
}

void Planner::plan_school(core::OrgId const& id, std::string const& name, std::string const& code) {
    int lowest = 99;
    int highest = -99;
    for (auto const& [class_id, group] : picture_.classes) {
        // Classes of earlier years may have outgrown their school: only those of this bundle widen it.
        if (group.school_id != id || !touched_classes_.contains(class_id)) continue;
        lowest = std::min(lowest, picture_.grade_of(group));
        highest = std::max(highest, picture_.grade_of(group));
    }
    auto const known = picture_.schools.find(id);
    roster::SchoolProfile school = known == picture_.schools.end() ? roster::SchoolProfile{} : known->second;
    bool const is_new = known == picture_.schools.end();
    auto const before = std::tuple(school.first_grade, school.last_grade, school.school_code);
    if (highest >= lowest) {
        auto const [first, last] = stages(lowest, highest);
        // A school that is known stays as wide as it is, unless a class stands outside it.
        if (is_new || lowest < school.first_grade) school.first_grade = first;
        if (is_new || highest > school.last_grade) school.last_grade = last;
    } else if (is_new && (says(name, "中学") || says(name, "初中"))) {
        school.first_grade = 7;
        school.last_grade = 9;
    }
    if (code.size() == 10) school.school_code = code;
    bool const comes_home = own_orgs_.contains(id);
    if (!is_new && !comes_home && before == std::tuple(school.first_grade, school.last_grade, school.school_code)) {
        return;
    }
    school.id = id;
    if (is_new) {
        school.kind = school_kind(name, school.first_grade, school.last_grade);
        school.central = is_central(school.kind);
    }
    if (is_new || comes_home) take_own_words(school);
    picture_.schools[id] = school;
    places_.bulk.schools.push_back(school);
}

/// What another Santong says of a school beyond the standard.
void Planner::take_own_words(roster::SchoolProfile& school) const {
    auto const row = org_rows_.find(school.id);
    if (row == org_rows_.end()) return;
    auto word = [&](char const* column) -> std::string const& { return cell(FileKind::orgs, row->second, column); };
    if (auto const kind = core::enum_parse<SchoolKind>(word(own_column::school_kind))) school.kind = *kind;
    if (auto const grade = number_of(word(own_column::first_grade))) school.first_grade = *grade;
    if (auto const grade = number_of(word(own_column::last_grade))) school.last_grade = *grade;
    if (auto const& text = word(own_column::central); !text.empty()) school.central = text == "true";
    if (auto const& text = word(own_column::rural); !text.empty()) school.rural = text == "true";
}

void Planner::plan_sessions() {
    auto const* rows = table(FileKind::academicSessions);
    if (!rows) return;
    auto const kind = FileKind::academicSessions;
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
        auto& one = mark(kind, i);
        auto const& type = cell(kind, i, "type");
        if (!fresh(one) || (type != "semester" && type != "term")) continue;
        auto const above = find(kind, cell(kind, i, "parentSourcedId"));
        bool const part = above >= 0 && cell(kind, static_cast<std::size_t>(above), "type") == "semester";
        if (type == "term" && part) continue;
        auto const from = *core::LocalDate::parse(cell(kind, i, "startDate"));
        roster::Term term;
        term.school_year = roster::school_year_of(from);
        term.number = from.month >= 7 ? 1 : 2;
        auto const same = std::ranges::find_if(picture_.terms, [&](auto const& other) {
            return other.second.school_year == term.school_year && other.second.number == term.number;
        });
        bool const free = same == picture_.terms.end() || !input_.ids.has(EntityId{same->first.value});
        if (!one.entity && !free) continue;
        if (one.entity)
            term.id = roster::TermId{*one.entity};
        else
            term.id = same == picture_.terms.end() ? roster::TermId::make() : same->first;
        term.name = cell(kind, i, "title");
        term.from_date = from;
        term.to_date = *core::LocalDate::parse(cell(kind, i, "endDate"));
        term.week_one_monday = from.plus_days(1 - from.weekday());
        one.entity = term.id.value;
        input_.ids.set(EntityId{term.id.value}, cell(kind, i, "sourcedId"));
        picture_.terms[term.id] = term;
        places_.bulk.terms.push_back(term);
    }
}

/// Classes of the roster are the home classes; a school that names none of its classes so has them all.
void Planner::choose_class_rows() {
    auto const* rows = table(FileKind::classes);
    std::set<std::string> with_homes;
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
        if (cell(FileKind::classes, i, "classType") == "homeroom")
            with_homes.insert(cell(FileKind::classes, i, "schoolSourcedId"));
    }
    for (auto const& [id, group] : picture_.classes) {
        if (rows->mode == Mode::delta) with_homes.insert(input_.ids.of(group.school_id));
    }
    for (std::size_t i = 0; i < rows->rows.size(); ++i) {
        if (mark(FileKind::classes, i).state == RowState::refused) continue;
        bool const home = cell(FileKind::classes, i, "classType") == "homeroom";
        if (home || !with_homes.contains(cell(FileKind::classes, i, "schoolSourcedId"))) class_rows_.insert(i);
    }
}

void Planner::plan_classes() {
    if (table(FileKind::classes)) {
        choose_class_rows();
        for (auto const row : class_rows_) plan_class(row);
    }
    for (auto const& [id, org] : picture_.orgs) {
        if (org.is_school() && picture_.runs(org.to_date)) plan_school(id, org.name, org.code);
    }
}

/// School year that a class's grade is told for: that of its terms, but not before the present one.
int Planner::class_year(std::size_t row) const {
    int year = picture_.school_year();
    for (auto const& id : list_of(cell(FileKind::classes, row, "termSourcedIds"))) {
        auto const term = find(FileKind::academicSessions, id);
        if (term < 0) continue;
        auto const from =
            core::LocalDate::parse(cell(FileKind::academicSessions, static_cast<std::size_t>(term), "startDate"));
        if (from) year = std::max(year, roster::school_year_of(*from));
    }
    return year;
}

int Planner::class_grade(std::size_t row) const {
    auto grades = list_of(cell(FileKind::classes, row, "grades"));
    if (grades.empty()) {
        auto const course = find(FileKind::courses, cell(FileKind::classes, row, "courseSourcedId"));
        if (course >= 0) grades = list_of(cell(FileKind::courses, static_cast<std::size_t>(course), "grades"));
    }
    for (auto const& one : grades) {
        if (auto const grade = grade_number(one)) return *grade;
    }
    auto const named = roster::rules::read_class_name(cell(FileKind::classes, row, "title"), {1, 12}, class_year(row));
    return named && named->grade ? *named->grade : 1;
}

std::optional<core::OrgId> Planner::same_class(core::OrgId const& school, roster::ClassProfile const& profile) const {
    for (auto const& [id, other] : picture_.classes) {
        if (other.school_id != school || other.number != profile.number || input_.ids.has(EntityId{id.value})) continue;
        if (other.grade_in(2000) == profile.grade_in(2000) && picture_.runs(picture_.orgs.at(id).to_date)) return id;
    }
    return std::nullopt;
}

void Planner::plan_class(std::size_t row) {
    auto& one = mark(FileKind::classes, row);
    auto const school = entity(FileKind::orgs, cell(FileKind::classes, row, "schoolSourcedId"));
    if (!fresh(one) || !school) return;
    if (one.own && one.entity && picture_.classes.contains(core::OrgId{*one.entity})) {
        take_own_class(row);
        return;
    }
    int const year = class_year(row);
    int const grade = class_grade(row);
    auto const& title = cell(FileKind::classes, row, "title");
    auto const [first, last] = stages(grade, grade);
    auto const named = roster::rules::read_class_name(title, {first, last}, year);
    bool const ours = named && (!named->grade || *named->grade == grade) && grade >= 1;
    roster::ClassProfile profile;
    if (one.entity && picture_.classes.contains(core::OrgId{*one.entity}))
        profile = picture_.classes.at(core::OrgId{*one.entity});
    profile.school_id = core::OrgId{*school};
    profile.entry_grade = stage_start(grade);
    profile.entry_year = year - (grade - profile.entry_grade);
    profile.number = ours ? named->number : std::max(1, number_in(cell(FileKind::classes, row, "classCode")));
    profile.name = ours ? "" : title;
    profile.room = cell(FileKind::classes, row, "location");
    if (!one.entity) {
        auto const same = same_class(profile.school_id, profile);
        one.entity = same ? same->value : core::Uuid::make();
    }
    profile.id = core::OrgId{*one.entity};
    roster::Org org = picture_.orgs.contains(profile.id) ? picture_.orgs.at(profile.id) : roster::Org{};
    if (org.id.is_nil()) org.from_date = year_start();
    org.id = profile.id;
    org.kind = OrgKind::class_group;
    org.parent_id = profile.school_id;
    org.name = org.short_name = ours ? roster::rules::class_label(grade, profile.number) : title;
    org.sort = grade * 100 + profile.number;
    org.to_date.reset();
    input_.ids.set(EntityId{org.id.value}, cell(FileKind::classes, row, "sourcedId"));
    picture_.orgs[org.id] = org;
    picture_.classes[org.id] = profile;
    touched_classes_.insert(org.id);
    places_.bulk.orgs.push_back(org);
    places_.bulk.classes.push_back(profile);
}

void Planner::end_org(core::OrgId const& id) {
    auto const found = picture_.orgs.find(id);
    if (found == picture_.orgs.end() || !picture_.runs(found->second.to_date) || id == picture_.district.org_id) return;
    found->second.to_date = last_day(found->second.from_date);
    places_.bulk.orgs.push_back(found->second);
}

void Planner::end_places() {
    for (auto const* known : ended_) {
        bool const place = known->kind == "orgs" || known->kind == "classes";
        if (place && known->entity_id) end_org(core::OrgId{*known->entity_id});
    }
}

}  // namespace santong::oneroster
