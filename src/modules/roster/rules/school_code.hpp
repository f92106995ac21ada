#pragma once
// 学校标识码: 2 type + 2 province + 6 sequence. Never used again; new when the type changes.
#include <span>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace santong::roster::rules {

struct SchoolType {
    std::string_view code;  ///< first two digits of a 学校标识码
    std::string_view name;
};
/// The types of codes/2012/school_type_prefix.csv.
std::span<SchoolType const> school_types();

struct SchoolCode {
    std::string code;  ///< ten digits
    SchoolType type;
    std::string province;  ///< two digits of GB/T 2260
};

/// Refusals: "roster.school_code_length" {length}, "…_characters" {value}, "…_type" {type}, "…_province" {province}.
core::Result<SchoolCode> read_school_code(std::string_view text);

/// Place code (统计用区划代码): 12 digits, of which the first six are the district. Refusals:
/// "roster.place_code_length" {length}, "…_characters" {value}, "…_province" {province}.
core::Result<std::string> read_place_code(std::string_view text);

}  // namespace santong::roster::rules
