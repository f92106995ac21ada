#pragma once
// Bases (增量基准): for what is missing between two chunks that are known, the bytes between the same two in a content
// that lies here, an earlier edition. The parent then sends the difference only.
#include "modules/nodes/arriving.hpp"
#include "modules/nodes/domain.hpp"

namespace santong::nodes {

/// A span that is to go over a base is at most so large, since a base does not reach further than the stream's window.
inline constexpr std::int64_t longest_span_over_base = 512 << 10;

/// The question for missing chunks: neighbours of one content become one span.
ChunksRequest question_for(std::vector<Arriving::Missing> const& missing, Arriving const& arriving);

/// Bases for the spans of a question, as far as something here is like them.
std::vector<BaseNamed> bases_for(ChunksRequest const& request, Arriving const& arriving,
                                 chunks::KeptManifests& manifests);

/// Where in the stream which base is used, by what the parent says of each (`bases_header`); none if that is no answer
/// to this question.
std::map<std::int64_t, BaseNamed> bases_used(ChunksRequest const& request, std::string const& said);

}  // namespace santong::nodes
