#pragma once
// Who is meant, and by when it is needed: asked of the roster, the timetable and the teachers' plans.
#include <map>

#include "modules/push/domain.hpp"
#include "platform/sql/database.hpp"

namespace santong::push {

/// Schools of these kinds that have classes of these grades today.
std::vector<roster::School> schools_for(sql::Tx& tx, core::LocalDate on, PushAudience const& audience);

/// When schools need something.
struct NeedWish {
    std::vector<core::OrgId> schools;
    std::string subject;
    std::int32_t grade_from = 1;
    std::int32_t grade_to = 12;
    std::vector<ChapterId> chapters;  ///< empty = any of the subject
    std::int32_t days = 7;
};
struct Need {
    core::Instant at;
    std::int32_t period = 0;
    core::OrgId class_id;
};
/// The next lesson of the subject of each school: one whose plan names a chapter before one of which nothing is known.
/// A lesson that is planned for another chapter needs none of these. Schools without such a lesson are not in it.
std::map<core::OrgId, Need> needs(sql::Tx& tx, core::Instant now, NeedWish const& wish);

/// Chapters that teachers plan to teach in the coming lessons, for a rule without one of its own.
std::vector<ChapterId> planned_chapters(sql::Tx& tx, core::Instant now, NeedWish const& wish);

/// The next moment at this weekday and minute.
core::Instant next_weekday(core::Zone const& zone, core::Instant now, int weekday, int minute);

}  // namespace santong::push
