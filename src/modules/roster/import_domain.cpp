#include "modules/roster/import_domain.hpp"

#include <algorithm>

#include "platform/auth/masking.hpp"

namespace santong::roster {

std::vector<ImportField> const& import_fields(ImportKind kind) {
    using enum RosterField;
    static std::vector<ImportField> const pupils = {{school, false, false},
                                                    {school_code, false, false},
                                                    {grade, false, false},
                                                    {class_name, false, false},
                                                    {class_number, false, false},
                                                    {name, true, false},
                                                    {sex, false, false},
                                                    {birth_date, false, false},
                                                    {student_number, false, true},
                                                    {citizen_number, false, true},
                                                    {entry_month, false, false},
                                                    {guardian_name, false, false},
                                                    {guardian_relation, false, false},
                                                    {guardian_phone, false, true},
                                                    {phone, false, true}};
    static std::vector<ImportField> const staff = {
        {school, false, false},        {school_code, false, false},    {name, true, false},
        {sex, false, false},           {birth_date, false, false},     {staff_number, false, false},
        {citizen_number, false, true}, {phone, false, true},           {subject, false, false},
        {post, false, false},          {entry_into_work, false, false}};
    return kind == ImportKind::pupils ? pupils : staff;
}

bool is_personal_field(RosterField field) {
    using enum RosterField;
    return field == citizen_number || field == student_number || field == phone || field == guardian_phone ||
           field == guardian_citizen_number || field == address || field == email;
}

std::string masked_cell(RosterField field, std::string const& value) {
    using enum RosterField;
    if (!is_personal_field(field) || value.empty()) return value;
    if (field == student_number) return auth::mask_student_number(value);
    if (field == phone || field == guardian_phone) return auth::mask_phone(value);
    return auth::mask_identity_number(value);
}

}  // namespace santong::roster
