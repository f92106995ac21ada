#pragma once
// A OneRoster zip as it was read: tables of texts, and what could not be read.
#include <filesystem>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/result.hpp"
#include "standards/oneroster/format.hpp"

namespace santong::oneroster {

/// Something that is wrong at one place. Row 1 is the header; row 0 is the file as a whole.
struct Finding {
    std::string file;
    std::int64_t row = 0;
    std::string column;
    std::string value;  ///< masked where it is personal
    std::string key;    ///< i18n key of the reason; the hint has the same with "_hint"
    core::ErrorParams params;
    std::int64_t dependants = 0;  ///< rows that refer to this one and wait with it
};

enum class Mode : int { absent, bulk, delta };
BOOST_DESCRIBE_ENUM(Mode, absent, bulk, delta)

struct Row {
    std::int64_t number = 0;
    std::vector<std::string> cells;
    bool sound = true;
};

struct Table {
    FileKind kind = FileKind::orgs;
    Mode mode = Mode::bulk;
    std::vector<std::string> header;
    std::vector<Row> rows;

    /// -1 if the file has no such column.
    int column(std::string_view name) const;
    static std::string const& cell(Row const& row, int column);
};

/// Names and values of manifest.csv, in its order.
using Properties = std::vector<std::pair<std::string, std::string>>;

struct Bundle {
    Properties manifest;
    std::map<FileKind, Table> tables;
    std::vector<Finding> findings;
    bool readable = true;  ///< false: something is so wrong that nothing of it may be taken

    std::string property(std::string_view name) const;
    Table const* table(FileKind kind) const;
    /// What tells one source of rosters from another: its code, else its name.
    std::string system() const;
};

/// Reads and takes apart; never throws over the content. Everything wrong stands in `findings`.
Bundle read_bundle(std::filesystem::path const& zip);

/// A list cell: "a,b" or "a"; blanks around the parts do not count.
std::vector<std::string> list_of(std::string_view cell);

/// What a report may show of a personal value: 4309…0416.
std::string masked(std::string_view value);

/// Writes the tables with a manifest that names every file of the binding.
void write_bundle(std::filesystem::path const& zip, Bundle const& bundle);

}  // namespace santong::oneroster
