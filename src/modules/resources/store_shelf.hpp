#pragma once
// May include: domain, platform/sql. What the library holds, counted.
#include "modules/resources/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources::store {

struct KindCount {
    std::string kind;
    std::int64_t count = 0;
    std::int64_t reused = 0;
};
BOOST_DESCRIBE_STRUCT(KindCount, (), (kind, count, reused))
/// Public resources with a licence by kind, and how many of them another school has opened since a day.
std::vector<KindCount> kinds_on_shelf(sql::Tx& tx, core::LocalDate since);

struct GiverCount {
    std::int64_t schools = 0;
    std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(GiverCount, (), (schools, people))
GiverCount givers(sql::Tx& tx);

}  // namespace santong::resources::store
