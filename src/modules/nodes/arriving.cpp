#include "modules/nodes/arriving.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <set>

#include "platform/files/disk.hpp"

namespace santong::nodes {

namespace fs = std::filesystem;

namespace {

constexpr char const* half = ".chunks";
constexpr std::int64_t month_ms = 30LL * 86'400'000;

}  // namespace

Arriving::Arriving(files::ContentStore& contents, chunks::KeptManifests& manifests, fs::path folder)
    : contents_(contents), manifests_(manifests), folder_(std::move(folder)) {
    fs::create_directories(folder_);
}

void Arriving::begin(std::vector<chunks::Manifest> const& wanted, Local local) {
    auto const before = waiting_.size();
    for (auto const& manifest : wanted) {
        if (!targets_.contains(manifest.sha256())) open(manifest);
    }
    if (local == Local::looked_for && waiting_.size() > before) take_what_is_here();
}

void Arriving::open(chunks::Manifest const& manifest) {
    auto const sha256 = manifest.sha256();
    auto& target = targets_[sha256];
    target.manifest = manifest;
    if (manifest.chunks.size() != 1)
        target.partial = std::make_unique<chunks::Partial>(folder_ / (sha256 + half), manifest);
    for (std::size_t i = 0; i < manifest.chunks.size(); ++i) {
        if (!target.partial || !target.partial->has(i)) waiting_[manifest.chunks[i].digest].push_back({&target, i});
    }
}

void Arriving::take_what_is_here() {
    manifests_.each([&](chunks::Manifest const& here) {
        auto const known = [&](chunks::Chunk const& chunk) { return waiting_.contains(chunk.digest); };
        if (!std::ranges::any_of(here.chunks, known)) return;
        if (auto const file = contents_.open(here.sha256())) copy_from(here, *file);
    });
}

void Arriving::copy_from(chunks::Manifest const& here, fs::path const& file) {
    files::disk::Descriptor const in(file, O_RDONLY);
    std::string bytes;
    std::int64_t at = 0;
    for (auto const& chunk : here.chunks) {
        if (waiting_.contains(chunk.digest)) {
            bytes.resize(chunk.size);
            if (::pread(in.get(), bytes.data(), bytes.size(), at) == static_cast<ssize_t>(bytes.size())) put(bytes);
        }
        at += chunk.size;
    }
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
            if (!waiting_.contains(chunk.digest) || !listed.insert(chunk.digest).second) continue;
            if (bytes >= most_bytes) return all;
            all.push_back({sha256, from, chunk});
            bytes += chunk.size;
        }
    }
    return all;
}

bool Arriving::put(std::string_view bytes) {
    auto const found = waiting_.find(chunks::digest_of(bytes));
    if (found == waiting_.end()) return false;
    for (auto const& place : found->second) {
        if (place.target->partial) {
            if (!place.target->partial->put(place.chunk, bytes)) return false;
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
