#pragma once
#include <atomic>

#include "platform/http/server.hpp"
#include "platform/sql/database.hpp"

namespace santong::http {

/// Keeps keys for 48 hours in the table http_idempotency. The key is claimed in the first transaction of the work it
/// guards, so both are there or neither is. A repeated key gets the stored answer with `Idempotent-Replay: true`;
/// with another body it is refused (422), and where the answer was lost in a crash the caller hears that the work was
/// done (409).
class SqlIdempotency final : public IdempotencyStore {
public:
    SqlIdempotency(sql::Database& db, core::Clock const& machine) : db_(db), machine_(machine) {}
    Response run(Call& call, Route const& route, std::string const& key, RawHandler const& handler) override;

private:
    struct Request;
    /// The answer to a request whose key is known; empty if it is new.
    std::optional<Response> replay(Request const& request);
    void keep(Request const& request, Response const& response);
    void drop_old(core::DistrictId district);

    sql::Database& db_;
    core::Clock const& machine_;
    std::atomic<std::int64_t> next_drop_ms_{0};
};

}  // namespace santong::http
