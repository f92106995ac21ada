#pragma once
// How personal fields look to those who may not see them in full, and how they are written before they are compared.
#include <string>
#include <string_view>

namespace santong::auth {

/// 13812345678 → 138****5678. Anything too short to keep a part of becomes stars only.
std::string mask_phone(std::string_view phone);
/// Identity number: the first 6 (area) and the last 2 stay: 430971**********34.
std::string mask_identity_number(std::string_view number);
/// 学籍号: G-kind is an identity number behind its letter, G430971**********34; other kinds keep 4 and 2.
std::string mask_student_number(std::string_view number);

/// 张海林 → 张**: the first character stays.
std::string mask_name(std::string_view name);

/// Upper case without spaces, as a blind index needs it.
std::string normalized_number(std::string_view number);
/// Digits only, without +86.
std::string normalized_phone(std::string_view phone);

}  // namespace santong::auth
