#include "platform/http/trace.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>

namespace santong::http {

namespace {

bool lower_hex(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

std::string new_trace_id() {
    // One request to the kernel's generator lasts for many ids; they only must not repeat.
    thread_local std::array<unsigned char, 16 * 64> pool;
    thread_local std::size_t used = pool.size();
    if (used == pool.size()) {
        RAND_bytes(pool.data(), static_cast<int>(pool.size()));
        used = 0;
    }
    std::string text;
    for (auto const end = used + 16; used < end; ++used) {
        text += "0123456789abcdef"[pool[used] >> 4];
        text += "0123456789abcdef"[pool[used] & 15];
    }
    return text;
}

}  // namespace

std::string trace_id_of(std::string_view traceparent) {
    bool const valid = traceparent.size() == 55 && traceparent.starts_with("00-") && traceparent[35] == '-' &&
                       traceparent[52] == '-' && lower_hex(traceparent.substr(3, 32)) &&
                       lower_hex(traceparent.substr(36, 16)) && lower_hex(traceparent.substr(53)) &&
                       traceparent.substr(3, 32).find_first_not_of('0') != std::string_view::npos;
    return valid ? std::string(traceparent.substr(3, 32)) : new_trace_id();
}

}  // namespace santong::http
