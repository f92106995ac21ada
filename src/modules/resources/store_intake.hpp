#pragma once
#include <vector>

#include "modules/resources/domain_intake.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources::store {

void insert_intake(sql::Tx& tx, Intake const& intake);
std::optional<Intake> find_intake(sql::Tx& tx, IntakeId const& id);
void update_intake(sql::Tx& tx, Intake const& intake);
/// Newest first.
std::vector<Intake> intakes_of(sql::Tx& tx, core::PersonId const& owner, int limit);
void delete_intake(sql::Tx& tx, IntakeId const& id);
/// Batches that nobody has touched since, and no job works on.
std::vector<Intake> intakes_untouched(sql::Tx& tx, core::Instant before, int limit);

std::vector<core::FileId> files_of_intake(sql::Tx& tx, IntakeId const& id);

/// Rows that are there already stay as they are.
void insert_rows(sql::Tx& tx, std::vector<IntakeRow> const& rows);
void update_row(sql::Tx& tx, IntakeRow const& row);
int last_row(sql::Tx& tx, IntakeId const& id);
std::vector<IntakeRow> rows_by_number(sql::Tx& tx, IntakeId const& id, std::vector<int> const& numbers);
std::vector<IntakeRow> rows_with_verdict(sql::Tx& tx, IntakeId const& id, Verdict verdict, int after, int limit);

struct RowSearch {
    std::optional<Verdict> verdict;
    std::string words;  ///< a part of the path or the title
    int after = 0;
    int limit = 50;
};
std::vector<IntakeRow> find_rows(sql::Tx& tx, IntakeId const& id, RowSearch const& wish);

struct VerdictCount {
    Verdict verdict = Verdict::expected;
    std::int64_t files = 0;
    std::int64_t bytes = 0;
};
BOOST_DESCRIBE_STRUCT(VerdictCount, (), (verdict, files, bytes))
std::vector<VerdictCount> count_rows(sql::Tx& tx, IntakeId const& id);

/// An earlier row of the batch with these bytes that is neither junk nor refused; 0 = none.
int earlier_row_with(sql::Tx& tx, IntakeId const& id, int number, std::string const& sha256);
/// A resource with these bytes that is published or under review, or is this person's own and not recalled.
std::optional<ResourceId> resource_with(sql::Tx& tx, std::string const& sha256, core::PersonId const& person);

}  // namespace santong::resources::store
