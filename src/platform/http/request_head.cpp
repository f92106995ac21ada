#include "platform/http/request_head.hpp"

#include <boost/beast/http/rfc7230.hpp>
#include <charconv>

#include "platform/http/answer.hpp"
#include "platform/http/cookies.hpp"
#include "platform/http/trace.hpp"

namespace santong::http {

namespace beast = boost::beast::http;

namespace {

int hex_value(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

/// Length of the UTF-8 sequence at the start of `text`; 0 if it is none or overlong, a surrogate or out of range.
std::size_t utf8_sequence(std::string_view text) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    auto const first = byte(0);
    if (first < 0x80) return 1;
    std::size_t const size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || text.size() < size) return 0;
    for (std::size_t i = 1; i < size; ++i)
        if ((byte(i) & 0xC0) != 0x80) return 0;
    if ((first == 0xE0 && byte(1) < 0xA0) || (first == 0xED && byte(1) > 0x9F)) return 0;
    if ((first == 0xF0 && byte(1) < 0x90) || (first == 0xF4 && byte(1) > 0x8F)) return 0;
    return size;
}

bool clean_text(std::string_view text) {
    while (!text.empty()) {
        auto const c = static_cast<unsigned char>(text.front());
        auto const size = utf8_sequence(text);
        if (size == 0 || (c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F) return false;
        text.remove_prefix(size);
    }
    return true;
}

bool read_method(beast::verb verb, Method& method) {
    switch (verb) {
        case beast::verb::get: method = Method::get; return true;
        case beast::verb::post: method = Method::post; return true;
        case beast::verb::put: method = Method::put; return true;
        case beast::verb::patch: method = Method::patch; return true;
        case beast::verb::delete_: method = Method::del; return true;
        case beast::verb::head: method = Method::head; return true;
        case beast::verb::options: method = Method::options; return true;
        default: return false;
    }
}

/// Decodes a path; empty for dot segments, encoded slashes and the like, which no route needs.
std::optional<std::string> clean_path(std::string_view raw) {
    if (!raw.starts_with('/')) return std::nullopt;
    auto path = percent_decode(raw, false);
    if (!path || path->find_first_of("\\\t\r\n") != std::string::npos) return std::nullopt;
    if (std::count(path->begin(), path->end(), '/') != std::count(raw.begin(), raw.end(), '/')) return std::nullopt;
    for (std::size_t at = 0; at < path->size();) {
        auto const end = std::min(path->find('/', at + 1), path->size());
        auto const segment = std::string_view(*path).substr(at + 1, end - at - 1);
        if (segment == "." || segment == "..") return std::nullopt;
        at = end;
    }
    return path;
}

std::optional<Refusal> read_query_string(std::string_view text, std::map<std::string, std::string>& query) {
    while (!text.empty()) {
        auto const end = std::min(text.find('&'), text.size());
        auto const pair = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        if (pair.empty()) continue;
        auto const equals = std::min(pair.find('='), pair.size());
        auto name = percent_decode(pair.substr(0, equals), true);
        auto value = percent_decode(pair.substr(std::min(equals + 1, pair.size())), true);
        if (!name || !value) return Refusal{400, "http.bad_query"};
        if (!query.emplace(std::move(*name), std::move(*value)).second) return Refusal{400, "http.repeated_parameter"};
    }
    return std::nullopt;
}

std::optional<Refusal> read_target(std::string_view target, Call& call) {
    if (auto scheme = target.find("://"); scheme != std::string_view::npos && !target.starts_with('/')) {
        auto const path = target.find('/', scheme + 3);
        target = path == std::string_view::npos ? "/" : target.substr(path);
    }
    if (target == "*" && call.method == Method::options) target = "/";
    auto const question = std::min(target.find('?'), target.size());
    auto path = clean_path(target.substr(0, question));
    if (!path) return Refusal{400, "http.bad_path"};
    call.path = std::move(*path);
    // What stands behind a file of a foreign package is for its own scripts, which also repeat themselves.
    if (call.path.starts_with("/p/")) return std::nullopt;
    return read_query_string(target.substr(std::min(question + 1, target.size())), call.query);
}

void read_headers(HeadMessage const& message, Call& call) {
    for (auto const& field : message) {
        std::string name(field.name_string());
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
        auto [slot, fresh] = call.headers.try_emplace(std::move(name), field.value());
        if (fresh) continue;
        slot->second.append(slot->first == "cookie" ? "; " : ", ").append(field.value());
    }
}

/// Framing that two parsers might read differently is refused (request smuggling).
std::optional<Refusal> read_framing(HeadMessage const& message, RequestHead& head) {
    Refusal const bad{400, "http.bad_framing"};
    auto const lengths = message.count(beast::field::content_length);
    auto const codings = message.count(beast::field::transfer_encoding);
    if (lengths + codings > 1) return bad;
    if (codings == 1) {
        if (message.version() < 11 || !boost::beast::iequals(message[beast::field::transfer_encoding], "chunked"))
            return bad;
        head.chunked = head.has_body = true;
    } else if (lengths == 1) {
        auto const text = message[beast::field::content_length];
        auto const* end = text.data() + text.size();
        auto [stop, error] = std::from_chars(text.data(), end, head.length);
        if (error != std::errc{} || stop != end || head.length < 0) return bad;
        head.has_body = head.length > 0;
    }
    return std::nullopt;
}

std::optional<Refusal> read_connection(HeadMessage const& message, RequestHead& head) {
    auto const hosts = message.count(beast::field::host);
    if (hosts > 1 || (hosts == 0 && message.version() >= 11)) return Refusal{400, "http.bad_host"};
    beast::token_list wishes(message[beast::field::connection]);
    head.keep_alive = message.version() >= 11 && !wishes.exists("close");
    if (message.count(beast::field::upgrade) > 0 && message.count(beast::field::connection) == 0)
        head.keep_alive = false;
    auto const expect = message[beast::field::expect];
    head.expects_continue = boost::beast::iequals(expect, "100-continue") && message.version() >= 11;
    if (!expect.empty() && !boost::beast::iequals(expect, "100-continue")) return Refusal{417, "http.bad_expectation"};
    return std::nullopt;
}

/// The first language of the browser that we have; Chinese otherwise.
std::string read_language(std::string_view accepted) {
    while (!accepted.empty()) {
        while (accepted.starts_with(' ')) accepted.remove_prefix(1);
        if (accepted.starts_with("zh")) return "zh-CN";
        if (accepted.starts_with("en")) return "en";
        accepted.remove_prefix(std::min(accepted.find(','), accepted.size() - 1) + 1);
    }
    return "zh-CN";
}

/// Behind a proxy its last entry says who asks; what stands before it is hearsay.
std::string forwarded_for(Call const& call, std::string const& otherwise) {
    auto const all = call.header("x-forwarded-for");
    auto const comma = all.rfind(',');
    auto last = comma == std::string::npos ? all : all.substr(comma + 1);
    std::erase(last, ' ');
    bool const plausible =
        !last.empty() && last.size() <= 45 && last.find_first_not_of("0123456789abcdefABCDEF.:") == std::string::npos;
    return plausible ? last : otherwise;
}

}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space) {
    std::string out;
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] != '%') {
            out += text[i];
        } else {
            int const high = i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
            int const low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
            if (high < 0 || low < 0) return std::nullopt;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        }
    }
    if (!clean_text(out)) return std::nullopt;
    return out;
}

std::optional<Refusal> understand(HeadMessage const& message, Peer const& peer, RequestHead& head) {
    auto& call = head.call;
    call.trace_id = trace_id_of(message["traceparent"]);
    call.client_address = peer.address;
    call.secure = peer.secure;
    if (auto refusal = read_framing(message, head)) return refusal;
    if (auto refusal = read_connection(message, head)) return refusal;
    if (!read_method(message.method(), call.method)) return Refusal{501, "http.unknown_method"};
    if (auto refusal = read_target(message.target(), call)) return refusal;
    read_headers(message, call);
    if (peer.behind_proxy) {
        call.client_address = forwarded_for(call, peer.address);
        call.secure = call.header("x-forwarded-proto") == "https";
    }
    call.language = chosen_language(call);
    if (call.language.empty()) call.language = read_language(call.header("accept-language"));
    head.accepts_gzip = accepts_gzip(call);
    call.caller.client = call.client_address;
    call.caller.trace_id = call.trace_id;
    return std::nullopt;
}

}  // namespace santong::http
