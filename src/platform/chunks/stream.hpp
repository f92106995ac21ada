#pragma once
// Pieces of contents in one zstd stream (块流), made while it is sent and read while it comes.
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"

namespace santong::chunks {

/// A window of 2 MiB: what a box of 512 MB keeps in memory for one stream.
inline constexpr int stream_window_log = 21;

/// Bytes of one content.
struct Span {
    std::int64_t from = 0;
    std::int64_t size = 0;
};

/// What goes into a stream: a file and what of it, in the order in which it is sent.
struct Portion {
    std::string file;
    std::vector<Span> spans;
};

/// Makes the stream block by block. After each span the reader has everything up to there: a cut costs one span.
class StreamWriter {
public:
    enum class Effort { least, usual };
    StreamWriter(std::vector<Portion> portions, Effort effort);
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
    /// `take` is given the bytes as they come; it ends the reading by false.
    explicit StreamReader(Take take);
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
