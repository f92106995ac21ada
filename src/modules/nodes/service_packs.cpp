#include "modules/nodes/service_packs.hpp"

#include <fcntl.h>
#include <unistd.h>
#include <zstd.h>

#include <algorithm>
#include <chrono>
#include <cstring>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "modules/nodes/node_keys.hpp"
#include "modules/nodes/packing.hpp"
#include "platform/auth/ed25519.hpp"
#include "platform/feed/feed.hpp"
#include "platform/files/disk.hpp"
#include "platform/files/service.hpp"
#include "platform/files/storage_error.hpp"
#include "platform/log/log.hpp"

namespace santong::nodes {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t signature_size = 64;
constexpr std::int64_t group_bytes = 1 << 20;

std::string head_text(std::string_view head) {
    return "santong-pack/1\n" + chunks::hex_of(chunks::digest_of(head));
}

/// A signed text as it stands in a record: signature, text.
std::string sealed_record(std::string_view secret, std::string const& signed_over, std::string_view text) {
    return auth::ed25519::sign(secret, signed_over).append(text);
}

/// Writes contents into volumes.
class PackWriter {
public:
    PackWriter(std::string secret, PackHead head, PackWish const& wish)
        : secret_(std::move(secret)), head_(std::move(head)), wish_(wish) {
        if (!wish.from) {
            open(1);
            return;
        }
        head_.volume = wish.from->volume;
        volume_ = std::make_unique<PackVolumeWriter>(pack_volume(wish_.file, head_.volume), wish.from->size);
    }
    /// What is written lies on the disk; answers where.
    PackMark mark() {
        volume_->flush();
        return {head_.pack, 0, 0, head_.volume, volume_->size(), {}};
    }

    /// Told of the bytes of this content that are in.
    using Told = std::function<void(std::int64_t)>;
    void add(chunks::Manifest const& manifest, fs::path const& file, Told const& told) {
        auto const text = chunks::write_manifest(manifest);
        manifest_ = sealed_record(secret_, chunks::signed_text(text), text);
        make_room(static_cast<std::int64_t>(manifest_.size()));
        volume_->add(PackRecord::manifest, manifest_);
        files::disk::Descriptor const in(file, O_RDONLY);
        std::int64_t at = 0;
        for (std::size_t i = 0; i < manifest.chunks.size();) {
            auto const first = static_cast<std::uint32_t>(i);
            std::int64_t size = 0;
            while (i < manifest.chunks.size() && (size == 0 || size + manifest.chunks[i].size <= group_bytes))
                size += manifest.chunks[i++].size;
            std::string bytes(static_cast<std::size_t>(size), '\0');
            if (::pread(in.get(), bytes.data(), bytes.size(), at) != size)
                throw files::StorageError("content " + manifest.sha256() + " is shorter than it was", EIO);
            at += size;
            std::string record(manifest.content.data(), manifest.content.size());
            record.append(reinterpret_cast<char const*>(&first), sizeof first);
            record += pack(bytes);
            if (make_room(static_cast<std::int64_t>(record.size()))) volume_->add(PackRecord::manifest, manifest_);
            volume_->add(PackRecord::chunks, record);
            told(at);
        }
    }
    int finish() {
        volume_->add(PackRecord::end, "");
        volume_->close();
        return head_.volume;
    }

private:
    void open(int number) {
        head_.volume = number;
        volume_ = std::make_unique<PackVolumeWriter>(pack_volume(wish_.file, number));
        auto const text = core::json::write(head_);
        volume_->add(PackRecord::head, sealed_record(secret_, head_text(text), text));
    }
    /// True if a new volume was begun.
    bool make_room(std::int64_t bytes) {
        constexpr std::int64_t head_room = 4096;
        if (volume_->size() + bytes + head_room <= wish_.volume_bytes) return false;
        volume_->close();
        open(head_.volume + 1);
        return true;
    }

    std::string secret_;
    PackHead head_;
    PackWish const& wish_;
    std::unique_ptr<PackVolumeWriter> volume_;
    std::string manifest_;  ///< of the content that is being written: each volume can be read alone
};

/// Reads volumes into a place.
class PackTaker {
public:
    PackTaker(Site const& site, Parent const& above, FetcherPlace const& place)
        : site_(site),
          above_(above),
          place_(place),
          key_(core::base64_decode(above.open_key).value_or("")),
          arriving_(place.contents, place.manifests, place.folder) {}

    /// Reads a volume; false if no pack of this parent begins there.
    core::Result<void> volume(fs::path const& file, int number, PackProgress const& progress) {
        PackVolumeReader reader(file);
        auto const head = reader.next();
        if (!head || head->kind != PackRecord::head) return core::invalid("nodes.pack_unreadable");
        TRY_VOID(take_head(head->payload, number));
        ended_ = false;
        while (auto const record = reader.next()) {
            switch (record->kind) {
                case PackRecord::head: break;
                case PackRecord::manifest: take_manifest(record->payload); break;
                case PackRecord::chunks: take_chunks(record->payload); break;
                case PackRecord::end: ended_ = true; break;
            }
            if (progress) progress(done_before_ + reader.at(), 0);
        }
        done_before_ += reader.at();
        return {};
    }
    PackTaken end() {
        taken_.cut = !ended_;
        taken_.made_for = head_.org_id;
        taken_.made_for_name = head_.org_name.value_or("");
        taken_.contents = head_.contents;
        taken_.bytes = head_.bytes;
        for (auto const& sha256 : arriving_.begun()) taken_.damaged.push_back(sha256);
        auto const seen =
            taken_.came + taken_.here_already + taken_.not_for_here + static_cast<std::int64_t>(taken_.damaged.size());
        taken_.lost = std::max<std::int64_t>(0, head_.contents - seen);
        return std::move(taken_);
    }
    PackTaken& taken() { return taken_; }

private:
    bool right(std::string_view payload, std::string const& text) const {
        return auth::ed25519::verify(key_, text, payload.substr(0, signature_size));
    }
    core::Result<void> take_head(std::string_view payload, int number) {
        if (payload.size() < signature_size) return core::invalid("nodes.pack_unreadable");
        auto const text = payload.substr(signature_size);
        if (!right(payload, head_text(text))) return core::forbidden("nodes.pack_foreign");
        auto head = core::json::read<PackHead>(text, core::json::UnknownFields::ignore);
        if (!head) return core::invalid("nodes.pack_unreadable");
        if (head->district != above_.district) return core::forbidden("nodes.pack_foreign");
        if (number > 1 && (head->pack != head_.pack || head->volume != number))
            return core::invalid("nodes.pack_unreadable");
        head_ = std::move(*head);
        return {};
    }
    /// A pack that was made for another school brings only what is known here.
    bool for_here(std::string const& sha256) const {
        if (head_.org_id.empty() || head_.org_id == above_.org_id.text()) return true;
        return site_.db.read(above_.district,
                             [&](sql::Tx& tx) { return !files::Files::with_content(tx, sha256).empty(); });
    }
    void take_manifest(std::string_view payload) {
        current_.reset();
        if (payload.size() < signature_size) return;
        auto const text = payload.substr(signature_size);
        auto manifest = chunks::read_manifest(text);
        if (!manifest || !right(payload, chunks::signed_text(text))) return;
        auto const sha256 = manifest->sha256();
        if (arriving_.has_begun(sha256)) {  // goes on in this volume
            current_ = std::move(manifest);
            return;
        }
        if (place_.contents.open(sha256)) {
            ++taken_.here_already;
        } else if (!for_here(sha256)) {
            ++taken_.not_for_here;
        } else {
            if (manifest->chunks.size() > 1)
                place_.manifests.keep(manifest->content,
                                      {{std::string(text)}, {std::string(payload.substr(0, signature_size))}});
            arriving_.begin({*manifest}, Arriving::Local::not_looked_for);
            current_ = std::move(manifest);
        }
    }
    void take_chunks(std::string_view payload) {
        constexpr std::size_t before = 32 + sizeof(std::uint32_t);
        if (!current_ || payload.size() < before || payload.substr(0, 32) != of(current_->content)) return;
        std::uint32_t first = 0;
        std::memcpy(&first, payload.data() + 32, sizeof first);
        auto const bytes = unpack(payload.substr(before), std::size_t{32} << 20);
        if (!bytes) return;
        std::size_t at = 0;
        for (std::size_t i = first; i < current_->chunks.size() && at < bytes->size(); ++i) {
            auto const size = current_->chunks[i].size;
            arriving_.put(std::string_view(*bytes).substr(at, size));  // what is wrong belongs nowhere
            at += size;
        }
        auto const sha256 = current_->sha256();
        switch (arriving_.finish(sha256)) {
            case Arriving::Outcome::not_yet: return;
            case Arriving::Outcome::broken: taken_.damaged.push_back(sha256); break;
            case Arriving::Outcome::whole:
                ++taken_.came;
                if (place_.arrived) place_.arrived(sha256, {0, 0, "pack"});
        }
        current_.reset();
    }
    static std::string_view of(chunks::Digest const& digest) { return {digest.data(), digest.size()}; }

    Site const& site_;
    Parent const& above_;
    FetcherPlace const& place_;
    std::string key_;
    Arriving arriving_;
    PackHead head_;
    std::optional<chunks::Manifest> current_;
    PackTaken taken_;
    std::int64_t done_before_ = 0;
    bool ended_ = false;
};

/// Whether what an interrupted work had written can be gone on with.
bool lies_there(PackWish const& wish) {
    std::error_code none;
    auto const part = pack_part(pack_volume(wish.file, wish.from->volume));
    auto const size = fs::file_size(part, none);
    return !none && wish.from->size > 0 && static_cast<std::int64_t>(size) >= wish.from->size &&
           wish.from->contents <= static_cast<std::int64_t>(wish.contents.size());
}

PackHead head_of(Site const& site, core::DistrictId district, PackWish const& wish) {
    auto const pack = wish.from ? wish.from->pack : core::Uuid::make().text();
    PackHead head{pack, feed::origin(), district, wish.org_id, site.machine.now()};
    head.contents = static_cast<std::int64_t>(wish.contents.size());
    for (auto const& one : wish.contents) head.bytes += one.size;
    if (!wish.org_name.empty()) head.org_name = wish.org_name;
    return head;
}

/// What interrupted work had done.
PackMade made_before(PackWish const& wish) {
    PackMade made;
    if (!wish.from) return made;
    made.bytes = wish.from->bytes;
    made.missing = wish.from->missing;
    made.contents = wish.from->contents - static_cast<std::int64_t>(made.missing.size());
    return made;
}

}  // namespace

PackMade write_pack(Site const& site, files::ContentStore& contents, chunks::KeptManifests& manifests,
                    core::DistrictId district, PackWish const& asked, PackProgress const& progress) {
    auto wish = asked;
    if (wish.from && !lies_there(wish)) wish.from.reset();
    auto const head = head_of(site, district, wish);
    auto made = made_before(wish);
    Giver giver(site, contents, manifests);
    PackWriter writer(own_pair(site.keys_folder).secret, head, wish);
    auto told = std::chrono::steady_clock::now();
    for (auto next = made.missing.size() + static_cast<std::size_t>(made.contents); next < wish.contents.size();
         ++next) {
        auto const& one = wish.contents[next];
        if (std::chrono::steady_clock::now() - told >= std::chrono::milliseconds(wish.mark_every_ms) && wish.marked) {
            auto mark = writer.mark();
            mark.contents = static_cast<std::int64_t>(next);
            mark.bytes = made.bytes;
            mark.missing = made.missing;
            wish.marked(mark);
            told = std::chrono::steady_clock::now();
        }
        auto const file = contents.open(one.sha256);
        auto const manifest = file ? giver.manifest_of(one.sha256, *file) : std::nullopt;
        if (!manifest) {
            made.missing.push_back(one.sha256);
            continue;
        }
        writer.add(*manifest, *file, [&](std::int64_t bytes) {
            if (progress) progress(made.bytes + bytes, head.bytes);
        });
        ++made.contents;
        made.bytes += manifest->size;
    }
    made.volumes = writer.finish();
    return made;
}

core::Result<PackTaken> take_pack(Site const& site, Parent const& above, FetcherPlace const& place,
                                  fs::path const& file, PackProgress const& progress) {
    std::int64_t total = 0;
    for (int number = 1; fs::exists(pack_volume(file, number)); ++number)
        total += files::disk::size_of(pack_volume(file, number));
    auto const told = [&](std::int64_t done, std::int64_t) {
        if (progress) progress(done, total);
    };
    PackTaker taker(site, above, place);
    TRY_VOID(taker.volume(file, 1, told));
    for (int number = 2; fs::exists(pack_volume(file, number)); ++number) {
        auto const part = pack_volume(file, number);
        if (!taker.volume(part, number, told)) taker.taken().bad_volumes.push_back(part.string());
    }
    return taker.end();
}

}  // namespace santong::nodes
