#pragma once
// The work of an evaluation run: evidence, values, results, seal.
#include <functional>

#include "core/json.hpp"
#include "modules/indicators/service_evaluation.hpp"

namespace santong::indicators {

/// What a run keeps as JSON; empty if it is none of these.
template <class T>
std::vector<T> list_of(core::RawJson const& json) {
    auto read = core::json::read<std::vector<T>>(json.value);
    return read ? std::move(*read) : std::vector<T>();
}

/// Hears before each school how many are done and of how many; what it refuses ends the work.
using SchoolsDone = std::function<core::Result<void>(int done, int of)>;

/// Indicators that a run may choose, in the order of their codes: those of rollups, of the library, of lines and boxes.
std::vector<Indicator const*> evaluated_indicators();
/// One of them; nullptr if there is none of that code.
Indicator const* find_evaluated(std::string_view code);

/// Computes, writes and seals a run that is there already. Refuses "indicators.evaluation_differs" {indicator} where
/// figures do not agree with their rows, and what `told` refuses.
core::Result<void> freeze_run(sql::Database& db, core::DistrictId district, EvaluationRun const& run,
                              core::Clock const& clock, SchoolsDone const& told);

}  // namespace santong::indicators
