#pragma once
// What a spreadsheet's number means, given the style of its cell.
#include <string>
#include <string_view>

#include "platform/text/table.hpp"

namespace santong::text {

enum class NumberStyleKind : int { plain, date, date_time, time, padded };

struct NumberStyle {
    NumberStyleKind kind = NumberStyleKind::plain;
    int digits = 0;  ///< of a padded number: the format 0000 shows 7 as 0007
};

enum class DateSystem : int { from_1900, from_1904 };

/// Reads a number format such as `yyyy"年"m"月"d"日"`, `h:mm` or `000000`.
NumberStyle style_of_format(std::string_view format);
/// The style of a format number that every program knows (0–163).
NumberStyle style_of_builtin(int format_number);

/// A cell of a number written as `written`; beyond 15 digits it is kept as written and marked as ruined.
Cell number_cell(std::string_view written, NumberStyle style, DateSystem system);
/// As above, of a number that stands in the file in binary.
Cell number_cell(double value, NumberStyle style, DateSystem system);
/// A cell of text; one such as "4.30901E+17" is what a spreadsheet left of a long number.
Cell text_cell(std::string_view text);

}  // namespace santong::text
