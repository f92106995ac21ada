#include "modules/resources/intake_unpack.hpp"

#include <fstream>

#include "platform/files/disk.hpp"
#include "platform/files/zip_reader.hpp"

namespace santong::resources {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t rows_in_piece = 20;

/// A temporary file that is gone with this.
class Unpacked {
public:
    explicit Unpacked(fs::path const& folder) : path_(folder / (core::Uuid::make().text() + ".part")) {
        fs::create_directories(folder);
    }
    ~Unpacked() {
        std::error_code ignored;
        fs::remove(path_, ignored);
    }
    Unpacked(Unpacked const&) = delete;
    Unpacked& operator=(Unpacked const&) = delete;
    fs::path const& path() const { return path_; }

private:
    fs::path path_;
};

class Unpacking {
public:
    Unpacking(IntakePlace const& place, jobs::JobContext& job, Intake const& intake, files::FileObject const& archive)
        : place_(place), job_(job), intake_(intake), packed_(archive.size) {
        done_ = place.db.read(job.district(), [&](sql::Tx& tx) { return store::last_row(tx, intake.id); });
    }

    core::Result<void> run(fs::path const& archive) {
        // First only the list: how much there is to do, and an archive that lies about itself is refused early.
        TRY_VOID(files::visit_archive(archive, [&](files::ArchiveEntry const& entry, files::EntryBytes const&) {
            if (entry.kind != files::EntryKind::folder) ++total_;
            return core::Result<void>();
        }));
        TRY_VOID(files::visit_archive(archive, [&](files::ArchiveEntry const& entry, files::EntryBytes const& bytes) {
            return visit(entry, bytes);
        }));
        write_piece();
        return {};
    }

private:
    core::Result<void> visit(files::ArchiveEntry const& entry, files::EntryBytes const& bytes) {
        if (entry.kind == files::EntryKind::folder) return {};
        if (++number_ <= done_) return {};  // an earlier run has it
        auto row = row_of(intake_.id, number_, entry.name, entry.size);
        if (entry.kind == files::EntryKind::other) {
            row.verdict = Verdict::refused;
            row.reason = "resources.intake.not_a_file";
        }
        // A zip that was written in one go says no sizes.
        bool const no_size = row.reason == "files.empty";
        if (row.verdict == Verdict::expected || no_size) TRY_VOID(take(row, bytes));
        piece_.push_back(std::move(row));
        job_.progress(number_, total_, "resources.intake.step_unpack");
        if (piece_.size() < rows_in_piece) return {};
        write_piece();
        if (job_.cancelled()) return core::conflict("resources.intake.stopped");
        return {};
    }

    core::Result<void> take(IntakeRow& row, files::EntryBytes const& bytes) {
        Unpacked const file(place_.folder);
        row.size = TRY(write(file.path(), bytes));
        if (row.size == 0) {
            row.verdict = Verdict::refused;
            row.reason = "files.empty";
            return {};
        }
        auto const name = row.path.substr(row.path.rfind('/') + 1);
        auto const kept =
            place_.files.keep_file(job_.district(), {name, intake_.owner_account, intake_.school_id}, file.path());
        if (!kept) {
            row.verdict = Verdict::refused;
            row.reason = kept.error().key;
            return {};
        }
        row.verdict = Verdict::waiting;
        row.reason.clear();
        row.file_id = kept->id;
        row.sha256 = kept->sha256;
        row.media_type = kept->media_type;
        return {};
    }

    /// The entry's bytes in a file; every byte is counted, whatever the headers say.
    core::Result<std::int64_t> write(fs::path const& path, files::EntryBytes const& bytes) {
        std::ofstream out(path, std::ios::binary);
        std::int64_t size = 0;
        bool too_large = false;
        TRY_VOID(bytes([&](std::string_view piece) {
            size += static_cast<std::int64_t>(piece.size());
            too_large = is_too_large(size, static_cast<std::int64_t>(piece.size()));
            if (too_large) return false;
            out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
            return true;
        }));
        if (too_large) return core::too_large("files.archive_too_large");
        out.close();
        if (!out) throw std::runtime_error("a file of an archive cannot be written");
        return size;
    }

    bool is_too_large(std::int64_t file_size, std::int64_t more) {
        unpacked_ += more;
        auto const& most = place_.limits;
        bool const dense = unpacked_ > most.always_allowed && unpacked_ / most.ratio > packed_;
        bool const full =
            unpacked_ % (std::int64_t{64} << 20) < more && files::disk::free_bytes(place_.folder) < most.disk_reserve;
        return file_size > most.file_bytes || unpacked_ > most.bytes || dense || full;
    }

    /// Rows and the hold of their files in one transaction; what a killed process kept before goes with the unused.
    void write_piece() {
        if (piece_.empty()) return;
        place_.db.transact(job_.district(), [&](sql::Tx& tx) {
            store::insert_rows(tx, piece_);
            for (auto const& row : piece_) {
                if (row.file_id)
                    static_cast<void>(place_.files.hold(tx, *row.file_id, intake_holder_type, intake_.id.text(), {}));
            }
        });
        piece_.clear();
        job_.checkpoint("{}");
    }

    IntakePlace const& place_;
    jobs::JobContext& job_;
    Intake const& intake_;
    std::int64_t packed_;
    std::int64_t unpacked_ = 0;
    int done_ = 0;
    int number_ = 0;
    std::int64_t total_ = 0;
    std::vector<IntakeRow> piece_;
};

}  // namespace

core::Result<void> unpack(IntakePlace const& place, jobs::JobContext& job, Intake const& intake) {
    auto const archive = place.files.find(job.district(), *intake.archive_file_id);
    if (!archive || archive->state == files::FileState::damaged) return core::gone("files.damaged");
    return Unpacking(place, job, intake, *archive).run(place.files.open(*archive));
}

}  // namespace santong::resources
