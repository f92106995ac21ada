// The line on Linux: libcurl.
#include <curl/curl.h>

#include <memory>

#include "helper/line.hpp"

namespace santong::helper {

namespace {

struct Reception {
    CURL* line = nullptr;
    Request const* request = nullptr;
    std::string body;
};

constexpr std::size_t longest_body = 1 << 20;

std::size_t take(char* bytes, std::size_t, std::size_t count, void* to) {
    auto& reception = *static_cast<Reception*>(to);
    long status = 0;
    curl_easy_getinfo(reception.line, CURLINFO_RESPONSE_CODE, &status);
    if (reception.request->goes_to_sink(static_cast<int>(status)))
        return reception.request->sink({bytes, count}) ? count : 0;
    if (reception.body.size() + count > longest_body) return 0;
    reception.body.append(bytes, count);
    return count;
}

void say_what(CURL* line, Request const& request, curl_slist* headers) {
    curl_easy_setopt(line, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(line, CURLOPT_CUSTOMREQUEST, request.method.c_str());
    if (request.method != "GET") {
        curl_easy_setopt(line, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
        curl_easy_setopt(line, CURLOPT_POSTFIELDS, request.body.data());
    }
    curl_easy_setopt(line, CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(line, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(line, CURLOPT_LOW_SPEED_TIME, 60L);
    curl_easy_setopt(line, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(line, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(line, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(line, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
}

}  // namespace

Answer ask(Site const& site, Request const& request) {
    static bool const ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    std::unique_ptr<CURL, void (*)(CURL*)> line(ready ? curl_easy_init() : nullptr, &curl_easy_cleanup);
    if (!line) return {0, {}, "libcurl"};
    curl_slist* headers = curl_slist_append(nullptr, "Content-Type: application/json");
    if (!request.token.empty())
        headers = curl_slist_append(headers, ("Authorization: Bearer " + request.token).c_str());
    if (request.from > 0)
        headers = curl_slist_append(headers, ("Range: bytes=" + std::to_string(request.from) + '-').c_str());
    std::unique_ptr<curl_slist, void (*)(curl_slist*)> const owner(headers, &curl_slist_free_all);
    Reception reception{line.get(), &request, {}};
    auto const url = site.origin() + request.path;
    curl_easy_setopt(line.get(), CURLOPT_URL, url.c_str());
    if (!site.authority.empty()) curl_easy_setopt(line.get(), CURLOPT_CAINFO, site.authority.c_str());
    curl_easy_setopt(line.get(), CURLOPT_WRITEFUNCTION, &take);
    curl_easy_setopt(line.get(), CURLOPT_WRITEDATA, &reception);
    say_what(line.get(), request, headers);
    auto const outcome = curl_easy_perform(line.get());
    long status = 0;
    curl_easy_getinfo(line.get(), CURLINFO_RESPONSE_CODE, &status);
    if (outcome != CURLE_OK) return {0, {}, curl_easy_strerror(outcome)};
    return {static_cast<int>(status), std::move(reception.body), {}};
}

}  // namespace santong::helper
