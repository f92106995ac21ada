#include "modules/roster/rules/column_content.hpp"

#include <algorithm>
#include <array>

#include "modules/roster/rules/class_name.hpp"
#include "modules/roster/rules/dates.hpp"
#include "modules/roster/rules/grade_name.hpp"
#include "modules/roster/rules/phone.hpp"
#include "modules/roster/rules/sex.hpp"
#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

namespace {

constexpr int any_school_year = 2014;  // only the shape of a class's name matters here

std::size_t count_digits(std::string_view text) {
    return static_cast<std::size_t>(
        std::count_if(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; }));
}

bool looks_like_citizen_number(text::Cell const& cell) {
    auto number = text::without_blanks(cell.text);
    if (cell.ruined) return true;
    bool length = number.size() == 18 || number.size() == 15;
    return length && count_digits(number) >= number.size() - 1;
}

bool looks_like_student_number(text::Cell const& cell) {
    auto number = text::without_blanks(cell.text);
    if (number.size() < 18 || number.size() > 20) return false;
    return std::string_view("GJLgjl").find(number[0]) != std::string_view::npos &&
           count_digits(number) + 2 >= number.size();
}

/// Two to four ideographs beginning with one of the surnames of nine people in ten.
bool looks_like_name(text::Cell const& cell) {
    constexpr std::u32string_view surnames =
        U"王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
        U"钟谭陆"
        U"汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤";
    auto length = text::count_characters(cell.text);
    if (length < 2 || length > 4) return false;
    std::size_t at = 0;
    if (surnames.find(text::next_character(cell.text, at)) == surnames.npos) return false;
    while (at < cell.text.size()) {
        if (!text::is_han(text::next_character(cell.text, at))) return false;
    }
    return true;
}

bool looks_like_class(text::Cell const& cell) {
    if (!read_class_name(cell.text, {}, any_school_year)) {
        return cell.text.find("级") != cell.text.npos && cell.text.ends_with("班");
    }
    return cell.text.size() > 2 && !read_mobile(cell.text);
}

bool looks_like(text::Cell const& cell, RosterField field) {
    switch (field) {
        case RosterField::citizen_number:
        case RosterField::guardian_citizen_number: return looks_like_citizen_number(cell);
        case RosterField::student_number: return looks_like_student_number(cell);
        case RosterField::guardian_phone:
        case RosterField::phone: return read_phone(cell.text).has_value();
        case RosterField::sex: return read_sex(cell.text).has_value();
        case RosterField::birth_date:
        case RosterField::entry_month: return read_month(cell.text).has_value();
        case RosterField::class_name: return looks_like_class(cell);
        case RosterField::grade: return read_grade(cell.text).has_value();
        case RosterField::name: return looks_like_name(cell);
        default: return false;
    }
}

bool has_own_look(RosterField field) {
    auto fields = recognisable_fields();
    bool derived = field == RosterField::guardian_phone || field == RosterField::guardian_citizen_number ||
                   field == RosterField::entry_month;
    return derived || std::find(fields.begin(), fields.end(), field) != fields.end();
}

}  // namespace

std::span<RosterField const> recognisable_fields() {
    using enum RosterField;
    static constexpr std::array fields{citizen_number, student_number, phone, sex, birth_date, class_name, grade, name};
    return fields;
}

std::optional<double> content_score(std::span<text::Cell const> cells, RosterField field) {
    if (!has_own_look(field)) return std::nullopt;
    std::size_t seen = 0, alike = 0;
    for (auto const& cell : cells) {
        if (cell.kind == text::CellKind::empty) continue;
        ++seen;
        alike += looks_like(cell, field) ? 1 : 0;
    }
    if (seen == 0) return std::nullopt;
    return static_cast<double>(alike) / static_cast<double>(seen);
}

}  // namespace santong::roster::rules
