#pragma once
namespace santong::core {
[[noreturn]] void assertion_failed(char const* expression, char const* file, int line);
}  // namespace santong::core

/// An assumption of the program that no input may break. Always on.
#define SANTONG_ASSERT(expression) \
    ((expression) ? static_cast<void>(0) : ::santong::core::assertion_failed(#expression, __FILE__, __LINE__))
