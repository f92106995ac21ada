#pragma once
// Asio as this folder uses it: one io_context per I/O thread, coroutines without type-erased executors.
#include <boost/asio/async_result.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace santong::http {

namespace asio = boost::asio;

using Executor = asio::io_context::executor_type;
using Socket = asio::basic_stream_socket<asio::ip::tcp, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
template <class T = void>
using Task = asio::awaitable<T, Executor>;
inline constexpr asio::use_awaitable_t<Executor> await_it;

/// Runs `work`, which must not throw, on a pool and comes back to the thread of the connection.
template <class Work>
Task<> on_pool(asio::thread_pool& pool, Work& work) {
    return asio::async_initiate<asio::use_awaitable_t<Executor> const, void()>(
        [&pool, &work](auto handler) {
            asio::post(pool, [&work, handler = std::move(handler)]() mutable {
                work();
                auto home = asio::get_associated_executor(handler);
                asio::post(home, std::move(handler));
            });
        },
        await_it);
}

}  // namespace santong::http
