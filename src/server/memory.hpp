#pragma once
// What memory the program keeps for itself on a school's box, which has 512 MB for everything.
#include <cstdint>

namespace santong::server {

/// Before the first thread: few pools for all threads.
void keep_little_memory();

/// Notices when a place comes to rest.
class Rest {
public:
    /// Told every few seconds how many requests were answered since the start; true once when it has become quiet, and
    /// then now and again, since a place that talks to its parent goes on gathering.
    bool begins(std::int64_t answered);

private:
    std::int64_t answered_ = 0;
    int quiet_ = 0;  ///< looks in a row
};

/// Hands what is free to the machine. A password check takes 19 MB, which stay with the program: asking for them anew
/// each time would make a check half as dear again, once in a minute costs nothing.
void give_memory_back();

}  // namespace santong::server
