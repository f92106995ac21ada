#pragma once
// The line to another place: one request at a time, by libcurl.
#include <map>
#include <string>

namespace santong::nodes {

struct LineAnswer {
    int status = 0;                              ///< 0 = nobody answered; `problem` says why
    std::map<std::string, std::string> headers;  ///< lower-case names
    std::string body;
    std::string problem;
};

/// Posts a body. `authority` is a PEM file of whom to believe beside the system's own; empty = only those.
LineAnswer post(std::string const& url, std::map<std::string, std::string> const& headers, std::string const& body,
                std::string const& authority = {});

/// Gets a body and appends it to a file, from where the file ends; `body` holds it only if the answer is a refusal.
/// At most so many bytes a second; 0 = no limit.
LineAnswer get(std::string const& url, std::map<std::string, std::string> const& headers, std::string const& file,
               std::int64_t bytes_per_second, std::string const& authority = {});

}  // namespace santong::nodes
