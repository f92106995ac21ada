#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace santong::roster::rules {

/// Grades are counted through: 1–6 primary (小学), 7–9 junior (初中), 10–12 senior (高中).
constexpr int first_grade = 1;
constexpr int last_grade = 12;

/// Reads 七, 7, 07, 七年级, 初一, 高三, 小五, 高中二年级, Grade 7; nothing for anything else.
std::optional<int> read_grade(std::string_view text);
/// 七年级; 高一 from grade 10 on.
std::string grade_name(int grade);
/// As it stands before a class's number: 七, 高一.
std::string grade_short_name(int grade);

}  // namespace santong::roster::rules
