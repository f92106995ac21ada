#pragma once
// The world of tests with batches and previews: jobs that run when a test says so, uploads, a maker that is no program.
#include <filesystem>
#include <fstream>

#include "core/base64.hpp"
#include "library_world.hpp"
#include "modules/resources/intake_work.hpp"
#include "modules/resources/service_intake.hpp"
#include "modules/resources/service_preview.hpp"
#include "platform/files/uploads.hpp"

namespace santong::test {

/// Makes a picture of everything and a PDF of office documents, without looking; refuses when told to.
class FakeMaker final : public files::PreviewMaker {
public:
    core::Result<files::MadePreview> make(std::filesystem::path const&, std::string_view media_type,
                                          std::filesystem::path const& folder, std::function<bool()> const&) override {
        ++made;
        if (refusal) return *refusal;
        files::MadePreview out;
        out.thumbnail = folder / "small.jpg";
        std::ofstream(*out.thumbnail, std::ios::binary) << "\xff\xd8\xff\xe0 small";
        if (files::preview_kind(media_type) == files::PreviewKind::thumbnail_and_preview) {
            out.preview = folder / "source.pdf";
            std::ofstream(*out.preview, std::ios::binary) << pdf("converted");
        }
        return out;
    }
    std::optional<core::Error> refusal;
    int made = 0;
};

struct IntakeWorld : LibraryWorld {
    IntakeWorld()
        : jobs(db(), files, clock),
          uploads(files, folder + "/uploads", {}),
          maker(std::make_shared<FakeMaker>()),
          shelf{db(), clock, files, &jobs},
          runner(jobs, nullptr, options_of(*this)) {
        resources::register_preview_job(runner, {db(), files, clock, folder + "/working", maker});
        resources::register_intake_jobs(runner, {db(), files, jobs, clock, folder + "/working", limits()});
    }

    /// Uploads an archive for a batch.
    core::FileId collection(auth::Caller const& caller, std::string const& name, std::string const& bytes) {
        auto const metadata = "filename " + core::base64(name) + ",purpose " + core::base64("collection");
        auto const upload = uploads.create(caller, {static_cast<std::int64_t>(bytes.size()), name, metadata}).value();
        auto const piece = folder + "/piece";
        std::ofstream(piece, std::ios::binary) << bytes;
        auto const done =
            uploads.append(caller, upload.id, {0, static_cast<std::int64_t>(bytes.size()), piece, {}}).value();
        return *done.file_id;
    }
    resources::IntakeView batch(auth::Caller const& caller, std::string const& bytes,
                                std::string const& name = "光盘.zip") {
        return resources::add_intake(shelf, caller, {"旧光盘", collection(caller, name, bytes), {}, {}}).value();
    }
    void run_jobs() {
        while (runner.run_one()) {}
    }
    resources::IntakeView look(auth::Caller const& caller, resources::IntakeId const& id) {
        return resources::intake(shelf, caller, id).value();
    }
    std::vector<resources::IntakeRowView> rows(auth::Caller const& caller, resources::IntakeId const& id,
                                               std::string const& verdict = "") {
        return resources::intake_rows(shelf, caller, id, {verdict, "", 0, 200}).value().items;
    }

    static resources::IntakeLimits limits() {
        resources::IntakeLimits small;
        small.bytes = 64 << 20;
        small.file_bytes = 48 << 20;
        small.always_allowed = 1 << 20;
        small.disk_reserve = 0;
        return small;
    }
    static jobs::RunnerOptions options_of(LibraryWorld const& world) {
        jobs::RunnerOptions options;
        options.districts = {world.district()};
        return options;
    }

    jobs::Jobs jobs;
    files::Uploads uploads;
    std::shared_ptr<FakeMaker> maker;
    resources::Library shelf;
    jobs::JobRunner runner;
};

struct Packed {
    std::string path;
    std::string bytes;
};
enum class Disc { zip, iso };
/// A zip, or the image of a disc with Joliet names.
std::string packed(std::vector<Packed> const& files, Disc disc = Disc::zip);

}  // namespace santong::test
