#include "helper/companion.hpp"

#include <algorithm>
#include <chrono>
#include <fstream>
#include <thread>

#include "helper/front.hpp"
#include "helper/kept_file.hpp"
#include "helper/machine.hpp"

namespace santong::helper {

namespace {

constexpr char const* base = "/api/v1/room-computer";
constexpr std::size_t bands_at_once = 200;
constexpr int keep_seconds = 60;
/// Between two tries while the server is not reached.
constexpr int retry_seconds = 15;

std::int64_t machine_now() {
    using namespace std::chrono;
    return duration_cast<milliseconds>(system_clock::now().time_since_epoch()).count();
}

void rest(int seconds) {
    std::this_thread::sleep_for(std::chrono::seconds(seconds));
}

Site site_of_pairing(Pairing const& pairing) {
    auto site = site_of(pairing.server).value_or(Site{});
    site.authority = pairing.authority;
    return site;
}

}  // namespace

Hours::Hours(std::filesystem::path file) : file_(std::move(file)) {
    std::int64_t ahead = 0;
    std::ifstream in(file_);
    if (!(in >> ahead)) return;
    ahead_ = ahead;
    known_ = true;
}

std::int64_t Hours::now() const {
    return machine_now() + ahead_;
}

void Hours::set(std::int64_t server_now) {
    auto const ahead = server_now - machine_now();
    auto const moved = ahead > ahead_ ? ahead - ahead_ : ahead_ - ahead;
    if (known_ && moved < 2000) return;
    ahead_ = ahead;
    known_ = true;
    replace_file(file_, std::to_string(ahead) + '\n');
}

Companion::Companion(Places places, Pairing pairing)
    : places_(std::move(places)),
      pairing_(std::move(pairing)),
      site_(site_of_pairing(pairing_)),
      hours_(places_.hours()),
      originals_(places_.originals(), most_original_bytes),
      journal_(places_.journal()),
      counter_(kept_open_band(places_.open_band())) {}

Companion::End Companion::run() {
    int wait = talk();
    std::jthread const watcher([this] { watch(); });
    while (known_) {
        rest(wait);
        wait = talk();
    }
    return revoked_ ? End::revoked : End::enrolled_anew;
}

void Companion::watch() {
    while (known_) {
        rest(look_seconds);
        try {
            look();
        } catch (std::exception const&) {
            // A full disk: what was seen meanwhile is not told.
        }
    }
}

void Companion::look() {
    // Without the server's hours nothing can be said about when something was in front.
    if (!hours_.known()) return;
    auto const ended = counter_.add(hours_.now(), material_of(front_window()), look_seconds);
    unkept_seconds_ += look_seconds;
    if (ended) {
        std::lock_guard const hold(journal_mutex_);
        journal_.add(*ended);
    }
    if (!ended && unkept_seconds_ < keep_seconds) return;
    keep_open_band(places_.open_band(), counter_.open());
    unkept_seconds_ = 0;
}

Answer Companion::post(std::string const& path, std::string const& body) {
    auto answer = ask(site_, {"POST", base + path, body, pairing_.token});
    if (answer.status == 401) {
        revoked_ = true;
        known_ = false;
    }
    return answer;
}

int Companion::talk() {
    try {
        auto const kept = read_pairing(read_file(places_.pairing()));
        if (!kept || kept->token != pairing_.token) {
            known_ = false;
            return 0;
        }
        auto const contact = read_contact(post("/contact", contact_request(machine::system_name())).body);
        if (!contact) return retry_seconds;
        hours_.set(contact->now);
        auto const known = read_file(places_.lesson());
        auto lesson = *contact;
        lesson.now = band_of(lesson.now);  // so that it is not written anew each time
        if (auto const text = write(lesson); text != known) replace_file(places_.lesson(), text);
        follow(*contact);
        report();
        return std::clamp(contact->next_seconds, 1, 60);
    } catch (std::exception const&) {
        return retry_seconds;
    }
}

void Companion::follow(Contact const& contact) {
    if (contact.order) {
        if (contact.order->order_id != done_order_) {
            done_outcome_ = order_outcome(carry_out(*contact.order, contact));
            done_order_ = contact.order->order_id;
        }
        post("/orders/" + contact.order->order_id, done_outcome_);
        return;
    }
    // Fetched before they are wanted, one at a talk, so that a tap is not kept waiting by several.
    if (hours_.now() < fetch_again_at_) return;
    for (auto const& one : contact.files) {
        if (here_.contains(one.sha256)) continue;
        originals_.bound(contact.files);
        if (!fetch(one)) fetch_again_at_ = hours_.now() + 30'000;
        return;
    }
}

Outcome Companion::carry_out(Order const& order, Contact const& contact) {
    auto const wanted = std::ranges::find(contact.files, order.resource_id, &Original::resource_id);
    if (wanted == contact.files.end()) return Outcome::not_of_lesson;
    if (!fetch(*wanted)) return Outcome::not_fetched;
    auto const place = originals_.find(*wanted);
    if (!place) return Outcome::not_fetched;
    return machine::open_with_system(*place) ? Outcome::opened : Outcome::no_program;
}

bool Companion::fetch(Original const& wanted) {
    bool const whole = originals_.fetch(wanted, [this](Original const& one, std::int64_t from, auto sink) {
        Request request{"GET",          std::string(base) + "/originals/" + one.resource_id, {}, pairing_.token, from,
                        std::move(sink)};
        auto const answer = ask(site_, request);
        return request.goes_to_sink(answer.status);
    });
    if (whole) here_.insert(wanted.sha256);
    return whole;
}

void Companion::report() {
    std::vector<Band> bands;
    {
        std::lock_guard const hold(journal_mutex_);
        bands = journal_.waiting(bands_at_once);
    }
    if (bands.empty()) return;
    auto const received = read_received(post("/use", use_report(bands)).body);
    if (!received) return;
    std::lock_guard const hold(journal_mutex_);
    journal_.sent(*received);
}

bool still_stands(Contact const& lesson, std::int64_t now) {
    constexpr std::int64_t hour = 3'600'000;
    return !lesson.lesson.empty() && now - lesson.now <= hour && lesson.now - now <= hour;
}

}  // namespace santong::helper
