// How a connection takes the body of a request: into memory or into a file, never more than the route allows.
#include <cerrno>

#include "platform/http/connection.hpp"
#include "platform/log/log.hpp"

namespace santong::http {

namespace {

using Wrong = boost::beast::http::error;

constexpr std::size_t block = 64 << 10;
constexpr std::size_t file_block = 256 << 10;
constexpr std::size_t longest_chunk_head = 16 << 10;

}  // namespace

Connection::Checked Connection::keep_in_memory(Exchange& x, std::string_view bytes) {
    auto const size = static_cast<std::int64_t>(bytes.size());
    if (engine_.metrics.body_bytes.fetch_add(size) + size > engine_.options.body_memory) {
        engine_.metrics.body_bytes.fetch_sub(size);
        return Refusal{503, "http.busy"};
    }
    x.body_memory += size;
    x.head.call.body.append(bytes);
    return std::nullopt;
}

Task<Connection::Checked> Connection::keep_in_file(Exchange& x, std::string& pending) {
    int failure = 0;
    auto work = [&]() noexcept {
        try {
            if (!x.file) x.file = std::make_unique<BodyFile>(engine_.options.temp_dir);
            failure = x.file->append(pending);
        } catch (std::system_error const& error) {
            failure = error.code().value();
        }
    };
    co_await on_pool(engine_.disk, work);
    pending.clear();
    if (failure == 0) co_return std::nullopt;
    log::error("cannot keep a body", {{"trace_id", x.head.call.trace_id}, {"errno", failure}});
    if (failure == ENOSPC || failure == EDQUOT) co_return Refusal{507, "http.disk_full"};
    co_return Refusal{500, "http.internal_error"};
}

Task<Connection::Checked> Connection::read_body(Exchange& x) {
    auto& call = x.head.call;
    auto const& route = *x.route;
    if (x.head.has_body && x.head.expects_continue && input_.empty()) {
        bool const ok = co_await transport_.write("HTTP/1.1 100 Continue\r\n\r\n", {});
        if (!ok) co_return Refusal{0, {}};
    }
    transport_.start_progress();
    x.parser.eager(true);
    std::string parsed(x.head.has_body ? block : 0, '\0');
    std::string pending;
    bool starved = false;  // what has come so far ends in the middle of a chunk's head
    while (x.head.has_body && !x.parser.is_done()) {
        if (input_.empty() || starved) {
            auto const before = input_.size();
            if (before > longest_chunk_head) co_return Refusal{400, "http.bad_body"};
            input_.resize(before + block);
            auto const count = co_await transport_.read(input_.data() + before, block);
            input_.resize(before + count);
            if (count == 0 && route.partial_body && call.body_size > 0) break;
            if (count == 0) co_return Refusal{transport_.timed_out ? 408 : 0, "http.body_too_slow"};
        }
        x.parser.get().body() = {parsed.data(), parsed.size(), true};
        boost::beast::error_code error;
        auto const taken = x.parser.put(asio::buffer(input_), error);
        input_.erase(0, taken);
        std::string_view const bytes(parsed.data(), parsed.size() - x.parser.get().body().size);
        starved = error == Wrong::need_more && taken == 0 && bytes.empty();
        bool const fine = !error || error == Wrong::need_more || error == Wrong::need_buffer;
        if (!fine) co_return Refusal{400, "http.bad_body"};
        call.body_size += static_cast<std::int64_t>(bytes.size());
        if (call.body_size > route.max_body) co_return Refusal{413, "http.body_too_large"};
        Checked refusal;
        if (!route.stream_body)
            refusal = keep_in_memory(x, bytes);
        else
            pending.append(bytes);
        if (pending.size() >= file_block) refusal = co_await keep_in_file(x, pending);
        if (refusal) co_return refusal;
    }
    if (route.stream_body) {
        auto refusal = co_await keep_in_file(x, pending);
        if (refusal) co_return refusal;
        call.body_file = x.file->path();
    }
    transport_.no_deadline();
    co_return std::nullopt;
}

}  // namespace santong::http
