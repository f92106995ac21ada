#pragma once
// What an import does: rows of a checked bundle turned into pieces of a roster. Pure: nothing is read or written here.
#include <functional>
#include <map>
#include <string>
#include <unordered_map>
#include <vector>

#include "standards/oneroster/bundle.hpp"
#include "standards/oneroster/picture.hpp"
#include "standards/oneroster/project.hpp"

namespace santong::oneroster {

enum class RowState : int { same, added, changed, ended, refused };
BOOST_DESCRIBE_ENUM(RowState, same, added, changed, ended, refused)

/// Numbers of rows by what becomes of them.
struct Counts {
    std::int64_t added = 0;
    std::int64_t changed = 0;
    std::int64_t ended = 0;
    std::int64_t same = 0;
    std::int64_t refused = 0;
};
BOOST_DESCRIBE_STRUCT(Counts, (), (added, changed, ended, same, refused))

/// A row on its way into the table of foreign rows.
struct KeptRow {
    FileKind kind;
    Row const* row = nullptr;
    std::string digest;
    std::optional<core::Uuid> entity;
    std::optional<core::PersonId> person;
};

/// Foreign rows that are no longer.
struct DroppedRow {
    FileKind kind;
    std::string sourced_id;
};

/// What one transaction writes.
struct Piece {
    roster::BulkRoster bulk;
    std::vector<KeptRow> kept;
    std::vector<DroppedRow> dropped;
};

/// Foreign rows that are known, by file and sourcedId; of this system, else of another with the very same content.
class KnownRows {
public:
    KnownRows(std::vector<roster::KnownSource> rows, std::string system);
    roster::KnownSource const* find(FileKind kind, std::string const& sourced_id) const;
    /// The same row out of another system.
    roster::KnownSource const* elsewhere(FileKind kind, std::string const& sourced_id, std::string const& digest) const;
    std::vector<roster::KnownSource> const& all() const { return rows_; }
    std::string const& system() const { return system_; }

private:
    std::vector<roster::KnownSource> rows_;
    std::string system_;
    std::unordered_map<std::string, std::size_t> own_, others_;
};

/// Recognises somebody who is there already by his numbers; none if nobody is.
using Recognise = std::function<std::optional<core::PersonId>(roster::PersonRecord const&)>;
/// The digest of a row: keyed, so that it tells nothing about what it was made of.
using Digest = std::function<std::string(std::string const&)>;

struct PlanInput {
    Bundle const& bundle;
    KnownRows const& known;
    Picture& picture;  ///< becomes the roster as the plan makes it
    SourcedIds& ids;   ///< gets the names of the bundle
    Recognise recognise;
    Digest digest;
    Bundle const* own;  ///< what an export of the roster would say now; null if nothing of it can be in the bundle
};

struct Plan {
    Counts counts;
    std::map<FileKind, Counts> by_file;
    std::vector<Piece> pieces;
};

Plan make_plan(PlanInput const& input);

/// The columns of a row that are not empty, by name; what the digest is made of.
Columns columns_of(Table const& table, Row const& row);

}  // namespace santong::oneroster
