#pragma once
// Server-sent events of one client: handlers push from any thread, the connection's own thread sends.
#include <atomic>
#include <mutex>
#include <string>

#include "platform/http/async.hpp"
#include "platform/http/router.hpp"

namespace santong::http {

/// Holds what is not sent yet, at most 256 KB: a client that does not keep up is dropped and asks again.
class QueuedEvents final : public EventStream {
public:
    /// `wake` runs on the thread that pushes and must be quick.
    explicit QueuedEvents(std::function<void()> wake) : wake_(std::move(wake)) {}

    bool send(std::string_view event, std::string_view data) override;
    void close() override;
    bool open() const override { return open_.load(std::memory_order_relaxed); }

    /// What is to be sent now.
    std::string take();
    /// The client is gone, or the stream is over.
    void end() { open_.store(false, std::memory_order_relaxed); }

private:
    std::function<void()> wake_;
    std::mutex mutex_;
    std::string waiting_;
    std::atomic<bool> open_{true};
};

}  // namespace santong::http
