#pragma once
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <memory>
#include <optional>

#include "platform/http/body_file.hpp"
#include "platform/http/engine.hpp"
#include "platform/http/event_stream.hpp"
#include "platform/http/request_head.hpp"

namespace santong::http {

/// A request while it is being served; an idle connection has none.
struct Exchange {
    explicit Exchange(Engine& engine_) : engine(engine_) {}
    ~Exchange();
    Exchange(Exchange const&) = delete;
    Exchange& operator=(Exchange const&) = delete;

    Engine& engine;
    boost::beast::http::request_parser<boost::beast::http::buffer_body> parser;
    RequestHead head;
    Route const* route = nullptr;
    std::unique_ptr<BodyFile> file;
    std::int64_t body_memory = 0;  ///< bytes counted in `Metrics::body_bytes`
    SteadyTime started{};
    bool counted = false;  ///< in `Engine::running`

    bool body_left() const { return head.has_body && !parser.is_done(); }
    bool keep_alive() const { return head.keep_alive && !body_left() && !engine.stopping.load(); }
};

/// One client: reads requests, hands them to the workers, writes the answers. Lives on one I/O thread.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    Connection(Engine& engine, IoLoop& loop, Site const& site, Socket socket, Peer peer, SSL_CTX* tls);
    ~Connection();

    void start();
    /// Called every second: ends what is past its deadline.
    void sweep(SteadyTime now);
    /// The server stops: ends the connection if it serves no request now.
    void drain();

private:
    /// Status 0: the client is gone, nobody to answer.
    using Checked = std::optional<Refusal>;

    Task<> run(std::shared_ptr<Connection> self);
    Task<bool> serve_one();
    Task<Checked> read_head(Exchange& x);
    Checked parse_head(Exchange& x);
    Task<Checked> read_body(Exchange& x);
    Checked keep_in_memory(Exchange& x, std::string_view bytes);
    Task<Checked> keep_in_file(Exchange& x, std::string& pending);

    /// An answer that needs no handler: refusals, the screens, health.
    std::optional<Answer> answer_at_once(Exchange& x);
    std::optional<Answer> answer_unrouted(Exchange& x, Router::Match const& match);
    /// The plain door: a page or file of its own, or the way to the same place by https.
    Answer answer_at_door(Exchange& x);
    Checked check_body_header(Exchange const& x) const;
    Task<bool> handle(Exchange& x);
    /// Runs `work` on a worker; false if the queue is full.
    template <class Work>
    Task<bool> on_worker(Route const& route, Work work);

    AnswerRequest answer_request(Exchange const& x) const;
    Answer refuse(Exchange& x, Refusal const& refusal) const;
    /// Writes the answer, which the caller keeps: g++ 12 destroys temporaries of a co_await expression twice.
    Task<bool> finish(Exchange& x, Answer& answer);
    /// The same for what a worker made: nothing if it could not, and `ran` is false if no worker was free.
    Task<bool> finish_or_fail(Exchange& x, std::optional<Answer>& answer, bool ran);
    /// Where the kernel finds the body by itself; nothing if it is small, no part of the program, or to be encrypted.
    std::optional<off_t> place_in_program(Answer const& answer) const;
    /// Makes the blocks of a body one by one and sends each.
    void say_resent(Answer& answer);
    Task<bool> send_blocks(Answer& answer);
    void record(Exchange const& x, Answer const& answer) const;
    Task<> stream_events(std::function<void(std::shared_ptr<EventStream>)> const& subscribe);
    Task<> watch_client(std::shared_ptr<Connection> self);

    Engine& engine_;
    IoLoop& loop_;
    Site const& site_;
    Peer peer_;
    Transport transport_;
    std::string input_;  ///< read and not parsed yet
    std::shared_ptr<QueuedEvents> events_;
    bool idle_ = false;
};

}  // namespace santong::http
