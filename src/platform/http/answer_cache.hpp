#pragma once
// Answers of hot lists, kept until the feed moves past what they were made of (DESIGN 4).
#include <atomic>
#include <memory>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "core/time.hpp"
#include "platform/http/router.hpp"
#include "platform/sql/database.hpp"

namespace santong::http {

/// Keeps answers of the routes that say so (`Route::made_of`), one per account, grants, language and query. An answer
/// is given again only while the feed holds nothing newer of the types it was made of, and for a minute at most, since
/// posts and enrolments begin and end with the day. Thread-safe.
class AnswerCache {
public:
    /// `most_bytes` bounds the bodies kept; beyond it everything is dropped and begun anew.
    explicit AnswerCache(sql::Database& db, std::size_t most_bytes = 8 << 20);

    /// The kept answer, or the one that the route's handler makes now.
    Response run(Call& call, Route const& route);
    /// The kept answer without a look at the database: the feed was asked a moment ago (`trusted_ms`) and this process
    /// has written nothing since. What another process writes is seen that moment later.
    std::optional<Response> at_hand(Call const& call, bool gzip);

    /// Lets go of what is too old to be given again.
    void forget_old();

    static constexpr std::int64_t trusted_ms = 250;

private:
    struct Kept {
        std::int64_t newest = 0;   ///< position of the feed that the answer holds for
        std::int64_t commits = 0;  ///< of this process, when the feed was asked last
        core::Instant asked_at;
        core::Instant made_at;
        Response response;
        std::string squeezed;  ///< the body as gzip; empty if that is not worth it

        std::size_t bytes() const { return response.body.size() + squeezed.size(); }
    };
    /// The kept answer if the feed stands where it stood; notes that it was asked.
    std::optional<Response> still_good(std::string const& key, Kept const& now, bool gzip);
    /// The answer as its reader takes it: squeezed once, when it was made.
    static Response as_wanted(Kept const& kept, bool gzip);
    void keep(std::string key, Kept kept);

    sql::Database& db_;
    std::size_t most_bytes_;
    std::shared_ptr<std::atomic<std::int64_t>> commits_ = std::make_shared<std::atomic<std::int64_t>>(0);
    std::mutex mutex_;
    std::unordered_map<std::string, Kept> kept_;
    std::size_t bytes_ = 0;
};

}  // namespace santong::http
