#pragma once
// What a sealed or signed text is bound to: the same words when it is opened as when it was sealed.
#include <string>

#include "core/id.hpp"

namespace santong::auth {

inline std::string person_binding(core::DistrictId district, core::PersonId const& person, std::string_view field) {
    return std::to_string(district) + "|" + person.text() + "|" + std::string(field);
}

inline std::string totp_binding(core::DistrictId district, core::AccountId const& account) {
    return std::to_string(district) + "|" + account.text() + "|totp";
}

inline std::string pin_binding(std::string_view account) {
    return "pin|" + std::string(account);
}

inline std::string code_binding(std::string_view account) {
    return "code|" + std::string(account);
}

inline std::string audit_head_binding(core::DistrictId district, std::int64_t number, std::string const& hash) {
    return std::to_string(district) + "\n" + std::to_string(number) + "\n" + hash;
}

}  // namespace santong::auth
