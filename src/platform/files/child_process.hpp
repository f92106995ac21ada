#pragma once
// Programs of others that look into strangers' files: in a folder of their own, within limits, without the network.
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace santong::files {

/// What a child may use.
struct ChildLimits {
    std::chrono::seconds time{60};
    std::int64_t memory = std::int64_t{1} << 30;     ///< address space, bytes
    std::int64_t file_size = std::int64_t{1} << 29;  ///< of each file that it writes, bytes
};

/// How a child ended.
enum class ChildEnd : int {
    exited,   ///< by itself; `code` is what it answered
    crashed,  ///< by a signal: out of memory, a broken file
    late,     ///< its time was over
    stopped   ///< `keep_going` said no
};

struct ChildAnswer {
    ChildEnd end = ChildEnd::exited;
    int code = 0;
    bool good() const { return end == ChildEnd::exited && code == 0; }
};

/// Runs a program to its end in `folder`, which is also its home and its place for temporary files, with an almost
/// empty environment, no input, no core file, and on Linux no network where the kernel lets an ordinary process give it
/// up. It and whatever it started are killed when it ends, when its time is over, and when this process dies.
/// `keep_going` is asked a few times a second. Throws std::runtime_error if no process can be started.
ChildAnswer run_child(std::vector<std::string> const& command, std::filesystem::path const& folder,
                      ChildLimits const& limits, std::function<bool()> const& keep_going = {});

/// The full path of a program in the folders of PATH; empty if there is none.
std::optional<std::filesystem::path> find_program(std::string const& name);

}  // namespace santong::files
