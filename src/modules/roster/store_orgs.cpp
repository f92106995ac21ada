#include "modules/roster/store.hpp"

namespace santong::roster::store {

std::optional<District> find_district(sql::Tx& tx) {
    return tx.optional_row<District>("SELECT org_id, name, zone_minutes FROM roster_district WHERE district_id = $1",
                                     tx.district());
}

void put_district(sql::Tx& tx, District const& district) {
    tx.insert_one("roster_district", district,
                  "ON CONFLICT (district_id) DO UPDATE SET org_id = excluded.org_id, name = excluded.name,"
                  " zone_minutes = excluded.zone_minutes");
}

std::vector<Term> terms(sql::Tx& tx) {
    return tx.rows<Term>(
        "SELECT id, school_year, number, name, from_date, to_date, week_one_monday FROM term"
        " WHERE district_id = $1 ORDER BY from_date",
        tx.district());
}

void put_terms(sql::Tx& tx, std::vector<Term> const& rows) {
    tx.insert(
        "term", rows,
        "ON CONFLICT (district_id, id) DO UPDATE SET school_year = excluded.school_year, number = excluded.number,"
        " name = excluded.name, from_date = excluded.from_date, to_date = excluded.to_date,"
        " week_one_monday = excluded.week_one_monday");
}

void remove_term(sql::Tx& tx, TermId const& id) {
    tx.execute("DELETE FROM term WHERE district_id = $1 AND id = $2", tx.district(), id);
}

std::vector<Org> orgs(sql::Tx& tx, std::vector<OrgId> const& ids) {
    return tx.rows<Org>(
        "SELECT id, kind, parent_id, name, short_name, code, sort, map_x, map_y, from_date, to_date"
        " FROM org WHERE district_id = $1 AND id {in $2}",
        tx.district(), ids);
}

std::vector<Org> children(sql::Tx& tx, OrgId const& parent, std::string_view kind) {
    return tx.rows<Org>(
        "SELECT id, kind, parent_id, name, short_name, code, sort, map_x, map_y, from_date, to_date"
        " FROM org WHERE district_id = $1 AND parent_id = $2 AND to_date IS NULL"
        " AND (CAST($3 AS TEXT) = '' OR kind = $3) ORDER BY sort, name, id",
        tx.district(), parent, kind);
}

std::vector<Org> subtree(sql::Tx& tx, OrgId const& root, std::string_view kind) {
    return tx.rows<Org>(
        "SELECT o.id, o.kind, o.parent_id, o.name, o.short_name, o.code, o.sort, o.map_x, o.map_y,"
        " o.from_date, o.to_date FROM org_closure c"
        " JOIN org o ON o.district_id = c.district_id AND o.id = c.org_id"
        " WHERE c.district_id = $1 AND c.ancestor_id = $2 AND o.to_date IS NULL"
        " AND (CAST($3 AS TEXT) = '' OR o.kind = $3) ORDER BY c.depth, o.sort, o.name, o.id",
        tx.district(), root, kind);
}

std::vector<OrgId> self_and_ancestors(sql::Tx& tx, OrgId const& id) {
    return tx.column<OrgId>("SELECT ancestor_id FROM org_closure WHERE district_id = $1 AND org_id = $2 ORDER BY depth",
                            tx.district(), id);
}

std::vector<OrgParent> all_parents(sql::Tx& tx) {
    return tx.rows<OrgParent>("SELECT id, parent_id FROM org WHERE district_id = $1", tx.district());
}

void put_orgs(sql::Tx& tx, std::vector<Org> const& rows) {
    tx.insert("org", rows,
              "ON CONFLICT (district_id, id) DO UPDATE SET kind = excluded.kind, parent_id = excluded.parent_id,"
              " name = excluded.name, short_name = excluded.short_name, code = excluded.code, sort = excluded.sort,"
              " map_x = excluded.map_x, map_y = excluded.map_y, from_date = excluded.from_date,"
              " to_date = excluded.to_date, version = org.version + 1");
}

void replace_closure(sql::Tx& tx, std::vector<OrgId> const& orgs, std::vector<ClosureRow> const& rows) {
    tx.execute("DELETE FROM org_closure WHERE district_id = $1 AND org_id {in $2}", tx.district(), orgs);
    tx.insert("org_closure", rows);
}

std::vector<OrgPlace> open_places(sql::Tx& tx, std::vector<OrgId> const& orgs) {
    return tx.rows<OrgPlace>(
        "SELECT id, org_id, parent_id, name, from_date, to_date FROM org_history"
        " WHERE district_id = $1 AND org_id {in $2} AND to_date IS NULL",
        tx.district(), orgs);
}

void put_places(sql::Tx& tx, std::vector<OrgPlace> const& rows) {
    tx.insert("org_history", rows,
              "ON CONFLICT (district_id, id) DO UPDATE SET from_date = excluded.from_date, to_date = excluded.to_date");
}

}  // namespace santong::roster::store
