#pragma once
#include <chrono>
#include <string>
#include <string_view>

#include "platform/http/router.hpp"

namespace santong::http {

/// "__Host-sid" where the request came by TLS; plain "sid" on loopback http, where browsers refuse the other.
std::string_view session_cookie_name(bool secure);
/// A Set-Cookie value for a session token: HttpOnly, SameSite=Lax, for the whole site, Secure under TLS.
std::string session_cookie(std::string_view token, std::chrono::seconds lasts, bool secure);
/// A Set-Cookie value that makes the browser forget the session.
std::string forget_session_cookie(bool secure);
/// The language that the screens chose: their cookie goes along with downloads and event streams, too. Empty if none.
std::string chosen_language(Call const& call);
/// The value of a cookie of the request; empty if there is none.
std::string cookie_value(Call const& call, std::string_view name);

}  // namespace santong::http
