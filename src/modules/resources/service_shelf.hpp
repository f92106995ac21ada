#pragma once
// How much the library holds and how far it is used, for indicators (I29, I30): numbers of things, schools and people,
// never whose.
#include <map>

#include "core/time.hpp"
#include "modules/resources/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources {

struct ShelfCounts {
    std::map<std::string, std::int64_t> kinds;  ///< reviewed resources with a licence, for the district and beyond
    std::int64_t resources = 0;                 ///< all of these together
    std::int64_t reused = 0;                    ///< of these: opened at another school than their own since the day
    std::int64_t schools = 0;                   ///< that gave one
    std::int64_t people = 0;                    ///< who gave one
    std::int64_t chapters = 0;                  ///< leaves of the textbooks
    std::int64_t complete = 0;                  ///< of these: have all they need
    std::map<std::string, std::int64_t> holes;  ///< kind → chapters that lack it
};
/// Of what stands on the shelf now; `since`: the day from which an opening counts. Checks no permission.
ShelfCounts shelf_counts(sql::Tx& tx, core::LocalDate since);

}  // namespace santong::resources
