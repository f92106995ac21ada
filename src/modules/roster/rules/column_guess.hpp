#pragma once
// Which column of a stranger's sheet holds what: from its headings, and from what stands below them.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "platform/text/table.hpp"

namespace santong::roster::rules {

/// What a column of a roster sheet may hold.
enum class RosterField : int {
    name,
    former_name,
    name_pinyin,
    given_name,
    family_name,
    sex,
    birth_date,
    ethnic_group,
    citizen_number,
    document_kind,
    student_number,
    school_pupil_number,
    grade,
    class_name,
    class_number,
    entry_month,
    enrolment_kind,
    residence_kind,
    guardian_name,
    guardian_relation,
    guardian_phone,
    guardian_citizen_number,
    phone,
    email,
    address,
    household_place,
    staff_number,
    subject,
    post,
    title,
    entry_into_work,
    homeroom_teacher,
    political_status,
    education,
    school,
    school_code,
    school_type,
    township,
    place_code,
    principal,
    login,
    role,
    external_id,
    status,
    note
};
BOOST_DESCRIBE_ENUM(RosterField, name, former_name, name_pinyin, given_name, family_name, sex, birth_date, ethnic_group,
                    citizen_number, document_kind, student_number, school_pupil_number, grade, class_name, class_number,
                    entry_month, enrolment_kind, residence_kind, guardian_name, guardian_relation, guardian_phone,
                    guardian_citizen_number, phone, email, address, household_place, staff_number, subject, post, title,
                    entry_into_work, homeroom_teacher, political_status, education, school, school_code, school_type,
                    township, place_code, principal, login, role, external_id, status, note)

enum class SheetKind : int { unknown, pupils, staff, schools };
BOOST_DESCRIBE_ENUM(SheetKind, unknown, pupils, staff, schools)

struct ColumnGuess {
    int column = 0;  ///< 0 is A
    RosterField field = RosterField::name;
    double confidence = 0;  ///< 1: heading and content agree; below 0.6 a person should look
    std::string header;
};
BOOST_DESCRIBE_STRUCT(ColumnGuess, (), (column, field, confidence, header))

struct UnknownColumn {
    int column = 0;
    std::string header;
};
BOOST_DESCRIBE_STRUCT(UnknownColumn, (), (column, header))

struct SheetGuess {
    SheetKind kind = SheetKind::unknown;
    int header_row = 0;      ///< row of the sheet, counted from 1; 0 if the sheet has no headings
    int first_data_row = 1;  ///< behind one or two rows of headings
    std::vector<ColumnGuess> columns;
    std::vector<UnknownColumn> unknown;
};
BOOST_DESCRIBE_STRUCT(SheetGuess, (), (kind, header_row, first_data_row, columns, unknown))

/// Looks at the first rows of a sheet (40 are plenty). Titles above the headings and headings of two rows (监护人 over
/// 姓名 and 电话) are understood. Each field is given to one column at most.
SheetGuess guess_columns(std::span<text::TableRow const> first_rows);

/// The field that a heading names, with 1 for its exact name and less for a part of it; 0 if none.
double field_of_header(std::string_view header, RosterField& field);

}  // namespace santong::roster::rules
