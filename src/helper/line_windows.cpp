// The line on Windows: WinHTTP, with the system's own store of certificates.
#include <windows.h>
#include <winhttp.h>

#include <memory>
#include <vector>

#include "helper/line.hpp"

namespace santong::helper {

namespace {

struct Closes {
    void operator()(void* handle) const { WinHttpCloseHandle(handle); }
};
using Handle = std::unique_ptr<void, Closes>;

constexpr std::size_t longest_body = 1 << 20;

std::wstring wide(std::string const& text) {
    int const size = MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), nullptr, 0);
    std::wstring out(static_cast<std::size_t>(size), L'\0');
    MultiByteToWideChar(CP_UTF8, 0, text.data(), static_cast<int>(text.size()), out.data(), size);
    return out;
}

Answer failed() {
    return {0, {}, "WinHTTP " + std::to_string(GetLastError())};
}

int status_of(HINTERNET request) {
    DWORD status = 0;
    DWORD size = sizeof status;
    WinHttpQueryHeaders(request, WINHTTP_QUERY_STATUS_CODE | WINHTTP_QUERY_FLAG_NUMBER, WINHTTP_HEADER_NAME_BY_INDEX,
                        &status, &size, WINHTTP_NO_HEADER_INDEX);
    return static_cast<int>(status);
}

/// Reads what comes; false if it is cut or nobody wants it.
bool receive(HINTERNET line, Request const& request, Answer& answer) {
    std::vector<char> part(64 * 1024);
    for (;;) {
        DWORD count = 0;
        if (!WinHttpReadData(line, part.data(), static_cast<DWORD>(part.size()), &count)) return false;
        if (count == 0) return true;
        if (request.goes_to_sink(answer.status)) {
            if (!request.sink({part.data(), count})) return false;
            continue;
        }
        if (answer.body.size() + count > longest_body) return false;
        answer.body.append(part.data(), count);
    }
}

}  // namespace

Answer ask(Site const& site, Request const& request) {
    Handle const session(WinHttpOpen(L"santong-helper", WINHTTP_ACCESS_TYPE_DEFAULT_PROXY, WINHTTP_NO_PROXY_NAME,
                                     WINHTTP_NO_PROXY_BYPASS, 0));
    if (!session) return failed();
    WinHttpSetTimeouts(session.get(), 10'000, 10'000, 60'000, 60'000);
    // Windows 7 speaks TLS 1.2 when it is asked to.
    DWORD protocols = WINHTTP_FLAG_SECURE_PROTOCOL_TLS1_2;
    WinHttpSetOption(session.get(), WINHTTP_OPTION_SECURE_PROTOCOLS, &protocols, sizeof protocols);
    Handle const connection(
        WinHttpConnect(session.get(), wide(site.host).c_str(), static_cast<INTERNET_PORT>(site.port), 0));
    if (!connection) return failed();
    Handle const line(WinHttpOpenRequest(connection.get(), wide(request.method).c_str(), wide(request.path).c_str(),
                                         nullptr, WINHTTP_NO_REFERER, WINHTTP_DEFAULT_ACCEPT_TYPES,
                                         site.tls ? WINHTTP_FLAG_SECURE : 0));
    if (!line) return failed();
    DWORD never = WINHTTP_OPTION_REDIRECT_POLICY_NEVER;
    WinHttpSetOption(line.get(), WINHTTP_OPTION_REDIRECT_POLICY, &never, sizeof never);
    DWORD features = WINHTTP_DISABLE_COOKIES | WINHTTP_DISABLE_AUTHENTICATION;
    WinHttpSetOption(line.get(), WINHTTP_OPTION_DISABLE_FEATURE, &features, sizeof features);
    std::wstring headers = L"Content-Type: application/json\r\n";
    if (!request.token.empty()) headers += wide("Authorization: Bearer " + request.token + "\r\n");
    if (request.from > 0) headers += wide("Range: bytes=" + std::to_string(request.from) + "-\r\n");
    auto const size = static_cast<DWORD>(request.body.size());
    auto* const body = size == 0 ? nullptr : const_cast<char*>(request.body.data());
    if (!WinHttpSendRequest(line.get(), headers.c_str(), static_cast<DWORD>(-1), body, size, size, 0) ||
        !WinHttpReceiveResponse(line.get(), nullptr)) {
        return failed();
    }
    Answer answer{status_of(line.get()), {}, {}};
    if (!receive(line.get(), request, answer)) return failed();
    return answer;
}

}  // namespace santong::helper
