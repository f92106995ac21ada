#include "helper/originals.hpp"

#include <algorithm>
#include <memory>
#include <set>

#include "helper/machine.hpp"
#include "helper/material.hpp"

namespace santong::helper {

namespace fs = std::filesystem;

namespace {

struct Kept {
    fs::path place;
    fs::file_time_type used;
    std::int64_t size = 0;
};

fs::path from_utf8(std::string const& text) {
    return fs::path(std::u8string(text.begin(), text.end()));
}

std::int64_t size_of(fs::path const& file) {
    std::error_code missing;
    auto const size = fs::file_size(file, missing);
    return missing ? 0 : static_cast<std::int64_t>(size);
}

/// A kept file is read-only so that nobody's changes are lost in it: the program asks for another name when it saves.
void set_read_only(fs::path const& file, bool on) {
    constexpr auto write = fs::perms::owner_write | fs::perms::group_write | fs::perms::others_write;
    std::error_code ignored;
    fs::permissions(file, on ? write : fs::perms::owner_write, on ? fs::perm_options::remove : fs::perm_options::add,
                    ignored);
}

void remove_kept(fs::path const& place) {
    std::error_code ignored;
    for (auto const& one : fs::directory_iterator(place, ignored)) set_read_only(one.path(), false);
    fs::remove_all(place, ignored);
}

}  // namespace

std::string safe_name(std::string const& name) {
    std::string out;
    for (char c : name) {
        bool const bad =
            static_cast<unsigned char>(c) < 32 || std::string_view("\\/:*?\"<>|").find(c) != std::string_view::npos;
        out += bad ? '_' : c;
    }
    while (!out.empty() && (out.front() == '.' || out.front() == ' ' || out.front() == '-')) out.erase(0, 1);
    auto const extension = extension_of(out);
    if (!may_open(extension) || out.size() == extension.size() + 1) return {};
    constexpr std::size_t longest = 120;
    if (out.size() > longest) {
        std::size_t cut = longest - extension.size() - 1;
        while (cut > 0 && (static_cast<unsigned char>(out[cut]) & 0xC0U) == 0x80U) --cut;
        out = out.substr(0, cut) + '.' + extension;
    }
    return out;
}

bool is_digest(std::string const& text) {
    return text.size() == 64 && text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

Originals::Originals(fs::path folder, std::int64_t most_bytes) : folder_(std::move(folder)), most_bytes_(most_bytes) {
    fs::create_directories(folder_);
}

fs::path Originals::place_of(Original const& wanted) const {
    return folder_ / wanted.sha256 / from_utf8(safe_name(wanted.name));
}

fs::path Originals::part_of(Original const& wanted) const {
    return folder_ / (wanted.sha256 + ".part");
}

std::optional<fs::path> Originals::find(Original const& wanted) const {
    if (!is_digest(wanted.sha256) || safe_name(wanted.name).empty()) return std::nullopt;
    auto const place = place_of(wanted);
    if (size_of(place) != wanted.size || machine::sha256_of(place) != wanted.sha256) return std::nullopt;
    std::error_code ignored;
    fs::last_write_time(place.parent_path(), fs::file_time_type::clock::now(), ignored);
    return place;
}

bool Originals::fetch(Original const& wanted, Fetch const& from_server) {
    if (find(wanted)) return true;
    if (!is_digest(wanted.sha256) || safe_name(wanted.name).empty() || wanted.size > most_bytes_) return false;
    auto const part = part_of(wanted);
    std::error_code ignored;
    if (size_of(part) > wanted.size) fs::remove(part, ignored);
    if (auto const from = size_of(part); from < wanted.size) {
        std::unique_ptr<std::FILE, int (*)(std::FILE*)> out(machine::open_file(part, "ab"), &std::fclose);
        if (!out) return false;
        auto left = wanted.size - from;
        bool const whole = from_server(wanted, from, [&](std::string_view bytes) {
            left -= static_cast<std::int64_t>(bytes.size());
            return left >= 0 && std::fwrite(bytes.data(), 1, bytes.size(), out.get()) == bytes.size();
        });
        if (!machine::flush(out.get()) || !whole || left != 0) return false;
    }
    if (machine::sha256_of(part) != wanted.sha256) {
        fs::remove(part, ignored);
        return false;
    }
    auto const place = place_of(wanted);
    remove_kept(place.parent_path());
    fs::create_directories(place.parent_path());
    fs::rename(part, place);
    set_read_only(place, true);
    return true;
}

void Originals::bound(std::vector<Original> const& needed) const {
    std::vector<Kept> kept;
    std::int64_t sum = 0;
    std::error_code ignored;
    for (auto const& one : fs::directory_iterator(folder_, ignored)) {
        std::int64_t size = one.is_directory(ignored) ? 0 : size_of(one.path());
        for (auto const& file : fs::directory_iterator(one.path(), ignored)) size += size_of(file.path());
        kept.push_back({one.path(), fs::last_write_time(one.path(), ignored), size});
        sum += size;
    }
    std::ranges::sort(kept, {}, &Kept::used);
    for (auto const& one : kept) {
        if (sum <= most_bytes_) return;
        auto const digest = one.place.stem().string();
        if (std::ranges::find(needed, digest, &Original::sha256) != needed.end()) continue;
        sum -= one.size;
        one.place.extension() == ".part" ? static_cast<void>(fs::remove(one.place, ignored)) : remove_kept(one.place);
    }
}

}  // namespace santong::helper
