#include "modules/roster/import_check.hpp"

#include <algorithm>

#include "core/message.hpp"
#include "modules/roster/import_subjects.hpp"
#include "modules/roster/rules/citizen_number.hpp"
#include "modules/roster/rules/class_name.hpp"
#include "modules/roster/rules/dates.hpp"
#include "modules/roster/rules/grade_name.hpp"
#include "modules/roster/rules/person_name.hpp"
#include "modules/roster/rules/phone.hpp"
#include "modules/roster/rules/sex.hpp"
#include "modules/roster/rules/student_number.hpp"
#include "modules/roster/service.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster {

namespace {

constexpr std::size_t longest_shown = 40;
constexpr int most_new_classes = 5;  // beyond the last one of a grade

/// The grades that a class's name may mean: those of one stage if the grade is known, so that 2014级1班 is no question.
rules::GradeSpan span_of(School const& school, std::optional<int> grade) {
    rules::GradeSpan span{school.first_grade, school.last_grade};
    if (!grade || *grade < 1) return span;
    int const first = *grade >= 10 ? 10 : *grade >= 7 ? 7 : 1;
    int const last = *grade >= 10 ? 12 : *grade >= 7 ? 9 : 6;
    return {std::max(span.first, first), std::min(span.last, last)};
}

std::string joined_names(std::vector<ImportClass> const& classes) {
    std::string names;
    for (auto const& one : classes) names += (names.empty() ? "" : "、") + one.name;
    return names;
}

}  // namespace

RowChecker::RowChecker(ImportContext const& context, ImportKind kind, std::vector<ImportColumn> const& columns)
    : context_(context), kind_(kind) {
    for (auto const& column : columns) {
        if (column.field) columns_.emplace(*column.field, column.index);
    }
}

std::string const& RowChecker::cell(Work const& work, RosterField field) const {
    static std::string const nothing;
    auto const at = columns_.find(field);
    if (at == columns_.end()) return nothing;
    auto const index = static_cast<std::size_t>(at->second);
    return index < work.row.cells.texts.size() ? work.row.cells.texts[index] : nothing;
}

void RowChecker::refuse(Work& work, RosterField field, std::string key, core::ErrorParams params,
                        std::string suggestion) const {
    auto const& text = cell(work, field);
    bool const ruined = key.ends_with("_ruined");
    auto shown = ruined ? text : masked_cell(field, text);
    shown = std::string(text::truncate_characters(shown, longest_shown));
    if (params.contains("value") && is_personal_field(field) && !ruined) params["value"] = shown;
    if (suggestion.empty() && params.contains("suggestion")) suggestion = params.at("suggestion");
    auto const at = columns_.find(field);
    auto hint = key + "_hint";
    if (!core::has_message(hint)) hint.clear();
    work.verdict.problems.push_back({at == columns_.end() ? -1 : at->second, std::string(core::enum_text(field)),
                                     std::move(shown), std::move(key), std::move(params), std::move(hint),
                                     is_personal_field(field) ? "" : std::move(suggestion)});
}

void RowChecker::refuse(Work& work, RosterField field, core::Error const& error) const {
    refuse(work, field, error.key, error.params);
}

ImportVerdict RowChecker::check(CheckedRow const& row) {
    Work work{row, {}};
    read_school(work);
    read_person(work);
    read_numbers(work);
    auto const* school = work.verdict.school_id ? context_.school(*work.verdict.school_id) : nullptr;
    if (school) schools_.insert(school->id);
    if (kind_ == ImportKind::pupils) {
        if (school) read_class(work, *school);
        read_guardian(work);
    } else {
        read_staff(work);
    }
    check_agreement(work);
    if (row.decision == ImportDecision::skip) {
        match(work);
        work.recognised = true;  // somebody has looked at it
        note_cover(work);
        work.verdict.problems.clear();
        work.verdict.state = ImportRowState::same;
        return std::move(work.verdict);
    }
    match(work);
    note_cover(work);
    return std::move(work.verdict);
}

void RowChecker::note_cover(Work const& work) {
    auto const& verdict = work.verdict;
    auto const place = kind_ == ImportKind::staff ? verdict.school_id.value_or(OrgId{}) : verdict.read.class_id;
    bool const unknown = verdict.state == ImportRowState::refused && !work.recognised;
    if (place.is_nil()) {
        unknown_anywhere_ += unknown;
        return;
    }
    auto& covered = cover_[place];
    ++covered.rows;
    covered.unknown += unknown;
}

std::vector<ImportCover> RowChecker::cover() const {
    std::vector<ImportCover> places;
    for (auto [id, covered] : cover_) {
        auto const* group = context_.class_by_id(id);
        auto const* school = context_.school(group ? group->school_id : id);
        covered.place_id = id;
        covered.school_name = school ? school->name : "";
        covered.name = group ? group->name : "";
        covered.here = static_cast<std::int64_t>(context_.absent(kind_, id, {}).size());
        covered.absent = static_cast<std::int64_t>(context_.absent(kind_, id, seen_).size());
        covered.unknown += unknown_anywhere_;
        places.push_back(std::move(covered));
    }
    std::ranges::sort(places, {}, [](ImportCover const& one) { return std::tie(one.school_name, one.name); });
    return places;
}

void RowChecker::read_school(Work& work) const {
    auto const& code = cell(work, RosterField::school_code);
    auto const& name = cell(work, RosterField::school);
    auto& verdict = work.verdict;
    School const* found = name.empty() ? nullptr : context_.find_school(name);
    if (!found && !code.empty()) found = context_.find_school(code);
    if (name.empty() && code.empty()) {
        found = context_.only_school();
        if (!found) return refuse(work, RosterField::school, "roster.import_required");
    }
    verdict.school_name = found ? found->name : name;
    if (!found) {
        auto const* near = context_.nearest_school(name);
        if (near && context_.may_touch(near->id)) {
            refuse(work, RosterField::school, "roster.import_school_near", {{"school", near->name}}, near->name);
        } else {
            refuse(work, RosterField::school, "roster.import_school_unknown", {{"value", name}});
        }
        return;
    }
    if (!context_.may_touch(found->id)) return refuse(work, RosterField::school, "roster.import_other_school");
    verdict.school_id = found->id;
}

void RowChecker::read_person(Work& work) const {
    using enum RosterField;
    auto& read = work.verdict.read;
    auto const person_name = rules::read_person_name(cell(work, name));
    if (person_name)
        read.name = *person_name;
    else
        refuse(work, name, person_name.error());
    if (auto const& text = cell(work, sex); !text.empty()) {
        auto const value = rules::read_sex(text);
        if (!value)
            refuse(work, sex, "roster.import_sex_unknown", {{"value", text}});
        else if (*value == rules::Sex::male)
            read.sex = Sex::male;
        else if (*value == rules::Sex::female)
            read.sex = Sex::female;
    }
    if (auto const& text = cell(work, birth_date); !text.empty()) {
        auto const birth = rules::read_date(text);
        if (!birth) return refuse(work, birth_date, birth.error());
        auto const right = rules::check_birth_date(*birth, context_.today());
        if (right)
            read.birth_date = *birth;
        else
            refuse(work, birth_date, right.error());
    }
}

void RowChecker::read_numbers(Work& work) const {
    using enum RosterField;
    auto& fields = work.verdict.read.fields;
    auto ruined = [&](RosterField field) {
        auto const at = columns_.find(field);
        return at != columns_.end() &&
               std::ranges::find(work.row.cells.ruined, at->second) != work.row.cells.ruined.end();
    };
    if (auto const& text = cell(work, citizen_number); !text.empty()) {
        auto const number = rules::read_citizen_number(text, context_.today());
        if (ruined(citizen_number))
            refuse(work, citizen_number, "roster.citizen_number_ruined", {{"value", text}});
        else if (number)
            fields.identity_number = number->number;
        else
            refuse(work, citizen_number, number.error());
    }
    if (auto const& text = cell(work, student_number); !text.empty() && kind_ == ImportKind::pupils) {
        auto const number = rules::read_student_number(text, context_.today());
        if (ruined(student_number))
            refuse(work, student_number, "roster.import_number_ruined", {{"value", text}});
        else if (number)
            fields.student_number = number->number;
        else
            refuse(work, student_number, number.error());
    }
    if (auto const& text = cell(work, phone); !text.empty()) {
        auto const number = rules::read_phone(text);
        if (number)
            fields.phone = number->number;
        else
            refuse(work, phone, number.error());
    }
}

/// Number, birthday and sex tell the same of somebody in several cells: they must agree.
void RowChecker::check_agreement(Work& work) const {
    using enum RosterField;
    auto& read = work.verdict.read;
    std::string number = read.fields.identity_number;
    if (!read.fields.student_number.empty() && read.fields.student_number.front() == 'G') {
        auto const inside = read.fields.student_number.substr(1);
        if (!number.empty() && number != inside) refuse(work, student_number, "roster.import_numbers_differ");
        number = inside;
    }
    if (number.empty()) return;
    auto const citizen = rules::read_citizen_number(number, context_.today());
    if (!citizen) return;
    if (read.birth_date && *read.birth_date != citizen->birth) {
        refuse(work, birth_date, "roster.import_birth_differs", {{"birth", citizen->birth.text()}},
               citizen->birth.text());
    }
    bool const male = citizen->sex == rules::Sex::male;
    if (read.sex && (*read.sex == Sex::male) != male) {
        std::string const right = male ? "男" : "女";
        refuse(work, sex, "roster.import_sex_differs", {{"sex", right}}, right);
    }
    read.birth_date = citizen->birth;
    read.sex = male ? Sex::male : Sex::female;
}

std::optional<int> RowChecker::read_grade(Work& work, School const& school) const {
    auto const& text = cell(work, RosterField::grade);
    if (text.empty()) return std::nullopt;
    auto const value = rules::read_grade(text);
    if (!value) {
        refuse(work, RosterField::grade, "roster.import_grade_unknown", {{"value", text}});
        return std::nullopt;
    }
    if (*value < school.first_grade || *value > school.last_grade) {
        refuse(work, RosterField::grade, "roster.class_grade_not_taught",
               {{"grade", rules::grade_name(*value)},
                {"first", rules::grade_name(std::clamp(school.first_grade, 1, 12))},
                {"last", rules::grade_name(std::clamp(school.last_grade, 1, 12))}});
        return std::nullopt;
    }
    return value;
}

void RowChecker::read_class(Work& work, School const& school) const {
    auto const problems = work.verdict.problems.size();
    auto grade_value = read_grade(work, school);
    bool const grade_refused = work.verdict.problems.size() > problems;
    auto const named = has(RosterField::class_name) && !cell(work, RosterField::class_name).empty()
                           ? RosterField::class_name
                           : RosterField::class_number;
    auto const& text = cell(work, named);
    if (grade_refused) {
        // Which class it is cannot be said without its grade; but a name that nobody can read is named as well.
        auto const read = rules::read_class_name(text, span_of(school, {}), context_.school_year());
        if (text.empty())
            refuse(work, named, "roster.import_class_required", {{"classes", ""}});
        else if (!read && read.error().key != "roster.class_name_ambiguous")
            refuse(work, named, read.error());
        return;
    }
    if (text.empty()) {
        auto const classes = grade_value ? context_.classes_of(school.id, *grade_value) : std::vector<ImportClass>();
        if (classes.size() == 1) return place_in_class(work, school, *grade_value, classes[0].number);
        return refuse(work, named, "roster.import_class_required", {{"classes", joined_names(classes)}});
    }
    auto named_so = context_.classes_named(school.id, text);
    if (grade_value) std::erase_if(named_so, [&](ImportClass const& one) { return one.grade != *grade_value; });
    if (named_so.size() == 1) return place_in_class(work, school, named_so[0].grade, named_so[0].number);
    auto const read = rules::read_class_name(text, span_of(school, grade_value), context_.school_year());
    if (!read) return refuse(work, named, read.error());
    if (read->grade && grade_value && *read->grade != *grade_value) {
        return refuse(work, named, "roster.import_grade_differs", {{"grade", rules::grade_name(*grade_value)}});
    }
    if (read->grade) grade_value = read->grade;
    if (!grade_value) return refuse(work, RosterField::grade, "roster.import_required");
    place_in_class(work, school, *grade_value, read->number);
}

/// A class that is not there is opened, unless its number is far from those of its grade: 51 beside 五(1) is a slip of
/// the pen.
void RowChecker::place_in_class(Work& work, School const& school, int grade, int number) const {
    auto& read = work.verdict.read;
    read.grade = grade;
    read.class_number = number;
    if (auto const* found = context_.find_class(school.id, grade, number)) {
        read.class_id = found->id;
        return;
    }
    auto const others = context_.classes_of(school.id, grade);
    int highest = 0;
    for (auto const& other : others) highest = std::max(highest, other.number);
    if (others.empty() || number <= highest + most_new_classes) return;
    refuse(work, has(RosterField::class_name) ? RosterField::class_name : RosterField::class_number,
           "roster.import_class_missing",
           {{"school", school.name}, {"grade", rules::grade_name(grade)}, {"classes", joined_names(others)}});
}

void RowChecker::read_guardian(Work& work) const {
    using enum RosterField;
    auto& read = work.verdict.read;
    if (auto const& text = cell(work, guardian_name); !text.empty()) {
        auto const value = rules::read_person_name(text);
        if (value)
            read.guardian_name = *value;
        else
            refuse(work, guardian_name, value.error());
    }
    if (auto const& text = cell(work, guardian_phone); !text.empty()) {
        auto const number = rules::read_mobile(text);
        if (number)
            read.guardian_phone = number->number;
        else
            refuse(work, guardian_phone, number.error());
    }
    read.guardian_relation = cell(work, guardian_relation);
    if (auto const& text = cell(work, entry_month); !text.empty()) {
        auto const from = rules::read_month(text);
        if (from)
            read.from_date = *from;
        else
            refuse(work, entry_month, from.error());
    }
}

void RowChecker::read_staff(Work& work) const {
    using enum RosterField;
    auto& read = work.verdict.read;
    read.staff_number = text::without_blanks(cell(work, staff_number));
    read.title = cell(work, post);
    if (auto const& text = cell(work, subject); !text.empty()) {
        read.subject = code_of_subject(text);
        if (read.subject.empty()) refuse(work, subject, "roster.import_subject_unknown", {{"value", text}});
    }
    if (auto const& text = cell(work, entry_into_work); !text.empty()) {
        auto const from = rules::read_month(text);
        if (from)
            read.from_date = *from;
        else
            refuse(work, entry_into_work, from.error());
    }
}

}  // namespace santong::roster
