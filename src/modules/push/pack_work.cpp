#include "modules/push/pack_work.hpp"

#include <algorithm>

#include "modules/push/store_packs.hpp"
#include "modules/push/sync.hpp"
#include "modules/roster/service.hpp"
#include "platform/files/disk.hpp"

namespace santong::push {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t most_names = 50;
/// More than `most_pack_bytes` with what stands around them, less than a FAT32 file: one volume.
constexpr std::int64_t volume_bytes = 4'250'000'000;

/// Somebody does not want it any more; goes through the writing and reading of packs.
struct Unwanted {};

/// Where work on a pack goes on after a restart: what goes into it, as it was when the work began, and how far it is.
struct PackWorkSaved {
    std::vector<nodes::Wanted> contents;
    nodes::PackMark mark;
};
BOOST_DESCRIBE_STRUCT(PackWorkSaved, (), (contents, mark))

/// One pack and its job.
class PackWork {
public:
    PackWork(PackDesk const& at, jobs::JobContext& job, PushPack pack)
        : at_(at), job_(job), pack_(std::move(pack)), district_(job.district()) {}

    void run() {
        try {
            pack_.way == PushPackWay::made ? make() : take();
        } catch (Unwanted const&) {
            if (pack_.way == PushPackWay::made) remove_made();
            end(PushPackState::failed, core::conflict("push.pack_stopped"));
        }
    }

private:
    nodes::PackProgress progress(char const* step) {
        return [this, step](std::int64_t done, std::int64_t total) {
            job_.progress(done, total, step);
            if (job_.cancelled() || !wanted()) throw Unwanted{};
        };
    }
    bool wanted() const {
        return at_.desk.db.read(district_, [&](sql::Tx& tx) { return store::pack(tx, pack_.id).has_value(); });
    }
    void remove_made() const {
        std::error_code gone;
        auto const file = made_file(at_.place, pack_.id);
        fs::remove(file, gone);
        fs::remove(nodes::pack_part(file), gone);
    }
    /// Names of the files with these contents, as far as they are known here.
    void name_missing(std::vector<std::string> const& contents) {
        pack_.missing_count = static_cast<std::int64_t>(contents.size());
        pack_.missing.clear();
        for (auto const& sha256 : contents) {
            if (pack_.missing.size() == most_names) break;
            auto const ids =
                at_.desk.db.read(district_, [&](sql::Tx& tx) { return files::Files::with_content(tx, sha256); });
            auto const file = ids.empty() ? std::nullopt : at_.files.find(district_, ids.front());
            pack_.missing.push_back(file ? file->name : sha256.substr(0, 12));
        }
    }

    void make() {
        nodes::PackWish wish;
        wish.file = made_file(at_.place, pack_.id);
        wish.org_id = pack_.school_id.text();
        wish.org_name = at_.desk.db.read(district_, [&](sql::Tx& tx) {
            auto const school = roster::school(tx, pack_.school_id);
            return school ? school->name : std::string();
        });
        wish.volume_bytes = volume_bytes;
        auto saved = job_.saved<PackWorkSaved>();
        if (saved && *saved) {
            wish.contents = std::move((*saved)->contents);
            wish.from = std::move((*saved)->mark);
        } else {
            wish.contents = at_.desk.db.read(district_, [&](sql::Tx& tx) {
                return contents_of_pack(tx, at_.place.site.shapes, {pack_.school_id, pack_.what, pack_.orders});
            });
        }
        wish.marked = [&](nodes::PackMark const& mark) {
            job_.checkpoint(core::json::write(PackWorkSaved{wish.contents, mark}));
        };
        files::disk::make_folder(wish.file.parent_path());
        auto const made = nodes::write_pack(at_.place.site, at_.place.contents, at_.place.manifests, district_, wish,
                                            progress(wish.from ? "push.pack_going_on" : "push.pack_making"));
        pack_.contents = made.contents;
        pack_.bytes = made.bytes;
        pack_.size = files::disk::size_of(wish.file);
        name_missing(made.missing);
        pack_.expires_at = at_.desk.clock.now().plus_days(pack_days);
        if (end(PushPackState::ready)) return;
        remove_made();
    }

    void take() {
        auto const file = pack_.file_id ? at_.files.find(district_, *pack_.file_id) : std::nullopt;
        if (!file) return static_cast<void>(end(PushPackState::failed, core::not_found("files.not_found")));
        auto const taken = take_pack(at_.place, at_.files.open(*file), progress("push.pack_taking"));
        if (!taken) {
            end(PushPackState::failed, taken.error());
        } else {
            note(*taken);
            // The receipt goes up with the next word, and waits for no round of fetching.
            look(at_.desk.db, district_, at_.place.contents, at_.desk.clock.now());
            end(PushPackState::ready);
        }
    }
    void note(nodes::PackTaken const& taken) {
        pack_.contents = taken.contents;
        pack_.bytes = taken.bytes;
        pack_.came = taken.came;
        pack_.here_already = taken.here_already;
        pack_.not_for_here = taken.not_for_here;
        pack_.lost = taken.lost;
        pack_.cut = taken.cut;
        name_missing(taken.damaged);
        auto const made_for = core::OrgId::parse(taken.made_for);
        if (!made_for || *made_for == pack_.school_id) return;
        at_.desk.db.read(district_, [&](sql::Tx& tx) {
            auto const path = roster::self_and_ancestors(tx, *made_for);
            pack_.for_other = std::ranges::find(path, pack_.school_id) == path.end();
            auto const school = roster::school(tx, *made_for);
            pack_.made_for = school ? school->name : taken.made_for_name;
        });
    }

    /// Writes down how it ended, and lets go of what was uploaded. False if nobody knows of the pack any more.
    bool end(PushPackState state, core::Error const& why = {}) {
        pack_.state = state;
        pack_.problem = why.key;
        pack_.ended_at = at_.desk.clock.now();
        auto const uploaded = std::exchange(pack_.file_id, std::nullopt);
        bool const known = at_.desk.db.transact(district_, [&](sql::Tx& tx) {
            if (uploaded) at_.files.release(tx, *uploaded, pack_holder_type, pack_.id.text());
            return store::update_pack(tx, pack_);
        });
        if (uploaded) at_.files.discard(district_, *uploaded);
        if (state == PushPackState::ready) job_.finish("null");
        if (state == PushPackState::failed && !job_.cancelled()) job_.fail(why);
        return known;
    }

    PackDesk const& at_;
    jobs::JobContext& job_;
    PushPack pack_;
    core::DistrictId district_;
};

}  // namespace

fs::path made_file(PackPlace const& place, PackId const& id) {
    return place.data / "packs" / (id.text() + ".stpack");
}

core::Result<nodes::PackTaken> take_pack(PackPlace const& place, fs::path const& file,
                                         nodes::PackProgress const& progress) {
    if (!place.above) return core::conflict("push.pack_no_parent");
    auto const district = place.above->district;
    nodes::FetcherPlace into{place.contents, place.manifests, place.data / "arriving", {}, {}};
    into.arrived = [&](std::string const& sha256, nodes::CameBy const& by) {
        note_arrived(place.site.db, district, {sha256, by.line_bytes, by.way, by.near_bytes},
                     place.site.teaching.now());
    };
    return nodes::take_pack(place.site, *place.above, into, file, progress);
}

void register_pack_jobs(jobs::JobRunner& runner, PackDesk const& at) {
    runner.on(pack_job, [at](jobs::JobContext& job) {
        auto const input = job.input<PackJobInput>();
        auto pack = input
                        ? at.desk.db.read(job.district(), [&](sql::Tx& tx) { return store::pack(tx, input->pack_id); })
                        : std::nullopt;
        if (!pack) return job.fail(core::not_found("push.pack_not_found"));
        PackWork(at, job, std::move(*pack)).run();
    });
}

}  // namespace santong::push
