#include "platform/http/cookies.hpp"

namespace santong::http {

std::string_view session_cookie_name(bool secure) {
    return secure ? "__Host-sid" : "sid";
}

std::string session_cookie(std::string_view token, std::chrono::seconds lasts, bool secure) {
    std::string text(session_cookie_name(secure));
    text.append("=")
        .append(token)
        .append("; Path=/; HttpOnly; SameSite=Lax; Max-Age=")
        .append(std::to_string(lasts.count()));
    return secure ? text + "; Secure" : text;
}

std::string forget_session_cookie(bool secure) {
    return session_cookie({}, std::chrono::seconds(0), secure);
}

std::string chosen_language(Call const& call) {
    auto chosen = cookie_value(call, "language");
    return chosen == "zh-CN" || chosen == "en" ? chosen : std::string();
}

std::string cookie_value(Call const& call, std::string_view name) {
    auto const all = call.header("cookie");
    std::string_view rest = all;
    while (!rest.empty()) {
        auto const end = std::min(rest.find(';'), rest.size());
        auto pair = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        while (pair.starts_with(' ')) pair.remove_prefix(1);
        if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=')
            return std::string(pair.substr(name.size() + 1));
    }
    return {};
}

}  // namespace santong::http
