#include "core/error.hpp"

#include <cstdio>
#include <cstdlib>

#include "core/assert.hpp"
#include "core/result.hpp"

namespace santong::core {

void assertion_failed(char const* expression, char const* file, int line) {
    std::fprintf(stderr, "broken assumption: %s at %s:%d\n", expression, file, line);
    std::abort();
}

void throw_exception_from_error(Error const& error, boost::source_location const& where) {
    std::fprintf(stderr, "value() of a refusal: %s\n", error.key.c_str());
    assertion_failed("result.has_value()", where.file_name(), static_cast<int>(where.line()));
}

}  // namespace santong::core
