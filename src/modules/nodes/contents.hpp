#pragma once
// The bytes of files on their way to a child (DESIGN 5): what somebody waits for first, then what is due, in the order
// in which it is needed; only the chunks that are not here; inside the line's window and cap. Neighbours on the local
// network are asked first, and at any time: that takes nothing of the line.
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>

#include "modules/nodes/arriving.hpp"
#include "modules/nodes/line.hpp"
#include "modules/nodes/link_plan.hpp"
#include "modules/nodes/service.hpp"

namespace santong::nodes {

/// Up to this size somebody who waits gets it at once, whatever window and cap say; else when they allow it.
inline constexpr std::int64_t at_once_up_to = 5 << 20;

/// How far the contents are that are due.
struct Progress {
    std::int64_t bytes_done = 0;  ///< of those that are due, the ones that are here counted in
    std::int64_t bytes_total = 0;
    std::int64_t contents_left = 0;
    std::int64_t bytes_per_second = 0;  ///< of the last transfer, as it came over the line
    bool pausing = false;               ///< something is due and the line's plan lets nothing through now
};
BOOST_DESCRIBE_STRUCT(Progress, (), (bytes_done, bytes_total, contents_left, bytes_per_second, pausing))

/// How a content came: what crossed the line for it, what a neighbour gave of it, and by which way it counts as come:
/// "line", "neighbour" (nothing of it crossed the line) or "pack".
struct CameBy {
    std::int64_t line_bytes = 0;
    std::int64_t near_bytes = 0;
    std::string_view way = "line";
};
/// Told of every content that came whole.
using Arrived = std::function<void(std::string const& sha256, CameBy const& by)>;

/// What a fetcher needs of the place around it.
struct FetcherPlace {
    files::ContentStore& contents;
    chunks::KeptManifests& manifests;
    std::filesystem::path folder;    ///< what is half here lies there until it is whole
    std::function<LinkPlan()> plan;  ///< asked every few seconds; empty: no limits
    Arrived arrived;
    /// What is due by now, asked every few seconds while the rest travels: what must not wait for it ends the round.
    std::function<std::vector<Wanted>()> due_now = {};
    /// Boxes that are asked before the parent is, each as a parent is asked; looked up for every round.
    std::function<std::vector<Parent>()> neighbours = {};
};

/// Fetches contents from the parent; a transfer that was cut goes on at the chunk. Thread-safe but for `fetch`, which
/// one thread calls.
class Fetcher {
public:
    Fetcher(Site site, FetcherPlace place);
    ~Fetcher();
    /// Somebody waits for it.
    void ask(Wanted const& wanted);
    /// Fetches what was asked for, then what is due in this order, for about half a minute; returns how many are here
    /// now that were not. An empty list: what was due last time still is. Ends early when the line does not stand, its
    /// plan lets nothing through, what was pressing has come (so that its receipt does not wait for the rest), or
    /// something pressing has become due (`pressed`).
    int fetch(Parent const& above, std::vector<Wanted> const& due, std::stop_token const& stop);
    /// What is waited for and not here yet.
    std::size_t waiting() const;
    Progress progress() const;
    /// Whether the last round ended because something has become due that must not wait: `fetch` with a new list.
    bool pressed() const { return pressed_; }

private:
    /// Contents that are fetched together, and what of the line they may take.
    struct Batch {
        std::vector<Wanted> contents;
        bool at_once = false;
        std::int64_t bytes_per_second = 0;
        bool nearby = false;  ///< from a neighbour: the line's plan says nothing of it
    };
    /// What is known of a neighbour.
    struct Near {
        core::Instant rests_until{};
        std::map<std::string, core::Instant> lacks;  ///< contents that it did not have, and until when it is not asked
        std::string told;                            ///< why it was left out last
    };
    class Coming;
    /// How a try went.
    enum class Way { on, line_down, whole_files };

    void take_list(std::vector<Wanted> const& due);
    std::vector<Wanted> open_list();
    Batch choose(std::vector<Wanted> const& open);
    void fill(Batch& batch, std::vector<Wanted> const& open, std::int64_t most_bytes) const;
    bool ask_neighbours(Parent const& above, std::vector<Wanted> const& open, std::stop_token const& stop);
    Near& near(Parent const& box);
    bool take_nearby(Parent const& above, Parent const& box, Batch const& batch, std::stop_token const& stop);
    std::vector<std::string> had_by(Parent const& above, Parent const& box, Batch const& batch);
    bool begin_nearby(Parent const& above, Wanted const& wanted, ManifestGiven const& item);
    bool stream_nearby(Parent const& box, Batch const& batch, std::vector<std::string> const& names,
                       std::stop_token const& stop);
    void leave_out(Parent const& box, LineAnswer const& answer);
    void leave_out_false(Parent const& box, std::string const& sha256);
    LineAnswer receive(Coming& coming, Batch const& batch, std::stop_token const& stop,
                       std::function<LineAnswer(Receiving const&)> const& ask_for);
    std::optional<std::int64_t> limit() const;
    bool free_to_go(Wanted const& wanted) const;
    Way bring(Parent const& above, Batch const& batch, std::stop_token const& stop);
    Way begin_all(Parent const& above, Batch const& batch);
    Way ask_manifests(Parent const& above, std::vector<std::string> const& contents,
                      std::vector<chunks::Manifest>& known);
    bool names_bases(Parent const& above);
    Coming ask_for_missing(Parent const& above, std::vector<Arriving::Missing> missing, std::int64_t bytes_per_second);
    Way stream(Parent const& above, Batch const& batch, std::stop_token const& stop);
    Way way_of(Coming const& coming, LineAnswer const& answer);
    void note_rate(Coming const& coming, double seconds);
    void copy_rest(Batch const& batch, std::stop_token const& stop);
    Way sort_out(Parent const& above, std::vector<std::string> const& contents);
    bool presses(Wanted const& one) const;
    bool somebody_waits(Batch const& batch) const;
    bool interrupted(Batch const& batch, std::stop_token const& stop);
    void finish(std::string const& sha256);
    Way bring_whole_file(Parent const& above, Wanted const& wanted, std::int64_t bytes_per_second);
    void refuse(std::string const& sha256);
    /// Says once why nothing comes.
    Way down(LineAnswer const& answer);
    void came(std::string const& sha256);

    Site site_;
    FetcherPlace place_;
    Arriving arriving_;
    std::unique_ptr<KeptLine> line_;
    mutable std::mutex mutex_;
    std::deque<Wanted> asked_;
    Progress progress_;
    // The rest belongs to the thread that fetches.
    std::vector<Wanted> due_;
    std::map<std::string, core::Instant> not_before_;  ///< contents that the parent refused, or that came wrong
    std::map<std::string, std::int64_t> crossed_;      ///< bytes on the line for contents under way
    std::map<std::string, std::int64_t> given_near_;   ///< bytes of neighbours for contents under way
    std::map<std::string, Near> near_;                 ///< by the neighbour's name and address
    core::Instant chunks_from_{};                      ///< before, the parent knows whole files only
    std::optional<bool> gives_over_bases_;             ///< as the parent said last
    core::Instant bases_from_{};                       ///< before, none is named
    core::Instant looked_at_{};
    std::string told_;
    core::Instant rests_until_{};     ///< the disk took nothing more
    std::int64_t budget_ = 32 << 20;  ///< bytes of one stream
    int came_ = 0;
    bool pressed_ = false;
};

}  // namespace santong::nodes
