#include "platform/http/problem.hpp"
#include "platform/http/router.hpp"

namespace santong::http {

namespace {

std::string title_of(int status) {
    switch (status) {
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 408: return "Request Timeout";
        case 409: return "Conflict";
        case 410: return "Gone";
        case 413: return "Content Too Large";
        case 415: return "Unsupported Media Type";
        case 416: return "Range Not Satisfiable";
        case 417: return "Expectation Failed";
        case 422: return "Unprocessable Content";
        case 429: return "Too Many Requests";
        case 431: return "Request Header Fields Too Large";
        case 501: return "Not Implemented";
        case 503: return "Service Unavailable";
        case 507: return "Insufficient Storage";
        default: return "Internal Server Error";
    }
}

}  // namespace

int status_of(core::ErrorCode code) {
    switch (code) {
        case core::ErrorCode::invalid: return 400;
        case core::ErrorCode::unauthenticated: return 401;
        case core::ErrorCode::forbidden: return 403;
        case core::ErrorCode::not_found: return 404;
        case core::ErrorCode::conflict: return 409;
        case core::ErrorCode::gone: return 410;
        case core::ErrorCode::too_large: return 413;
        case core::ErrorCode::unsupported: return 415;
        case core::ErrorCode::rate_limited: return 429;
        case core::ErrorCode::unavailable: return 503;
    }
    return 500;
}

Response Response::json(std::string text, int status) {
    Response response;
    response.status = status;
    response.body = std::move(text);
    return response;
}

Response Response::problem(core::Error const& error, std::string const& trace_id) {
    return problem(error, trace_id, status_of(error.code));
}

Response Response::problem(core::Error const& error, std::string const& trace_id, int status) {
    Problem document;
    document.title = title_of(status);
    document.status = status;
    document.code = error.key;
    document.params = error.params;
    document.trace_id = trace_id;
    for (auto const& place : error.problems) document.errors.push_back({place.pointer, place.key, place.params});
    Response response = json(core::json::write(document), status);
    response.content_type = "application/problem+json; charset=utf-8";
    if (error.retry_after_seconds > 0) response.with("Retry-After", std::to_string(error.retry_after_seconds));
    return response;
}

}  // namespace santong::http
