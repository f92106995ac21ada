#include "modules/roster/import_context.hpp"

#include <algorithm>

#include "modules/roster/import_guardians.hpp"
#include "modules/roster/import_store.hpp"
#include "modules/roster/rules/class_name.hpp"
#include "modules/roster/service.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster {

namespace {

/// What two spellings of a school's name have in common: no blanks, no brackets.
std::string school_form(std::string_view name) {
    std::string form;
    auto const folded = text::search_form(name);
    for (std::size_t at = 0; at < folded.size();) {
        auto const c = text::next_character(folded, at);
        if (!text::is_blank(c) && c != '(' && c != ')' && c != U'（' && c != U'）') text::append_character(form, c);
    }
    return form;
}

std::u32string letters(std::string_view text) {
    std::u32string out;
    for (std::size_t at = 0; at < text.size();) out += text::next_character(text, at);
    return out;
}

/// Share of the shorter text that the longer one has in the same order (0–1).
double likeness(std::u32string const& a, std::u32string const& b) {
    if (a.empty() || b.empty()) return 0;
    std::vector<std::size_t> row(b.size() + 1, 0);
    for (auto const c : a) {
        std::size_t diagonal = 0;
        for (std::size_t j = 0; j < b.size(); ++j) {
            auto const above = row[j + 1];
            row[j + 1] = c == b[j] ? diagonal + 1 : std::max(above, row[j]);
            diagonal = above;
        }
    }
    auto const common = static_cast<double>(row[b.size()]);
    return common / static_cast<double>(std::min(a.size(), b.size())) -
           0.01 * static_cast<double>(std::max(a.size(), b.size()) - std::min(a.size(), b.size()));
}

constexpr double near_enough = 0.74;

}  // namespace

ImportContext::ImportContext(sql::Tx& tx, core::LocalDate today, std::vector<OrgId> const& places)
    : today_(today), schools_(schools(tx)) {
    auto const root = district(tx).org_id;
    for (auto const& place : places) {
        whole_district_ = whole_district_ || place == root;
        for (auto const& org : subtree(tx, place)) {
            if (org.is_school()) allowed_.insert(org.id);
        }
    }
    std::map<OrgId, Org> nodes;
    for (auto const& org : store::all_orgs(tx)) {
        if (org.kind == OrgKind::class_group) nodes.emplace(org.id, org);
    }
    for (auto const& row : store::all_classes(tx)) {
        auto const node = nodes.find(row.id);
        if (node == nodes.end() || (node->second.to_date && *node->second.to_date < today_)) continue;
        int const grade = row.grade_in(school_year());
        auto const* at = school(row.school_id);
        if (!at || grade < at->first_grade || grade > at->last_grade) continue;
        auto name = row.name.empty() && grade >= 1 && grade <= 12 ? rules::class_label(grade, row.number) : row.name;
        classes_.push_back({row.id, row.school_id, grade, row.number, std::move(name), node->second.name});
    }
    for (auto const& one : store::told_guardians(tx)) told_.emplace(one.guardianship_id, one.school_id);
    read_people(tx);
}

void ImportContext::read_people(sql::Tx& tx) {
    for (auto& row : store::all_people(tx)) {
        if (row.ended_at) continue;
        auto const id = row.id;
        if (!row.identity_index.empty()) by_identity_.emplace(row.identity_index, id);
        if (!row.student_number_index.empty()) by_student_number_.emplace(row.student_number_index, id);
        if (row.staff_number) by_staff_number_.emplace(*row.staff_number, id);
        if (!row.phone_index.empty()) by_phone_.emplace(row.phone_index, id);
        by_name_.emplace(row.name, id);
        people_.emplace(id, ImportPerson{std::move(row), {}, {}, {}});
    }
    auto runs = [&](auto const& row) { return !row.to_date || *row.to_date >= today_; };
    for (auto const& row : store::all_enrolments(tx)) {
        auto const at = people_.find(row.person_id);
        if (at != people_.end() && runs(row)) at->second.seat = row;
    }
    for (auto const& row : store::all_posts(tx)) {
        auto const at = people_.find(row.person_id);
        if (at != people_.end() && runs(row)) at->second.posts.push_back(row);
    }
    for (auto const& row : store::all_guardianships(tx)) {
        auto const at = people_.find(row.pupil_id);
        if (at != people_.end() && runs(row)) at->second.bonds.push_back(row);
    }
}

bool ImportContext::told_by(OrgId const& school, GuardianshipId const& id) const {
    auto const found = told_.find(id);
    return found != told_.end() && found->second == school;
}

School const* ImportContext::find_school(std::string_view text) const {
    auto const form = school_form(text);
    if (form.empty()) return nullptr;
    for (auto const& one : schools_) {
        if (school_form(one.name) == form || (!one.school_code.empty() && one.school_code == form)) return &one;
    }
    School const* found = nullptr;
    for (auto const& one : schools_) {
        if (school_form(one.short_name) != form) continue;
        if (found) return nullptr;
        found = &one;
    }
    return found;
}

School const* ImportContext::school(OrgId const& id) const {
    auto const found = std::ranges::find(schools_, id, &School::id);
    return found == schools_.end() ? nullptr : &*found;
}

School const* ImportContext::nearest_school(std::string_view text) const {
    auto const wanted = letters(school_form(text));
    School const* best = nullptr;
    double best_likeness = near_enough;
    for (auto const& one : schools_) {
        auto const value = std::max(likeness(wanted, letters(school_form(one.name))),
                                    likeness(wanted, letters(school_form(one.short_name))));
        if (value <= best_likeness) continue;
        best = &one;
        best_likeness = value;
    }
    return best;
}

School const* ImportContext::only_school() const {
    return allowed_.size() == 1 ? school(*allowed_.begin()) : nullptr;
}

bool ImportContext::may_know(ImportPerson const& person) const {
    if (whole_district_ || (!person.seat && person.posts.empty())) return true;
    if (person.seat && may_touch(person.seat->school_id)) return true;
    return std::ranges::any_of(person.posts, [&](Post const& post) {
        auto const* group = class_by_id(post.org_id);
        return may_touch(group ? group->school_id : post.org_id);
    });
}

std::vector<ImportClass> ImportContext::classes_of(OrgId const& school_id, int grade) const {
    std::vector<ImportClass> found;
    std::ranges::copy_if(classes_, std::back_inserter(found),
                         [&](ImportClass const& one) { return one.school_id == school_id && one.grade == grade; });
    return found;
}

ImportClass const* ImportContext::find_class(OrgId const& school_id, int grade, int number) const {
    auto const found = std::ranges::find_if(classes_, [&](ImportClass const& one) {
        return one.school_id == school_id && one.grade == grade && one.number == number;
    });
    return found == classes_.end() ? nullptr : &*found;
}

ImportClass const* ImportContext::class_by_id(OrgId const& id) const {
    auto const found = std::ranges::find(classes_, id, &ImportClass::id);
    return found == classes_.end() ? nullptr : &*found;
}

std::vector<ImportClass> ImportContext::classes_named(OrgId const& school_id, std::string_view name) const {
    auto const form = school_form(name);
    std::vector<ImportClass> found;
    std::ranges::copy_if(classes_, std::back_inserter(found), [&](ImportClass const& one) {
        return one.school_id == school_id && (school_form(one.name) == form || school_form(one.own_name) == form);
    });
    return found;
}

ImportPerson const* ImportContext::person(PersonId const& id) const {
    auto const found = people_.find(id);
    return found == people_.end() ? nullptr : &found->second;
}

ImportPerson const* ImportContext::find(Index const& index, std::string const& key) const {
    if (key.empty()) return nullptr;
    auto const found = index.find(key);
    return found == index.end() ? nullptr : person(found->second);
}

std::vector<ImportPerson const*> ImportContext::by_name(std::string const& name) const {
    std::vector<ImportPerson const*> found;
    auto const [from, to] = by_name_.equal_range(name);
    for (auto at = from; at != to; ++at) found.push_back(person(at->second));
    return found;
}

ImportPerson const* ImportContext::by_phone(std::string const& index, std::string const& name) const {
    if (index.empty()) return nullptr;
    auto const [from, to] = by_phone_.equal_range(index);
    for (auto at = from; at != to; ++at) {
        auto const* one = person(at->second);
        if (one->row.name == name && !one->seat) return one;
    }
    return nullptr;
}

std::vector<ImportPerson const*> ImportContext::absent(ImportKind kind, OrgId const& place,
                                                       std::set<PersonId> const& seen) const {
    std::vector<ImportPerson const*> found;
    for (auto const& [id, one] : people_) {
        bool const here = kind == ImportKind::pupils
                              ? one.seat && one.seat->class_id == place
                              : std::ranges::any_of(one.posts, [&](Post const& post) {
                                    return post.org_id == place && post.kind == auth::Role::teacher;
                                });
        if (here && !seen.contains(id)) found.push_back(&one);
    }
    std::ranges::sort(found, {}, [](ImportPerson const* one) { return std::tie(one->row.pinyin, one->row.id); });
    return found;
}

}  // namespace santong::roster
