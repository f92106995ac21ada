#pragma once
// The parts of one running node, in the order in which they depend on each other.
#include <atomic>
#include <limits>
#include <thread>

#include "modules/nodes/contents.hpp"
#include "modules/nodes/line_watch.hpp"
#include "modules/nodes/service.hpp"
#include "modules/push/service_packs.hpp"
#include "platform/auth/audit_log.hpp"
#include "platform/auth/gate.hpp"
#include "platform/auth/keys.hpp"
#include "platform/feed/feed.hpp"
#include "platform/files/addresses.hpp"
#include "platform/files/content_store.hpp"
#include "platform/files/packages.hpp"
#include "platform/files/service.hpp"
#include "platform/files/uploads.hpp"
#include "platform/http/answer_cache.hpp"
#include "platform/http/idempotency.hpp"
#include "platform/http/server.hpp"
#include "platform/jobs/runner.hpp"
#include "platform/notify/hub.hpp"
#include "platform/tls/authority.hpp"
#include "server/application.hpp"
#include "server/folder_lock.hpp"

namespace santong::server {

/// What the machine's clock says, as a Clock.
core::Clock const& machine_clock();

/// Somebody wants the line measured now.
struct MeasuringWish {
    std::mutex mutex;
    std::condition_variable_any changed;
    bool asked = false;
};

struct Application::Parts {
    explicit Parts(Place const& place);
    ~Parts();
    Parts(Parts const&) = delete;
    Parts& operator=(Parts const&) = delete;

    Place place;
    std::unique_ptr<sql::Database> db;
    std::vector<core::DistrictId> districts;
    bool demo = false;
    std::unique_ptr<core::Clock> clock;
    std::shared_ptr<auth::Keys> keys;
    std::unique_ptr<auth::SessionDetails> session_details;
    std::unique_ptr<auth::Gate> gate;
    files::LocalContentStore contents;
    chunks::KeptManifests manifests;  ///< of contents here: what children ask for, what need not be fetched again
    files::Files files;
    files::Uploads uploads;
    files::Packages packages;
    files::Addresses addresses;
    notify::Hub hub;
    jobs::Jobs jobs;
    http::Router router;
    http::Router package_router;
    http::Router door_router;  ///< of plain http beside TLS
    Serving serving;
    http::SqlIdempotency idempotency;
    http::AnswerCache answers;
    std::vector<std::unique_ptr<feed::Consumer>> consumers;
    std::unique_ptr<feed::Pump> pump;
    std::unique_ptr<jobs::JobRunner> runner;
    std::optional<FolderLock> serving_lock;
    std::unique_ptr<http::Server> server;
    std::jthread housekeeping;
    sync::Shapes shapes;      ///< what travels between places
    bool has_parent = false;  ///< a box: what is made once for a district is made above
    std::unique_ptr<nodes::Fetcher> fetcher;
    std::atomic<std::int64_t> room{std::numeric_limits<std::int64_t>::max()};  ///< bytes that the quota leaves
    std::atomic<std::int64_t> evicted{0};     ///< contents that went for the quota since the start
    std::unique_ptr<nodes::LineWatch> watch;  ///< of a box: since when its line is down
    MeasuringWish measuring_wish;
    std::jthread line;       ///< talks to the parent
    std::jthread measuring;  ///< measures the line to it, and says how this place is
    std::jthread arriving;   ///< fetches the bytes of files from it
    std::jthread telling;    ///< sends it the bytes of files that were made here, and where the audit log stands

    /// The core district of this node; 0 while no roster has been imported.
    core::DistrictId district() const { return districts.empty() ? 0 : districts.front(); }
    void open_gate();
    /// Of a box: reviews know that the people above its subtree are not here.
    void know_people_above() const;
    /// Runs the consumers of the feed from now on; told again, it does nothing.
    void start_pump();
    /// Writes down what the demo's clock shows, so that it is not turned back by a power cut.
    void note_clock();
    bool session_open(core::DistrictId district_id, std::string const& session_key) const;
    void register_routes();
    void register_link_pages();
    void register_certificate();
    nodes::Site node_site();
    push::Desk push_desk();
    push::PackDesk pack_desk();
    /// Talks to the parent until it is told to stop: at once when something was written here, else every few seconds.
    void keep_talking(std::stop_token const& stop);
    /// A box: keeps the bytes of files within the quota of its disk.
    void keep_quota();
    void add_transfer_gauges();
    std::unique_ptr<nodes::Fetcher> make_fetcher();
    void keep_fetching(std::stop_token const& stop);
    /// Begins to watch the line to the parent.
    void watch_line();
    /// Measures the line at its times and when it is asked for; tells the parent how this place is.
    void keep_measuring(std::stop_token const& stop);
    /// What a box should have, the most urgent first: what was promised, then what is new in the library.
    std::vector<nodes::Wanted> contents_due(core::DistrictId id);
    void keep_telling(std::stop_token const& stop);
    void register_jobs();
    tls::AuthorityPlace authority_place() const { return {*db, place.keys_folder(), district()}; }
    /// Makes the node's own certificate anew when it is due, and takes files that have changed.
    void keep_certificate();
    /// What the machine does by itself: bells, forgotten sessions, old uploads, old sessions.
    void keep_house(std::stop_token const& stop);
    /// Requests answered since the start.
    std::int64_t answered() const;
    /// Gives back what was kept to be quick.
    void come_to_rest();
};

}  // namespace santong::server
