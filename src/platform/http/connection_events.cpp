// Server-sent events: the handler has returned its worker, the connection sends what is pushed.
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "platform/http/connection.hpp"

namespace santong::http {

namespace {

using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;

constexpr std::chrono::seconds keep_alive_every{15};

}  // namespace

/// Notices that the client has gone away: an event stream's client sends nothing more.
Task<> Connection::watch_client(std::shared_ptr<Connection> self) {
    co_await self->transport_.readable();
    self->events_->close();
}

Task<> Connection::stream_events(std::function<void(std::shared_ptr<EventStream>)> const& subscribe) {
    auto timer = std::make_shared<Timer>(loop_.io);
    events_ = std::make_shared<QueuedEvents>([weak = std::weak_ptr(timer), home = loop_.io.get_executor()] {
        asio::post(home, [weak] {
            if (auto const sleeping = weak.lock()) sleeping->cancel();
        });
    });
    if (engine_.stopping.load()) co_return;
    engine_.metrics.event_streams.fetch_add(1);
    transport_.no_deadline();
    asio::co_spawn(loop_.io, watch_client(shared_from_this()), asio::detached);
    auto work = [&]() noexcept { subscribe(events_); };
    co_await on_pool(engine_.workers.pool, work);
    bool alive = true;
    while (alive) {
        auto text = events_->take();
        if (text.empty()) {
            if (!events_->open()) break;
            timer->expires_after(keep_alive_every);
            boost::system::error_code woken;
            co_await timer->async_wait(asio::redirect_error(await_it, woken));
            if (woken) continue;
            text = ": keep-alive\n\n";
        }
        alive = co_await transport_.write(text, {});
        transport_.no_deadline();
    }
    events_->end();
    engine_.metrics.event_streams.fetch_sub(1);
    transport_.close();  // ends `watch_client` too
}

}  // namespace santong::http
