#include "platform/http/idempotency.hpp"

#include <openssl/evp.h>

#include "platform/log/log.hpp"

namespace santong::http {

namespace {

constexpr std::int64_t kept_ms = 48LL * 3'600'000;
constexpr std::int64_t drop_every_ms = 3'600'000;
constexpr std::size_t longest_body = 64 << 10;
constexpr std::size_t longest_key = 128;

/// What is known of a key. A status of 0 means claimed, without an answer.
struct KnownKey {
    std::string request_digest;
    int status = 0;
    std::string body;
};
BOOST_DESCRIBE_STRUCT(KnownKey, (), (request_digest, status, body))

/// Somebody else has claimed the key: the transaction must not go on.
struct KeyTaken : std::runtime_error {
    KeyTaken() : std::runtime_error("idempotency key taken") {}
};

bool well_formed(std::string const& key) {
    return key.size() <= longest_key && std::all_of(key.begin(), key.end(), [](char c) { return c > ' ' && c < 0x7F; });
}

/// SHA-256 of what makes two requests the same: path, query and body (of a streamed body only its size).
std::string digest_of(Call const& call) {
    std::string text = call.path;
    for (auto const& [name, value] : call.query) text.append("\n").append(name).append("=").append(value);
    text.append("\n\n").append(call.body).append("\n").append(std::to_string(call.body_size));
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), hash, &size, EVP_sha256(), nullptr);
    std::string hex;
    for (unsigned i = 0; i < size; ++i) {
        hex += "0123456789abcdef"[hash[i] >> 4];
        hex += "0123456789abcdef"[hash[i] & 15];
    }
    return hex;
}

}  // namespace

/// One request with its key.
struct SqlIdempotency::Request {
    core::DistrictId district;
    core::AccountId account;
    std::string route;
    std::string key;
    std::string digest;
    std::string trace_id;

    std::optional<KnownKey> known(sql::Tx& tx) const {
        return tx.optional_row<KnownKey>(
            "SELECT request_digest, status, body FROM http_idempotency"
            " WHERE district_id = $1 AND account_id = $2 AND route = $3 AND key = $4",
            district, account, route, key);
    }
    bool claim(sql::Tx& tx, core::Instant now) const {
        return tx.execute(
                   "INSERT INTO http_idempotency (district_id, account_id, route, key, request_digest, status, body, "
                   "at)"
                   " VALUES ($1, $2, $3, $4, $5, 0, '', $6) ON CONFLICT DO NOTHING",
                   district, account, route, key, digest, now) == 1;
    }
    void release(sql::Tx& tx) const {
        tx.execute(
            "DELETE FROM http_idempotency WHERE district_id = $1 AND account_id = $2 AND route = $3 AND key = $4",
            district, account, route, key);
    }
    void keep(sql::Tx& tx, int status, std::string const& body) const {
        tx.execute(
            "UPDATE http_idempotency SET status = $5, body = $6"
            " WHERE district_id = $1 AND account_id = $2 AND route = $3 AND key = $4",
            district, account, route, key, status, body);
    }
};

std::optional<Response> SqlIdempotency::replay(Request const& request) {
    auto const known = db_.read(request.district, [&](sql::Tx& tx) { return request.known(tx); });
    if (!known) return std::nullopt;
    if (known->request_digest != request.digest)
        return Response::problem(core::invalid("http.idempotency_mismatch"), request.trace_id, 422);
    if (known->status == 0) return Response::problem(core::conflict("http.already_done"), request.trace_id);
    return Response::json(known->body, known->status).with("Idempotent-Replay", "true");
}

void SqlIdempotency::keep(Request const& request, Response const& response) {
    bool const refused = response.status >= 400 && response.status < 500;
    bool const plain = response.file.empty() && !response.events && response.body.size() <= longest_body &&
                       response.content_type.starts_with("application/json");
    if (!refused && (!plain || response.status >= 500)) return;
    try {
        db_.transact(request.district, [&](sql::Tx& tx) {
            if (refused)
                request.release(tx);  // what was written is not the work, such as a note of the refusal
            else
                request.keep(tx, response.status, response.body);
        });
    } catch (sql::DatabaseError const& error) {
        // The work is done and the caller must hear so; a retry will be told `already_done`.
        log::warning("answer not kept", {{"trace_id", request.trace_id}, {"reason", error.what()}});
    }
}

void SqlIdempotency::drop_old(core::DistrictId district) {
    auto const now = machine_.now();
    auto due = next_drop_ms_.load();
    if (now.ms < due || !next_drop_ms_.compare_exchange_strong(due, now.ms + drop_every_ms)) return;
    db_.transact(district, [&](sql::Tx& tx) {
        tx.execute("DELETE FROM http_idempotency WHERE district_id = $1 AND at < $2", tx.district(),
                   now.plus_ms(-kept_ms));
    });
}

Response SqlIdempotency::run(Call& call, Route const& route, std::string const& key, RawHandler const& handler) {
    if (!well_formed(key)) return Response::problem(core::invalid("http.bad_idempotency_key"), call.trace_id);
    Request const request{call.caller.district, call.caller.account, route.path, key, digest_of(call), call.trace_id};
    drop_old(request.district);
    if (auto known = replay(request)) return std::move(*known);
    bool claimed = false;
    try {
        Response response;
        {
            sql::PrologueScope const scope([&](sql::Tx& tx) {
                if (claimed) return;
                if (!request.claim(tx, machine_.now())) throw KeyTaken();
                tx.after_commit([&claimed] { claimed = true; });
            });
            response = handler(call);
        }
        if (claimed) keep(request, response);
        return response;
    } catch (KeyTaken const&) {
        auto known = replay(request);
        return known ? std::move(*known) : Response::problem(core::conflict("http.already_done"), call.trace_id);
    }
}

}  // namespace santong::http
