#pragma once
// Where a content is cut (内容分块): by what stands there and not by counting, so that an insertion moves no later cut
// (FastCDC with normalised sizes).
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace santong::chunks {

/// Sizes in bytes. A cut is likely at `average`; none comes before `least` or after `most`.
struct Cutting {
    std::uint32_t least = 0;
    std::uint32_t average = 0;  ///< a power of two
    std::uint32_t most = 0;

    bool operator==(Cutting const&) const = default;
};

/// How a content of this size is cut: 16 KiB on average; 4 KiB for a page of text or a picture, 64 KiB for a course,
/// 256 KiB for a film. An edit costs one to two chunks, a chunk 36 bytes in the list: the sum of both is least about
/// there. One of at most 16 KiB is a chunk by itself.
Cutting cutting_for(std::int64_t size);

/// Length of the first chunk of `bytes`; all that is left of the content, or at least `cutting.most` of it.
std::size_t first_cut(std::string_view bytes, Cutting const& cutting);

}  // namespace santong::chunks
