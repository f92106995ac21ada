#pragma once
// The bytes of files on their way to a child (DESIGN 5): what somebody waits for first, then what is due.
#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <set>
#include <stop_token>

#include "modules/nodes/service.hpp"
#include "platform/files/content_store.hpp"

namespace santong::nodes {

/// A content that a child should have.
struct Wanted {
    std::string sha256;
    std::int64_t size = 0;  ///< bytes
};

/// Whether a child holds a file with this content: only then it is given away.
bool may_have(Site const& site, Child const& child, std::string const& sha256);

/// How much of the line contents may take.
struct LineRules {
    std::int64_t at_once = 5 << 20;     ///< up to this size somebody who waits gets it now, else at the next round
    std::int64_t bytes_per_second = 0;  ///< 0 = no cap
};

/// Fetches contents from the parent, cut transfers go on at the byte. Thread-safe.
class Fetcher {
public:
    /// What is half here lies in `folder` until it is whole.
    Fetcher(Site site, files::ContentStore& contents, std::filesystem::path folder, LineRules rules = {});
    /// Somebody waits for it.
    void ask(Wanted const& wanted);
    /// Fetches what was asked for, then what is due, one after the other; returns how many are here now that were not.
    /// Ends early when the line does not stand.
    int fetch(Parent const& above, std::vector<Wanted> const& due, std::stop_token const& stop);
    /// What is waited for and not here yet.
    std::size_t waiting() const;

private:
    std::optional<Wanted> next(std::vector<Wanted> const& due, std::size_t& at);
    bool fetch_one(Parent const& above, Wanted const& wanted);

    Site site_;
    files::ContentStore& contents_;
    std::filesystem::path folder_;
    LineRules rules_;
    mutable std::mutex mutex_;
    std::deque<Wanted> asked_;
    std::set<std::string> refused_;
};

}  // namespace santong::nodes
