#include "modules/roster/rules/school_code.hpp"

#include <algorithm>
#include <array>

#include "modules/roster/rules/citizen_number.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

namespace {

constexpr std::array types{
    SchoolType{"11", "幼儿园"},
    SchoolType{"21", "小学"},
    SchoolType{"22", "成人小学"},
    SchoolType{"31", "普通初中"},
    SchoolType{"32", "职业初中"},
    SchoolType{"33", "成人初中"},
    SchoolType{"34", "普通高中(含完全中学)"},
    SchoolType{"35", "成人高中"},
    SchoolType{"36", "中等职业学校"},
    SchoolType{"37", "工读学校"},
    SchoolType{"41", "普通高等学校"},
    SchoolType{"42", "成人高等学校"},
    SchoolType{"51", "特殊教育"},
    SchoolType{"91", "培养研究生的科研机构"},
    SchoolType{"92", "民办的其他高等教育机构"},
    SchoolType{"93", "中等职业培训机构"},
};

/// The digits of a code, or a refusal whose key begins with `key`.
core::Result<std::string> read_digits(std::string_view given, std::size_t length, std::string const& key) {
    auto code = text::without_blanks(given);
    if (code.find_first_not_of("0123456789") != code.npos) {
        return core::invalid(key + "_characters", {{"value", std::string(text::truncate_characters(code, 20))}});
    }
    if (code.size() != length) return core::invalid(key + "_length", {{"length", std::to_string(code.size())}});
    return code;
}

bool is_province(std::string_view code) {
    return is_plausible_region(std::string(code) + "0100");
}

}  // namespace

std::span<SchoolType const> school_types() {
    return types;
}

core::Result<SchoolCode> read_school_code(std::string_view text) {
    auto code = TRY(read_digits(text, 10, "roster.school_code"));
    auto prefix = code.substr(0, 2), province = code.substr(2, 2);
    auto type = std::find_if(types.begin(), types.end(), [&prefix](SchoolType const& t) { return t.code == prefix; });
    if (type == types.end()) return core::invalid("roster.school_code_type", {{"type", prefix}});
    if (!is_province(province)) return core::invalid("roster.school_code_province", {{"province", province}});
    return SchoolCode{code, *type, province};
}

core::Result<std::string> read_place_code(std::string_view text) {
    auto code = TRY(read_digits(text, 12, "roster.place_code"));
    if (!is_province(code.substr(0, 2))) {
        return core::invalid("roster.place_code_province", {{"province", code.substr(0, 2)}});
    }
    return code;
}

}  // namespace santong::roster::rules
