#pragma once
// What happens to a request on a worker: who asks, may he, within his limits, not twice; then the handler.
#include <optional>

#include "platform/http/server.hpp"

namespace santong::http {

class Pipeline {
public:
    Pipeline(Authenticate authenticate, IdempotencyStore* idempotency, RateLimits const& limits);

    /// Says who asks and refuses him where he may not; empty when the handler may run.
    std::optional<Response> admit(Call& call, Route const& route);
    /// Runs the handler of an admitted call. An exception is 500 (503 on a full disk) and stands in the log.
    Response run(Call& call, Route const& route);

private:
    Authenticate authenticate_;
    IdempotencyStore* idempotency_;
    RateLimiter accounts_;
    bool limit_loopback_;
};

}  // namespace santong::http
