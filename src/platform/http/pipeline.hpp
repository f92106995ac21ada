#pragma once
// What happens to a request on a worker: who asks, may he, within his limits, not twice; then the handler.
#include <optional>

#include "platform/http/answer_cache.hpp"
#include "platform/http/server.hpp"

namespace santong::http {

class Pipeline {
public:
    Pipeline(Authenticate authenticate, Recall recall, IdempotencyStore* idempotency, AnswerCache* answers,
             RateLimits const& limits);

    /// The answer of an admitted caller if it is at hand: waits for nothing and so may run on an I/O thread. Empty when
    /// a worker has to look, refusals included.
    std::optional<Response> at_hand(Call& call, Route const& route, bool accepts_gzip);

    /// Says who asks and refuses him where he may not; empty when the handler may run.
    std::optional<Response> admit(Call& call, Route const& route);
    /// Runs the handler of an admitted call. An exception is 500 (503 on a full disk) and stands in the log.
    Response run(Call& call, Route const& route);

private:
    bool within_limit(Call const& call, int& wait);

    Authenticate authenticate_;
    Recall recall_;
    IdempotencyStore* idempotency_;
    AnswerCache* answers_;
    RateLimiter accounts_;
    bool limit_loopback_;
};

}  // namespace santong::http
