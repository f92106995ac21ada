#pragma once
// OneRoster 1.2 CSV: a roster in and out (`santong import|export oneroster`).
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

#include "core/time.hpp"
#include "platform/sql/database.hpp"
#include "standards/oneroster/plan.hpp"

namespace santong::oneroster {

struct ImportOptions {
    std::filesystem::path zip;
    std::optional<core::DistrictId> district;  ///< needed if neither folder nor bundle says it
    bool add_district = false;                 ///< `district` may be one beside those that stand there
    bool dry_run = false;
    bool accept_good = false;  ///< write the good rows although others are refused
    std::function<void(std::size_t done, std::size_t of)> progress;  ///< pieces written
};

/// What came of an import.
struct ImportOutcome {
    core::DistrictId district = 0;
    bool new_district = false;
    Counts counts;
    std::map<FileKind, Counts> by_file;
    std::vector<Finding> findings;
    std::vector<core::Error> warnings;  ///< what a real run would refuse, or what somebody should look at
    bool written = false;               ///< false: refused, a dry run, or nothing to write
};

/// One line of the report.
struct ReportLine {
    std::string file;
    std::int64_t row = 0;
    std::string column;
    std::string value;
    std::string reason;
    std::string hint;
    std::string key;
};
BOOST_DESCRIBE_STRUCT(ReportLine, (), (file, row, column, value, reason, hint, key))

/// Reads, checks, plans and writes in pieces of a few hundred people, so that others get their turn; stopped half-way
/// it goes on where it stood when it is run again. Refusals: "oneroster.no_district", "oneroster.district_code_needed"
/// {name}, "oneroster.choose_district" {districts}, "oneroster.other_district" {wanted, districts} (a dry run only
/// warns). Bad rows are no refusal: they stand in `findings`.
core::Result<ImportOutcome> import_bundle(sql::Database& db, core::Clock const& clock, ImportOptions const& options);
/// The same with a bundle that has been read.
core::Result<ImportOutcome> import_bundle(sql::Database& db, core::Clock const& clock, Bundle bundle,
                                          ImportOptions const& options);

/// The whole roster as a bundle: foreign rows as they came where the roster has not changed them, its own rows beside.
Bundle export_bundle(sql::Tx& tx, core::Clock const& clock);

std::vector<ReportLine> report_of(std::vector<Finding> const& findings, std::string_view language);

}  // namespace santong::oneroster
