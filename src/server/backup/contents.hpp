#pragma once
// What a backup holds and how its entries are called:
//
//     manifest           what was saved, by which program
//     key/<id>           a master key, wrapped under the passphrase
//     authority/<id>     the key of the district authority, wrapped as well
//     table/<name>       rows in the neutral form of platform/sql/dump.hpp
//     content/<sha256>   a stored file
#include <functional>
#include <string>
#include <vector>

#include "core/time.hpp"
#include "platform/sql/dump.hpp"
#include "platform/sql/migrate.hpp"
#include "server/application.hpp"
#include "server/backup/archive.hpp"

namespace santong::server::backup {

inline constexpr std::string_view manifest_entry = "manifest";
inline constexpr std::string_view key_prefix = "key/";
inline constexpr std::string_view authority_key_prefix = "authority/";
inline constexpr std::string_view table_prefix = "table/";
inline constexpr std::string_view content_prefix = "content/";

/// The first entry.
struct Manifest {
    std::string program;
    core::Instant made_at;
    std::string database;  ///< "sqlite" or "postgresql": where the records came from
    std::vector<core::DistrictId> districts;
    std::vector<sql::AppliedMigration> migrations;
    std::int64_t contents = 0;
};
BOOST_DESCRIBE_STRUCT(Manifest, (), (program, made_at, database, districts, migrations, contents))

/// What went in or came out.
struct Counts {
    std::int64_t tables = 0;
    std::int64_t rows = 0;
    std::int64_t contents = 0;
    std::int64_t keys = 0;
    std::int64_t bytes = 0;             ///< of the backup file
    std::vector<std::string> warnings;  ///< contents that were lost or damaged before the backup was made
};

/// Told what is being done and how far it is, "1200 of 3000" and the like; called often.
using Tell = std::function<void(std::string const& what, std::int64_t done, std::int64_t of)>;

void write_table_head(ArchiveWriter& out, sql::DumpTable const& table);
void write_row(ArchiveWriter& out, sql::DumpRow const& row);

/// Reads back what the two above wrote. Throws BackupFault.
class RowReader {
public:
    explicit RowReader(ArchiveReader& in) : in_(in) {}
    sql::DumpTable head();
    /// False at the end of the table.
    bool next(sql::DumpRow& row);

private:
    bool fill(std::size_t wanted);
    std::string take(std::size_t size);
    std::uint64_t number();
    ArchiveReader& in_;
    std::string buffer_;
    std::size_t used_ = 0;
};

/// Saves a whole node: records, stored files and master keys (wrapped). Also while `serve` runs: what was committed
/// before the snapshot is in it, nothing half. Throws BackupFault, StorageError, DatabaseError; then there is no file.
Counts make_backup(Place const& place, std::string const& file, std::string const& passphrase, Tell const& tell);

/// Reads a backup from end to end and writes nothing. Throws BackupFault.
Manifest check_backup(std::string const& file, std::string const& passphrase, Tell const& tell);

/// Makes a node from a backup. The data folder must be missing or empty, a PostgreSQL database without records. The
/// file is read twice: whole and proven first, so that a damaged one changes nothing. Until the last moment all lies
/// beside the folder, in one that `serve` refuses.
Counts restore(Place const& place, std::string const& file, std::string const& passphrase, Tell const& tell);

/// Throws std::runtime_error if a restore into this folder was cut off.
void refuse_unfinished(std::string const& data);

}  // namespace santong::server::backup
