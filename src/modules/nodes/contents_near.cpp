// How a fetcher asks boxes on its local network (邻近的校园盒子) before it asks the parent. Manifests are the parent's,
// by whomever they are brought; each chunk is proven by its digest. Whoever does not answer, is slow or gives something
// false is left out for a while, and the parent gives what is missing at once.
#include <algorithm>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "modules/nodes/contents_coming.hpp"
#include "modules/nodes/parent_ask.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/ed25519.hpp"
#include "platform/log/log.hpp"

namespace santong::nodes {

namespace {

constexpr std::int64_t near_budget = std::int64_t{32} << 20;
constexpr std::int64_t lacks_rests_ms = 60'000;
constexpr std::int64_t away_rests_ms = 300'000;
/// It has perhaps not been told yet that it may be asked.
constexpr std::int64_t unheard_rests_ms = 15'000;
constexpr std::int64_t false_rests_ms = 3'600'000;

}  // namespace

Fetcher::Near& Fetcher::near(Parent const& box) {
    return near_[box.parent + " " + box.url];
}

/// Asks each neighbour for what it may have of what is open, at whatever hour. Answers whether anything came.
bool Fetcher::ask_neighbours(Parent const& above, std::vector<Wanted> const& open, std::stop_token const& stop) {
    if (!place_.neighbours || open.empty()) return false;
    auto const now = site_.machine.now();
    for (auto const& box : place_.neighbours()) {
        auto& known = near(box);
        if (now < known.rests_until) continue;
        std::erase_if(known.lacks, [&](auto const& one) { return one.second <= now; });
        auto askable = open;
        std::erase_if(askable, [&](Wanted const& one) { return known.lacks.contains(one.sha256); });
        Batch batch;
        batch.nearby = true;
        batch.at_once = std::ranges::any_of(askable, [&](Wanted const& one) { return free_to_go(one); });
        fill(batch, askable, near_budget);
        if (!batch.contents.empty() && take_nearby(above, box, batch, stop)) return true;
        if (stop.stop_requested()) return false;
    }
    return false;
}

bool Fetcher::take_nearby(Parent const& above, Parent const& box, Batch const& batch, std::stop_token const& stop) {
    auto const names = had_by(above, box, batch);
    if (names.empty()) return false;
    auto const before = came_;
    for (auto const& sha256 : names) finish(sha256);
    bool const any = stream_nearby(box, batch, names, stop);
    copy_rest(batch, stop);
    for (auto const& sha256 : names) finish(sha256);
    return any || came_ > before;
}

/// Which of these contents a neighbour has; they have begun. It is not asked for the others again within a minute.
std::vector<std::string> Fetcher::had_by(Parent const& above, Parent const& box, Batch const& batch) {
    ManifestsRequest request;
    for (auto const& one : batch.contents) request.contents.push_back(one.sha256);
    auto const answer =
        nodes::ask(site_, box, "/api/v1/node/nearby/manifests", core::json::write(request), patience_nearby);
    auto const given = answer.status == 200
                           ? core::json::read<ManifestsAnswer>(answer.body, core::json::UnknownFields::ignore)
                           : core::Result<ManifestsAnswer>(core::invalid("nodes.bad_body"));
    if (!given) {
        leave_out(box, answer);
        return {};
    }
    std::map<std::string, ManifestGiven const*> said;
    for (auto const& item : given->items) said[item.sha256] = &item;
    auto& lacks = near(box).lacks;
    std::vector<std::string> had;
    for (auto const& one : batch.contents) {
        auto const found = said.find(one.sha256);
        if (found != said.end() && found->second->state == Giving::given && begin_nearby(above, one, *found->second))
            had.push_back(one.sha256);
        else
            lacks[one.sha256] = site_.machine.now().plus_ms(lacks_rests_ms);
    }
    return had;
}

/// Begins a content by a manifest that is known here, or that the parent signed for the neighbour.
bool Fetcher::begin_nearby(Parent const& above, Wanted const& wanted, ManifestGiven const& item) {
    if (arriving_.has_begun(wanted.sha256)) return true;
    auto const digest = chunks::digest_from(wanted.sha256);
    if (!digest) return false;
    auto manifest = known_manifest(place_.manifests, wanted, *digest);
    if (!manifest && item.sha256 == wanted.sha256) {
        auto const open_key = core::base64_decode(above.open_key);
        manifest = open_key ? believed_manifest(*open_key, item) : std::nullopt;
        if (manifest) place_.manifests.keep(*digest, *item.manifest);
    }
    if (!manifest || manifest->content != *digest) return false;
    arriving_.begin({*manifest});
    return true;
}

/// What is missing of these contents, in one stream. Answers whether anything came.
bool Fetcher::stream_nearby(Parent const& box, Batch const& batch, std::vector<std::string> const& names,
                            std::stop_token const& stop) {
    auto missing = arriving_.missing(names, near_budget);
    if (missing.empty()) return false;
    auto request = question_for(missing, arriving_);
    Coming coming(*this, std::move(missing), std::move(request), given_near_);
    KeptLine line;
    auto const answer = receive(coming, batch, stop, [&](Receiving const& receiving) {
        return ask_stream(site_, box, line, "/api/v1/node/nearby/chunks", core::json::write(coming.request()),
                          receiving);
    });
    if (auto const lied = coming.lied())
        leave_out_false(box, *lied);
    else if (answer.status == 404)
        for (auto const& one : names) near(box).lacks[one] = site_.machine.now().plus_ms(lacks_rests_ms);
    else if (!coming.all() && !coming.was_let_go())
        leave_out(box, answer);
    return coming.any();
}

/// For some minutes; says once why.
void Fetcher::leave_out(Parent const& box, LineAnswer const& answer) {
    auto& known = near(box);
    bool const unheard = answer.status == 401 || answer.status == 403;
    known.rests_until = site_.machine.now().plus_ms(unheard ? unheard_rests_ms : away_rests_ms);
    auto const why = answer.problem.empty() ? said(answer) : answer.problem;
    if (why != known.told)
        log::warning("a neighbour is left out for a while",
                     {{"neighbour", box.url}, {"status", answer.status}, {"why", why}});
    known.told = why;
}

/// For an hour; the audit log has it.
void Fetcher::leave_out_false(Parent const& box, std::string const& sha256) {
    near(box).rests_until = site_.machine.now().plus_ms(false_rests_ms);
    log::error("a neighbour gave a chunk that is not what the manifest says",
               {{"neighbour", box.url}, {"sha256", sha256}});
    site_.db.transact(box.district, [&](sql::Tx& tx) {
        auto caller = auth::terminal_caller(tx.district());
        caller.client = "node " + box.parent;
        auth::audit(tx, caller, {"nodes.neighbour_false", box.parent, R"({"sha256":")" + sha256 + "\"}"});
    });
}

}  // namespace santong::nodes
