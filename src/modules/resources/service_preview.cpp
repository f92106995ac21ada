#include "modules/resources/service_preview.hpp"

#include <atomic>
#include <map>
#include <mutex>

#include "modules/resources/permissions.hpp"
#include "modules/resources/readers.hpp"
#include "modules/resources/store_preview.hpp"

namespace santong::resources {

namespace fs = std::filesystem;

namespace {

constexpr char const* job_kind = "resources.previews";
constexpr int most_tries = 3;

/// Puts what was made to a version and says that the version uses it. False if one of the files is gone.
bool take_over(files::Files const& files, sql::Tx& tx, Resource const& resource, Preview const& made,
               Version& version) {
    auto const holder = file_holder(resource.id, version.number);
    auto const use = [&](std::optional<core::FileId> const& file) {
        return !file || files.hold(tx, *file, file_holder_type, holder).has_value();
    };
    bool const draws = !version.thumbnail_file_id;  // the author's own picture stays
    if (!use(made.preview_file_id) || (draws && !use(made.thumbnail_file_id))) return false;
    version.preview_file_id = made.preview_file_id;
    if (draws) version.thumbnail_file_id = made.thumbnail_file_id;
    return true;
}

void wait_for_job(Library const& library, sql::Tx& tx, core::AccountId const& account, Version const& version) {
    Preview wish;
    wish.sha256 = version.sha256;
    wish.media_type = version.media_type;
    wish.asked_by = account;
    wish.updated_at = library.clock.now();
    store::put_preview(tx, wish);
    if (library.jobs != nullptr) library.jobs->add(tx, {job_kind, account, {}, "null"});
}

bool worth_asking(Version const& version) {
    if (!version.file_id || !version.opens) return false;
    auto const kind = files::preview_kind(version.media_type);
    return kind == files::PreviewKind::thumbnail_and_preview ||
           (kind == files::PreviewKind::thumbnail && !version.thumbnail_file_id);
}

struct Seen {
    Resource resource;
    Version version;
    PreviewView view;
};

core::Result<Seen> look(sql::Tx& tx, auth::Caller const& caller, ResourceId const& id) {
    Seen seen;
    seen.resource = TRY(readable(tx, caller, id));
    auto const version = store::find_version(tx, id, version_for(tx, caller, seen.resource));
    if (!version) return core::not_found("resources.no_such_version");
    seen.version = *version;
    auto const made = version->sha256.empty() ? std::nullopt : store::find_preview(tx, version->sha256);
    auto& view = seen.view;
    if (made) {
        view = {made->state, made->reason, made->package, false, made->updated_at};
    } else if (version->preview_file_id) {
        view.state = PreviewState::ready;
    } else if (worth_asking(*version)) {
        view.state = PreviewState::absent;
    }
    bool const open =
        view.state == PreviewState::absent || view.state == PreviewState::failed || view.state == PreviewState::no_tool;
    view.may_retry = open && (seen.resource.owner_person == caller.person ||
                              caller.may(tx, permissions::contribute, seen.resource.school_id));
    return seen;
}

/// A folder that is gone with everything in it when the work is over.
class WorkFolder {
public:
    explicit WorkFolder(fs::path const& above) : path_(above / core::Uuid::make().text()) {
        fs::create_directories(path_);
    }
    ~WorkFolder() {
        std::error_code ignored;  // what remains is cleared at the next start of the program
        fs::remove_all(path_, ignored);
    }
    WorkFolder(WorkFolder const&) = delete;
    WorkFolder& operator=(WorkFolder const&) = delete;
    fs::path const& path() const { return path_; }

private:
    fs::path path_;
};

core::Result<core::FileId> keep(PreviewPlace const& place, core::DistrictId district, Preview const& one,
                                fs::path const& file) {
    return TRY(place.files.keep_file(district, {file.filename().string(), one.asked_by, {}}, file)).id;
}

/// Runs the programs and keeps what they made.
core::Result<Preview> make(PreviewPlace const& place, core::DistrictId district, Preview one,
                           std::function<bool()> const& keep_going) {
    if (one.tries > most_tries) return core::invalid("files.preview_broken");
    auto const source = place.files.contents().open(one.sha256);
    if (!source) return core::gone("files.damaged");
    WorkFolder const folder(place.folder);
    auto const made = TRY(place.maker->make(*source, one.media_type, folder.path(), keep_going));
    if (made.preview) one.preview_file_id = TRY(keep(place, district, one, *made.preview));
    if (made.thumbnail) one.thumbnail_file_id = TRY(keep(place, district, one, *made.thumbnail));
    one.state = PreviewState::ready;
    one.reason.clear();
    one.package.clear();
    return one;
}

void spread(PreviewPlace const& place, sql::Tx& tx, Preview const& made) {
    for (auto version : store::versions_of_content(tx, made.sha256)) {
        auto const resource = store::find(tx, version.resource_id);
        if (!resource || !take_over(place.files, tx, *resource, made, version)) continue;
        store::set_preview_files(tx, version);
        say(tx, *resource);
    }
}

/// Makes one; false if none waits or somebody wants the job to stop.
bool make_next(PreviewPlace const& place, jobs::JobContext& job) {
    auto const district = job.district();
    auto const one =
        place.db.transact(district, [&](sql::Tx& tx) { return store::begin_preview(tx, place.clock.now()); });
    if (!one) return false;
    auto made = make(place, district, *one, [&job] { return !job.cancelled(); });
    bool const stopped = !made && made.error().key == "files.preview_stopped";
    place.db.transact(district, [&](sql::Tx& tx) {
        Preview end = made ? *made : *one;
        end.updated_at = place.clock.now();
        if (stopped) end.tries = one->tries - 1;
        if (!made && !stopped) {
            auto const error = made.error();
            auto const package = error.params.find("package");
            bool const lacks = package != error.params.end();
            end.state = lacks ? PreviewState::no_tool : PreviewState::failed;
            end.reason = error.key;
            end.package = lacks ? package->second : "";
        }
        store::put_preview(tx, end);
        if (made) spread(place, tx, end);
    });
    return !stopped;
}

/// Only one job of a district converts in this process; who comes meanwhile leaves word and goes.
struct Turn {
    std::mutex mutex;
    std::atomic<bool> again{false};
};
struct Turns {
    std::mutex mutex;
    std::map<core::DistrictId, Turn> of;

    Turn& at(core::DistrictId district) {
        std::lock_guard const lock(mutex);
        return of[district];
    }
};

void drain(PreviewPlace const& place, Turn& turn, jobs::JobContext& job) {
    turn.again = true;
    std::int64_t done = 0;
    while (turn.again && !job.cancelled()) {
        std::unique_lock const lock(turn.mutex, std::try_to_lock);
        if (!lock) break;
        turn.again = false;
        while (make_next(place, job)) {
            ++done;
            auto const left = place.db.read(job.district(), [](sql::Tx& tx) { return store::waiting_previews(tx); });
            job.progress(done, done + left, "resources.preview.making");
            job.checkpoint("{}");
        }
    }
    job.finish("null");
}

}  // namespace

void ask_preview(Library const& library, sql::Tx& tx, core::AccountId const& account, Resource const& resource,
                 Version& version) {
    if (!worth_asking(version)) return;
    auto const known = store::find_preview(tx, version.sha256);
    if (known && known->state == PreviewState::ready && take_over(library.files, tx, resource, *known, version)) return;
    if (known && known->state != PreviewState::ready) return;  // waits already, or failed: asked again by hand
    wait_for_job(library, tx, account, version);
}

core::Result<PreviewView> preview(Library const& library, auth::Caller const& caller, ResourceId const& id) {
    return library.db.read(caller.district,
                           [&](sql::Tx& tx) -> core::Result<PreviewView> { return TRY(look(tx, caller, id)).view; });
}

core::Result<PreviewView> retry_preview(Library const& library, auth::Caller const& caller, ResourceId const& id) {
    return library.db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PreviewView> {
        auto const seen = TRY(look(tx, caller, id));
        if (seen.view.state == PreviewState::waiting || seen.view.state == PreviewState::ready) return seen.view;
        if (seen.view.state == PreviewState::none) return core::conflict("resources.preview.none_possible");
        if (!seen.view.may_retry) return core::forbidden();
        wait_for_job(library, tx, caller.account, seen.version);
        return TRY(look(tx, caller, id)).view;
    });
}

core::Result<files::FileObject> thumbnail_of(Library const& library, auth::Caller const& caller, ResourceId const& id) {
    using Picture = std::optional<core::FileId>;
    auto const picture = library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<Picture> {
        auto const resource = TRY(readable(tx, caller, id));
        auto const version = store::find_version(tx, id, version_for(tx, caller, resource));
        return version ? version->thumbnail_file_id : std::nullopt;
    });
    if (!picture) return picture.error();
    auto const file = *picture ? library.files.find(caller.district, **picture) : std::nullopt;
    if (!file || file->state == files::FileState::damaged) return core::not_found("resources.preview.no_picture");
    return *file;
}

void register_preview_job(jobs::JobRunner& runner, PreviewPlace const& place) {
    auto const turns = std::make_shared<Turns>();
    runner.on(job_kind, [place, turns](jobs::JobContext& job) { drain(place, turns->at(job.district()), job); });
}

}  // namespace santong::resources
