#pragma once
// What differs between the parts of two versions of one plan (另一版本), in words.
#include "modules/teaching/domain.hpp"
#include "platform/sync/shape.hpp"

namespace santong::teaching {

/// The parts that differ, in the order in which they stand, and then their order where that differs too. A part of one
/// version in which nothing is written is left out; of a part of both only what differs is said.
std::vector<sync::PartApart> sections_apart(sql::Tx& tx, std::vector<Section> const& here,
                                            std::vector<Section> const& other, std::string_view language);

}  // namespace santong::teaching
