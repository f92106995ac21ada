#pragma once
// Names of classes as schools write them: 五(2)班, 2021级3班, 七年级12班, 1403班, 高一(3).
#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace santong::roster::rules {

/// The grades that a school teaches: 1–6 a primary school, 7–12 a 完全中学.
struct GradeSpan {
    int first = 1;
    int last = 12;
};

struct ClassName {
    std::optional<int> grade;  ///< 1–12 in the school year asked about; absent if only the class's number was named
    std::optional<int> entry_year;  ///< year in which the class entered this stage; absent with `grade`
    int number = 0;                 ///< 1–99
};

/// Reads a class's name for a school that teaches `span`, in the school year that begins in `school_year` (2014 for
/// 2014–2015). Refusals: "roster.class_name_unknown" {value}, "roster.class_name_ambiguous" {value} (2014级1班 of a
/// school with primary and junior grades, and 1203 of one with grade 12, may be two classes),
/// "roster.class_grade_not_taught" {grade, first, last}, "roster.class_entry_year" {year}, "roster.class_name_date"
/// {value} (5-2 became a date in a spreadsheet).
core::Result<ClassName> read_class_name(std::string_view text, GradeSpan span, int school_year);

/// 五(2)班, 高一(3)班.
std::string class_label(int grade, int number);
/// What a class is called on a day on which it is in no grade, before it has entered or long after: 2014级2班.
std::string cohort_label(int entry_year, int number);

/// The year in which a class of this grade entered its stage, and back. Stages begin with grades 1, 7 and 10.
int entry_year_of(int grade, int school_year);

}  // namespace santong::roster::rules
