#include "modules/roster/sealing.hpp"

#include "platform/auth/masking.hpp"

namespace santong::roster {

namespace {

constexpr std::string_view identity_field = "identity_number";
constexpr std::string_view student_field = "student_number";
constexpr std::string_view phone_field = "phone";

void seal_one(sql::Tx& tx, PersonId const& person, std::string_view field, std::string const& clear,
              auth::SealedText& sealed) {
    auto result = auth::seal(tx, person, field, clear);
    if (result) sealed = std::move(*result);
}

}  // namespace

std::string identity_index(std::string_view number) {
    return number.empty() ? "" : auth::blind_index(identity_field, auth::normalized_number(number));
}
std::string student_number_index(std::string_view number) {
    return number.empty() ? "" : auth::blind_index(student_field, auth::normalized_number(number));
}
std::string phone_index(std::string_view phone) {
    return phone.empty() ? "" : auth::blind_index(phone_field, auth::normalized_phone(phone));
}

void seal_fields(sql::Tx& tx, PersonalFields const& clear, store::PersonRow& row) {
    seal_one(tx, row.id, identity_field, clear.identity_number, row.identity_sealed);
    seal_one(tx, row.id, student_field, clear.student_number, row.student_number_sealed);
    seal_one(tx, row.id, phone_field, clear.phone, row.phone_sealed);
    // An index without its sealed text would still tell who an erased person was.
    row.identity_index = row.identity_sealed.empty() ? "" : identity_index(clear.identity_number);
    row.student_number_index = row.student_number_sealed.empty() ? "" : student_number_index(clear.student_number);
    row.phone_index = row.phone_sealed.empty() ? "" : phone_index(clear.phone);
}

core::Result<PersonalFields> open_fields(sql::Tx& tx, store::PersonRow const& row) {
    PersonalFields clear;
    clear.identity_number = TRY(auth::open(tx, row.id, identity_field, row.identity_sealed));
    clear.student_number = TRY(auth::open(tx, row.id, student_field, row.student_number_sealed));
    clear.phone = TRY(auth::open(tx, row.id, phone_field, row.phone_sealed));
    return clear;
}

}  // namespace santong::roster
