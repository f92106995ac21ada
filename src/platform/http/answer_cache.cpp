#include "platform/http/answer_cache.hpp"

#include "platform/feed/feed.hpp"
#include "platform/http/answer.hpp"

namespace santong::http {

namespace {

constexpr std::int64_t longest_ms = 60'000;
constexpr std::size_t largest_body = 256 << 10;
constexpr std::size_t worth_squeezing = 1'024;

/// Everything an answer depends on beside the records.
std::string key_of(Call const& call) {
    std::string key = call.caller.account.text();
    for (auto const& grant : call.caller.grants) {
        key += '\n' + std::to_string(static_cast<int>(grant.role)) + ' ' + grant.org_id.text() + ' ' + grant.subject;
    }
    key += '\n' + call.language + '\n' + call.path;
    for (auto const& [name, value] : call.query) key += '\n' + std::to_string(value.size()) + ' ' + name + '=' + value;
    return key;
}

}  // namespace

AnswerCache::AnswerCache(sql::Database& db, std::size_t most_bytes) : db_(db), most_bytes_(most_bytes) {
    feed::on_commit([commits = commits_](core::DistrictId) { commits->fetch_add(1); });
}

Response AnswerCache::run(Call& call, Route const& route) {
    // Asked before the handler reads: what is written meanwhile makes the answer old, never wrong.
    Kept now;
    now.commits = commits_->load();
    now.asked_at = now.made_at = core::system_now();
    now.newest = db_.read_one(call.caller.district, [&](sql::Tx& tx) { return feed::last_seq(tx, route.made_of); });
    auto key = key_of(call);
    bool const gzip = accepts_gzip(call);
    if (auto kept = still_good(key, now, gzip)) return std::move(*kept);
    auto response = route.handler(call);
    bool const plain = response.status == 200 && response.file.empty() && !response.events;
    if (!plain || response.body.size() > largest_body) return response;
    now.response = std::move(response);
    if (now.response.body.size() > worth_squeezing) now.squeezed = squeeze(now.response.body);
    auto given = as_wanted(now, gzip);
    keep(std::move(key), std::move(now));
    return given;
}

Response AnswerCache::as_wanted(Kept const& kept, bool gzip) {
    if (!gzip || kept.squeezed.empty()) return kept.response;
    Response response;
    response.content_type = kept.response.content_type;
    response.headers = kept.response.headers;
    response.body = kept.squeezed;
    return std::move(response).with("Vary", "Accept-Encoding").with("Content-Encoding", "gzip");
}

std::optional<Response> AnswerCache::still_good(std::string const& key, Kept const& now, bool gzip) {
    std::lock_guard lock(mutex_);
    auto const found = kept_.find(key);
    if (found == kept_.end() || found->second.newest != now.newest) return std::nullopt;
    if (now.made_at.ms - found->second.made_at.ms >= longest_ms) return std::nullopt;
    found->second.commits = now.commits;
    found->second.asked_at = now.asked_at;
    return as_wanted(found->second, gzip);
}

std::optional<Response> AnswerCache::at_hand(Call const& call, bool gzip) {
    auto const key = key_of(call);
    auto const now = core::system_now();
    std::lock_guard lock(mutex_);
    auto const found = kept_.find(key);
    if (found == kept_.end()) return std::nullopt;
    auto const& kept = found->second;
    bool const trusted = kept.commits == commits_->load() && now.ms - kept.asked_at.ms < trusted_ms;
    if (!trusted || now.ms - kept.made_at.ms >= longest_ms) return std::nullopt;
    return as_wanted(kept, gzip);
}

void AnswerCache::forget_old() {
    auto const before = core::system_now().ms - longest_ms;
    std::lock_guard const lock(mutex_);
    std::erase_if(kept_, [&](auto const& one) {
        if (one.second.made_at.ms > before) return false;
        bytes_ -= one.first.size() + one.second.bytes();
        return true;
    });
}

void AnswerCache::keep(std::string key, Kept kept) {
    std::lock_guard lock(mutex_);
    auto const size = kept.bytes();
    if (bytes_ + key.size() + size > most_bytes_) {
        kept_.clear();
        bytes_ = 0;
    }
    auto const [place, fresh] = kept_.try_emplace(std::move(key));
    bytes_ += (fresh ? place->first.size() : 0) + size - place->second.bytes();
    place->second = std::move(kept);
}

}  // namespace santong::http
