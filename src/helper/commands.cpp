#include "helper/commands.hpp"

#include <chrono>
#include <cstdio>
#include <ctime>
#include <thread>

#include "helper/companion.hpp"
#include "helper/kept_file.hpp"
#include "helper/machine.hpp"
#include "helper/words.hpp"

namespace santong::helper {

namespace fs = std::filesystem;

namespace {

struct Options {
    std::string what;
    std::string server;
    std::string authority;
    std::string number;
    std::string language;
    Places places;
    bool understood = true;
};

Options options_of(std::vector<std::string> const& words) {
    Options options;
    options.language = machine::language();
    options.places.folder = machine::state_folder();
    for (std::size_t i = 0; i < words.size(); ++i) {
        auto const& word = words[i];
        bool const more = i + 1 < words.size();
        if (word == "--server" && more) {
            options.server = words[++i];
        } else if (word == "--authority" && more) {
            options.authority = fs::absolute(words[++i]).string();
        } else if (word == "--data" && more) {
            auto const& text = words[++i];
            options.places.folder = fs::absolute(fs::path(std::u8string(text.begin(), text.end())));
        } else if (word == "--language" && more) {
            options.language = words[++i];
        } else if (options.what.empty() && !word.starts_with("-")) {
            options.what = word;
        } else if (options.what == "open" && options.number.empty() && !word.starts_with("-")) {
            options.number = word;
        } else {
            options.understood = false;
        }
    }
    return options;
}

class Console {
public:
    explicit Console(std::string language) : language_(std::move(language)) {}
    void say(std::string_view key, std::string const& one = {}, std::string const& two = {}) const {
        std::puts(text(key, one, two).c_str());
        std::fflush(stdout);
    }
    std::string text(std::string_view key, std::string const& one = {}, std::string const& two = {}) const {
        return words(language_, key, one, two);
    }

private:
    std::string language_;
};

std::string minutes_text(Console const& console, Band const& band) {
    std::string text;
    for (auto const& one : band.minutes) {
        if (!text.empty()) text += ", ";
        text += console.text("minutes", console.text(name_of(one.material)), std::to_string(one.minutes));
    }
    return text;
}

std::string time_text(std::int64_t at) {
    auto const seconds = static_cast<std::time_t>(at / 1000);
    char out[32];
    std::strftime(out, sizeof out, "%Y-%m-%d %H:%M", std::localtime(&seconds));
    return out;
}

std::optional<Approval> wait_for_approval(Site const& site, Enrolment const& enrolment) {
    for (;;) {
        std::this_thread::sleep_for(std::chrono::seconds(2));
        auto const answer =
            ask(site, {"POST", "/api/v1/room-computer/enrolments/approval", enrolment_question(enrolment)});
        if (answer.status == 0 || answer.status == 429 || answer.status >= 500) continue;
        if (answer.status != 200) return std::nullopt;
        auto approval = read_approval(answer.body);
        if (approval && approval->approved) return approval;
    }
}

int enrol(Options const& options, Console const& console) {
    auto site = site_of(options.server);
    if (!site) {
        console.say("bad_server");
        return 2;
    }
    site->authority = options.authority;
    auto const answer = ask(*site, {"POST", "/api/v1/room-computer/enrolments",
                                    enrolment_request(machine::computer_name(), machine::system_name())});
    auto const enrolment = read_enrolment(answer.body);
    if (!enrolment) {
        console.say("not_reached", answer.status == 0 ? answer.problem : std::to_string(answer.status));
        return 1;
    }
    console.say("code", enrolment->code);
    auto const approval = wait_for_approval(*site, *enrolment);
    if (!approval) {
        console.say("enrolment_over");
        return 1;
    }
    auto const& places = options.places;
    fs::create_directories(places.folder);
    machine::make_private(places.folder);
    // What was reported from another room is not this one's.
    for (auto const& old : {places.journal(), places.open_band(), places.lesson(), places.hours()}) fs::remove(old);
    replace_file(places.pairing(), write(Pairing{site->origin(), options.authority, enrolment->secret, approval->school,
                                                 approval->room}));
    machine::make_private(places.pairing());
    console.say("enrolled", approval->school, approval->room);
    return 0;
}

int run(Options const& options, Console const& console) {
    auto const pairing = read_pairing(read_file(options.places.pairing()));
    if (!pairing) {
        console.say("not_enrolled");
        return 3;
    }
    if (!machine::only_one(options.places.lock())) {
        console.say("runs_already");
        return 1;
    }
    if (Companion(options.places, *pairing).run() == Companion::End::enrolled_anew) return 0;
    fs::remove(options.places.pairing());
    console.say("revoked");
    return 3;
}

int status(Options const& options, Console const& console) {
    auto const pairing = read_pairing(read_file(options.places.pairing()));
    if (!pairing) {
        console.say("not_enrolled");
        return 3;
    }
    console.say("room", pairing->school, pairing->room);
    auto const lesson = read_contact(read_file(options.places.lesson()));
    if (lesson && still_stands(*lesson, Hours(options.places.hours()).now())) {
        console.say("lesson", lesson->lesson);
    } else {
        console.say("no_lesson");
    }
    auto const reported = read_journal(options.places.journal());
    bool const none = reported.sent.empty() && reported.waiting.empty();
    console.say(none ? "report_none" : "report_head");
    for (auto const& band : reported.sent) console.say("sent", time_text(band.start), minutes_text(console, band));
    for (auto const& band : reported.waiting)
        console.say("waiting", time_text(band.start), minutes_text(console, band));
    console.say("never");
    return 0;
}

int open_original(Options const& options, Console const& console) {
    auto const lesson = read_contact(read_file(options.places.lesson()));
    if (!lesson || !still_stands(*lesson, Hours(options.places.hours()).now())) {
        console.say("no_lesson");
        return 1;
    }
    Originals const originals(options.places.originals(), most_original_bytes);
    for (std::size_t i = 0; i < lesson->files.size(); ++i) {
        auto const& one = lesson->files[i];
        auto const place = originals.find(one);
        auto const number = std::to_string(i + 1);
        if (options.number.empty()) {
            console.say(place ? "here" : "not_here", number, one.name);
        } else if (options.number == number) {
            if (place && machine::open_with_system(*place)) return 0;
            if (place) {
                console.say("cannot_open");
            } else {
                console.say("not_here", number, one.name);
            }
            return 1;
        }
    }
    if (options.number.empty()) return 0;
    console.say("no_such_file");
    return 1;
}

int install(Options const& options, Console const& console) {
    if (!options.server.empty() || !read_pairing(read_file(options.places.pairing()))) {
        if (int const code = enrol(options, console); code != 0) return code;
    }
    auto const folder = options.places.folder.u8string();
    auto const place = machine::set_up_autostart({"run", "--data", std::string(folder.begin(), folder.end())});
    console.say("installed", place.string());
    return 0;
}

int uninstall(Options const& options, Console const& console) {
    machine::remove_autostart();
    Originals(options.places.originals(), 0).bound({});
    std::error_code ignored;
    fs::remove_all(options.places.folder, ignored);
    console.say("uninstalled");
    return 0;
}

}  // namespace

int command(std::vector<std::string> const& words) {
    auto const options = options_of(words);
    Console const console(options.language);
    if (options.understood) {
        if (options.what == "run") return run(options, console);
        if (options.what == "status") return status(options, console);
        if (options.what == "open") return open_original(options, console);
        if (options.what == "enrol" && !options.server.empty()) return enrol(options, console);
        if (options.what == "install") return install(options, console);
        if (options.what == "uninstall") return uninstall(options, console);
    }
    console.say("usage");
    return 2;
}

}  // namespace santong::helper
