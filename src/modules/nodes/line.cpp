#include "modules/nodes/line.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <utility>

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

/// What both kinds of request say of the line.
void set_up(CURL* c, std::string const& url, curl_slist* headers, std::string const& authority, char* why,
            Patience const& patience = {}) {
    curl_easy_setopt(c, CURLOPT_URL, url.c_str());
    curl_easy_setopt(c, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(c, CURLOPT_ERRORBUFFER, why);
    curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT_MS, patience.connect_ms);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_LIMIT, patience.least_bytes);
    curl_easy_setopt(c, CURLOPT_LOW_SPEED_TIME, patience.idle_seconds);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, patience.whole_seconds);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(c, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(c, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
    if (!authority.empty()) curl_easy_setopt(c, CURLOPT_CAINFO, authority.c_str());
}

using Line = std::unique_ptr<CURL, void (*)(CURL*)>;
using HeaderList = std::unique_ptr<curl_slist, void (*)(curl_slist*)>;

Line open_line() {
    static bool const ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
    return {ready ? curl_easy_init() : nullptr, &curl_easy_cleanup};
}

HeaderList header_list(std::map<std::string, std::string> const& headers) {
    curl_slist* list = curl_slist_append(nullptr, "Expect:");
    for (auto const& [name, value] : headers) list = curl_slist_append(list, (name + ": " + value).c_str());
    return {list, &curl_slist_free_all};
}

void perform(CURL* c, LineAnswer& answer, char const* why) {
    auto const outcome = curl_easy_perform(c);
    if (outcome != CURLE_OK) {
        answer.problem = why[0] != '\0' ? why : curl_easy_strerror(outcome);
        return;
    }
    long status = 0;
    curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
}

/// Bytes that go to a file once the answer is one.
struct Saving {
    CURL* line = nullptr;
    std::FILE* file = nullptr;
    LineAnswer* answer = nullptr;
};

std::size_t take_bytes(char* bytes, std::size_t, std::size_t count, void* to) {
    auto const& saving = *static_cast<Saving*>(to);
    long status = 0;
    curl_easy_getinfo(saving.line, CURLINFO_RESPONSE_CODE, &status);
    if (status == 200 || status == 206) return std::fwrite(bytes, 1, count, saving.file);
    return take_body(bytes, 1, count, saving.answer);
}

/// A streamed answer on its way to whoever takes it.
struct Handing {
    CURL* line = nullptr;
    Receiving const* receiving = nullptr;
    LineAnswer* answer = nullptr;
    bool begun = false;
};

std::size_t hand_on(char* bytes, std::size_t, std::size_t count, void* to) {
    auto& handing = *static_cast<Handing*>(to);
    long status = 0;
    curl_easy_getinfo(handing.line, CURLINFO_RESPONSE_CODE, &status);
    if (status != 200) return take_body(bytes, 1, count, handing.answer);
    if (!std::exchange(handing.begun, true) && handing.receiving->begin) handing.receiving->begin(*handing.answer);
    return handing.receiving->take({bytes, count}) ? count : 0;
}

int may_go_on(void* to, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
    return static_cast<Handing*>(to)->receiving->go_on() ? 0 : 1;
}

}  // namespace

LineAnswer post(std::string const& url, std::map<std::string, std::string> const& headers, std::string const& body,
                std::string const& authority, Patience const& patience) {
    LineAnswer answer;
    auto const line = open_line();
    if (!line) {
        answer.problem = "libcurl";
        return answer;
    }
    auto const list = header_list(headers);
    char why[CURL_ERROR_SIZE] = "";
    auto* const c = line.get();
    set_up(c, url, list.get(), authority, why, patience);
    curl_easy_setopt(c, CURLOPT_POST, 1L);
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, &take_body);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &answer);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, &take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, &answer);
    perform(c, answer, why);
    return answer;
}

LineAnswer get(std::string const& url, std::map<std::string, std::string> const& headers, std::string const& file,
               std::int64_t bytes_per_second, std::string const& authority) {
    LineAnswer answer;
    auto const line = open_line();
    std::unique_ptr<std::FILE, int (*)(std::FILE*)> const to(std::fopen(file.c_str(), "ab"), &std::fclose);
    if (!line || !to) {
        answer.problem = line ? file + " cannot be written" : "libcurl";
        return answer;
    }
    std::fseek(to.get(), 0, SEEK_END);
    auto const from = std::ftell(to.get());
    auto all = headers;
    if (from > 0) all["Range"] = "bytes=" + std::to_string(from) + "-";
    auto const list = header_list(all);
    char why[CURL_ERROR_SIZE] = "";
    auto* const c = line.get();
    set_up(c, url, list.get(), authority, why);
    Saving saving{c, to.get(), &answer};
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, &take_bytes);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &saving);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, &take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, &answer);
    if (bytes_per_second > 0)
        curl_easy_setopt(c, CURLOPT_MAX_RECV_SPEED_LARGE, static_cast<curl_off_t>(bytes_per_second));
    perform(c, answer, why);
    return answer;
}

struct KeptLine::State {
    Line line = open_line();
};

KeptLine::KeptLine() : state_(std::make_unique<State>()) {}
KeptLine::~KeptLine() = default;

LineAnswer KeptLine::post(std::string const& url, std::map<std::string, std::string> const& headers,
                          std::string const& body, Receiving const& receiving, std::string const& authority) {
    LineAnswer answer;
    auto* const c = state_->line.get();
    if (c == nullptr) {
        answer.problem = "libcurl";
        return answer;
    }
    curl_easy_reset(c);  // the connection stays
    auto const list = header_list(headers);
    char why[CURL_ERROR_SIZE] = "";
    set_up(c, url, list.get(), authority, why, receiving.patience);
    Handing handing{c, &receiving, &answer};
    curl_easy_setopt(c, CURLOPT_POST, 1L);
    curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(body.size()));
    curl_easy_setopt(c, CURLOPT_POSTFIELDS, body.data());
    curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, &hand_on);
    curl_easy_setopt(c, CURLOPT_WRITEDATA, &handing);
    curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, &take_header);
    curl_easy_setopt(c, CURLOPT_HEADERDATA, &answer);
    curl_easy_setopt(c, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(c, CURLOPT_XFERINFOFUNCTION, &may_go_on);
    curl_easy_setopt(c, CURLOPT_XFERINFODATA, &handing);
    if (receiving.bytes_per_second > 0)
        curl_easy_setopt(c, CURLOPT_MAX_RECV_SPEED_LARGE, static_cast<curl_off_t>(receiving.bytes_per_second));
    perform(c, answer, why);
    if (answer.status == 0) {
        long status = 0;
        curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
        answer.status = static_cast<int>(status);
    }
    return answer;
}

}  // namespace santong::nodes
