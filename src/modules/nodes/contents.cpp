#include "modules/nodes/contents.hpp"

#include <algorithm>

#include "modules/nodes/parent_ask.hpp"
#include "platform/files/service.hpp"
#include "platform/log/log.hpp"
#include "platform/sync/outgoing.hpp"

namespace santong::nodes {

namespace fs = std::filesystem;

bool may_have(Site const& site, Child const& child, std::string const& sha256) {
    return site.db.read(child.district, [&](sql::Tx& tx) {
        std::vector<std::string> ids;
        for (auto const& id : files::Files::with_content(tx, sha256)) ids.push_back(id.text());
        return std::ranges::any_of(site.shapes.all(), [&](sync::Shape const& shape) {
            return !shape.tables.empty() && shape.tables.front().name == "file_object" &&
                   !sync::held_of(tx, shape, child.peer.root_org_id, ids).empty();
        });
    });
}

Fetcher::Fetcher(Site site, files::ContentStore& contents, fs::path folder, LineRules rules)
    : site_(std::move(site)), contents_(contents), folder_(std::move(folder)), rules_(rules) {
    fs::create_directories(folder_);
}

void Fetcher::ask(Wanted const& wanted) {
    std::lock_guard const lock(mutex_);
    auto const same = [&](Wanted const& other) { return other.sha256 == wanted.sha256; };
    if (std::ranges::any_of(asked_, same)) return;
    // Small things first: nobody waits for a slide behind a film.
    auto const place = std::ranges::find_if(asked_, [&](Wanted const& other) { return other.size > wanted.size; });
    asked_.insert(place, wanted);
}

std::size_t Fetcher::waiting() const {
    std::lock_guard const lock(mutex_);
    return asked_.size();
}

std::optional<Wanted> Fetcher::next(std::vector<Wanted> const& due, std::size_t& at) {
    std::lock_guard const lock(mutex_);
    if (!asked_.empty()) {
        auto wanted = asked_.front();
        asked_.pop_front();
        return wanted;
    }
    for (; at < due.size(); ++at) {
        if (!refused_.contains(due[at].sha256) && !contents_.open(due[at].sha256)) return due[at++];
    }
    return std::nullopt;
}

bool Fetcher::fetch_one(Parent const& above, Wanted const& wanted) {
    auto const part = folder_ / (wanted.sha256 + ".part");
    auto const answer =
        fetch_to(site_, above, "/api/v1/node/contents/" + wanted.sha256, part.string(), rules_.bytes_per_second);
    if (answer.status == 0) return false;  // what came stays; the next time goes on behind it
    bool const refused = answer.status != 200 && answer.status != 206 && answer.status != 416;
    if (!refused && contents_.adopt(part).sha256 == wanted.sha256) {
        fs::remove(part);
        return true;
    }
    log::warning("a content did not come", {{"sha256", wanted.sha256}, {"status", answer.status}});
    std::error_code gone;
    fs::remove(part, gone);
    std::lock_guard const lock(mutex_);
    if (refused && answer.status < 500) refused_.insert(wanted.sha256);
    return true;
}

int Fetcher::fetch(Parent const& above, std::vector<Wanted> const& due, std::stop_token const& stop) {
    int fetched = 0;
    std::size_t at = 0;
    while (!stop.stop_requested()) {
        auto const wanted = next(due, at);
        if (!wanted) return fetched;
        if (contents_.open(wanted->sha256)) continue;
        if (!fetch_one(above, *wanted)) {
            ask(*wanted);
            return fetched;
        }
        ++fetched;
    }
    return fetched;
}

}  // namespace santong::nodes
