#include "server/opened_place.hpp"

#include "platform/auth/keys.hpp"
#include "platform/sql/installation.hpp"
#include "server/cannot_begin.hpp"
#include "server/modules.hpp"
#include "server/parts.hpp"
#include "server/version.hpp"

namespace santong::server {

OpenedPlace::OpenedPlace(Place const& place, Make make)
    : db(make == Make::yes ? open_database(place) : open_existing_database(place)),
      clock(teaching_clock(*db)),
      shapes(all_shapes()),
      keys_folder(place.keys_folder()) {
    auth::Keys::use(open_keys(*db, place));
    demo = db->read(0, [](sql::Tx& tx) { return sql::installation_value(tx, "demo"); }) == "yes";
}

nodes::Site OpenedPlace::site() const {
    return {*db, machine_clock(), *clock, shapes, keys_folder, version_text, demo};
}

core::DistrictId OpenedPlace::district() const {
    auto const all = sql::districts(*db);
    if (all.empty()) throw CannotBegin("there is no district here yet");
    return all.front();
}

}  // namespace santong::server
