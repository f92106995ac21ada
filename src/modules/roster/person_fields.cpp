#include "modules/roster/person_fields.hpp"

#include <algorithm>

#include "modules/roster/rules/citizen_number.hpp"
#include "modules/roster/rules/dates.hpp"
#include "modules/roster/rules/person_name.hpp"
#include "modules/roster/rules/phone.hpp"
#include "modules/roster/rules/student_number.hpp"
#include "modules/roster/sealing.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/store.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster {

namespace {

constexpr std::size_t longest_staff_number = 30;

/// Collects what is wrong, so that all of it is said at once.
struct Check {
    ChangeContext const& context;
    std::vector<core::Problem> problems;

    template <class T>
    T const* read(char const* field, core::Result<T> const& result) {
        if (result) return &*result;
        problems.push_back({context.prefix + "/" + field, result.error().key, result.error().params});
        return nullptr;
    }
};

Sex as_sex(rules::Sex sex) {
    return sex == rules::Sex::male ? Sex::male : sex == rules::Sex::female ? Sex::female : Sex::unknown;
}

void apply_plain(Check& check, PersonChange const& change, PersonRecord& record) {
    if (change.name) {
        auto const name = rules::read_person_name(*change.name);
        if (auto const* good = check.read("name", name); good && *good != record.name) {
            record.name = *good;
            record.pinyin.clear();
            record.initials.clear();
        }
    }
    if (change.sex) record.sex = *change.sex;
    if (change.birth_date) {
        auto const sound = rules::check_birth_date(*change.birth_date, check.context.on);
        if (sound)
            record.birth_date = change.birth_date;
        else
            check.problems.push_back({check.context.prefix + "/birth_date", sound.error().key, sound.error().params});
    }
    if (change.subject) {
        bool const known = change.subject->empty() || subject_title(*change.subject, "zh-CN") != *change.subject;
        if (known)
            record.subject = *change.subject;
        else
            check.problems.push_back({check.context.prefix + "/subject", "roster.subject_unknown", {}});
    }
    if (change.staff_number) {
        auto const number = text::without_blanks(*change.staff_number);
        if (number.size() > longest_staff_number) {
            check.problems.push_back({check.context.prefix + "/staff_number",
                                      "core.too_long",
                                      {{"max", std::to_string(longest_staff_number)}}});
        }
        record.staff_number = number.empty() ? std::nullopt : std::optional(number);
    }
}

/// A number that says birthday and sex fills in what was not said.
void fill_in(PersonRecord& record, core::LocalDate birth, std::optional<rules::Sex> sex) {
    if (!record.birth_date) record.birth_date = birth;
    if (record.sex == Sex::unknown && sex) record.sex = as_sex(*sex);
}

void apply_guarded(Check& check, PersonChange const& change, PersonRecord& record) {
    if (change.identity_number && !change.identity_number->empty()) {
        auto const number = rules::read_citizen_number(*change.identity_number, check.context.on);
        if (auto const* good = check.read("identity_number", number)) {
            record.identity_number = good->number;
            fill_in(record, good->birth, good->sex);
        }
    }
    if (change.student_number && !change.student_number->empty()) {
        auto const number = rules::read_student_number(*change.student_number, check.context.on);
        if (auto const* good = check.read("student_number", number)) {
            record.student_number = good->number;
            fill_in(record, good->birth, good->sex);
        }
    }
    if (change.phone && !change.phone->empty()) {
        auto const phone = rules::read_phone(*change.phone);
        if (auto const* good = check.read("phone", phone)) record.phone = good->number;
    }
}

bool others(std::vector<PersonId> const& found, PersonId const& self) {
    return std::ranges::any_of(found, [&](PersonId const& id) { return id != self; });
}

core::Result<void> check_unique(sql::Tx& tx, PersonRecord const& record) {
    if (record.staff_number && others(store::people_by_staff_number(tx, *record.staff_number), record.id)) {
        return core::conflict("roster.staff_number_known");
    }
    if (others(store::people_by_index(tx, identity_index(record.identity_number), "", ""), record.id)) {
        return core::conflict("roster.identity_number_known");
    }
    if (others(store::people_by_index(tx, "", student_number_index(record.student_number), ""), record.id)) {
        return core::conflict("roster.student_number_known");
    }
    return {};
}

/// The new 学籍号 must be able to follow the one that is there.
core::Result<void> check_follows(sql::Tx& tx, PersonRecord const& record, ChangeContext const& context) {
    auto const rows = store::person_rows(tx, {record.id});
    if (record.student_number.empty() || rows.empty()) return {};
    auto const before = TRY(open_fields(tx, rows.front())).student_number;
    if (before.empty() || before == record.student_number) return {};
    auto const known = rules::read_student_number(before, context.on);
    auto const next = rules::read_student_number(record.student_number, context.on);
    if (!known || !next) return {};
    auto const follows = rules::may_follow(*known, *next);
    if (follows) return {};
    return core::invalid_at(context.prefix + "/student_number", follows.error().key, follows.error().params);
}

}  // namespace

core::Result<void> apply_change(sql::Tx& tx, PersonChange const& change, PersonRecord& record,
                                ChangeContext const& context) {
    Check check{context, {}};
    apply_plain(check, change, record);
    apply_guarded(check, change, record);
    if (!check.problems.empty()) return core::invalid(std::move(check.problems));
    TRY_VOID(check_follows(tx, record, context));
    return check_unique(tx, record);
}

std::vector<std::string> changed_fields(store::PersonRow const& before, PersonRecord const& after) {
    std::vector<std::string> fields;
    auto const add = [&](char const* name, bool changed) {
        if (changed) fields.emplace_back(name);
    };
    auto const guarded = [](std::string const& now, std::string const& was) { return !now.empty() && now != was; };
    add("name", after.name != before.name);
    add("sex", after.sex != before.sex);
    add("birth_date", after.birth_date != before.birth_date);
    add("staff_number", after.staff_number != before.staff_number);
    add("subject", after.subject != before.subject);
    add("identity_number", guarded(identity_index(after.identity_number), before.identity_index));
    add("student_number", guarded(student_number_index(after.student_number), before.student_number_index));
    add("phone", guarded(phone_index(after.phone), before.phone_index));
    return fields;
}

}  // namespace santong::roster
