#pragma once
// May include: domain, platform/sql. What the library holds, counted.
#include "modules/resources/domain.hpp"
#include "modules/resources/service_shelf.hpp"
#include "platform/sql/database.hpp"

namespace santong::resources::store {

/// For the district or the public, reviewed, with a licence, and published before a moment.
std::vector<Shelved> on_shelf(sql::Tx& tx, core::Instant before);
/// Resources that anybody of another school has opened on the days from..to.
std::vector<ResourceId> opened_elsewhere(sql::Tx& tx, core::LocalDate from, core::LocalDate to);

struct GiverCount {
    std::int64_t schools = 0;
    std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(GiverCount, (), (schools, people))
GiverCount givers(sql::Tx& tx, core::Instant before);

struct FiledKind {
    ChapterId chapter_id;
    Kind kind = Kind::document;
};
BOOST_DESCRIBE_STRUCT(FiledKind, (), (chapter_id, kind))
/// What chapters have of which everybody of the district may make use.
std::vector<FiledKind> filed_kinds(sql::Tx& tx, core::Instant before);

}  // namespace santong::resources::store
