#include "modules/roster/rules/student_number.hpp"

#include "modules/roster/rules/citizen_number.hpp"
#include "modules/roster/rules/dates.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

namespace {

constexpr std::size_t full_length = 19;

core::Result<void> check_digits(std::string_view number, std::size_t allowed_x) {
    for (std::size_t i = 1; i < number.size(); ++i) {
        bool good = (number[i] >= '0' && number[i] <= '9') || (number[i] == 'X' && i == allowed_x);
        if (!good) {
            return core::invalid("roster.student_number_characters",
                                 {{"place", std::to_string(i + 1)}, {"character", std::string(1, number[i])}});
        }
    }
    return {};
}

core::Result<StudentNumber> read_citizen_kind(std::string const& number, core::LocalDate today) {
    auto citizen = TRY(read_citizen_number(std::string_view(number).substr(1), today));
    return StudentNumber{number, StudentNumberKind::citizen, citizen.region, citizen.birth, citizen.sex};
}

core::Result<StudentNumber> read_other_kind(std::string const& number, core::LocalDate today) {
    bool temporary = number[0] == 'L';
    TRY_VOID(check_digits(number, temporary ? 0 : full_length - 1));
    auto region = number.substr(1, 6);
    if (!is_plausible_region(region)) return core::invalid("roster.citizen_number_region", {{"region", region}});
    auto birth = read_date(std::string_view(number).substr(7, 8));
    if (!birth) return core::invalid("roster.citizen_number_birth", {{"birth", number.substr(7, 8)}});
    TRY_VOID(check_birth_date(*birth, today));
    char expected = citizen_check_character(std::string_view(number).substr(1, 17));
    if (!temporary && number.back() != expected) {
        return core::invalid("roster.student_number_check",
                             {{"expected", std::string(1, expected)}, {"found", std::string(1, number.back())}});
    }
    auto kind = temporary ? StudentNumberKind::temporary : StudentNumberKind::without_citizen_number;
    return StudentNumber{number, kind, region, *birth, std::nullopt};
}

}  // namespace

std::string_view StudentNumber::citizen_number() const {
    return kind == StudentNumberKind::citizen ? std::string_view(number).substr(1) : std::string_view{};
}

core::Result<StudentNumber> read_student_number(std::string_view given, core::LocalDate today) {
    auto number = text::without_blanks(given);
    for (char& c : number) {
        if (c >= 'a' && c <= 'z') c = static_cast<char>(c - ('a' - 'A'));
    }
    auto first = std::string(text::truncate_characters(number, 1));
    bool known = first == "G" || first == "J" || first == "L";
    if (!known) return core::invalid("roster.student_number_letter", {{"letter", first}});
    auto length = text::count_characters(number);
    if (length != full_length)
        return core::invalid("roster.student_number_length", {{"length", std::to_string(length)}});
    if (number.size() != full_length) TRY_VOID(check_digits(number, full_length - 1));
    return first == "G" ? read_citizen_kind(number, today) : read_other_kind(number, today);
}

core::Result<void> may_follow(StudentNumber const& before, StudentNumber const& after) {
    if (before.number == after.number) return {};
    if (before.birth != after.birth) {
        return core::invalid("roster.student_number_birth_differs",
                             {{"before", before.birth.text()}, {"after", after.birth.text()}});
    }
    bool promoted = before.kind != StudentNumberKind::citizen && after.kind == StudentNumberKind::citizen;
    bool settled = before.kind == StudentNumberKind::temporary;
    if (!promoted && !settled) return core::invalid("roster.student_number_kept");
    return {};
}

}  // namespace santong::roster::rules
