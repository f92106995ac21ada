#include "platform/http/transport.hpp"

#include <netinet/tcp.h>
#include <openssl/err.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace santong::http {

using std::chrono::steady_clock;

namespace {

constexpr std::size_t tls_record = 16 << 10;
constexpr std::size_t file_block = 64 << 10;
constexpr off_t sendfile_block = 1 << 20;
constexpr std::size_t linger_most = 32 << 20;
// A client that writes without looking up sees the answer only once its own buffer is full: swallow with rests.
constexpr std::size_t linger_gulp = 1 << 20;
constexpr auto linger_rest = std::chrono::milliseconds(20);

}  // namespace

Transport::Transport(Socket socket, SSL_CTX* tls, Timeouts const& timeouts)
    : socket_(std::move(socket)), timeouts_(timeouts) {
    boost::system::error_code ignored;
    socket_.non_blocking(true, ignored);
    socket_.set_option(asio::ip::tcp::no_delay(true), ignored);
    if (!tls) return;
    tls_.reset(SSL_new(tls));
    if (tls_ && SSL_set_fd(tls_.get(), socket_.native_handle()) != 1) tls_.reset();
    if (!tls_) throw std::bad_alloc();
}

Transport::~Transport() = default;

Transport::Step Transport::tls_step(int result) {
    if (result > 0) return {result, Step::done};
    switch (SSL_get_error(tls_.get(), result)) {
        case SSL_ERROR_WANT_READ: return {0, Step::want_read};
        case SSL_ERROR_WANT_WRITE: return {0, Step::want_write};
        case SSL_ERROR_ZERO_RETURN: return {0, Step::done};
        default: ERR_clear_error(); return {0, Step::failed};
    }
}

Transport::Step Transport::try_read(char* to, std::size_t size) {
    if (tls_) return tls_step(SSL_read(tls_.get(), to, static_cast<int>(std::min<std::size_t>(size, 1 << 30))));
    ssize_t count = 0;
    do count = ::recv(socket_.native_handle(), to, size, 0);
    while (count < 0 && errno == EINTR);
    if (count >= 0) return {count, Step::done};
    return {0, errno == EAGAIN ? Step::want_read : Step::failed};
}

Transport::Step Transport::try_write(std::string_view head, std::string_view body, bool more) {
    if (tls_) {
        auto const part = head.empty() ? body : head;
        return tls_step(
            SSL_write(tls_.get(), part.data(), static_cast<int>(std::min<std::size_t>(part.size(), 1 << 30))));
    }
    std::array<iovec, 2> parts = {iovec{const_cast<char*>(head.data()), head.size()},
                                  iovec{const_cast<char*>(body.data()), body.size()}};
    msghdr message{};
    message.msg_iov = parts.data();
    message.msg_iovlen = parts.size();
    ssize_t count = 0;
    do count = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL | (more ? MSG_MORE : 0));
    while (count < 0 && errno == EINTR);
    if (count >= 0) return {count, Step::done};
    return {0, errno == EAGAIN ? Step::want_write : Step::failed};
}

Task<bool> Transport::wait(Step const& step) {
    if (step.state == Step::failed || timed_out) co_return false;
    boost::system::error_code error;
    auto const what = step.state == Step::want_read ? Socket::wait_read : Socket::wait_write;
    co_await socket_.async_wait(what, asio::redirect_error(await_it, error));
    co_return !error && !timed_out;
}

Task<bool> Transport::readable() {
    if (tls_ && SSL_pending(tls_.get()) > 0) co_return true;
    co_return co_await wait(Step{0, Step::want_read});
}

Task<bool> Transport::handshake() {
    if (!tls_) co_return true;
    deadline_in(timeouts_.header);
    for (;;) {
        auto const step = tls_step(SSL_accept(tls_.get()));
        if (step.state == Step::done) co_return step.count > 0;
        bool const ready = co_await wait(step);
        if (!ready) co_return false;
    }
}

Task<std::size_t> Transport::read(char* to, std::size_t size) {
    for (;;) {
        auto const step = try_read(to, size);
        if (step.state == Step::done) {
            progress(static_cast<std::size_t>(step.count));
            co_return static_cast<std::size_t>(step.count);
        }
        bool const ready = co_await wait(step);
        if (!ready) co_return 0;
    }
}

Task<bool> Transport::write_all(std::string_view head, std::string_view body, bool more) {
    while (!head.empty() || !body.empty()) {
        auto const step = try_write(head, body, more);
        if (step.state == Step::done && step.count > 0) {
            auto const count = static_cast<std::size_t>(step.count);
            progress(count);
            auto const of_head = std::min(count, head.size());
            head.remove_prefix(of_head);
            body.remove_prefix(count - of_head);
            continue;
        }
        if (step.state == Step::done) co_return false;
        bool const ready = co_await wait(step);
        if (!ready) co_return false;
    }
    co_return true;
}

Task<bool> Transport::write(std::string_view head, std::string_view body) {
    start_progress();
    std::string joined;
    if (tls_ && !body.empty() && head.size() + body.size() <= tls_record) {  // one record and one packet, not two
        joined.append(head).append(body);
        head = joined;
        body = {};
    }
    co_return co_await write_all(head, body, false);
}

Task<bool> Transport::send_file(std::string_view head, int file, off_t from, off_t size) {
    start_progress();
    bool ok = co_await write_all(head, {}, size > 0);
    if (!ok) co_return false;
    if (tls_) co_return co_await copy_file(file, from, size);
    off_t const end = from + size;
    while (from < end) {
        auto const sent = ::sendfile(socket_.native_handle(), file, &from,
                                     static_cast<std::size_t>(std::min(end - from, sendfile_block)));
        if (sent > 0) {
            progress(static_cast<std::size_t>(sent));
            continue;
        }
        if (sent < 0 && errno == EINTR) continue;
        if (sent == 0 || errno != EAGAIN) co_return false;  // the file became shorter, or the client is gone
        bool const ready = co_await wait(Step{0, Step::want_write});
        if (!ready) co_return false;
    }
    co_return true;
}

Task<bool> Transport::copy_file(int file, off_t from, off_t size) {
    std::string block;
    while (size > 0) {
        block.resize(static_cast<std::size_t>(std::min<off_t>(size, file_block)));
        auto const count = ::pread(file, block.data(), block.size(), from);
        if (count < 0 && errno == EINTR) continue;
        if (count <= 0) co_return false;
        bool const ok = co_await write_all({block.data(), static_cast<std::size_t>(count)}, {}, false);
        if (!ok) co_return false;
        from += count;
        size -= count;
    }
    co_return true;
}

Task<> Transport::linger() {
    if (tls_) SSL_shutdown(tls_.get());
    boost::system::error_code ignored;
    socket_.shutdown(Socket::shutdown_send, ignored);
    deadline_in(std::chrono::seconds(2));
    std::array<char, 16384> swallowed{};
    Timer rest(socket_.get_executor());
    std::size_t total = 0;
    std::size_t next_rest = linger_gulp;
    while (total < linger_most) {
        ssize_t const count = ::recv(socket_.native_handle(), swallowed.data(), swallowed.size(), 0);
        if (count > 0) {
            total += static_cast<std::size_t>(count);
            if (total < next_rest) continue;
            next_rest += linger_gulp;
            rest.expires_after(linger_rest);
            boost::system::error_code never;
            co_await rest.async_wait(asio::redirect_error(await_it, never));
            continue;
        }
        if (count == 0 || (errno != EAGAIN && errno != EINTR)) co_return;
        bool const ready = co_await wait(Step{0, Step::want_read});
        if (!ready) co_return;
    }
}

void Transport::start_progress() {
    progress_from_ = steady_clock::now();
    progress_bytes_ = 0;
    deadline = progress_from_ + timeouts_.stall;
}

void Transport::progress(std::size_t bytes) {
    if (progress_from_ == SteadyTime{}) return;
    progress_bytes_ += bytes;
    auto const earned = std::chrono::seconds(static_cast<std::int64_t>(progress_bytes_) / timeouts_.bytes_per_second);
    deadline = std::min(steady_clock::now() + timeouts_.stall, progress_from_ + timeouts_.stall + earned);
}

void Transport::carry_bulk(std::int64_t bytes_per_second) {
    constexpr int waits_unsent = 128 << 10;
    constexpr std::string_view control = "bbr";
    auto const socket = socket_.native_handle();
    std::uint64_t const pace = bytes_per_second > 0 ? static_cast<std::uint64_t>(bytes_per_second) : ~std::uint64_t{0};
    // A kernel that cannot do one of these goes on as usual.
    (void)::setsockopt(socket, IPPROTO_TCP, TCP_CONGESTION, control.data(), control.size());
    (void)::setsockopt(socket, IPPROTO_TCP, TCP_NOTSENT_LOWAT, &waits_unsent, sizeof waits_unsent);
    (void)::setsockopt(socket, SOL_SOCKET, SO_MAX_PACING_RATE, &pace, sizeof pace);
}

void Transport::cancel() {
    boost::system::error_code ignored;
    socket_.cancel(ignored);
}

void Transport::close() {
    boost::system::error_code ignored;
    socket_.close(ignored);
}

}  // namespace santong::http
