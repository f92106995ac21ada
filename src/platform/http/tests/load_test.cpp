// Full queues, stops, event streams, many connections.
#include <doctest/doctest.h>

#include <condition_variable>
#include <future>
#include <mutex>
#include <thread>

#include "site.hpp"

using namespace santong;
using namespace santong::http::test;
using http::Access;
using http::Call;
using http::Method;

namespace {

/// Handlers wait at the gate until it is opened.
class Gate {
public:
    void wait() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return open_; });
    }
    void until_waiting(int count) {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return waiting_ >= count; });
    }
    void open() {
        std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_ = 0;
    bool open_ = false;
};

struct GateSite : Site {
    GateSite() {
        options.workers = 1;
        options.queue = 1;
        auto const wait = [this](Call const&) -> core::Result<core::Nothing> {
            gate.wait();
            return core::Nothing{};
        };
        router.get<core::Nothing>("/wait", Access::open(), wait);
        router.get<core::Nothing>("/now", Access::open(),
                                  [](Call const&) -> core::Result<core::Nothing> { return core::Nothing{}; });
    }
    Gate gate;
};

void until(std::function<bool()> const& condition) {
    while (!condition()) std::this_thread::yield();
}

}  // namespace

TEST_CASE("a full queue answers 503 with Retry-After at once, and health is still told") {
    GateSite site;
    site.start();
    auto running = std::async([&] { return site.client().get("/wait").status; });
    site.gate.until_waiting(1);
    auto waiting = std::async([&] { return site.client().get("/now").status; });
    until([&] { return site.server->metrics().waiting == 1; });
    auto client = site.client();
    auto const refused = client.get("/now");
    CHECK(refused.status == 503);
    CHECK(refused.text("/code") == "http.busy");
    CHECK(!refused.header("retry-after").empty());
    CHECK(client.get("/healthz").status == 200);
    site.gate.open();
    CHECK(running.get() == 200);
    CHECK(waiting.get() == 200);
    CHECK(client.get("/now").status == 200);
}

TEST_CASE("a stop lets running requests finish and takes no more") {
    GateSite site;
    auto idle = site.start();
    CHECK(idle.get("/now").status == 200);
    auto running = std::async([&] { return site.client().get("/wait"); });
    site.gate.until_waiting(1);
    auto stopped = std::async([&] { return site.server->stop(); });
    CHECK(idle.closed());
    CHECK_THROWS(site.client().get("/now"));
    site.gate.open();
    auto const answer = running.get();
    CHECK(answer.status == 200);
    CHECK(answer.header("connection") == "close");
    CHECK(stopped.get());
}

TEST_CASE("a stop says so when a request does not finish in time") {
    GateSite site;
    site.start();
    auto running = std::async([&] { return site.client().get("/wait").status; });
    site.gate.until_waiting(1);
    CHECK_FALSE(site.server->stop(std::chrono::milliseconds(20)));
    site.gate.open();
    CHECK(running.get() == 200);
}

TEST_CASE("an event stream holds no worker and ends when the client has gone") {
    Site site;
    site.options.workers = 1;
    std::promise<std::shared_ptr<http::EventStream>> subscribed;
    site.router.raw(Method::get, "/events", Access::open(), "text/event-stream", [&](Call&) {
        http::Response response;
        response.events = [&](std::shared_ptr<http::EventStream> stream) { subscribed.set_value(std::move(stream)); };
        return response;
    });
    site.router.get<core::Nothing>("/now", Access::open(),
                                   [](Call const&) -> core::Result<core::Nothing> { return core::Nothing{}; });
    auto client = site.start();
    client.send_raw("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    auto const head = client.read_answer();
    CHECK(head.header("content-type").starts_with("text/event-stream"));
    auto const stream = subscribed.get_future().get();
    CHECK(site.client().get("/now").status == 200);
    CHECK(stream->send("progress", "50\n%"));
    CHECK(client.read_some() == "event: progress\ndata: 50\ndata: %\n\n");
    CHECK(stream->send("bad\nid: 7", "x"));
    CHECK(client.read_some() == "event: badid: 7\ndata: x\n\n");
    CHECK(stream->open());
    client.disconnect();
    until([&] { return !stream->open(); });
    CHECK_FALSE(stream->send("progress", "51"));
    until([&] { return site.server->metrics().event_streams == 0; });
}

TEST_CASE("a client that does not read its events is dropped, not stored") {
    Site site;
    std::promise<std::shared_ptr<http::EventStream>> subscribed;
    site.router.raw(Method::get, "/events", Access::open(), "text/event-stream", [&](Call&) {
        http::Response response;
        response.events = [&](std::shared_ptr<http::EventStream> stream) { subscribed.set_value(std::move(stream)); };
        return response;
    });
    auto client = site.start();
    client.send_raw("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
    client.read_answer();
    auto const stream = subscribed.get_future().get();
    std::string const data(16'000, 'x');
    int sent = 0;
    while (stream->send("", data) && sent < 10'000) ++sent;
    CHECK(sent < 10'000);
    CHECK_FALSE(stream->open());
}

TEST_CASE("an event stream ends when the handler closes it and when the server stops") {
    Site site;
    std::vector<std::shared_ptr<http::EventStream>> streams;
    std::mutex mutex;
    site.router.raw(Method::get, "/events", Access::open(), "text/event-stream", [&](Call&) {
        http::Response response;
        response.events = [&](std::shared_ptr<http::EventStream> stream) {
            std::lock_guard lock(mutex);
            streams.push_back(std::move(stream));
        };
        return response;
    });
    auto first = site.start();
    auto second = site.client();
    for (auto* client : {&first, &second}) {
        client->send_raw("GET /events HTTP/1.1\r\nHost: x\r\n\r\n");
        client->read_answer();
    }
    until([&] {
        std::lock_guard lock(mutex);
        return streams.size() == 2;
    });
    streams[0]->close();
    streams[0]->close();
    until([&] { return site.server->metrics().event_streams == 1; });
    CHECK(site.server->stop());
    CHECK(first.closed());
    CHECK(second.closed());
}

TEST_CASE("one address may open so many connections and no more") {
    GateSite site;
    site.options.max_connections_per_address = 3;
    auto first = site.start();
    auto second = site.client();
    auto third = site.client();
    for (auto* client : {&first, &second, &third}) CHECK(client->get("/now").status == 200);
    auto fourth = site.client();
    CHECK_THROWS(fourth.get("/now"));
    third.disconnect();
    until([&] { return site.server->metrics().connections == 2; });
    CHECK(site.client().get("/now").status == 200);
}

TEST_CASE("figures are told in Prometheus' format to programs on this machine") {
    GateSite site;
    auto client = site.start();
    site.server->metrics().gauge("santong_test_things", "Things", [] { return 7.0; });
    CHECK(client.get("/now").status == 200);
    CHECK(client.get("/nothing").status == 404);
    auto const answer = client.get("/metrics");
    CHECK(answer.status == 200);
    for (auto const* line :
         {"santong_requests_total{method=\"GET\",route=\"/now\",status=\"2xx\"} 1\n",
          "santong_requests_total{method=\"\",route=\"\",status=\"4xx\"} 1\n",
          "santong_request_seconds_count{method=\"GET\",route=\"/now\"} 1\n", "santong_connections 1\n",
          "santong_test_things 7\n", "# TYPE santong_request_seconds histogram\n", "process_resident_memory_bytes "}) {
        CAPTURE(line);
        CHECK(answer.body.find(line) != std::string::npos);
    }
}
