#pragma once
// A non-blocking connection, plain or TLS. Reads and writes are tried first and waited for only if they must be.
#include <openssl/ssl.h>

#include <chrono>
#include <memory>
#include <string_view>

#include "platform/http/async.hpp"
#include "platform/http/server.hpp"

namespace santong::http {

using SteadyTime = std::chrono::steady_clock::time_point;

/// All waits end when `deadline` has passed: the owner's sweep calls `cancel`. Used by one thread at a time.
class Transport {
public:
    Transport(Socket socket, SSL_CTX* tls, Timeouts const& timeouts);
    ~Transport();
    Transport(Transport const&) = delete;
    Transport& operator=(Transport const&) = delete;

    Task<bool> handshake();
    /// Waits until there is something to read, without holding a buffer for it.
    Task<bool> readable();
    /// Reads at least one byte; 0 at the end, on an error and past the deadline.
    Task<std::size_t> read(char* to, std::size_t size);
    /// Writes both parts; false if the client is gone or too slow.
    Task<bool> write(std::string_view head, std::string_view body);
    /// Writes `head`, then `size` bytes of the file: sendfile(2) on a plain connection.
    Task<bool> send_file(std::string_view head, int file, off_t from, off_t size);
    /// Says goodbye and swallows what the client still sends, so that it can read the last answer.
    Task<> linger();

    void cancel();
    void close();
    bool secure() const { return tls_ != nullptr; }
    Socket& socket() { return socket_; }

    /// From now on this connection carries big things over a thin line: BBR where the kernel has it, at most so many
    /// bytes a second (0 = no limit), and little that is sent to the kernel before the line can take it.
    void carry_bulk(std::int64_t bytes_per_second);
    /// A body or an answer begins: from here it must keep up a rate.
    void start_progress();
    void no_deadline() { deadline_at(SteadyTime::max()); }
    void deadline_in(std::chrono::milliseconds time) { deadline_at(std::chrono::steady_clock::now() + time); }
    SteadyTime deadline = SteadyTime::max();
    bool timed_out = false;

private:
    /// What one try came to: `count` > 0 done, 0 the end; or which readiness to wait for.
    struct Step {
        ssize_t count = 0;
        enum { done, want_read, want_write, failed } state = done;
    };
    Step tls_step(int result);
    Step try_read(char* to, std::size_t size);
    Step try_write(std::string_view head, std::string_view body, bool more);
    Task<bool> wait(Step const& step);
    Task<bool> write_all(std::string_view head, std::string_view body, bool more);
    Task<bool> copy_file(int file, off_t from, off_t size);
    void progress(std::size_t bytes);
    void deadline_at(SteadyTime at) {
        deadline = at;
        progress_from_ = {};
    }

    struct FreeSsl {
        void operator()(SSL* ssl) const { SSL_free(ssl); }
    };
    Socket socket_;
    std::unique_ptr<SSL, FreeSsl> tls_;
    Timeouts const& timeouts_;
    SteadyTime progress_from_;
    std::size_t progress_bytes_ = 0;
};

}  // namespace santong::http
