#include "helper/journal.hpp"

#include <algorithm>
#include <charconv>
#include <sstream>

#include "helper/kept_file.hpp"

namespace santong::helper {

namespace {

/// FNV-1a: enough to tell a whole line from a cut one.
std::string checksum(std::string_view text) {
    std::uint64_t value = 14695981039346656037ULL;
    for (char c : text) value = (value ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    char out[17];
    auto const end = std::to_chars(out, out + sizeof out, value, 16).ptr;
    return {out, end};
}

/// Begins on a line of its own, also behind one that a full disk has cut.
std::string line_of(std::string const& text) {
    return '\n' + text + " ~" + checksum(text) + '\n';
}

std::string line_of(Band const& band) {
    std::string text = "band " + std::to_string(band.start);
    for (auto const& one : band.minutes) {
        text += ' ';
        text += name_of(one.material);
        text += '=' + std::to_string(one.minutes);
    }
    return line_of(text);
}

std::string sent_line(std::int64_t start) {
    return line_of("sent " + std::to_string(start));
}

/// The words of a whole line; empty for one that was cut.
std::vector<std::string> words_of(std::string const& line) {
    auto const mark = line.rfind(" ~");
    if (mark == std::string::npos || checksum(line.substr(0, mark)) != line.substr(mark + 2)) return {};
    std::istringstream in(line.substr(0, mark));
    std::vector<std::string> words;
    for (std::string word; in >> word;) words.push_back(word);
    return words;
}

Band band_of_words(std::vector<std::string> const& words) {
    Band band{std::stoll(words[1]), {}};
    for (std::size_t i = 2; i < words.size(); ++i) {
        auto const equals = words[i].find('=');
        if (auto const material = material_named(words[i].substr(0, equals))) {
            band.minutes.push_back({*material, std::stoi(words[i].substr(equals + 1))});
        }
    }
    return band;
}

void take_sent(Reported& told, std::int64_t start) {
    auto const found = std::ranges::find(told.waiting, start, &Band::start);
    if (found == told.waiting.end()) return;
    told.sent.push_back(std::move(*found));
    told.waiting.erase(found);
}

}  // namespace

Reported read_journal(std::filesystem::path const& file) {
    Reported told;
    std::istringstream in(read_file(file));
    for (std::string line; std::getline(in, line);) {
        auto const words = words_of(line);
        if (words.size() < 2) continue;
        if (words[0] == "sent") take_sent(told, std::stoll(words[1]));
        if (words[0] != "band") continue;
        auto band = band_of_words(words);
        if (band.start <= told.last) continue;
        told.last = band.start;
        told.waiting.push_back(std::move(band));
    }
    return told;
}

Journal::Journal(std::filesystem::path file) : file_(std::move(file)), told_(read_journal(file_)) {
    bound();
    rewrite();  // without what a crash has cut
}

void Journal::add(Band const& band) {
    if (band.start <= told_.last) return;
    append_to_file(file_, line_of(band));
    ++lines_;
    told_.last = band.start;
    told_.waiting.push_back(band);
    bound();
}

void Journal::sent(std::vector<std::int64_t> const& starts) {
    std::string text;
    for (auto const start : starts) {
        bool const known = std::ranges::find(told_.waiting, start, &Band::start) != told_.waiting.end();
        if (!known) continue;
        text += sent_line(start);
        ++lines_;
        take_sent(told_, start);
    }
    if (text.empty()) return;
    append_to_file(file_, text);
    bound();
    if (lines_ > 4 * (most_kept + told_.waiting.size())) rewrite();
}

std::vector<Band> Journal::waiting(std::size_t most) const {
    auto const count = static_cast<std::ptrdiff_t>(std::min(most, told_.waiting.size()));
    return {told_.waiting.begin(), told_.waiting.begin() + count};
}

void Journal::bound() {
    while (told_.waiting.size() > most_waiting) told_.waiting.pop_front();
    while (told_.sent.size() > most_kept) told_.sent.pop_front();
}

/// What is left, in the order of time: a new file takes the place of the old one.
void Journal::rewrite() {
    std::string text;
    auto all = told_.sent;
    all.insert(all.end(), told_.waiting.begin(), told_.waiting.end());
    std::ranges::sort(all, {}, &Band::start);
    for (auto const& band : all) text += line_of(band);
    for (auto const& band : told_.sent) text += sent_line(band.start);
    replace_file(file_, text);
    lines_ = all.size() + told_.sent.size();
}

}  // namespace santong::helper
