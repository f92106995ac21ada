#include "modules/nodes/line.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <memory>

namespace santong::nodes {

namespace {

constexpr std::size_t longest_body = std::size_t{64} << 20;

std::size_t take_body(char* bytes, std::size_t, std::size_t count, void* to) {
    auto& body = static_cast<LineAnswer*>(to)->body;
    if (body.size() + count > longest_body) return 0;
    body.append(bytes, count);
    return count;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* to) {
    std::string const line(bytes, count);
    auto const colon = line.find(':');
    if (colon == std::string::npos) return count;
    std::string name = line.substr(0, colon);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    auto const begin = line.find_first_not_of(" \t", colon + 1);
    auto const end = line.find_last_not_of(" \t\r\n");
    if (begin != std::string::npos && end >= begin)
        static_cast<LineAnswer*>(to)->headers[name] = line.substr(begin, end - begin + 1);
    return count;
}

}  // namespace

LineAnswer post(std::string const& url, std::map<std::string, std::string> const& headers, std::string const& body,
                std::string const& authority) {
    static bool const ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    std::unique_ptr<CURL, void (*)(CURL*)> const line(ready ? curl_easy_init() : nullptr, &curl_easy_cleanup);
    LineAnswer answer;
    if (!line) {
        answer.problem = "libcurl";
        return answer;
    }
    curl_slist* list = nullptr;
    for (auto const& [name, value] : headers) list = curl_slist_append(list, (name + ": " + value).c_str());
    list = curl_slist_append(list, "Expect:");
    std::unique_ptr<curl_slist, void (*)(curl_slist*)> const owner(list, &curl_slist_free_all);
    char why[CURL_ERROR_SIZE] = "";
    auto* const c = line.get();
    curl_easy_setopt(c, CURLOPT_URL, url.c_str());
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, list);
    curl_easy_setopt(c, CURLOPT_POST, 1L);
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, &take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, &take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, &answer);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, why);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 10L);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, 1L);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, 30L);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!authority.empty()) curl_easy_setopt(c, CURLOPT_CAINFO, authority.c_str());
    auto const outcome = curl_easy_perform(c);
    if (outcome != CURLE_OK) {
        answer.problem = why[0] != '\0' ? why : curl_easy_strerror(outcome);
        return answer;
    }
    long status = 0;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    return answer;
}

}  // namespace santong::nodes
