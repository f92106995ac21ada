#pragma once
// Typed routes (DESIGN 7): method, path, access, body and answer types are said once. Only platform/http/*.cpp knows
// Beast.
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "core/json.hpp"
#include "core/result.hpp"
#include "platform/auth/caller.hpp"

namespace santong::http {

enum class Method { get, post, put, patch, del, head, options };

/// "GET", "DELETE", …
std::string_view method_name(Method method);
/// Whether a method may change something (all but GET, HEAD, OPTIONS).
bool unsafe(Method method);

/// Who may call a route at all; the service checks the scope.
struct Access {
    enum class Kind { open, signed_in, permission } kind = Kind::signed_in;
    std::string permission;

    static Access open() { return {Kind::open, {}}; }
    static Access signed_in() { return {Kind::signed_in, {}}; }
    static Access with(auth::Permission permission) { return {Kind::permission, permission.name}; }
};

/// One request as a handler sees it.
struct Call {
    auth::Caller caller;
    Method method = Method::get;
    std::string path;
    std::map<std::string, std::string> path_values;
    std::map<std::string, std::string> query;                 ///< decoded
    std::map<std::string, std::string, std::less<>> headers;  ///< lower-case names
    std::string client_address;
    std::string trace_id;
    std::string language = "zh-CN";
    bool secure = false;    ///< came by TLS (here or at the proxy in front): cookies are `__Host-` ones
    std::string body;       ///< of JSON and small raw routes
    std::string body_file;  ///< of streamed routes: a temporary file that the handler may rename away
    std::int64_t body_size = 0;

    std::string header(std::string_view lower_name) const;
    std::string query_value(std::string const& name) const;
    /// The identifier in the path. Names that are "id" or end in "_id" are identifiers: a value that is none gives 404
    /// before the handler runs.
    template <class IdType>
    IdType id(std::string const& name) const {
        auto found = path_values.find(name);
        if (found == path_values.end()) return {};
        return IdType::parse(found->second).value_or(IdType{});
    }
    std::string text(std::string const& name) const;
};

/// A stream of server-sent events, kept open after the handler has returned. Thread-safe.
class EventStream {
public:
    virtual ~EventStream() = default;
    /// False when the client is gone.
    virtual bool send(std::string_view event, std::string_view data) = 0;
    virtual void close() = 0;
    virtual bool open() const = 0;
};

/// What a raw handler answers. Exactly one of body, file, blocks or events is used.
struct Response {
    int status = 200;
    std::string content_type = "application/json; charset=utf-8";
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    std::string file;  ///< path; sent with sendfile, Range and ETag are handled by the server
    std::string etag;
    std::function<void(std::shared_ptr<EventStream>)> events;
    /// A body that is made while it is sent: asked for block after block on a thread of its own, empty = the end. What
    /// it throws cuts the connection.
    std::function<std::string()> blocks;
    /// For what goes over thin lines for a long time: BBR where the kernel has it, little in the kernel's own hands.
    bool bulk = false;
    bool says_resent = false;  ///< a header tells what this connection sent so far, and again: see `net::resent_header`
    std::int64_t bytes_per_second = 0;  ///< of a bulk answer at most; 0 = as fast as the line

    static Response json(std::string text, int status = 200);
    /// An error as application/problem+json.
    static Response problem(core::Error const& error, std::string const& trace_id);
    /// The same with a status that no ErrorCode stands for, such as 405 or 431.
    static Response problem(core::Error const& error, std::string const& trace_id, int status);
    Response& with(std::string name, std::string value) & {
        headers.emplace_back(std::move(name), std::move(value));
        return *this;
    }
    Response&& with(std::string name, std::string value) && {
        headers.emplace_back(std::move(name), std::move(value));
        return std::move(*this);
    }
};

using RawHandler = std::function<Response(Call&)>;

/// Everything the server and `api/openapi.json` need to know of a route.
struct Route {
    Method method = Method::get;
    std::string path;  ///< "/api/v1/people/{person_id}"; a last "{path*}" takes all that follows
    Access access;
    std::string summary;                ///< one line for the OpenAPI page
    core::Type const* query = nullptr;  ///< described struct of optional query parameters
    core::Type const* body = nullptr;
    core::Type const* answer = nullptr;
    int success_status = 200;
    std::string raw_content;           ///< media type of a raw answer
    std::int64_t max_body = 1 << 20;   ///< bytes
    bool stream_body = false;          ///< body goes to a temporary file
    bool partial_body = false;         ///< a streamed body that was cut is handed over as far as it came
    bool csrf = true;                  ///< unsafe methods of a cookie session need the header
    bool slow = false;                 ///< runs in the pool for slow work (password hashing, exports)
    std::vector<std::string> made_of;  ///< types of the feed; see `kept_until_changed`
    bool remembered = true;            ///< an Idempotency-Key keeps request digest and answer
    RawHandler handler;

    Route& says(std::string text) {
        summary = std::move(text);
        return *this;
    }
    Route& takes_up_to(std::int64_t bytes) {
        max_body = bytes;
        return *this;
    }
    Route& streams() {
        stream_body = true;
        return *this;
    }
    /// Resumable uploads: what arrived before a cut reaches the handler; nobody reads its answer.
    Route& keeps_partial_body() {
        stream_body = partial_body = true;
        return *this;
    }
    Route& without_csrf() {
        csrf = false;
        return *this;
    }
    /// For routes whose body or answer holds a secret: nothing of them is kept, an Idempotency-Key is ignored.
    Route& not_remembered() {
        remembered = false;
        return *this;
    }
    /// A GET whose answer depends on entities of these types of the feed and the caller's grants alone: it is kept
    /// until one of them changes (see `AnswerCache`).
    Route& kept_until_changed(std::vector<std::string> types) {
        made_of = std::move(types);
        return *this;
    }
    Route& slowly() {
        slow = true;
        return *this;
    }
};

/// Status of each kind of refusal.
int status_of(core::ErrorCode code);

/// Reads query parameters into a described struct; an unreadable value is a problem at its name.
core::Result<void> read_query(Call const& call, core::Type const& type, void* value);

/// The table of all routes. Modules add to it once, at start.
class Router {
public:
    Router();
    ~Router();
    Router(Router const&) = delete;
    Router& operator=(Router const&) = delete;

    /// GET with an answer: handler(Call const&) → Result<Answer>.
    template <class Answer, class F>
    Route& get(std::string path, Access access, F handler) {
        return typed<Answer>(
            Method::get, std::move(path), std::move(access), 200,
            [handler = std::move(handler)](Call& call) { return handler(static_cast<Call const&>(call)); });
    }
    /// GET with described query parameters: handler(Call const&, Query const&) → Result<Answer>.
    template <class Query, class Answer, class F>
    Route& list(std::string path, Access access, F handler) {
        auto& route = typed<Answer>(Method::get, std::move(path), std::move(access), 200,
                                    [handler = std::move(handler)](Call& call) -> core::Result<Answer> {
                                        Query query{};
                                        TRY_VOID(read_query(call, core::type_of<Query>(), &query));
                                        return handler(static_cast<Call const&>(call), std::as_const(query));
                                    });
        route.query = &core::type_of<Query>();
        return route;
    }
    /// POST that creates or submits (201): handler(Call const&, Body const&) → Result<Answer>.
    template <class Body, class Answer, class F>
    Route& post(std::string path, Access access, F handler) {
        return with_body<Body, Answer>(Method::post, std::move(path), std::move(access), 201, std::move(handler));
    }
    /// POST that does something and answers 200.
    template <class Body, class Answer, class F>
    Route& act(std::string path, Access access, F handler) {
        return with_body<Body, Answer>(Method::post, std::move(path), std::move(access), 200, std::move(handler));
    }
    template <class Body, class Answer, class F>
    Route& put(std::string path, Access access, F handler) {
        return with_body<Body, Answer>(Method::put, std::move(path), std::move(access), 200, std::move(handler));
    }
    template <class Body, class Answer, class F>
    Route& patch(std::string path, Access access, F handler) {
        return with_body<Body, Answer>(Method::patch, std::move(path), std::move(access), 200, std::move(handler));
    }
    /// DELETE: handler(Call const&) → Result<Answer>.
    template <class Answer, class F>
    Route& del(std::string path, Access access, F handler) {
        return typed<Answer>(
            Method::del, std::move(path), std::move(access), 200,
            [handler = std::move(handler)](Call& call) { return handler(static_cast<Call const&>(call)); });
    }
    /// Anything else: uploads, downloads, event streams. `content` is the media type of the answer.
    Route& raw(Method method, std::string path, Access access, std::string content, RawHandler handler);

    std::vector<std::unique_ptr<Route>> const& routes() const { return routes_; }

    struct Match {
        Route const* route = nullptr;
        std::map<std::string, std::string> values;
        bool path_known = false;  ///< the path exists with another method: 405
        std::string allow;        ///< methods of a known path, as the Allow header lists them
    };
    /// Finds the route of a decoded path without query; literal segments win over names. HEAD finds the GET route.
    Match find(Method method, std::string_view path) const;

private:
    template <class Answer, class F>
    Route& typed(Method method, std::string path, Access access, int status, F handler) {
        auto& route = add(method, std::move(path), std::move(access));
        route.answer = &core::type_of<Answer>();
        route.success_status = status;
        route.handler = [handler = std::move(handler), status](Call& call) {
            core::Result<Answer> result = handler(call);
            if (!result) return Response::problem(result.error(), call.trace_id);
            return Response::json(core::json::write(*result), status);
        };
        return route;
    }
    template <class Body, class Answer, class F>
    Route& with_body(Method method, std::string path, Access access, int status, F handler) {
        auto& route = typed<Answer>(method, std::move(path), std::move(access), status,
                                    [handler = std::move(handler)](Call& call) -> core::Result<Answer> {
                                        Body body = TRY(core::json::read<Body>(call.body.empty() ? "{}" : call.body));
                                        return handler(static_cast<Call const&>(call), std::as_const(body));
                                    });
        route.body = &core::type_of<Body>();
        return route;
    }
    Route& add(Method method, std::string path, Access access);

    struct Node;
    std::vector<std::unique_ptr<Route>> routes_;
    std::unique_ptr<Node> root_;
};

}  // namespace santong::http
