// linkem: a line of a village school between two programs of one machine.
#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <map>
#include <optional>
#include <sstream>
#include <vector>

#include "forward.hpp"
#include "relay.hpp"

using namespace santong::linkem;

namespace {

char const* const usage =
    R"(linkem: a shaped, lossy, cuttable line between two programs of this machine, without tc.
usage: tools/linkem --to HOST:PORT [--rate KBIT] [--up KBIT] [--delay MS] [--loss PERCENT] [--queue MS] …

  --to HOST:PORT    the parent's own address (127.0.0.1:8080); the child uses the address that is printed
  --rate, --up      kbit/s down and up (4000; up: as down)     --delay MS   one way (20)
  --loss PERCENT    of packets, both ways (0)                  --queue MS   what the modem holds (200)
  --listen PORT     port for the child on 127.0.0.1 (any)
  --congestion NAME bbr, cubic … on the line when --to is used (the machine's own)
  --outages A,B     the line fails by itself: whole for A and cut for B seconds on average (with --seed N)
  --mode MODE       tun (usual): two network namespaces, real packets, real loss; 77 where they are not allowed
                    plain: bytes of TCP are slowed, delayed and cut, nothing is lost;  either: tun, or else plain
  --open SIDE:PORT  a port that a program listens on inside hub or box is reached here, too (tun; again and again)
  --name NAME       stands before what is printed
  --control FIFO    commands also by this FIFO, which it makes

It prints, a word and its value a line: mode, address (http://127.0.0.1:…), hub and box (namespaces), open, ready.
Programs can also live inside, where the hub is 127.77.0.1 and the box 127.77.0.2 and the line is their only way:
  nsenter --net=/proc/…/ns/net santong serve --address 127.77.0.1 …
Commands, a line each on standard input or the FIFO: cut (silence) · unplug (refused at once) · restore · rate KBIT ·
up KBIT · loss PERCENT · delay MS · count (answers: count and six figures for down, then up: packets bytes lost queue_full
cut arrived_bytes) · end. SIGUSR1 cuts, SIGUSR2 restores. It ends with whoever started it.
)";

struct Options {
    Shape down;
    std::optional<double> up_kbit;
    std::optional<Address> to;
    int listen = 0;
    std::string congestion;
    double whole_seconds = 0;
    double cut_seconds = 0;
    std::uint64_t seed = 1;
    std::string mode = "tun";
    std::vector<std::pair<std::string, int>> open;
    std::string name;
    std::string control;
};

[[noreturn]] void refuse(std::string const& why) {
    std::fprintf(stderr, "linkem: %s (see tools/linkem --help)\n", why.c_str());
    std::exit(2);
}

double number(std::string const& text) {
    std::istringstream in(text);
    in.imbue(std::locale::classic());
    double value = 0;
    if (!(in >> value) || !in.eof() || value < 0) refuse("no number: " + text);
    return value;
}

std::pair<std::string, std::string> halves(std::string const& text, char between) {
    auto const at = text.find(between);
    if (at == std::string::npos) refuse("wants two parts: " + text);
    return {text.substr(0, at), text.substr(at + 1)};
}

Options read_options(int argc, char** argv) {
    Options o;
    std::map<std::string, std::function<void(std::string const&)>> const known{
        {"--to",
         [&](auto const& v) {
             auto const [h, p] = halves(v, ':');
             o.to = Address{h, static_cast<int>(number(p))};
         }},
        {"--rate", [&](auto const& v) { o.down.kbit = number(v); }},
        {"--up", [&](auto const& v) { o.up_kbit = number(v); }},
        {"--delay", [&](auto const& v) { o.down.delay_ms = number(v); }},
        {"--loss", [&](auto const& v) { o.down.loss_percent = number(v); }},
        {"--queue", [&](auto const& v) { o.down.queue_ms = number(v); }},
        {"--listen", [&](auto const& v) { o.listen = static_cast<int>(number(v)); }},
        {"--congestion", [&](auto const& v) { o.congestion = v; }},
        {"--outages",
         [&](auto const& v) {
             auto const [a, b] = halves(v, ',');
             o.whole_seconds = number(a);
             o.cut_seconds = number(b);
         }},
        {"--seed", [&](auto const& v) { o.seed = static_cast<std::uint64_t>(number(v)); }},
        {"--mode", [&](auto const& v) { o.mode = v; }},
        {"--open",
         [&](auto const& v) {
             auto const [s, p] = halves(v, ':');
             o.open.emplace_back(s, static_cast<int>(number(p)));
         }},
        {"--name", [&](auto const& v) { o.name = v + " "; }},
        {"--control", [&](auto const& v) { o.control = v; }},
    };
    for (int i = 1; i < argc; ++i) {
        std::string const word = argv[i];
        if (word == "--help" || word == "-h") {
            std::fputs(usage, stdout);
            std::exit(0);
        }
        auto const found = known.find(word);
        if (found == known.end() || i + 1 >= argc) refuse("unknown or without its value: " + word);
        found->second(argv[++i]);
    }
    if (o.mode != "tun" && o.mode != "plain" && o.mode != "either") refuse("no such mode: " + o.mode);
    if (o.down.kbit <= 0 || (o.up_kbit && *o.up_kbit <= 0)) refuse("a rate is more than nothing");
    if (o.mode == "plain" && !o.to) refuse("plain wants --to");
    return o;
}

std::sig_atomic_t volatile wanted_state = -1;
std::sig_atomic_t volatile ending = 0;

/// Carries out one command; false: end.
bool obey(std::string const& command, Line& line, std::string const& name) {
    std::istringstream words(command);
    std::string word, value;
    words >> word >> value;
    auto const change = [&](Line::Way way, auto const& set) {
        auto shape = line.setting(way).shape;
        set(shape, number(value));
        line.shape(way, shape);
    };
    auto const kbit = [](Shape& s, double v) { s.kbit = std::max(v, 1.0); };
    auto const loss = [](Shape& s, double v) { s.loss_percent = v; };
    auto const delay = [](Shape& s, double v) { s.delay_ms = v; };
    if (word == "cut") line.state(Line::State::cut);
    if (word == "unplug") line.state(Line::State::unplugged);
    if (word == "restore") line.state(Line::State::whole);
    if (word == "rate") change(Line::Way::down, kbit);
    if (word == "up") change(Line::Way::up, kbit);
    for (auto way : {Line::Way::down, Line::Way::up}) {
        if (word == "loss") change(way, loss);
        if (word == "delay") change(way, delay);
    }
    if (word == "count") {
        std::printf("%scount", name.c_str());
        for (auto way : {Line::Way::down, Line::Way::up}) {
            auto const c = line.counts(way);
            for (auto one : {c.packets, c.bytes, c.lost, c.queued_out, c.cut_off, c.arrived})
                std::printf(" %llu", static_cast<unsigned long long>(one));
        }
        std::puts("");
    } else if (!word.empty()) {
        std::printf("%sdone %s\n", name.c_str(), command.c_str());
    }
    std::fflush(stdout);
    return word != "end";
}

/// Cuts and restores by chance.
struct Weather {
    double whole = 0, cut = 0;
    std::mt19937_64 random;
    double changes = 0;
    bool raining = false;

    void look(Line& line, double now) {
        if (whole <= 0 || now < changes) return;
        if (changes > 0) {
            raining = !raining;
            line.state(raining ? Line::State::cut : Line::State::whole);
        }
        changes = now + std::exponential_distribution<double>(1 / (raining ? cut : whole))(random);
    }
};

/// Obeys until the end is asked for.
void govern(Line& line, Options const& options) {
    Weather weather{options.whole_seconds, options.cut_seconds, std::mt19937_64(options.seed), 0, false};
    int fifo = -1;
    if (!options.control.empty()) {
        if (mkfifo(options.control.c_str(), 0600) != 0) refuse(options.control + " cannot be made");
        fifo = open(options.control.c_str(), O_RDWR | O_NONBLOCK | O_CLOEXEC);
    }
    std::map<int, std::string> heard{{0, ""}, {fifo, ""}};
    for (bool going = true; going && ending == 0;) {
        pollfd sources[2] = {{heard.contains(0) ? 0 : -1, POLLIN, 0}, {fifo, POLLIN, 0}};
        poll(sources, 2, 50);
        for (auto const& source : sources) {
            if (source.fd < 0 || source.revents == 0) continue;
            char buffer[4096];
            auto const got = read(source.fd, buffer, sizeof buffer);
            if (got <= 0) {
                if (source.fd == 0) heard.erase(0);
                continue;
            }
            auto& text = heard[source.fd];
            text.append(buffer, static_cast<std::size_t>(got));
            for (auto end = text.find('\n'); going && end != std::string::npos; end = text.find('\n')) {
                going = obey(text.substr(0, end), line, options.name);
                text.erase(0, end + 1);
            }
        }
        if (wanted_state >= 0) line.state(wanted_state == 0 ? Line::State::whole : Line::State::cut);
        wanted_state = -1;
        weather.look(line, seconds_now());
    }
    if (fifo >= 0) unlink(options.control.c_str());
}

void say(Options const& options, std::string const& word, std::string const& value = "") {
    std::printf("%s%s%s%s\n", options.name.c_str(), word.c_str(), value.empty() ? "" : " ", value.c_str());
}

/// The line itself, until the end.
int serve(Options const& options, bool tun) {
    Line line;
    auto up = options.down;
    up.kbit = options.up_kbit.value_or(up.kbit);
    line.shape(Line::Way::down, options.down);
    line.shape(Line::Way::up, up);
    Place here(Place::Kind::here);
    std::optional<Place> hub, box;
    Forwarder forwarder(line);
    std::vector<std::jthread> threads;
    if (tun) {
        hub.emplace(Place::Kind::new_namespace);
        box.emplace(Place::Kind::new_namespace);
        int const above = open_tunnel(*hub, "127.77.0.1", "127.77.0.2");
        int const below = open_tunnel(*box, "127.77.0.2", "127.77.0.1");
        threads.emplace_back([&line, above, below, seed = options.seed](std::stop_token const& stop) {
            relay(stop, line, above, below, seed);
        });
    }
    say(options, "mode", tun ? "tun" : "plain");
    if (options.to) {
        int port = 0;
        if (tun) {
            Address const far{"127.77.0.1", 7700};
            forwarder.add({&*hub, far, &here, *options.to, false, false, options.congestion});
            port = forwarder.add({&here, {"127.0.0.1", options.listen}, &*box, far, false, true, options.congestion});
        } else {
            port = forwarder.add({&here, {"127.0.0.1", options.listen}, &here, *options.to, true, true, ""});
        }
        say(options, "address", "http://127.0.0.1:" + std::to_string(port));
    }
    for (auto const& [side, inside] : options.open) {
        if (!tun) refuse("--open wants namespaces");
        auto& place = side == "hub" ? *hub : *box;
        Address const at{side == "hub" ? "127.77.0.1" : "127.77.0.2", inside};
        int const port = forwarder.add({&here, {}, &place, at, false, false, ""});
        say(options, "open", side + ":" + std::to_string(inside) + " http://127.0.0.1:" + std::to_string(port));
    }
    if (tun) {
        say(options, "hub", hub->path());
        say(options, "box", box->path());
    }
    say(options, "ready");
    std::fflush(stdout);
    threads.emplace_back([&](std::stop_token const& stop) { forwarder.run(stop); });
    govern(line, options);
    for (auto& one : threads) one.request_stop();
    threads.clear();
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    auto const options = read_options(argc, argv);
    prctl(PR_SET_PDEATHSIG, SIGTERM);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGTERM, [](int) { ending = 1; });
    std::signal(SIGINT, [](int) { ending = 1; });
    std::signal(SIGUSR1, [](int) { wanted_state = 1; });
    std::signal(SIGUSR2, [](int) { wanted_state = 0; });
    try {
        if (options.mode != "plain") take_rights();
        return serve(options, options.mode != "plain");
    } catch (NotAllowed const& not_allowed) {
        std::fprintf(stderr, "linkem: no namespaces or TUN devices here (%s); --mode plain does without\n",
                     not_allowed.why.c_str());
        if (options.mode == "either") return serve(options, false);
        return 77;
    } catch (std::exception const& error) {
        refuse(error.what());
    }
}
