#pragma once
#include <stdexcept>

namespace santong::server {

/// What was asked for on the terminal cannot be begun: a file, a folder, a district or a name is not as it must be, and
/// nothing was written. The program ends with `exit_cannot_begin`; `what()` says why.
class CannotBegin : public std::runtime_error {
    using runtime_error::runtime_error;
};
inline constexpr int exit_cannot_begin = 2;

}  // namespace santong::server
