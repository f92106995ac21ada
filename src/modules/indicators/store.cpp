#include "modules/indicators/store.hpp"

#include "platform/feed/feed.hpp"

#define ROLLUP_COLUMNS "indicator, monday, org_id, subject, version, numerator, denominator, heads"
#define DECLARATION_COLUMNS "id, indicator, org_id, month, value, note, declared_by, declared_at"

namespace santong::indicators::store {

void mark_dirty(sql::Tx& tx, std::set<WeekCell> const& cells) {
    if (cells.empty()) return;
    tx.insert("rollup_dirty", std::vector<WeekCell>(cells.begin(), cells.end()), "ON CONFLICT DO NOTHING");
}

void mark_schools_dirty(sql::Tx& tx, std::vector<core::OrgId> const& schools) {
    if (schools.empty()) return;
    tx.execute(
        "INSERT INTO rollup_dirty (district_id, school_id, monday) SELECT DISTINCT district_id, org_id, monday FROM "
        "rollup"
        " WHERE district_id = $1 AND org_id {in $2} AND indicator = $3 AND subject = '' ON CONFLICT DO NOTHING",
        tx.district(), schools, code::coverage);
}

void mark_weeks_dirty(sql::Tx& tx, core::LocalDate from, core::LocalDate to) {
    tx.execute(
        "INSERT INTO rollup_dirty (district_id, school_id, monday) SELECT DISTINCT district_id, org_id, monday"
        " FROM rollup WHERE district_id = $1 AND monday BETWEEN $2 AND $3 ON CONFLICT DO NOTHING",
        tx.district(), from, to);
}

std::vector<WeekCell> take_dirty(sql::Tx& tx) {
    auto cells = tx.rows<WeekCell>("SELECT school_id, monday FROM rollup_dirty WHERE district_id = $1", tx.district());
    if (!cells.empty()) tx.execute("DELETE FROM rollup_dirty WHERE district_id = $1", tx.district());
    return cells;
}

void replace_rollups(sql::Tx& tx, WeekCell const& cell, std::vector<Rollup> const& rows) {
    tx.execute("DELETE FROM rollup WHERE district_id = $1 AND monday = $2 AND org_id = $3", tx.district(), cell.monday,
               cell.school_id);
    tx.insert("rollup", rows);
}

void touch_state(sql::Tx& tx, core::Instant now) {
    tx.execute(
        "INSERT INTO rollup_state (district_id, version, computed_at) VALUES ($1, 1, $2) ON CONFLICT (district_id)"
        " DO UPDATE SET version = rollup_state.version + 1, computed_at = excluded.computed_at",
        tx.district(), now);
}

RollupState state(sql::Tx& tx) {
    return tx
        .optional_row<RollupState>("SELECT version, computed_at FROM rollup_state WHERE district_id = $1",
                                   tx.district())
        .value_or(RollupState{});
}

std::vector<Rollup> totals(sql::Tx& tx, core::LocalDate from, core::LocalDate to) {
    return tx.rows<Rollup>("SELECT " ROLLUP_COLUMNS
                           " FROM rollup WHERE district_id = $1 AND monday BETWEEN $2 AND $3"
                           " AND subject = ''",
                           tx.district(), from, to);
}

std::vector<Rollup> matrix(sql::Tx& tx, std::string const& indicator, core::LocalDate monday) {
    return tx.rows<Rollup>("SELECT " ROLLUP_COLUMNS
                           " FROM rollup WHERE district_id = $1 AND monday = $2 AND indicator = $3",
                           tx.district(), monday, indicator);
}

std::vector<Rollup> of_school(sql::Tx& tx, core::OrgId const& school, core::LocalDate from, core::LocalDate to) {
    return tx.rows<Rollup>("SELECT " ROLLUP_COLUMNS
                           " FROM rollup WHERE district_id = $1 AND org_id = $2"
                           " AND monday BETWEEN $3 AND $4",
                           tx.district(), school, from, to);
}

std::vector<Rollup> coverage_by_subject(sql::Tx& tx, core::LocalDate monday) {
    return tx.rows<Rollup>("SELECT " ROLLUP_COLUMNS
                           " FROM rollup WHERE district_id = $1 AND monday = $2 AND indicator = $3"
                           " AND subject <> '' AND denominator > 0",
                           tx.district(), monday, code::coverage);
}

std::vector<Rollup> all(sql::Tx& tx) {
    return tx.rows<Rollup>("SELECT " ROLLUP_COLUMNS
                           " FROM rollup WHERE district_id = $1"
                           " ORDER BY indicator, monday, org_id, subject",
                           tx.district());
}

void insert_declarations(sql::Tx& tx, std::vector<Declaration> const& rows) {
    tx.insert("declaration", rows);
}

std::vector<Declaration> declarations(sql::Tx& tx, std::string const& from_month, std::string const& to_month) {
    return tx.rows<Declaration>("SELECT " DECLARATION_COLUMNS " FROM (SELECT " DECLARATION_COLUMNS
                                ", ROW_NUMBER() OVER (PARTITION BY indicator, org_id,"
                                " month ORDER BY declared_at DESC, id DESC) AS place FROM declaration WHERE "
                                "district_id = $1 AND month BETWEEN $2 AND $3)"
                                " AS ranked WHERE place = 1 ORDER BY month, indicator, org_id",
                                tx.district(), from_month, to_month);
}

namespace {

struct TargetsChanged {
    core::OrgId org_id;
};
BOOST_DESCRIBE_STRUCT(TargetsChanged, (), (org_id))

/// Said of the whole district: the places below hold those that concern them.
void say_targets(sql::Tx& tx, core::OrgId const& org) {
    feed::Address const address{"indicators.Targets", org.text(), {}};
    auto const left = tx.value<std::int64_t>(
        "SELECT COUNT(*) FROM indicator_target WHERE district_id = $1 AND org_id = $2", tx.district(), org);
    if (left.value_or(0) > 0)
        feed::put(tx, address, TargetsChanged{org});
    else
        feed::remove(tx, address);
}

}  // namespace

void put_targets(sql::Tx& tx, std::vector<Target> const& rows) {
    tx.insert("indicator_target", rows,
              "ON CONFLICT (district_id, indicator, org_id, due) DO UPDATE SET value = excluded.value");
    std::set<core::OrgId> places;
    for (auto const& row : rows) places.insert(row.org_id);
    for (auto const& org : places) say_targets(tx, org);
}

bool delete_target(sql::Tx& tx, std::string const& indicator, core::OrgId const& org, core::LocalDate due) {
    bool const stood = tx.execute(
                           "DELETE FROM indicator_target WHERE district_id = $1 AND indicator = $2 AND org_id = $3"
                           " AND due = $4",
                           tx.district(), indicator, org, due) == 1;
    if (stood) say_targets(tx, org);
    return stood;
}

std::vector<Target> targets(sql::Tx& tx) {
    return tx.rows<Target>(
        "SELECT indicator, org_id, due, value FROM indicator_target WHERE district_id = $1 ORDER BY due",
        tx.district());
}

}  // namespace santong::indicators::store
