#include "modules/resources/service_intake_local.hpp"

#include <fstream>
#include <map>
#include <set>

#include "core/base64.hpp"
#include "modules/resources/guess_words.hpp"
#include "modules/resources/intake_batch.hpp"
#include "modules/resources/local_files.hpp"
#include "modules/resources/permissions.hpp"
#include "modules/roster/service.hpp"
#include "platform/auth/sessions.hpp"
#include "platform/files/disk.hpp"
#include "platform/files/media_type.hpp"
#include "platform/files/zip_reader.hpp"
#include "platform/text/utf8.hpp"

namespace santong::resources {

namespace fs = std::filesystem;

namespace {

constexpr int most_own_batches = 1000;
constexpr char const* unreadable_key = "resources.intake.unreadable";
constexpr char const* step_keep = "resources.intake.step_keep";
constexpr char const* step_foretell = "resources.intake.step_foretell";

std::string batch_name(LocalBatch const& batch) {
    constexpr std::size_t longest = 120;
    auto path = fs::absolute(batch.path).lexically_normal();
    if (!path.has_filename()) path = path.parent_path();  // "CD/"
    auto const name = batch.name.empty() ? name_in_utf8(path.filename().string()) : batch.name;
    return std::string(text::truncate_characters(text::clean(name), longest));
}

bool is_archive(LocalBatch const& batch) {
    auto const name = batch.path.filename().string();
    return fs::is_regular_file(batch.path) && files::check_collection_name(name).has_value();
}

core::Result<std::vector<LocalFile>> folder_files(LocalBatch const& batch) {
    if (!fs::is_directory(batch.path)) return core::invalid("resources.intake.not_there");
    auto found = local_files(batch.path, most_intake_files);
    if (found.size() > static_cast<std::size_t>(most_intake_files))
        return core::too_large("resources.intake.too_many", {{"limit", std::to_string(most_intake_files)}});
    if (found.empty()) return core::invalid("resources.intake.nothing_there");
    return found;
}

IntakeRow row_of_file(IntakeId const& id, int number, LocalFile const& file) {
    auto row = row_of(id, number, file.path, file.size);
    if (!file.ordinary) {
        row.verdict = Verdict::refused;
        row.reason = "resources.intake.not_a_file";
    }
    return row;
}

core::Result<Intake> new_batch(Library const& library, sql::Tx& tx, auth::Caller const& owner,
                               LocalBatch const& batch) {
    TRY_VOID(owner.require(tx, permissions::contribute, batch.school_id));
    Intake intake;
    intake.id = IntakeId::make();
    intake.owner_person = owner.person;
    intake.owner_account = owner.account;
    intake.school_id = batch.school_id;
    intake.name = batch_name(batch);
    intake.unpacked = true;
    intake.created_at = intake.updated_at = library.clock.now();
    return intake;
}

/// The folder of an earlier run, or a new batch. What this folder has that the batch does not know becomes rows.
class FolderBatch {
public:
    FolderBatch(IntakePlace const& place, auth::Caller const& owner, LocalBatch const& batch)
        : place_(place), owner_(owner), batch_(batch), library_(place.library()) {}

    core::Result<Intake> run(IntakeTell const& tell) {
        auto const there = TRY(folder_files(batch_));
        auto const intake = TRY(open(there));
        auto const waiting = rows_to_come(intake.id);
        std::int64_t done = 0;
        for (auto const& [number, file] : waiting) {
            tell(step_keep, done++, static_cast<std::int64_t>(waiting.size()));
            keep(intake, number, *file);
        }
        tell(step_keep, done, done);
        return intake;
    }

private:
    using Known = std::pair<std::string, std::int64_t>;  // path and size

    core::Result<Intake> open(std::vector<LocalFile> const& there) {
        for (auto const& file : there) by_path_.emplace(Known{row_path(file), file.size}, &file);
        return place_.db.transact(owner_.district, [&](sql::Tx& tx) -> core::Result<Intake> {
            auto intake = TRY(new_batch(library_, tx, owner_, batch_));
            bool known = false;
            for (auto const& one : store::intakes_of(tx, owner_.person, most_own_batches)) {
                if (one.name != intake.name || one.archive_file_id || one.school_id != batch_.school_id || known)
                    continue;
                intake = one;
                known = true;
            }
            if (!known) store::insert_intake(tx, intake);
            add_rows(tx, intake, there);
            return intake;
        });
    }

    void add_rows(sql::Tx& tx, Intake const& intake, std::vector<LocalFile> const& there) {
        std::set<Known> known;
        for (auto const& row : every_row(tx, intake.id)) known.emplace(row.path, row.size);
        int number = store::last_row(tx, intake.id);
        std::vector<IntakeRow> rows;
        for (auto const& file : there) {
            auto row = row_of_file(intake.id, number + 1, file);
            if (!known.emplace(row.path, row.size).second) continue;
            ++number;
            rows.push_back(std::move(row));
        }
        store::insert_rows(tx, rows);
    }

    static std::vector<IntakeRow> every_row(sql::Tx& tx, IntakeId const& id) {
        store::RowSearch all;
        all.limit = most_intake_files * 10;
        return store::find_rows(tx, id, all);
    }

    /// As the row of a file has it.
    static std::string row_path(LocalFile const& file) { return row_of(IntakeId{}, 1, file.path, file.size).path; }

    std::vector<std::pair<int, LocalFile const*>> rows_to_come(IntakeId const& id) {
        std::vector<std::pair<int, LocalFile const*>> out;
        for (auto const& row : place_.db.read(owner_.district, [&](sql::Tx& tx) { return every_row(tx, id); })) {
            auto const found = by_path_.find({row.path, row.size});
            if (to_come(row) && found != by_path_.end()) out.emplace_back(row.number, found->second);
        }
        return out;
    }

    /// What an earlier run could not read is tried again.
    static bool to_come(IntakeRow const& row) {
        return row.verdict == Verdict::expected || row.reason == unreadable_key;
    }

    void keep(Intake const& intake, int number, LocalFile const& file) {
        LocalCopy const copy(place_.folder);
        auto const name = file.path.substr(file.path.rfind('/') + 1);
        auto kept = [&]() -> core::Result<files::FileObject> {
            TRY_VOID(copy.take(file.disk, place_.limits.disk_reserve));
            return place_.files.keep_file(owner_.district, {name, intake.owner_account, intake.school_id}, copy.path());
        }();
        place_.db.transact(owner_.district, [&](sql::Tx& tx) {
            for (auto& row : store::rows_by_number(tx, intake.id, {number})) {
                if (!to_come(row)) continue;  // another run was faster
                take_into(tx, row, kept);
            }
        });
    }

    void take_into(sql::Tx& tx, IntakeRow& row, core::Result<files::FileObject> const& kept) const {
        if (kept) {
            row.verdict = Verdict::waiting;
            row.reason.clear();
            row.file_id = kept->id;
            row.sha256 = kept->sha256;
            row.media_type = kept->media_type;
            static_cast<void>(place_.files.hold(tx, kept->id, intake_holder_type, row.intake_id.text(), {}));
        } else {
            row.verdict = Verdict::refused;
            row.reason = kept.error().key;
        }
        store::update_row(tx, row);
    }

    IntakePlace const& place_;
    auth::Caller const& owner_;
    LocalBatch const& batch_;
    Library library_;
    std::map<Known, LocalFile const*> by_path_;
};

/// The owner's batch of these very bytes, if there is one.
std::optional<Intake> batch_with(IntakePlace const& place, auth::Caller const& owner, std::string const& sha256) {
    auto const all = place.db.read(owner.district,
                                   [&](sql::Tx& tx) { return store::intakes_of(tx, owner.person, most_own_batches); });
    for (auto const& one : all) {
        auto const file = one.archive_file_id ? place.files.find(owner.district, *one.archive_file_id) : std::nullopt;
        if (file && file->sha256 == sha256) return one;
    }
    return std::nullopt;
}

core::Result<void> check_archive(fs::path const& path) {
    static_cast<void>(TRY(files::detect_collection(path, path.filename().string())));
    return files::visit_archive(
        path, [](files::ArchiveEntry const&, files::EntryBytes const&) { return core::Result<void>(); });
}

core::Result<Intake> bring_archive(IntakePlace const& place, auth::Caller const& owner, LocalBatch const& batch,
                                   IntakeTell const& tell) {
    TRY_VOID(check_archive(batch.path));
    tell(step_keep, 0, 1);
    if (auto const known = batch_with(place, owner, core::hex(files::disk::sha256_of_file(batch.path)))) return *known;
    auto const library = place.library();
    TRY_VOID(place.db.read(owner.district, [&](sql::Tx& tx) { return new_batch(library, tx, owner, batch); }));
    LocalCopy const copy(place.folder);
    TRY_VOID(copy.take(batch.path, place.limits.disk_reserve));
    auto const name = name_in_utf8(batch.path.filename().string());
    auto const kept = TRY(place.files.keep_collection(owner.district, {name, owner.account, {}}, copy.path()));
    tell(step_keep, 1, 1);
    return place.db.transact(owner.district, [&](sql::Tx& tx) -> core::Result<Intake> {
        auto intake = TRY(new_batch(library, tx, owner, batch));
        intake.archive_file_id = kept.id;
        intake.unpacked = false;
        store::insert_intake(tx, intake);
        TRY_VOID(place.files.hold(tx, kept.id, intake_holder_type, intake.id.text()));
        return intake;
    });
}

/// Says of files what the work on a batch would say, as far as that needs no file of ours.
class Foretelling {
public:
    Foretelling(IntakePlace const& place, auth::Caller const& owner) : place_(place), owner_(owner) {
        place.db.read(owner.district, [&](sql::Tx& tx) {
            chapters_.emplace(tx);
            if (auto const person = roster::person(tx, owner.person)) own_subject_ = person->subject;
        });
    }

    void see(IntakeRow row, fs::path const& disk) {
        if (row.verdict == Verdict::expected) judge(row, disk);
        rows.push_back(std::move(row));
    }
    int next_number() const { return static_cast<int>(rows.size()) + 1; }

    std::vector<IntakeRow> rows;

private:
    void judge(IntakeRow& row, fs::path const& disk) {
        std::ifstream const readable(disk, std::ios::binary);
        auto const name = row.path.substr(row.path.rfind('/') + 1);
        auto const type =
            readable ? files::detect(disk, name) : core::Result<files::MediaType const*>(core::invalid(unreadable_key));
        if (!type) {
            row.verdict = Verdict::refused;
            row.reason = type.error().key;
            return;
        }
        row.media_type = (*type)->media_type;
        row.sha256 = core::hex(files::disk::sha256_of_file(disk));
        read_path(row);
        row.twin_number = seen_.try_emplace(row.sha256, row.number).first->second;
        if (row.twin_number == row.number) row.twin_number = 0;
        row.twin_id = place_.db.read(owner_.district,
                                     [&](sql::Tx& tx) { return store::resource_with(tx, row.sha256, owner_.person); });
        bool const twin = row.twin_number > 0 || row.twin_id;
        if (row.twin_number > 0) take_richer(rows[static_cast<std::size_t>(row.twin_number) - 1], row);
        row.verdict = twin ? Verdict::duplicate : row.doubt.empty() ? Verdict::sure : Verdict::unsure;
        if (twin) row.doubt.clear();
    }

    void read_path(IntakeRow& row) const {
        auto const said = guess_of_path(*chapters_, row.path, own_subject_);
        row.title = said.guess.title;
        if (said.guess.kind) row.kind = *said.guess.kind;
        row.subject = said.guess.subject;
        row.grade_from = row.grade_to = said.guess.grade;
        row.chapter_id = said.guess.chapter_id;
        row.doubt = doubts(row);
        if (row.doubt.empty() && !said.subject_said) row.doubt = "own_subject";
    }

    IntakePlace const& place_;
    auth::Caller const& owner_;
    std::optional<ChapterNames> chapters_;
    std::string own_subject_;
    std::map<std::string, int> seen_;
};

/// An entry's bytes in a file of ours; refuses more than an archive may unpack to.
core::Result<void> unpack_entry(files::EntryBytes const& bytes, fs::path const& path, IntakeLimits const& limits) {
    std::ofstream out(path, std::ios::binary | std::ios::trunc);
    std::int64_t size = 0;
    TRY_VOID(bytes([&](std::string_view piece) {
        size += static_cast<std::int64_t>(piece.size());
        if (size > limits.file_bytes) return false;
        out.write(piece.data(), static_cast<std::streamsize>(piece.size()));
        return true;
    }));
    if (size > limits.file_bytes) return core::too_large("files.archive_too_large");
    out.close();
    if (!out) throw std::runtime_error("a file of an archive cannot be written");
    return {};
}

core::Result<void> foretell_archive(IntakePlace const& place, LocalBatch const& batch, Foretelling& findings,
                                    IntakeTell const& tell) {
    static_cast<void>(TRY(files::detect_collection(batch.path, batch.path.filename().string())));
    LocalCopy const copy(place.folder);
    std::int64_t unpacked = 0;
    return files::visit_archive(
        batch.path, [&](files::ArchiveEntry const& entry, files::EntryBytes const& bytes) -> core::Result<void> {
            if (entry.kind == files::EntryKind::folder) return {};
            auto const number = findings.next_number();
            tell(step_foretell, number, 0);
            LocalFile const file{entry.name, copy.path(), entry.size, entry.kind == files::EntryKind::file};
            auto row = row_of_file(IntakeId{}, number, file);
            if (row.verdict == Verdict::expected) {
                TRY_VOID(unpack_entry(bytes, copy.path(), place.limits));
                unpacked += files::disk::size_of(copy.path());
                if (unpacked > place.limits.bytes) return core::too_large("files.archive_too_large");
            }
            findings.see(std::move(row), copy.path());
            return {};
        });
}

}  // namespace

auth::Caller owner_caller(Library const& library, core::DistrictId district, core::AccountId const& account,
                          core::PersonId const& person) {
    Intake owned;
    owned.owner_account = account;
    owned.owner_person = person;
    return library.db.read(district, [&](sql::Tx& tx) { return giver_of(tx, library.clock, owned); });
}

core::Result<IntakeView> bring(IntakePlace const& place, auth::Caller const& owner, LocalBatch const& batch,
                               IntakeTell const& tell) {
    auto const intake = is_archive(batch) ? TRY(bring_archive(place, owner, batch, tell))
                                          : TRY(FolderBatch(place, owner, batch).run(tell));
    return resources::intake(place.library(), owner, intake.id);
}

core::Result<std::vector<IntakeRow>> foretell(IntakePlace const& place, auth::Caller const& owner,
                                              LocalBatch const& batch, IntakeTell const& tell) {
    TRY_VOID(place.db.read(owner.district,
                           [&](sql::Tx& tx) { return owner.require(tx, permissions::contribute, batch.school_id); }));
    Foretelling findings(place, owner);
    if (is_archive(batch)) {
        TRY_VOID(foretell_archive(place, batch, findings, tell));
        return std::move(findings.rows);
    }
    auto const there = TRY(folder_files(batch));
    for (auto const& file : there) {
        tell(step_foretell, findings.next_number(), static_cast<std::int64_t>(there.size()));
        findings.see(row_of_file(IntakeId{}, findings.next_number(), file), file.disk);
    }
    return std::move(findings.rows);
}

core::Result<std::vector<IntakeRow>> all_rows(Library const& library, auth::Caller const& owner, IntakeId const& id) {
    TRY_VOID(resources::intake(library, owner, id));
    store::RowSearch all;
    all.limit = most_intake_files * 10;
    return library.db.read(owner.district, [&](sql::Tx& tx) { return store::find_rows(tx, id, all); });
}

}  // namespace santong::resources
