// `santong restore`.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <set>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/private_file.hpp"
#include "platform/files/content_store.hpp"
#include "platform/files/disk.hpp"
#include "platform/sql/installation.hpp"
#include "platform/tls/authority.hpp"
#include "server/backup/contents.hpp"
#include "server/backup/fault.hpp"

namespace santong::server::backup {

namespace fs = std::filesystem;
namespace disk = files::disk;

namespace {

constexpr std::size_t copied_at_once = 256 << 10;
constexpr std::size_t most_of_small_entry = 8 << 20;
constexpr char const* unfinished_mark = "restore-unfinished";
constexpr char const* staging_mark = ".restoring-";

/// "content/ab…" of kind "content/" → "ab…"; a name that no backup of ours holds is refused, whoever wrote it.
std::string checked_name(std::string const& entry) {
    auto const after = [&](std::string_view prefix) {
        return entry.starts_with(prefix) ? entry.substr(prefix.size()) : "";
    };
    bool const key = core::Uuid::parse(after(key_prefix)) || core::Uuid::parse(after(authority_key_prefix));
    bool const content = files::is_sha256(after(content_prefix));
    auto const table = after(table_prefix);
    bool const record =
        !table.empty() && table.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos;
    if (!key && !content && !record)
        throw BackupFault("an entry is refused, its name may not stand in a backup: " + entry);
    return entry.substr(entry.find('/') + 1);
}

Manifest read_manifest(ArchiveReader& archive) {
    if (archive.next() != std::string(manifest_entry)) throw BackupFault("the backup does not begin with its manifest");
    auto manifest = core::json::read<Manifest>(archive.rest(most_of_small_entry), core::json::UnknownFields::ignore);
    if (!manifest) throw BackupFault("the manifest of the backup cannot be read");
    sql::known_migrations(manifest->migrations, sql::embedded_migrations());
    return std::move(*manifest);
}

/// The folder in which a restore is made: beside its target, locked while it is being made.
class Staging {
public:
    explicit Staging(fs::path const& target)
        : target_(target), path_(target.string() + staging_mark + core::Uuid::make().text()) {
        clear_leftovers();
        disk::make_folder(target_.parent_path());
        if (::mkdir(path_.c_str(), 0750) != 0)
            throw std::runtime_error("cannot make " + path_.string() + ": " + std::strerror(errno));
        lock_ = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        ::flock(lock_, LOCK_EX | LOCK_NB);
        std::ofstream(path_ / unfinished_mark)
            << "A restore into this folder was cut off. Nothing here may be served.\n";
    }
    ~Staging() {
        std::error_code ignored;
        if (!published_) fs::remove_all(path_, ignored);
        ::close(lock_);
    }
    Staging(Staging const&) = delete;
    Staging& operator=(Staging const&) = delete;

    fs::path const& path() const { return path_; }
    void flush() const {
        if (::syncfs(lock_) != 0)
            throw std::runtime_error("cannot write to " + path_.string() + ": " + std::strerror(errno));
    }
    /// Gives the folder its name; from here on nothing is taken back.
    void publish() {
        flush();
        if (::rename(path_.c_str(), target_.c_str()) != 0) {
            throw std::runtime_error("cannot make " + target_.string() + ": " + std::strerror(errno) +
                                     (errno == EBUSY ? " (a mount point: name a folder inside it)" : ""));
        }
        published_ = true;
        disk::flush_folder(target_.parent_path());
    }
    /// The folder may be served from now on.
    void release() const {
        auto const& at = published_ ? target_ : path_;
        fs::remove(at / unfinished_mark);
        disk::flush_folder(at);
    }

private:
    /// Folders of restores that were killed; they hold keys.
    void clear_leftovers() const {
        auto const prefix = target_.filename().string() + staging_mark;
        if (!fs::is_directory(target_.parent_path())) return;
        for (auto const& entry : fs::directory_iterator(target_.parent_path())) {
            if (!entry.path().filename().string().starts_with(prefix)) continue;
            int const folder = ::open(entry.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            if (folder < 0) continue;
            if (::flock(folder, LOCK_EX | LOCK_NB) == 0) fs::remove_all(entry.path());
            ::close(folder);
        }
    }

    fs::path target_, path_;
    int lock_ = -1;
    bool published_ = false;
};

fs::path target_of(Place const& place) {
    auto target = fs::absolute(place.data).lexically_normal();
    if (!target.has_filename()) target = target.parent_path();  // "folder/" is "folder"
    if (fs::exists(target) && !(fs::is_directory(target) && fs::is_empty(target))) {
        throw BackupFault(target.string() + " is not empty; restore into a new folder");
    }
    return target;
}

/// Reads the entries of a backup into a staging folder and a transaction.
class Taking {
public:
    Taking(std::string const& file, std::string const& passphrase, fs::path const& folder, fs::path const& keys,
           Tell const& tell)
        : tell_(tell),
          sealed_(file, passphrase),
          archive_(sealed_),
          manifest_(read_manifest(archive_)),
          keys_(keys),
          contents_(folder / "files") {}

    Manifest const& manifest() const { return manifest_; }

    void take_all(sql::Tx& tx) {
        if (begun_) throw std::runtime_error("the database was lost during the restore; try again");
        begun_ = true;
        auto const here = sql::prepare_load(tx);
        while (auto const entry = archive_.next()) {
            auto const name = checked_name(*entry);
            tell_("restoring", sealed_.position(), sealed_.size());
            if (entry->starts_with(key_prefix))
                take_key(*entry, name);
            else if (entry->starts_with(authority_key_prefix))
                take_authority_key(*entry, name);
            else if (entry->starts_with(table_prefix))
                take_table(tx, here, name);
            else
                take_content(name);
        }
        if (counts_.keys == 0) throw BackupFault("the backup holds no master key");
    }
    Counts counts() const { return counts_; }

private:
    void take_key(std::string const& entry, std::string const& id) {
        auth::MasterKey key{id, sealed_.unwrap(archive_.rest(most_of_small_entry), entry)};
        auth::write_master_key(keys_.string(), key);
        auth::crypto::wipe(key.secret);
        ++counts_.keys;
    }

    void take_authority_key(std::string const& entry, std::string const& id) {
        auto const file = tls::authority_key_file(*tls::AuthorityId::parse(id));
        auth::write_private_file(keys_ / file, sealed_.unwrap(archive_.rest(most_of_small_entry), entry));
    }

    void take_table(sql::Tx& tx, std::vector<sql::DumpTable> const& here, std::string const& name) {
        RowReader rows(archive_);
        auto const table = rows.head();
        if (table.name != name) throw BackupFault("table " + name + " of the backup calls itself " + table.name);
        sql::TableLoader loader(tx, here, table);
        sql::DumpRow row(table.columns.size());
        while (rows.next(row)) {
            loader.add(row);
            ++counts_.rows;
        }
        loader.finish();
        ++counts_.tables;
    }

    void take_content(std::string const& digest) {
        auto const aside = contents_.temporary();
        std::int64_t size = 0;
        {
            disk::Descriptor const out(aside, O_WRONLY | O_CREAT | O_EXCL);
            std::string buffer(copied_at_once, '\0');
            while (auto const count = archive_.read(buffer.data(), buffer.size())) {
                disk::write_at(out.get(), {buffer.data(), count}, size);
                size += static_cast<std::int64_t>(count);
            }
        }
        auto const taken = contents_.adopt(aside);
        fs::remove(aside);
        if (taken.sha256 != digest)
            counts_.warnings.push_back("the content of a file was damaged when it was saved: " + digest);
        ++counts_.contents;
    }

    Tell tell_;
    SealedReader sealed_;
    ArchiveReader archive_;
    Manifest manifest_;
    fs::path keys_;
    files::LocalContentStore contents_;
    bool begun_ = false;
    Counts counts_;
};

void refuse_used_database(sql::Database& db) {
    bool const used = db.read(0, [](sql::Tx& tx) {
        if (!sql::has_tables(tx)) return false;
        auto const tables = sql::dump_tables(tx);
        bool const ours =
            std::any_of(tables.begin(), tables.end(), [](auto const& one) { return one.name == "installation"; });
        return !ours || sql::installation_value(tx, "node").has_value();
    });
    if (used) throw BackupFault("the database holds something already; restore into an empty one");
}

Counts restore_embedded(Taking& taking, Staging& staging) {
    {
        auto const db = sql::Database::open({"", staging.path().string(), 1, 1});
        sql::migrate(*db, sql::known_migrations(taking.manifest().migrations, sql::embedded_migrations()));
        db->transact(0, [&](sql::Tx& tx) { taking.take_all(tx); });
    }
    staging.flush();
    staging.release();
    staging.publish();
    return taking.counts();
}

/// The records are committed after the folder has its name and while it still bears the mark: a cut at any moment
/// leaves a folder that `serve` refuses, or none.
Counts restore_postgresql(Place const& place, Taking& taking, Staging& staging) {
    auto const db = sql::Database::open({place.database, "", 1, 2});
    refuse_used_database(*db);
    sql::migrate(*db, sql::known_migrations(taking.manifest().migrations, sql::embedded_migrations()));
    db->transact(0, [&](sql::Tx& tx) {
        taking.take_all(tx);
        staging.publish();
    });
    staging.release();
    return taking.counts();
}

/// Keys that are kept elsewhere (`keys` in the configuration) go there at once; a folder that holds some is left alone.
fs::path keys_target(Place const& place, Staging const& staging) {
    if (place.keys.empty() || fs::absolute(place.keys_folder()) == fs::absolute(place.data + "/keys"))
        return staging.path() / "keys";
    if (!auth::read_master_keys(place.keys).empty())
        throw BackupFault("there are master keys in " + place.keys + " already; move them away first");
    return place.keys;
}

}  // namespace

void refuse_unfinished(std::string const& data) {
    if (!fs::exists(fs::path(data) / unfinished_mark)) return;
    throw std::runtime_error("a restore into " + data + " was cut off; delete the folder and restore again");
}

Manifest check_backup(std::string const& file, std::string const& passphrase, Tell const& tell) {
    SealedReader sealed(file, passphrase);
    ArchiveReader archive(sealed);
    auto manifest = read_manifest(archive);
    while (auto const entry = archive.next()) {
        checked_name(*entry);
        tell("checking", sealed.position(), sealed.size());
        if (entry->starts_with(key_prefix) || entry->starts_with(authority_key_prefix))
            sealed.unwrap(archive.rest(most_of_small_entry), *entry);
    }
    return manifest;
}

Counts restore(Place const& place, std::string const& file, std::string const& passphrase, Tell const& tell) {
    auto const target = target_of(place);
    if (!place.database.empty()) refuse_used_database(*sql::Database::open({place.database, "", 1, 2}));
    check_backup(file, passphrase, tell);
    Staging staging(target);
    auto const keys = keys_target(place, staging);
    disk::make_folder(keys);
    fs::permissions(keys, fs::perms::owner_all);
    Taking taking(file, passphrase, staging.path(), keys, tell);
    auto counts =
        place.database.empty() ? restore_embedded(taking, staging) : restore_postgresql(place, taking, staging);
    counts.bytes = disk::size_of(file);
    return counts;
}

}  // namespace santong::server::backup
