#include "modules/nodes/arriving.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <functional>

#include "platform/files/disk.hpp"

namespace santong::nodes {

namespace fs = std::filesystem;

namespace {

constexpr char const* half = ".chunks";
constexpr std::int64_t month_ms = 30LL * 86'400'000;
constexpr std::size_t most_relatives = 4;

}  // namespace

Arriving::Arriving(files::ContentStore& contents, chunks::KeptManifests& manifests, fs::path folder)
    : contents_(contents), manifests_(manifests), folder_(std::move(folder)) {
    fs::create_directories(folder_);
}

Arriving::~Arriving() = default;

void Arriving::begin(std::vector<chunks::Manifest> const& wanted, Local local) {
    auto const before = waiting_.size();
    std::vector<Target*> fresh;
    for (auto const& manifest : wanted) {
        if (!targets_.contains(manifest.sha256())) fresh.push_back(open(manifest));
    }
    if (local == Local::looked_for && waiting_.size() > before) look_around(fresh);
}

Arriving::Target* Arriving::open(chunks::Manifest const& manifest) {
    auto const sha256 = manifest.sha256();
    auto& target = targets_[sha256];
    target.manifest = manifest;
    if (manifest.chunks.size() != 1)
        target.partial = std::make_unique<chunks::Partial>(folder_ / (sha256 + half), manifest);
    for (std::size_t i = 0; i < manifest.chunks.size(); ++i) {
        if (!target.partial || !target.partial->has(i)) waiting_[manifest.chunks[i].digest].push_back({&target, i});
    }
    return &target;
}

/// Where else in this place chunks of these contents stand, those counted in that came before.
void Arriving::look_around(std::vector<Target*> const& fresh) {
    std::map<chunks::Digest, std::vector<Target*>> of;
    for (auto* const target : fresh) {
        for (auto const& chunk : target->manifest.chunks) {
            auto& owners = of[chunk.digest];
            if (owners.empty() || owners.back() != target) owners.push_back(target);
        }
    }
    std::map<Target*, std::vector<std::pair<std::size_t, chunks::Digest>>> near;
    manifests_.each([&](chunks::Manifest const& here) {
        auto const known = [&](chunks::Chunk const& chunk) {
            return of.contains(chunk.digest) || waiting_.contains(chunk.digest);
        };
        if (!std::ranges::any_of(here.chunks, known) || !contents_.open(here.sha256())) return;
        std::map<Target*, std::size_t> shared;
        std::int64_t at = 0;
        for (auto const& chunk : here.chunks) {
            if (auto const owners = of.find(chunk.digest); owners != of.end())
                for (auto* const target : owners->second) ++shared[target];
            if (waiting_.contains(chunk.digest) && found_.insert(chunk.digest).second)
                to_copy_.push_back({here.content, at, chunk});
            at += chunk.size;
        }
        for (auto const& [target, count] : shared) near[target].emplace_back(count, here.content);
    });
    for (auto& [target, all] : near) {
        std::ranges::stable_sort(all, std::greater(), [](auto const& one) { return one.first; });
        for (auto const& [count, content] : all)
            if (target->relatives.size() < most_relatives) target->relatives.push_back(content);
    }
}

struct Arriving::Source {
    Source(chunks::Digest const& content_, fs::path const& path) : content(content_), file(path, O_RDONLY) {}
    chunks::Digest content;
    files::disk::Descriptor file;
    std::string bytes{};
};

bool Arriving::copy_some(std::int64_t bytes) {
    while (!to_copy_.empty() && bytes > 0) {
        auto const& here = to_copy_.front();
        if (waiting_.contains(here.chunk.digest)) {
            copy(here);
            bytes -= here.chunk.size;
        }
        found_.erase(here.chunk.digest);
        to_copy_.pop_front();
    }
    if (to_copy_.empty()) source_.reset();
    return !to_copy_.empty();
}

void Arriving::copy(Here const& here) {
    if (!source_ || source_->content != here.content) {
        source_.reset();
        auto const file = contents_.open(chunks::hex_of(here.content));
        if (!file) return;
        source_ = std::make_unique<Source>(here.content, *file);
    }
    auto& bytes = source_->bytes;
    bytes.resize(here.chunk.size);
    auto const count = ::pread(source_->file.get(), bytes.data(), bytes.size(), here.from);
    if (count == static_cast<ssize_t>(bytes.size())) put(bytes);
}

chunks::Manifest const* Arriving::manifest(std::string const& sha256) const {
    auto const found = targets_.find(sha256);
    return found == targets_.end() ? nullptr : &found->second.manifest;
}

std::vector<chunks::Digest> const& Arriving::relatives(std::string const& sha256) const {
    static std::vector<chunks::Digest> const none;
    auto const found = targets_.find(sha256);
    return found == targets_.end() ? none : found->second.relatives;
}

std::vector<Arriving::Missing> Arriving::missing(std::vector<std::string> const& contents,
                                                 std::int64_t most_bytes) const {
    std::vector<Missing> all;
    std::set<chunks::Digest> listed;
    std::int64_t bytes = 0;
    for (auto const& sha256 : contents) {
        auto const found = targets_.find(sha256);
        if (found == targets_.end()) continue;
        std::int64_t at = 0;
        for (auto const& chunk : found->second.manifest.chunks) {
            auto const from = at;
            at += chunk.size;
            if (!waiting_.contains(chunk.digest) || found_.contains(chunk.digest)) continue;
            if (!listed.insert(chunk.digest).second) continue;
            if (bytes >= most_bytes) return all;
            all.push_back({sha256, from, chunk});
            bytes += chunk.size;
        }
    }
    return all;
}

bool Arriving::put(std::string_view bytes, chunks::Digest const& digest) {
    auto const found = waiting_.find(digest);
    if (found == waiting_.end()) return false;
    for (auto const& place : found->second) {
        if (place.target->partial) {
            if (!place.target->partial->put(place.chunk, bytes, digest)) return false;
        } else {
            contents_.put(bytes);
            place.target->stored = true;
        }
    }
    waiting_.erase(found);
    return true;
}

Arriving::Outcome Arriving::finish(std::string const& sha256) {
    auto const found = targets_.find(sha256);
    if (found == targets_.end()) return Outcome::not_yet;
    auto& target = found->second;
    if (!target.partial && !target.stored) return Outcome::not_yet;
    bool right = true;
    if (target.partial) {
        if (!target.partial->whole()) return Outcome::not_yet;
        auto const file = target.partial->file();
        target.partial->settle();
        right = contents_.adopt(file).sha256 == sha256;
        std::error_code gone;
        fs::remove(file, gone);
    }
    targets_.erase(found);
    return right ? Outcome::whole : Outcome::broken;
}

/// Nothing waits for its chunks any more.
void Arriving::forget(Target& target) {
    for (auto const& chunk : target.manifest.chunks) {
        auto const found = waiting_.find(chunk.digest);
        if (found == waiting_.end()) continue;
        std::erase_if(found->second, [&](Place const& place) { return place.target == &target; });
        if (found->second.empty()) waiting_.erase(found);
    }
}

void Arriving::leave(std::string const& sha256) {
    auto const found = targets_.find(sha256);
    if (found == targets_.end()) return;
    forget(found->second);
    targets_.erase(found);
}

std::vector<std::string> Arriving::begun() const {
    std::vector<std::string> all;
    for (auto const& [sha256, target] : targets_) all.push_back(sha256);
    return all;
}

std::int64_t Arriving::bytes_of(std::string const& sha256) const {
    auto const found = targets_.find(sha256);
    return found == targets_.end() || !found->second.partial ? 0 : found->second.partial->bytes_here();
}

void Arriving::clear_old() {
    auto const limit = core::system_now().ms - month_ms;
    std::error_code gone;
    for (auto const& entry : fs::directory_iterator(folder_)) {
        bool const begun = targets_.contains(entry.path().stem().string());
        if (!begun && files::disk::written_at_ms(entry.path()) < limit) fs::remove(entry.path(), gone);
    }
}

}  // namespace santong::nodes
