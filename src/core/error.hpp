#pragma once
// May include: the standard library only.
#include <map>
#include <string>
#include <vector>

namespace santong::core {

/// What kind of refusal an expected error is. Closed: `platform/http` maps each one to a status in one switch.
enum class ErrorCode : int {
    invalid,          ///< the input breaks a rule; `problems` name the places
    unauthenticated,  ///< nobody is signed in, or the proof was wrong
    forbidden,        ///< signed in, but may not
    not_found,        ///< missing, or not visible to this caller
    conflict,         ///< somebody else was faster, or the state does not allow it
    gone,             ///< was there and was withdrawn
    too_large,        ///< body, file or answer beyond the limit
    unsupported,      ///< a kind of file or media that is not taken
    rate_limited,     ///< too many tries; `retry_after_seconds` says when to come back
    unavailable,      ///< busy or out of space; nothing was lost, come back later
};

/// Values that an i18n message needs, such as {"minutes": "15"}.
using ErrorParams = std::map<std::string, std::string>;

/// One broken rule at one place of the input.
struct Problem {
    std::string pointer;  ///< JSON pointer into the body, or the name of a query parameter
    std::string key;      ///< i18n key
    ErrorParams params;
};

/// An expected refusal (see STYLE: errors). `key` is an i18n key such as "live.lesson_full".
struct Error {
    ErrorCode code = ErrorCode::invalid;
    std::string key;
    ErrorParams params;
    std::vector<Problem> problems;
    int retry_after_seconds = 0;

    Error() = default;
    Error(ErrorCode code_, std::string key_, ErrorParams params_ = {})
        : code(code_), key(std::move(key_)), params(std::move(params_)) {}
};

inline Error invalid(std::string key, ErrorParams params = {}) {
    return {ErrorCode::invalid, std::move(key), std::move(params)};
}
/// A refusal of one field; `pointer` is a JSON pointer such as "/title".
inline Error invalid_at(std::string pointer, std::string key, ErrorParams params = {}) {
    Error error{ErrorCode::invalid, "core.invalid_input"};
    error.problems.push_back({std::move(pointer), std::move(key), std::move(params)});
    return error;
}
inline Error invalid(std::vector<Problem> problems) {
    Error error{ErrorCode::invalid, "core.invalid_input"};
    error.problems = std::move(problems);
    return error;
}
inline Error unauthenticated(std::string key) {
    return {ErrorCode::unauthenticated, std::move(key)};
}
inline Error forbidden(std::string key = "core.forbidden") {
    return {ErrorCode::forbidden, std::move(key)};
}
inline Error not_found(std::string key = "core.not_found") {
    return {ErrorCode::not_found, std::move(key)};
}
inline Error conflict(std::string key, ErrorParams params = {}) {
    return {ErrorCode::conflict, std::move(key), std::move(params)};
}
inline Error gone(std::string key) {
    return {ErrorCode::gone, std::move(key)};
}
inline Error too_large(std::string key, ErrorParams params = {}) {
    return {ErrorCode::too_large, std::move(key), std::move(params)};
}
inline Error unsupported(std::string key, ErrorParams params = {}) {
    return {ErrorCode::unsupported, std::move(key), std::move(params)};
}
inline Error rate_limited(std::string key, int retry_after_seconds, ErrorParams params = {}) {
    Error error{ErrorCode::rate_limited, std::move(key), std::move(params)};
    error.retry_after_seconds = retry_after_seconds;
    return error;
}
inline Error unavailable(std::string key, int retry_after_seconds = 5) {
    Error error{ErrorCode::unavailable, std::move(key)};
    error.retry_after_seconds = retry_after_seconds;
    return error;
}

}  // namespace santong::core
