#pragma once
// From the header that Beast parsed to a Call, with everything refused that two parsers might read differently.
#include <boost/beast/http/message.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "platform/http/router.hpp"

namespace santong::http {

/// An answer given before any handler is asked.
struct Refusal {
    int status = 400;
    std::string key;
};

/// What the connection must know of a request besides its Call.
struct RequestHead {
    Call call;
    bool keep_alive = true;
    bool has_body = false;
    bool chunked = false;
    std::int64_t length = 0;  ///< of a body that is not chunked
    bool expects_continue = false;
    bool accepts_gzip = false;
};

/// Where the request came from.
struct Peer {
    std::string address;
    bool loopback = false;
    bool secure = false;
    bool behind_proxy = false;
};

using HeadMessage = boost::beast::http::header<true, boost::beast::http::fields>;

/// Fills `head`; a refusal closes the connection, because where the next request begins is not certain.
std::optional<Refusal> understand(HeadMessage const& message, Peer const& peer, RequestHead& head);

/// Decodes %XX (and + in queries); empty if broken, not UTF-8 or holding control characters.
std::optional<std::string> percent_decode(std::string_view text, bool plus_is_space);

}  // namespace santong::http
