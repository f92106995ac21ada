#pragma once
// Pieces of contents in one zstd stream (块流), made while it is sent and read while it comes. A piece of which the
// reader has something similar goes over that as its base (增量基准): only the difference is sent.
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"

namespace santong::chunks {

/// A window of 2 MiB: what a box of 512 MB keeps in memory for one stream.
inline constexpr int stream_window_log = 21;

/// A base is at most so large: both ends hold one at a time in memory.
inline constexpr std::int64_t largest_base = 1 << 20;
inline constexpr std::ptrdiff_t no_base = -1;

/// Bytes of one content. Spans one after the other with the same base are a frame of their own.
struct Span {
    std::int64_t from = 0;
    std::int64_t size = 0;
    std::ptrdiff_t base = no_base;  ///< which of the writer's bases
};

/// What goes into a stream: a file and what of it, in the order in which it is sent.
struct Portion {
    std::string file;
    std::vector<Span> spans;
};

/// Bytes that the reader has, too.
struct Base {
    std::string file;
    std::int64_t from = 0;
    std::int64_t size = 0;  ///< at most `largest_base`
};

/// Makes the stream block by block. After each span the reader has everything up to there: a cut costs one span.
class StreamWriter {
public:
    enum class Effort { least, usual };
    StreamWriter(std::vector<Portion> portions, Effort effort, std::vector<Base> bases = {});
    ~StreamWriter();
    StreamWriter(StreamWriter const&) = delete;
    StreamWriter& operator=(StreamWriter const&) = delete;

    /// The next bytes; empty at the end. Throws if a file is shorter than a span says.
    std::string next();

private:
    struct State;
    std::unique_ptr<State> state_;
};

/// Reads the stream.
class StreamReader {
public:
    using Take = std::function<bool(std::string_view)>;
    /// The base of what begins after so many bytes of the stream; empty = none.
    using BaseAt = std::function<std::string(std::int64_t)>;
    /// `take` is given the bytes as they come; it ends the reading by false. Over another base than the writer's come
    /// other bytes, or an error: whoever takes them checks digests.
    explicit StreamReader(Take take, BaseAt base_at = {});
    ~StreamReader();
    StreamReader(StreamReader const&) = delete;
    StreamReader& operator=(StreamReader const&) = delete;

    /// False when this is no stream (any more), or `take` has enough.
    bool feed(std::string_view bytes);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace santong::chunks
