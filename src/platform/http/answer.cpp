#include "platform/http/answer.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <ctime>

namespace santong::http {

namespace {

constexpr std::size_t worth_squeezing = 1'024;
constexpr std::size_t most_squeezed = 64 << 20;

bool has_header(Response const& response, std::string_view name) {
    return std::any_of(response.headers.begin(), response.headers.end(), [&](auto const& header) {
        return header.first.size() == name.size() && strncasecmp(header.first.data(), name.data(), name.size()) == 0;
    });
}

bool squeezable(std::string_view content_type) {
    return content_type.starts_with("application/json") || content_type.starts_with("application/problem+json") ||
           content_type.starts_with("text/");
}

/// "Sun, 06 Nov 1994 08:49:37 GMT", made once a second.
std::string const& date_text() {
    thread_local std::time_t made_at = 0;
    thread_local std::string text;
    auto const now = std::time(nullptr);
    if (now == made_at) return text;
    made_at = now;
    std::tm parts{};
    gmtime_r(&now, &parts);
    char buffer[40];
    text.assign(buffer, std::strftime(buffer, sizeof buffer, "%a, %d %b %Y %H:%M:%S GMT", &parts));
    return text;
}

/// Opens the file and applies If-None-Match, If-Range and Range to it.
void take_file(Response& response, AnswerRequest const& request, Answer& answer) {
    OpenFile file(::open(response.file.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
    struct stat status{};
    if (!file || fstat(file.get(), &status) != 0 || !S_ISREG(status.st_mode)) {
        response = Response::problem(core::not_found("http.file_missing"), request.call.trace_id);
        return;
    }
    if (response.etag.empty())
        response.etag =
            fmt::format("\"{:x}{:09x}-{:x}\"", status.st_mtim.tv_sec, status.st_mtim.tv_nsec, status.st_size);
    if (etag_listed(request.call.header("if-none-match"), response.etag)) {
        response.status = 304;
        return;
    }
    answer.size = status.st_size;
    response.with("Accept-Ranges", "bytes");
    auto const unless_changed = request.call.header("if-range");
    bool const ranges_hold =
        unless_changed.empty() || (unless_changed == response.etag && !response.etag.starts_with("W/"));
    ByteRange range;
    auto verdict = RangeVerdict::whole;
    if (response.status == 200 && ranges_hold)
        verdict = read_range(request.call.header("range"), status.st_size, range);
    if (verdict == RangeVerdict::unsatisfiable) {
        response = Response::problem(core::invalid("http.range"), request.call.trace_id, 416)
                       .with("Content-Range", fmt::format("bytes */{}", status.st_size));
        answer.size = 0;
        return;
    }
    if (verdict == RangeVerdict::part) {
        response.status = 206;
        response.with("Content-Range",
                      fmt::format("bytes {}-{}/{}", range.from, range.from + range.size - 1, status.st_size));
        answer.from = range.from;
        answer.size = range.size;
    }
    answer.file = std::move(file);
}

void take_body(Response& response, AnswerRequest const& request, Answer& answer) {
    if (!response.etag.empty() && etag_listed(request.call.header("if-none-match"), response.etag)) {
        response.status = 304;
        return;
    }
    bool const text = squeezable(response.content_type) && !has_header(response, "Content-Encoding");
    if (text && response.body.size() > worth_squeezing) {
        response.with("Vary", "Accept-Encoding");
        if (request.accepts_gzip && response.body.size() < most_squeezed) {
            response.body = squeeze(response.body);
            response.with("Content-Encoding", "gzip");
        }
    }
    answer.body = std::move(response.body);
}

void write_head(Response const& response, AnswerRequest const& request, Answer& answer) {
    auto& head = answer.head;
    head.reserve(1'024);
    fmt::format_to(std::back_inserter(head), "HTTP/1.1 {} {}\r\n", response.status, reason_of(response.status));
    append_header(head, "Date", date_text());
    append_header(head, "X-Trace-Id", request.call.trace_id);
    if (!answer.keep_alive) append_header(head, "Connection", "close");
    bool const bare = response.status == 204 || response.status == 304;
    if (!bare && !response.content_type.empty() && (answer.bytes() > 0 || answer.events || answer.blocks))
        append_header(head, "Content-Type", response.content_type);
    if (!response.etag.empty()) append_header(head, "ETag", response.etag);
    if (answer.blocks) append_header(head, "Transfer-Encoding", "chunked");
    if (!bare && !answer.events && !answer.blocks)
        append_header(head, "Content-Length", std::to_string(answer.bytes()));
    if (!has_header(response, "Cache-Control") && (request.call.path.starts_with("/api/") || response.status >= 400))
        append_header(head, "Cache-Control", "no-store");
    for (auto const& [name, value] : response.headers) append_header(head, name, value);
    for (auto const& [name, value] : request.site.always)
        if (!has_header(response, name)) append_header(head, name, value);
    head += "\r\n";
}

}  // namespace

OpenFile::~OpenFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

void append_header(std::string& head, std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    for (char const c : value) head += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    head += "\r\n";
}

std::string_view reason_of(int status) {
    switch (status) {
        case 200: return "OK";
        case 201: return "Created";
        case 202: return "Accepted";
        case 204: return "No Content";
        case 206: return "Partial Content";
        case 301: return "Moved Permanently";
        case 302: return "Found";
        case 303: return "See Other";
        case 304: return "Not Modified";
        case 307: return "Temporary Redirect";
        case 308: return "Permanent Redirect";
        default: return status < 400 ? "OK" : "Refused";
    }
}

Answer make_answer(Response&& response, AnswerRequest const& request, std::string_view fixed) {
    Answer answer;
    answer.keep_alive = request.keep_alive;
    answer.bulk = response.bulk;
    answer.says_resent = response.says_resent;
    answer.bytes_per_second = response.bytes_per_second;
    if (!response.file.empty()) take_file(response, request, answer);
    if (response.events) {
        answer.events = std::move(response.events);
        answer.keep_alive = false;
        response.content_type = "text/event-stream; charset=utf-8";
        response.with("X-Accel-Buffering", "no");
    } else if (response.blocks) {
        answer.blocks = std::move(response.blocks);
    } else if (!answer.file) {
        answer.fixed = fixed;
        if (response.status != 304) take_body(response, request, answer);
    }
    if (response.status == 304) answer.fixed = {};
    answer.status = response.status;
    write_head(response, request, answer);
    if (request.call.method == Method::head) {
        answer.body.clear();
        answer.fixed = {};
        answer.file = OpenFile();
        answer.events = nullptr;
        answer.blocks = nullptr;
    }
    return answer;
}

}  // namespace santong::http
