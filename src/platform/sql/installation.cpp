#include "platform/sql/installation.hpp"

namespace santong::sql {

std::optional<std::string> installation_value(Tx& tx, std::string const& name) {
    return tx.value<std::string>("SELECT value FROM installation WHERE district_id = 0 AND name = $1", name);
}

void set_installation_value(Tx& tx, std::string const& name, std::string const& value) {
    tx.execute(
        "INSERT INTO installation (district_id, name, value) VALUES (0, $1, $2)"
        " ON CONFLICT (district_id, name) DO UPDATE SET value = excluded.value",
        name, value);
}

std::vector<core::DistrictId> districts(Tx& tx) {
    return tx.column<core::DistrictId>(
        "SELECT district_id FROM installation WHERE name = 'district' ORDER BY district_id");
}

std::vector<core::DistrictId> districts(Database& db) {
    return db.read(0, [](Tx& tx) { return districts(tx); });
}

void add_district(Tx& tx) {
    tx.execute(
        "INSERT INTO installation (district_id, name, value) VALUES ($1, 'district', 'yes')"
        " ON CONFLICT DO NOTHING",
        tx.district());
}

void add_district(Database& db, core::DistrictId district) {
    db.transact(district, [](Tx& tx) { add_district(tx); });
}

}  // namespace santong::sql
