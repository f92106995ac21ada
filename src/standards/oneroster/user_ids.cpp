#include "standards/oneroster/user_ids.hpp"

#include <array>

#include "modules/roster/rules/citizen_number.hpp"
#include "modules/roster/rules/student_number.hpp"
#include "platform/text/utf8.hpp"

namespace santong::oneroster {

namespace {

namespace rules = roster::rules;

enum class IdType { other, citizen, student, staff };

struct IdName {
    std::string_view name;  ///< in the form of text::search_form
    IdType type;
};

constexpr std::string_view citizen_type = "citizenNumber";
constexpr std::string_view student_type = "studentNumber";
constexpr std::string_view staff_type = "staffNumber";
constexpr std::array id_names = {IdName{"citizennumber", IdType::citizen}, IdName{"身份证号", IdType::citizen},
                                 IdName{"身份证件号", IdType::citizen},    IdName{"身份证", IdType::citizen},
                                 IdName{"studentnumber", IdType::student}, IdName{"学籍号", IdType::student},
                                 IdName{"staffnumber", IdType::staff},     IdName{"工号", IdType::staff}};

IdType type_of(std::string_view name) {
    auto const form = text::search_form(name);
    for (auto const& known : id_names) {
        if (form == known.name) return known.type;
    }
    return IdType::other;
}

core::Result<void> take(PersonNumbers& numbers, std::string_view type, std::string_view value, core::LocalDate today) {
    switch (type_of(type)) {
        case IdType::citizen: numbers.citizen_number = TRY(rules::read_citizen_number(value, today)).number; break;
        case IdType::student: numbers.student_number = TRY(rules::read_student_number(value, today)).number; break;
        case IdType::staff: numbers.staff_number = text::without_blanks(value); break;
        case IdType::other: break;
    }
    return {};
}

}  // namespace

core::Result<PersonNumbers> read_user_ids(std::string_view cell, core::LocalDate today) {
    PersonNumbers numbers;
    auto rest = text::trim(cell);
    while (!rest.empty()) {
        auto const end = rest.find('}');
        if (rest.front() != '{' || end == std::string_view::npos) return core::invalid("oneroster.user_ids");
        auto const inner = rest.substr(1, end - 1);
        auto const colon = inner.find(':');
        if (colon == std::string_view::npos) return core::invalid("oneroster.user_ids");
        TRY_VOID(take(numbers, text::trim(inner.substr(0, colon)), text::trim(inner.substr(colon + 1)), today));
        rest = text::trim(rest.substr(end + 1));
        if (rest.empty()) break;
        if (rest.front() == ',') rest = text::trim(rest.substr(1));
    }
    return numbers;
}

void add_identifier(PersonNumbers& numbers, std::string_view identifier, bool staff, core::LocalDate today) {
    if (identifier.empty()) return;
    if (auto const student = rules::read_student_number(identifier, today)) {
        if (numbers.student_number.empty()) numbers.student_number = student->number;
    } else if (auto const citizen = rules::read_citizen_number(identifier, today)) {
        if (numbers.citizen_number.empty()) numbers.citizen_number = citizen->number;
    } else if (staff && numbers.staff_number.empty()) {
        numbers.staff_number = text::without_blanks(identifier);
    }
}

std::string write_user_ids(PersonNumbers const& numbers) {
    std::string cell;
    auto add = [&](std::string_view type, std::string const& value) {
        if (value.empty()) return;
        if (!cell.empty()) cell += ',';
        cell.append("{").append(type).append(":").append(value).append("}");
    };
    add(citizen_type, numbers.citizen_number);
    add(student_type, numbers.student_number);
    add(staff_type, numbers.staff_number);
    return cell;
}

}  // namespace santong::oneroster
