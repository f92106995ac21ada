#include "platform/http/connection.hpp"

#include <fmt/format.h>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>

#include "platform/http/trace.hpp"
#include "platform/log/log.hpp"
#include "platform/net/resent.hpp"
#include "platform/tls/site_name.hpp"

namespace santong::http {

namespace beast = boost::beast::http;
using std::chrono::steady_clock;

namespace {

constexpr std::size_t most_header = 16 << 10;
constexpr std::int64_t large_body = 1 << 20;
constexpr std::size_t worth_sending_from_file = 16 << 10;

/// Counts the request while it is in work, so that a stop waits for it.
void begin(Exchange& x) {
    x.started = steady_clock::now();
    x.counted = true;
    x.engine.running.fetch_add(1);
}

/// Where the plain door leads to. A name that no name can be is not sent back.
std::string secure_origin(Site const& site, std::string_view host) {
    if (!site.secure_origin.empty()) return site.secure_origin;
    bool const bracket = host.starts_with('[');
    auto const end = bracket ? host.find(']') : std::min(host.find(':'), host.size());
    if (end == std::string_view::npos) return {};
    auto const name = host.substr(0, bracket ? end + 1 : end);
    auto const bare = bracket ? name.substr(1, end - 1) : name;
    if (!tls::SiteName::parse(bare)) return {};
    auto const port = site.secure_port == 443 ? std::string() : ":" + std::to_string(site.secure_port);
    return "https://" + std::string(name) + port;
}

bool health_path(std::string const& path) {
    return path == "/healthz" || path == "/metrics";
}

}  // namespace

Exchange::~Exchange() {
    engine.metrics.body_bytes.fetch_sub(body_memory);
    if (counted) engine.running.fetch_sub(1);
}

Connection::Connection(Engine& engine, IoLoop& loop, Site const& site, Socket socket, Peer peer, SSL_CTX* tls)
    : engine_(engine),
      loop_(loop),
      site_(site),
      peer_(std::move(peer)),
      transport_(std::move(socket), tls, engine.options.timeouts) {
    loop_.connections.insert(this);
    engine_.metrics.connections.fetch_add(1);
}

Connection::~Connection() {
    loop_.connections.erase(this);
    engine_.metrics.connections.fetch_sub(1);
    if (!peer_.behind_proxy) engine_.connections_by_address.leave(peer_.address);
}

void Connection::start() {
    asio::co_spawn(loop_.io, run(shared_from_this()), [](std::exception_ptr const& failure) {
        try {
            if (failure) std::rethrow_exception(failure);
        } catch (std::exception const& error) {
            log::error("connection failed", {{"reason", error.what()}});
        }
    });
}

void Connection::sweep(SteadyTime now) {
    if (now < transport_.deadline || transport_.timed_out) return;
    transport_.timed_out = true;
    transport_.cancel();
}

void Connection::drain() {
    if (idle_) transport_.cancel();
    if (events_) events_->close();
}

Task<> Connection::run(std::shared_ptr<Connection> self) {
    bool alive = co_await transport_.handshake();
    while (alive && !engine_.stopping.load()) alive = co_await serve_one();
    self->transport_.close();
}

Task<bool> Connection::serve_one() {
    if (input_.empty()) {
        input_ = std::string();  // an idle connection holds no buffer
        idle_ = true;
        transport_.deadline_in(engine_.options.timeouts.idle);
        bool const ready = co_await transport_.readable();
        idle_ = false;
        if (!ready) co_return false;
    }
    auto exchange = std::make_unique<Exchange>(engine_);
    auto& x = *exchange;
    auto refusal = co_await read_head(x);
    begin(x);
    if (!refusal) refusal = understand(x.parser.get(), peer_, x.head);
    if (refusal) {
        if (refusal->status == 0) co_return false;
        x.head.keep_alive = false;
        if (x.head.call.trace_id.empty()) x.head.call.trace_id = trace_id_of({});
        auto refused = refuse(x, *refusal);
        co_return co_await finish(x, refused);
    }
    transport_.no_deadline();
    auto at_once = answer_at_once(x);
    if (at_once) co_return co_await finish(x, *at_once);
    co_return co_await handle(x);
}

Connection::Checked Connection::parse_head(Exchange& x) {
    boost::beast::error_code error;
    auto const used = x.parser.put(asio::buffer(input_), error);
    input_.erase(0, used);
    if (!error || error == beast::error::need_more) return std::nullopt;
    if (error == beast::error::header_limit) return Refusal{431, "http.header_too_large"};
    return Refusal{400, "http.bad_request"};
}

Task<Connection::Checked> Connection::read_head(Exchange& x) {
    x.parser.header_limit(most_header);
    x.parser.body_limit(boost::none);
    transport_.deadline_in(engine_.options.timeouts.header);
    for (;;) {
        if (!input_.empty()) {
            auto refusal = parse_head(x);
            if (refusal || x.parser.is_header_done()) co_return refusal;
        }
        auto const before = input_.size();
        if (before > most_header) co_return Refusal{431, "http.header_too_large"};
        input_.resize(before + 4'096);
        auto const count = co_await transport_.read(input_.data() + before, 4'096);
        input_.resize(before + count);
        if (count == 0) co_return Refusal{0, {}};
    }
}

AnswerRequest Connection::answer_request(Exchange const& x) const {
    return {x.head.call, x.keep_alive(), x.head.accepts_gzip, site_.headers};
}

Answer Connection::refuse(Exchange& x, Refusal const& refusal) const {
    core::Error error = core::invalid(refusal.key);
    if (refusal.status == 503 || refusal.status == 507) error.retry_after_seconds = 2;
    return make_answer(Response::problem(error, x.head.call.trace_id, refusal.status), answer_request(x));
}

std::optional<Answer> Connection::answer_at_once(Exchange& x) {
    auto& call = x.head.call;
    bool const exempt = peer_.loopback && !peer_.behind_proxy && !engine_.options.limits.loopback;
    if (int const wait = exempt ? 0 : engine_.addresses.take(call.client_address); wait > 0) {
        auto error = core::rate_limited("http.too_many_requests", wait);
        return make_answer(Response::problem(error, call.trace_id), answer_request(x));
    }
    auto match = site_.router->find(call.method, call.path);
    if (!match.route) return answer_unrouted(x, match);
    x.route = match.route;
    call.path_values = std::move(match.values);
    if (auto const refusal = check_body_header(x)) return refuse(x, *refusal);
    if (auto kept = engine_.pipeline.at_hand(call, *x.route, x.head.accepts_gzip))
        return make_answer(std::move(*kept), answer_request(x));
    return std::nullopt;
}

std::optional<Answer> Connection::answer_unrouted(Exchange& x, Router::Match const& match) {
    auto const& call = x.head.call;
    if (match.path_known && call.method == Method::options) {
        Response response;
        response.status = 204;
        return make_answer(std::move(response.with("Allow", match.allow)), answer_request(x));
    }
    if (match.path_known) {
        auto response = Response::problem(core::invalid("http.method_not_allowed"), call.trace_id, 405);
        return make_answer(std::move(response.with("Allow", match.allow)), answer_request(x));
    }
    if (site_.door) return answer_at_door(x);
    if (site_.assets && health_path(call.path) && !unsafe(call.method)) {
        bool const metrics = call.path == "/metrics";
        bool const local = peer_.loopback && (!peer_.behind_proxy || call.header("x-forwarded-for").empty());
        if (metrics && !local && !engine_.options.metrics_for_all) return refuse(x, {404, "core.not_found"});
        Response response;
        response.content_type = metrics ? "text/plain; version=0.0.4; charset=utf-8" : "text/plain; charset=utf-8";
        response.body = metrics ? engine_.metrics.text() : "ok\n";
        return make_answer(std::move(response.with("Cache-Control", "no-store")), answer_request(x));
    }
    if (site_.assets) {
        if (auto found = site_.assets->find(call, x.head.accepts_gzip))
            return make_answer(std::move(found->response), answer_request(x), found->bytes);
    }
    return refuse(x, {404, "core.not_found"});
}

Answer Connection::answer_at_door(Exchange& x) {
    auto const& call = x.head.call;
    if (auto found = site_.assets->find_at_door(call, x.head.accepts_gzip, engine_.options.door_pages))
        return make_answer(std::move(found->response), answer_request(x), found->bytes);
    auto const to = secure_origin(site_, call.header("host"));
    if (to.empty()) return refuse(x, {400, "http.bad_host"});
    std::string_view target = x.parser.get().target();
    Response response;
    response.status = 308;
    response.content_type.clear();
    // The address as it came; a target that names a whole address is replaced by its path.
    response.with("Location", to + (target.starts_with('/') ? std::string(target) : call.path));
    return make_answer(std::move(response.with("Cache-Control", "no-store")), answer_request(x));
}

Connection::Checked Connection::check_body_header(Exchange const& x) const {
    if (!x.head.has_body) return std::nullopt;
    if (x.head.length > x.route->max_body) return Refusal{413, "http.body_too_large"};
    if (!x.route->body) return std::nullopt;
    auto type = x.head.call.header("content-type");
    type.resize(std::min(type.find(';'), type.size()));
    while (type.ends_with(' ')) type.pop_back();
    bool const json = type == "application/json" || (type.starts_with("application/") && type.ends_with("+json"));
    if (!json) return Refusal{415, "http.json_expected"};
    return std::nullopt;
}

template <class Work>
Task<bool> Connection::on_worker(Route const& route, Work work) {
    auto& workers = route.slow ? engine_.slow_workers : engine_.workers;
    if (workers.waiting.fetch_add(1) >= workers.most_waiting) {
        workers.waiting.fetch_sub(1);
        co_return false;
    }
    engine_.metrics.waiting.fetch_add(1);
    auto counted = [&]() noexcept {
        workers.waiting.fetch_sub(1);
        engine_.metrics.waiting.fetch_sub(1);
        try {
            work();
        } catch (std::exception const& error) {
            log::error("answer failed", {{"route", route.path}, {"reason", error.what()}});
        }
    };
    co_await on_pool(workers.pool, counted);
    co_return true;
}

Task<bool> Connection::handle(Exchange& x) {
    auto& call = x.head.call;
    auto const& route = *x.route;
    std::optional<Answer> answer;
    bool admitted = false;
    auto const admit = [&] {
        auto refused = engine_.pipeline.admit(call, route);
        if (refused) answer = make_answer(std::move(*refused), answer_request(x));
        admitted = !refused;
    };
    bool ran = true;
    // A large body is taken only from somebody who may send it.
    if (x.head.has_body && (route.stream_body || route.max_body > large_body)) {
        ran = co_await on_worker(route, admit);
        if (!admitted) co_return co_await finish_or_fail(x, answer, ran);
    }
    auto const refusal = co_await read_body(x);
    if (refusal && refusal->status == 0) co_return false;
    if (refusal) {
        answer = refuse(x, *refusal);
    } else {
        ran = co_await on_worker(route, [&] {
            if (!admitted) admit();
            if (!admitted) return;
            auto response =
                engine_.pipeline.run(call, route);  // a stop may begin meanwhile: only now ask whether to close
            answer = make_answer(std::move(response), answer_request(x));
        });
    }
    co_return co_await finish_or_fail(x, answer, ran);
}

Task<bool> Connection::finish_or_fail(Exchange& x, std::optional<Answer>& answer, bool ran) {
    if (!ran) answer = refuse(x, Refusal{503, "http.busy"});
    if (!answer) answer = refuse(x, Refusal{500, "http.internal_error"});
    co_return co_await finish(x, *answer);
}

std::optional<off_t> Connection::place_in_program(Answer const& answer) const {
    if (transport_.secure() || answer.fixed.size() < worth_sending_from_file) return std::nullopt;
    return engine_.program.place_of(answer.fixed);
}

Task<bool> Connection::finish(Exchange& x, Answer& answer) {
    auto const bytes = answer.fixed.empty() ? std::string_view(answer.body) : answer.fixed;
    bool ok = true;
    if (answer.bulk) transport_.carry_bulk(answer.bytes_per_second);
    if (answer.says_resent) say_resent(answer);
    if (answer.blocks) {
        ok = co_await send_blocks(answer);
    } else if (answer.file) {
        ok = co_await transport_.send_file(answer.head, answer.file.get(), answer.from, answer.size);
    } else if (auto const place = place_in_program(answer)) {
        ok = co_await transport_.send_file(answer.head, engine_.program.descriptor(), *place,
                                           static_cast<off_t>(answer.fixed.size()));
    } else {
        ok = co_await transport_.write(answer.head, bytes);
    }
    record(x, answer);
    if (ok && answer.events) {
        if (std::exchange(x.counted, false)) engine_.running.fetch_sub(1);
        co_await stream_events(answer.events);
        co_return false;
    }
    if (ok && !answer.keep_alive) co_await transport_.linger();
    bool const next = ok && answer.keep_alive;
    co_return next;
}

/// Behind a proxy this connection is not the line that is asked about.
void Connection::say_resent(Answer& answer) {
    auto const known = peer_.behind_proxy ? std::nullopt : net::resent_on(transport_.socket().native_handle());
    if (!known) return;
    std::string line;
    append_header(line, net::resent_header, known->text());
    answer.head.insert(answer.head.size() - 2, line);
}

Task<bool> Connection::send_blocks(Answer& answer) {
    bool ok = co_await transport_.write(answer.head, {});
    std::string block, frame;
    bool made = true, last = false;
    auto make = [&]() noexcept {
        try {
            block = answer.blocks();
        } catch (std::exception const& error) {
            made = false;
            log::error("a body cannot be made", {{"reason", error.what()}});
        }
    };
    while (ok && !last && !engine_.stopping.load()) {
        co_await on_pool(engine_.makers, make);
        if (!made) break;
        last = block.empty();
        frame = last ? "0\r\n" : fmt::format("{:x}\r\n", block.size());
        frame.append(block).append("\r\n");
        answer.sent += static_cast<std::int64_t>(block.size());
        ok = co_await transport_.write(frame, {});
    }
    bool const whole = ok && last;
    co_return whole;
}

void Connection::record(Exchange const& x, Answer const& answer) const {
    auto const took = std::chrono::duration_cast<std::chrono::microseconds>(steady_clock::now() - x.started);
    engine_.metrics.request(x.route, answer.status, took);
    auto const& call = x.head.call;
    if (health_path(call.path)) return;
    // The route and not the path: no identifier, no token, no name comes into the log.
    log::info("request", {{"trace_id", call.trace_id},
                          {"method", method_name(call.method)},
                          {"route", x.route ? std::string_view(x.route->path) : std::string_view()},
                          {"status", answer.status},
                          {"ms", static_cast<double>(took.count()) / 1e3},
                          {"bytes_in", call.body_size},
                          {"bytes_out", answer.bytes()}});
}

}  // namespace santong::http
