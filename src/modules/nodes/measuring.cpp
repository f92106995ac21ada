#include "modules/nodes/measuring.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>

#include "modules/nodes/parent_ask.hpp"
#include "modules/nodes/service.hpp"
#include "platform/net/resent.hpp"

namespace santong::nodes {

namespace {

using Clock = std::chrono::steady_clock;
using Headers = std::map<std::string, std::string>;
using CurlHandle = std::unique_ptr<CURL, void (*)(CURL*)>;

constexpr std::int64_t first_bytes = 128 << 10;
constexpr int round_trips = 7;
constexpr std::string_view probe_path = "/api/v1/node/probe";

/// When the bytes of an answer came.
struct Arrival {
    std::int64_t bytes = 0;
    std::int64_t counted_from = 0;  ///< bytes that were here when counting began: the line has its speed by then
    std::int64_t begin_at = 0;      ///< begin counting after so many
    std::optional<Clock::time_point> began;
    Clock::time_point last;
    LineAnswer answer;
};

std::size_t take_probe(char* bytes, std::size_t, std::size_t count, void* to) {
    auto& arrival = *static_cast<Arrival*>(to);
    arrival.bytes += static_cast<std::int64_t>(count);
    arrival.last = Clock::now();
    if (!arrival.began && arrival.bytes >= arrival.begin_at) {
        arrival.began = arrival.last;
        arrival.counted_from = arrival.bytes;
    }
    // A refusal is short, and its text says why; of a measurement nothing is kept.
    if (arrival.answer.body.size() + count <= 4096) arrival.answer.body.append(bytes, count);
    return count;
}

std::size_t take_header(char* bytes, std::size_t, std::size_t count, void* to) {
    std::string const line(bytes, count);
    auto const colon = line.find(':');
    if (colon == std::string::npos) return count;
    auto name = line.substr(0, colon);
    std::ranges::transform(name, name.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (name != "santong-ticket" && name != net::resent_header) return count;
    auto const begin = line.find_first_not_of(" \t", colon + 1);
    auto const end = line.find_last_not_of(" \t\r\n");
    if (begin != std::string::npos && end >= begin)
        static_cast<Arrival*>(to)->answer.headers[name] = line.substr(begin, end - begin + 1);
    return count;
}

/// One connection that is kept from request to request.
class Meter {
public:
    Meter(Site const& site, Parent const& above)
        : site_(site), above_(above), authority_(authority_of(site)), line_(curl_easy_init(), &curl_easy_cleanup) {}

    Arrival get(std::int64_t bytes, std::int64_t begin_at) { return run({"GET", path(bytes), {}}, begin_at); }
    Arrival post(std::string const& body) { return run({"POST", std::string(probe_path), body}, 0); }

    /// From the request's last byte to the answer's first, in milliseconds.
    double wait_ms() const {
        curl_off_t before = 0, first = 0;
        curl_easy_getinfo(line_.get(), CURLINFO_PRETRANSFER_TIME_T, &before);
        curl_easy_getinfo(line_.get(), CURLINFO_STARTTRANSFER_TIME_T, &first);
        return static_cast<double>(first - before) / 1000;
    }
    /// From before the request's first byte to the end of its answer: an upload's first byte stops the clock of
    /// `wait_ms`.
    double all_ms() const {
        curl_off_t before = 0, end = 0;
        curl_easy_getinfo(line_.get(), CURLINFO_PRETRANSFER_TIME_T, &before);
        curl_easy_getinfo(line_.get(), CURLINFO_TOTAL_TIME_T, &end);
        return static_cast<double>(end - before) / 1000;
    }
    /// What went up over this connection.
    std::optional<net::Resent> sent() const {
        curl_socket_t socket = CURL_SOCKET_BAD;
        if (curl_easy_getinfo(line_.get(), CURLINFO_ACTIVESOCKET, &socket) != CURLE_OK || socket == CURL_SOCKET_BAD)
            return std::nullopt;
        return net::resent_on(socket);
    }
    /// Whether anybody answers at the parent's address by this version of IP alone.
    bool reached(long version) const {
        CurlHandle const line(curl_easy_init(), &curl_easy_cleanup);
        Arrival arrival;
        set_up(line.get(), above_.url + path(1), arrival);
        curl_easy_setopt(line.get(), CURLOPT_IPRESOLVE, version);
        curl_easy_setopt(line.get(), CURLOPT_TIMEOUT, 8L);
        return curl_easy_perform(line.get()) == CURLE_OK;
    }

private:
    static std::string path(std::int64_t bytes) { return std::string(probe_path) + "/" + std::to_string(bytes); }

    void set_up(CURL* c, std::string const& url, Arrival& arrival) const {
        curl_easy_setopt(c, CURLOPT_URL, url.c_str());
        curl_easy_setopt(c, CURLOPT_CONNECTTIMEOUT, 10L);
        curl_easy_setopt(c, CURLOPT_TIMEOUT, 90L);
        curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
        curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "http,https");
        curl_easy_setopt(c, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
        curl_easy_setopt(c, CURLOPT_WRITEFUNCTION, &take_probe);
        curl_easy_setopt(c, CURLOPT_WRITEDATA, &arrival);
        curl_easy_setopt(c, CURLOPT_HEADERFUNCTION, &take_header);
        curl_easy_setopt(c, CURLOPT_HEADERDATA, &arrival);
        if (!authority_.empty()) curl_easy_setopt(c, CURLOPT_CAINFO, authority_.c_str());
    }

    Arrival run(SignedRequest const& what, std::int64_t begin_at) {
        Arrival arrival;
        send_signed(site_, above_, what, [&](Headers const& headers) {
            arrival = Arrival{};
            arrival.begin_at = begin_at;
            auto* const c = line_.get();
            if (c == nullptr) return arrival.answer;
            set_up(c, above_.url + what.path, arrival);
            curl_slist* list = curl_slist_append(nullptr, "Expect:");
            for (auto const& [name, value] : headers) list = curl_slist_append(list, (name + ": " + value).c_str());
            list = curl_slist_append(list, "Content-Type: application/octet-stream");
            std::unique_ptr<curl_slist, void (*)(curl_slist*)> const kept(list, &curl_slist_free_all);
            curl_easy_setopt(c, CURLOPT_HTTPHEADER, list);
            if (what.method == "POST") {
                curl_easy_setopt(c, CURLOPT_POST, 1L);
                curl_easy_setopt(c, CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(what.body.size()));
                curl_easy_setopt(c, CURLOPT_POSTFIELDS, what.body.data());
            } else {
                curl_easy_setopt(c, CURLOPT_HTTPGET, 1L);
            }
            long status = 0;
            if (curl_easy_perform(c) == CURLE_OK) curl_easy_getinfo(c, CURLINFO_RESPONSE_CODE, &status);
            curl_easy_setopt(c, CURLOPT_HTTPHEADER, nullptr);
            arrival.answer.status = static_cast<int>(status);
            return arrival.answer;
        });
        return arrival;
    }

    Site const& site_;
    Parent const& above_;
    std::string authority_;
    CurlHandle line_;
};

std::optional<std::int64_t> kbit_of(std::int64_t bytes, double ms) {
    if (bytes <= 0 || ms <= 0) return std::nullopt;
    return static_cast<std::int64_t>(static_cast<double>(bytes) * 8 / ms);
}

/// So much that it takes about two seconds; more of it where it was gone too fast to be measured.
std::int64_t next_bytes(std::optional<std::int64_t> kbit, std::int64_t sent, std::int64_t most) {
    auto const wanted = kbit ? *kbit * 125 * 2 : sent * 8;
    return std::clamp(wanted, std::min(first_bytes, most), most);
}

std::optional<std::int64_t> down_rate(Meter& meter, std::int64_t most, Probe& probe) {
    std::optional<std::int64_t> rate;
    for (std::int64_t bytes = std::min(first_bytes, most); bytes > 0;) {
        auto const came = meter.get(bytes, bytes / 4);
        probe.bytes += came.bytes;
        if (came.answer.status != 200 || !came.began) return rate;
        auto const ms = std::chrono::duration<double, std::milli>(came.last - *came.began).count();
        if (auto const measured = kbit_of(came.bytes - came.counted_from, ms)) rate = measured;
        auto const more = next_bytes(rate, bytes, most);
        if (ms > 1'000 || more <= bytes) return rate;
        bytes = more;
    }
    return rate;
}

/// What the parent says that it has sent over this connection; an older one says nothing.
std::optional<net::Resent> sent_from_above(Meter& meter) {
    auto const said = meter.get(1, 1).answer.headers;
    auto const found = said.find(net::resent_header);
    return found == said.end() ? std::nullopt : net::Resent::parse(found->second);
}

/// Of the packets between two counts those that went again, in thousandths; none where the connection was another one.
std::optional<std::int32_t> again_permille(net::Resent const& before, net::Resent const& after) {
    auto const packets = after.packets - before.packets;
    if (packets <= 0 || after.again < before.again) return std::nullopt;
    return static_cast<std::int32_t>(std::clamp<std::int64_t>((after.again - before.again) * 1000 / packets, 0, 1000));
}

std::optional<std::int64_t> up_rate(Meter& meter, std::int64_t most, double round_trip_ms, Probe& probe) {
    std::optional<std::int64_t> rate;
    for (std::int64_t bytes = std::min(first_bytes, most); bytes > 0;) {
        auto const before = meter.sent();
        auto const done = meter.post(noise(static_cast<std::size_t>(bytes)));
        probe.bytes += bytes;
        if (done.answer.status != 200) return rate;
        auto const ms = meter.all_ms() - round_trip_ms;
        if (auto const measured = kbit_of(bytes, ms)) rate = measured;
        auto const after = meter.sent();
        if (auto const again = before && after ? again_permille(*before, *after) : std::nullopt)
            probe.loss_permille = again;
        auto const more = next_bytes(rate, bytes, most);
        if (ms > 1'000 || more <= bytes) return rate;
        bytes = more;
    }
    return rate;
}

}  // namespace

std::string noise(std::size_t bytes) {
    static std::string const block = [] {
        std::string made(1 << 20, '\0');
        std::mt19937_64 random(std::random_device{}());
        for (std::size_t i = 0; i + 8 <= made.size(); i += 8) {
            auto const word = random();
            std::copy_n(reinterpret_cast<char const*>(&word), 8, made.data() + i);
        }
        return made;
    }();
    std::string all;
    all.reserve(bytes);
    while (all.size() < bytes) all.append(block, 0, std::min(block.size(), bytes - all.size()));
    return all;
}

std::int64_t lesson_bytes(std::int64_t rate_kbit) {
    return std::clamp<std::int64_t>(rate_kbit * 125 * 60 / 10 / 2, 16 << 10, 2 << 20);
}

std::vector<int> schedule_of(core::OrgId const& org) {
    int const own = (org.value.bytes[14] * 256 + org.value.bytes[15]) % 50;
    std::vector<int> minutes;
    for (int const hour : {3, 8, 10, 14, 16, 20}) minutes.push_back(hour * 60 + own);
    return minutes;
}

bool probe_due(core::OrgId const& org, core::Zone zone, core::Instant last, core::Instant now) {
    if (now <= last) return false;
    for (int const minute : schedule_of(org)) {
        // The latest time of this minute that is not in the future.
        auto at = zone.at(zone.date_of(now), minute);
        if (at > now) at = at.plus_days(-1);
        if (at > last) return true;
    }
    return false;
}

Probe measure(Site const& site, Parent const& above, MeasureWish const& wish) {
    Probe probe;
    probe.id = ProbeId::make();
    probe.org_id = above.org_id;
    probe.source = wish.source;
    Meter meter(site, above);
    std::vector<double> waits;
    for (int i = 0; i < round_trips; ++i) {
        if (meter.get(1, 1).answer.status == 200 && i > 0) waits.push_back(meter.wait_ms());
    }
    std::ranges::sort(waits);
    double const round_trip = waits.empty() ? 0 : waits[waits.size() / 2];
    if (!waits.empty()) probe.latency_ms = std::max(1, static_cast<int>(round_trip + 0.5));
    probe.ipv4 = meter.reached(CURL_IPRESOLVE_V4);
    probe.ipv6 = meter.reached(CURL_IPRESOLVE_V6);
    if (wish.rates && !waits.empty()) {
        auto const most = std::clamp<std::int64_t>(wish.most_bytes, 4 << 10, largest_probe);
        auto const before = sent_from_above(meter);
        probe.down_kbit = down_rate(meter, most, probe);
        if (auto const after = before ? sent_from_above(meter) : std::nullopt)
            probe.down_loss_permille = again_permille(*before, *after);
        probe.up_kbit = up_rate(meter, most, round_trip, probe);
    }
    probe.measured_at = site.teaching.now();
    return probe;
}

}  // namespace santong::nodes
