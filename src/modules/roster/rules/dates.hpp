#pragma once
// Days as people type them into rosters.
#include <string_view>

#include "core/result.hpp"
#include "core/time.hpp"

namespace santong::roster::rules {

/// Reads 2012-09-01, 2012.9.1, 2012/9/1, 20120901, 2012年9月1日, with or without a time behind it, and the day numbers
/// of spreadsheets (41153). Refusals: "roster.date_unknown" {value}, "roster.date_no_such_day" {year, month, day,
/// last_day}, "roster.date_no_such_month" {month}, "roster.date_letter" {value, suggestion} (the letter l for 1, O for
/// 0), "roster.date_short_year" {value}, "roster.date_order" {value} (9/1/2012: which is the month?).
core::Result<core::LocalDate> read_date(std::string_view text);

/// As `read_date`, and also a month alone (2012-09, 201209, 2012.9, 2012年9月), which is its first day.
core::Result<core::LocalDate> read_month(std::string_view text);

/// Refuses a birthday after today or more than 120 years ago ("roster.birth_future", "roster.birth_too_early").
core::Result<void> check_birth_date(core::LocalDate birth, core::LocalDate today);

}  // namespace santong::roster::rules
