#pragma once
// The bytes of files on their way up: what was made at a box comes to its parent (DESIGN 4), in blocks, each signed; a
// cut transfer goes on behind the last block that came whole.
#include <chrono>
#include <functional>
#include <map>
#include <set>
#include <stop_token>

#include "modules/nodes/link_plan.hpp"
#include "modules/nodes/service.hpp"
#include "platform/files/content_store.hpp"

namespace santong::nodes {

/// Bytes of one block; the last one of a content is shorter, and so are those that a thin line takes.
inline constexpr std::int64_t block_size = 256 << 10;
/// Up to this size a file goes up at once, whatever window and cap say: a picture of a work, as a page sends it.
inline constexpr std::int64_t up_at_once = 1 << 20;

/// How far a content is at the parent.
struct PartSaid {
    std::int64_t received = 0;
    bool whole = false;
    bool waited_for = false;  ///< somebody at the parent wants to open it
};
BOOST_DESCRIBE_STRUCT(PartSaid, (), (received, whole, waited_for))

/// What a child sends of a content; no bytes only ask.
struct Part {
    std::string sha256;
    std::int64_t from = 0;
    std::string_view bytes;
};

// ---- the parent

/// Takes bytes if they follow on what is here, and answers how far it is. Whole, the digest decides. Refuses
/// "files.not_found" (the child has told of no such file), "nodes.bad_content" (other bytes than their name: all begins
/// anew), "nodes.disk_full".
core::Result<PartSaid> take_part(Site const& site, Child const& child, files::ContentStore& contents, Part const& part);
/// Writes down which contents come with these changes.
void note_due(sql::Tx& tx, NodeId const& child, std::vector<sync::Change> const& changes, core::Instant now);
/// Whether a child has told of this content and its bytes are still on their way.
bool is_due(sql::Tx& tx, std::string const& sha256);
/// Somebody here wanted to open it: for ten minutes its child hears so whenever it asks, and sends it before all else.
void note_waited_for(std::string const& sha256);

// ---- the child

/// Writes down which contents the parent was told of.
void note_told(sql::Tx& tx, std::vector<sync::Change> const& changes, core::Instant now);
/// Whether the parent may not have this content yet: then it lies only here, and is not to be forgotten.
bool lies_only_here(sql::Tx& tx, std::string const& sha256);
/// Of these contents the ones that this place must not forget, whatever its parent says of them: those that lie only
/// here, and those of which a file is its own: made here, told of or not.
std::set<std::string> not_to_forget(Site const& site, Parent const& above, std::vector<std::string> const& contents);
/// What sending needs of the place around it.
struct Upward {
    files::ContentStore& contents;
    std::function<LinkPlan()> plan = {};         ///< of the way up; empty: no limits
    std::function<bool()> entries_wait = {};     ///< records are on their way: they go before the bytes of files
    std::chrono::milliseconds turn{5'000};       ///< of large files, until small ones are looked for again
    std::chrono::milliseconds patience{10'000};  ///< with records, until one block goes all the same
};

/// Sends contents to the parent. One thread calls it.
class Sender {
public:
    Sender(Site site, Upward place) : site_(std::move(site)), place_(std::move(place)) {}

    /// How a round went.
    struct Round {
        int whole = 0;      ///< contents that the parent has now and had not
        bool more = false;  ///< a large one is under way: another round at once
    };
    /// Sends what the parent lacks: small things at once, then what somebody above waits for, then large things as the
    /// line's windows and cap let them. Ends early where the line does not stand.
    Round round(Parent const& above, std::stop_token const& stop);

private:
    /// One content on its way up.
    struct Waiting {
        std::string sha256;
        std::int64_t size = 0;
        std::int64_t received = 0;  ///< as the parent said last
        bool waited_for = false;
        core::Instant asked_at{};

        bool large() const { return size > up_at_once; }
    };
    enum class Sent { whole, later, not_now, line_down };

    Sent ask(Parent const& above, Waiting& one);
    Sent send(Parent const& above, Waiting& one, std::stop_token const& stop);
    bool rests(std::string const& sha256) const;
    bool note(Sent went, std::string const& sha256, core::DistrictId district, Round& round);
    bool send_small(Parent const& above, std::vector<Waiting> const& all, std::stop_token const& stop, Round& round);
    std::vector<Waiting*> ask_large(Parent const& above, std::vector<Waiting> const& all, Round& round);
    std::optional<std::int64_t> pace_of(Waiting const& one) const;
    void let_records_go(std::stop_token const& stop) const;

    Site site_;
    Upward place_;
    std::map<std::string, core::Instant> rests_until_;
    std::map<std::string, Waiting> large_;  ///< as they were asked about last
    std::chrono::steady_clock::time_point turn_ends_;
};

}  // namespace santong::nodes
