#pragma once
// Bands that wait to be sent: a file that is only appended to, so that a crash or a cut line loses none and doubles
// none.
#include <deque>
#include <filesystem>
#include <string>
#include <vector>

#include "helper/bands.hpp"

namespace santong::helper {

/// What a journal says, without touching it: for who only looks.
struct Reported {
    std::deque<Band> waiting;
    std::deque<Band> sent;  ///< lately, the newest last
    std::int64_t last = 0;  ///< start of the newest band
};
Reported read_journal(std::filesystem::path const& file);

/// The lines of a journal: "band 1416448800000 slides=3 browser=2 ~checksum" and "sent 1416448800000 ~checksum". A line
/// whose checksum does not fit was cut by a crash and is nothing.
class Journal {
public:
    /// Thirty days of bands wait at most; the oldest go first. So many sent ones are kept to be looked at.
    static constexpr std::size_t most_waiting = 30 * 288;
    static constexpr std::size_t most_kept = 2 * 288;

    explicit Journal(std::filesystem::path file);

    /// On disk when it returns. A band that is not later than the last one is known already.
    void add(Band const& band);
    /// What the server has acknowledged.
    void sent(std::vector<std::int64_t> const& starts);

    /// The oldest that wait.
    std::vector<Band> waiting(std::size_t most) const;

private:
    void rewrite();
    void bound();

    std::filesystem::path file_;
    Reported told_;
    std::size_t lines_ = 0;
};

}  // namespace santong::helper
