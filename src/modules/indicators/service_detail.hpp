#pragma once
// One indicator: its number, its parts, its matrix, the lessons behind it.
#include "modules/indicators/service_cockpit.hpp"

namespace santong::indicators {

/// How somebody may see a school: from above (unnamed, small cells hidden) or from within.
enum class Sight : int { district, school };

/// Whose figures a caller gets for what he asks: refuses "core.forbidden", "roster.org_not_found".
struct Subject {
    Sight sight = Sight::district;
    std::optional<core::OrgId> school;  ///< absent = the district
};
core::Result<Subject> subject_of(sql::Tx& tx, auth::Caller const& caller, std::string const& org);

/// Where an export goes, and in which language.
struct Export {
    std::string file;
    std::string language = "zh-CN";
};

/// Refuses "indicators.not_found", "indicators.no_such_week". `language` names the subjects.
core::Result<IndicatorView> indicator(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                      std::string const& code, FigureQuery const& query, std::string const& language);
/// The same as a workbook at `file`, under the same rules; recorded in the audit log.
core::Result<void> export_indicator(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                    std::string const& code, FigureQuery const& query, Export const& target);
core::Result<void> export_cockpit(sql::Database& db, auth::Caller const& caller, core::Clock const& clock, int week,
                                  Export const& target);

struct LessonQuery {
    std::int32_t week = 0;
    std::string org;
    std::string subject;  ///< code or group; empty = all
};
BOOST_DESCRIBE_STRUCT(LessonQuery, (), (week, org, subject))

/// A lesson that is open to the school.
struct LessonRow {
    core::OrgId class_id;
    std::string class_name;
    core::PersonId teacher_id;
    std::string teacher_name;
    core::LocalDate date;
    std::int32_t period = 0;
    std::string subject;
    std::string subject_title;
    std::string kind;
    std::string minutes_band;
    std::int32_t resource_count = 0;
    bool reviewed_resource = false;
};
BOOST_DESCRIBE_STRUCT(LessonRow, (),
                      (class_id, class_name, teacher_id, teacher_name, date, period, subject, subject_title, kind,
                       minutes_band, resource_count, reviewed_resource))

/// What an evidence number is made of. Above the school there are counts only.
struct LessonList {
    std::vector<FormulaPart> counts;  ///< by kind of evidence; empty if hidden
    bool hidden = false;
    bool named = false;             ///< single lessons may be listed to this caller
    std::int64_t not_yet_open = 0;  ///< count already, but are still with their teachers
    std::vector<LessonRow> lessons;
};
BOOST_DESCRIBE_STRUCT(LessonList, (), (counts, hidden, named, not_yet_open, lessons))
core::Result<LessonList> lessons(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 std::string const& code, LessonQuery const& query, std::string const& language);

}  // namespace santong::indicators
