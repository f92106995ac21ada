// `santong backup`.
#include <fcntl.h>
#include <unistd.h>

#include <filesystem>

#include "core/base64.hpp"
#include "core/json.hpp"
#include "platform/auth/audit.hpp"
#include "platform/auth/crypto.hpp"
#include "platform/auth/keys.hpp"
#include "platform/auth/private_file.hpp"
#include "platform/feed/feed.hpp"
#include "platform/files/content_store.hpp"
#include "platform/files/disk.hpp"
#include "platform/files/storage_error.hpp"
#include "platform/files/store.hpp"
#include "platform/log/log.hpp"
#include "platform/sql/installation.hpp"
#include "platform/tls/authority.hpp"
#include "server/backup/contents.hpp"
#include "server/backup/fault.hpp"
#include "server/version.hpp"

namespace santong::server::backup {

namespace {

constexpr std::size_t copied_at_once = 256 << 10;

/// What an audit row says of a backup.
struct BackupNote {
    std::int64_t rows = 0;
    std::int64_t contents = 0;
    std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(BackupNote, (), (rows, contents, bytes))

class Making {
public:
    Making(Place const& place, std::string const& file, std::string const& passphrase, Tell const& tell)
        : place_(place),
          tell_(tell),
          db_(open_existing_database(place)),
          contents_(place.data + "/files"),
          sealed_(file, passphrase),
          archive_(sealed_),
          file_(file) {}

    Counts run() {
        write_records();
        for (auto const& digest : digests_) {
            tell_("files", counts_.contents, static_cast<std::int64_t>(digests_.size()));
            write_content(digest);
        }
        archive_.finish();
        counts_.bytes = sealed_.size();
        remember();
        return std::move(counts_);
    }

private:
    /// Everything that must be of one moment is read in one snapshot.
    void write_records() {
        bool begun = false;
        db_->read(0, [&](sql::Tx& tx) {
            if (begun) throw std::runtime_error("the database was lost while the backup was being made; try again");
            begun = true;
            digests_ = files::store::all_digests(tx);
            archive_.entry(manifest_entry, core::json::write(manifest(tx)));
            write_keys();
            write_authority_key(tx);
            auto const tables = sql::dump_tables(tx);
            for (auto const& table : tables) {
                tell_("records", counts_.tables, static_cast<std::int64_t>(tables.size()));
                write_table(tx, table);
            }
        });
    }

    Manifest manifest(sql::Tx& tx) {
        return {std::string(version_text),
                core::system_now(),
                tx.dialect() == sql::Dialect::sqlite ? "sqlite" : "postgresql",
                sql::districts(tx),
                sql::applied_migrations(tx),
                static_cast<std::int64_t>(digests_.size())};
    }

    void write_keys() {
        auto keys = auth::read_master_keys(place_.keys_folder());
        if (keys.empty())
            throw std::runtime_error("there are no master keys in " + place_.keys_folder() +
                                     "; a backup without them is worth nothing");
        for (auto& key : keys) {
            auto const name = std::string(key_prefix) + key.id;
            archive_.entry(name, sealed_.wrap(key.secret, name));
            auth::crypto::wipe(key.secret);
            ++counts_.keys;
        }
    }

    /// The district authority signs on after a restore: no machine has to trust another one.
    void write_authority_key(sql::Tx& tx) {
        auto const authority = tls::known_authority(tx);
        if (!authority) return;
        auto const path = std::filesystem::path(place_.keys_folder()) / tls::authority_key_file(authority->id);
        if (!std::filesystem::exists(path)) {
            counts_.warnings.push_back("the key of the district authority is missing: " + path.string());
            return;
        }
        auto const name = std::string(authority_key_prefix) + authority->id.text();
        archive_.entry(name, sealed_.wrap(auth::read_private_file(path), name));
    }

    void write_table(sql::Tx& tx, sql::DumpTable const& table) {
        archive_.begin(std::string(table_prefix) + table.name);
        write_table_head(archive_, table);
        sql::dump_rows(tx, table, [&](sql::DumpRow const& row) {
            write_row(archive_, row);
            ++counts_.rows;
        });
        archive_.end();
        ++counts_.tables;
    }

    void write_content(std::string const& digest) {
        auto const path = contents_.open(digest);
        if (!path) {
            note_missing(digest);
            return;
        }
        files::disk::Descriptor const in(*path, O_RDONLY);
        files::disk::Sha256 sha;
        archive_.begin(std::string(content_prefix) + digest);
        std::string buffer(copied_at_once, '\0');
        while (auto const count = ::read(in.get(), buffer.data(), buffer.size())) {
            if (count < 0) throw files::StorageError("read " + digest, errno);
            std::string_view const bytes(buffer.data(), static_cast<std::size_t>(count));
            sha.add(bytes);
            archive_.write(bytes);
        }
        archive_.end();
        ++counts_.contents;
        if (core::hex(sha.digest()) != digest)
            counts_.warnings.push_back("the content of a file is damaged: " + digest);
    }

    /// A content that went after the snapshot because nobody uses it any more is no loss.
    void note_missing(std::string const& digest) {
        auto const used = db_->read(0, [&](sql::Tx& tx) { return files::store::contents_in_use(tx, {digest}); });
        if (!used.empty()) counts_.warnings.push_back("the content of a file is missing: " + digest);
    }

    /// The age of the last backup for `doctor`, and a row in the audit log of each district.
    void remember() {
        auto const detail = core::json::write(BackupNote{counts_.rows, counts_.contents, counts_.bytes});
        auto const name = std::filesystem::path(file_).filename().string();
        try {
            auto const node = db_->read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "node"); });
            if (node) feed::set_origin(*node);
            std::error_code unknown;
            auto const written = std::filesystem::file_size(file_, unknown);
            auto const size = unknown ? 0 : written;
            db_->transact(0, [&](sql::Tx& tx) {
                sql::set_installation_value(tx, "backup_at", std::to_string(core::system_now().ms));
                sql::set_installation_value(tx, "backup_bytes", std::to_string(size));
            });
            for (auto const district : sql::districts(*db_)) {
                db_->transact(district, [&](sql::Tx& tx) {
                    auth::audit(tx, auth::terminal_caller(district), {"backup.made", name, detail});
                });
            }
        } catch (std::exception const& error) {
            counts_.warnings.push_back(std::string("the backup is whole, but could not be noted down: ") +
                                       error.what());
        }
    }

    Place place_;
    Tell tell_;
    std::unique_ptr<sql::Database> db_;
    files::LocalContentStore contents_;
    SealedWriter sealed_;
    ArchiveWriter archive_;
    std::string file_;
    std::vector<std::string> digests_;
    Counts counts_;
};

}  // namespace

Counts make_backup(Place const& place, std::string const& file, std::string const& passphrase, Tell const& tell) {
    refuse_unfinished(place.data);
    return Making(place, file, passphrase, tell).run();
}

}  // namespace santong::server::backup
