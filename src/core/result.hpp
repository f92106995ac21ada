#pragma once
#include <boost/system/result.hpp>

#include "core/error.hpp"

namespace santong::core {

/// Either a value or an expected refusal. A broken world (database gone, disk full) throws instead.
template <class T>
using Result = boost::system::result<T, Error>;

/// Found by argument-dependent lookup when `value()` is called on a refusal: a programming error.
[[noreturn]] void throw_exception_from_error(Error const& error, boost::source_location const& where);

}  // namespace santong::core

/// Takes the value out of a Result or returns its error from the calling function.
#define TRY(expression)                                          \
    __extension__({                                              \
        auto try_result_ = (expression);                         \
        if (!try_result_) return std::move(try_result_.error()); \
        std::move(*try_result_);                                 \
    })

/// As TRY, for a Result<void>.
#define TRY_VOID(expression)                                     \
    do {                                                         \
        auto try_result_ = (expression);                         \
        if (!try_result_) return std::move(try_result_.error()); \
    } while (false)
