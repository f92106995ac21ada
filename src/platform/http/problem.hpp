#pragma once
#include "core/described.hpp"
#include "core/error.hpp"

namespace santong::http {

/// One broken rule in an answer.
struct ProblemPlace {
    std::string pointer;  ///< JSON pointer into the body, or the name of a query parameter
    std::string code;     ///< i18n key
    core::ErrorParams params;
};
BOOST_DESCRIBE_STRUCT(ProblemPlace, (), (pointer, code, params))

/// application/problem+json (RFC 9457) with what the screens need: `code` is an i18n key.
struct Problem {
    std::string type = "about:blank";
    std::string title;
    int status = 500;
    std::string code;
    core::ErrorParams params;
    std::string trace_id;
    std::vector<ProblemPlace> errors;
};
BOOST_DESCRIBE_STRUCT(Problem, (), (type, title, status, code, params, trace_id, errors))

}  // namespace santong::http
