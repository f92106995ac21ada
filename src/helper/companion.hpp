#pragma once
// What runs while the computer is on: it watches which kind of material is in front, and talks to the school's server.
#include <atomic>
#include <mutex>
#include <set>

#include "helper/journal.hpp"
#include "helper/line.hpp"
#include "helper/messages.hpp"

namespace santong::helper {

/// Files of one enrolled computer, all below its state folder.
struct Places {
    std::filesystem::path folder;

    std::filesystem::path pairing() const { return folder / "pairing.json"; }
    std::filesystem::path journal() const { return folder / "use.log"; }
    std::filesystem::path open_band() const { return folder / "now.txt"; }
    std::filesystem::path lesson() const { return folder / "lesson.json"; }
    std::filesystem::path hours() const { return folder / "hours.txt"; }
    std::filesystem::path lock() const { return folder / "lock"; }
    std::filesystem::path originals() const { return folder / "originals"; }
};

/// Room for the lessons' own files, in bytes.
inline constexpr std::int64_t most_original_bytes = 2LL << 30;

/// The time of the school's server: clocks of classroom computers are often wrong.
class Hours {
public:
    explicit Hours(std::filesystem::path file);
    std::int64_t now() const;
    void set(std::int64_t server_now);
    /// Whether the server has ever said them.
    bool known() const { return known_; }

private:
    std::filesystem::path file_;
    std::atomic<bool> known_{false};
    std::atomic<std::int64_t> ahead_{0};
};

/// How often the front is looked at, and how many seconds a look stands for.
inline constexpr int look_seconds = 5;

class Companion {
public:
    Companion(Places places, Pairing pairing);

    enum class End { revoked, enrolled_anew };
    /// Until the school's server does not know this computer any more, or its token was taken away or is another one.
    End run();

private:
    void watch();
    void look();
    /// One talk with the server; seconds until the next.
    int talk();
    void follow(Contact const& contact);
    Outcome carry_out(Order const& order, Contact const& contact);
    bool fetch(Original const& wanted);
    void report();
    Answer post(std::string const& path, std::string const& body);

    Places places_;
    Pairing pairing_;
    Site site_;
    Hours hours_;
    Originals originals_;
    std::mutex journal_mutex_;
    Journal journal_;
    BandCounter counter_;
    int unkept_seconds_ = 0;
    std::set<std::string> here_;       ///< digests of files that were found whole
    std::int64_t fetch_again_at_ = 0;  ///< after a fetch that failed
    std::string done_order_;
    std::string done_outcome_;
    std::atomic<bool> known_{true};
    std::atomic<bool> revoked_{false};
};

/// Whether what was heard of a lesson may still be opened without a line: within an hour.
bool still_stands(Contact const& lesson, std::int64_t now);

}  // namespace santong::helper
