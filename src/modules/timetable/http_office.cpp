#include "modules/timetable/http_office.hpp"

#include "modules/roster/permissions.hpp"
#include "modules/timetable/permissions.hpp"
#include "modules/timetable/service_office.hpp"
#include "modules/timetable/service_unplanned.hpp"

namespace santong::timetable {

namespace {

using http::Access;
using http::Call;

struct ChoicesQuery {
    std::optional<core::OrgId> school_id;
};
BOOST_DESCRIBE_STRUCT(ChoicesQuery, (), (school_id))

struct SpanQuery {
    core::OrgId school_id;
    core::LocalDate from;
    core::LocalDate to;
};
BOOST_DESCRIBE_STRUCT(SpanQuery, (), (school_id, from, to))

struct OrgQuery {
    core::OrgId org_id;
};
BOOST_DESCRIBE_STRUCT(OrgQuery, (), (org_id))

struct VersionsQuery {
    core::OrgId school_id;
};
BOOST_DESCRIBE_STRUCT(VersionsQuery, (), (school_id))

struct PlaceQuery {
    core::OrgId class_id;
    core::LocalDate date;
    std::int32_t period = 0;
};
BOOST_DESCRIBE_STRUCT(PlaceQuery, (), (class_id, date, period))

struct SubstitutionList {
    std::vector<SubstitutionView> items;
};
BOOST_DESCRIBE_STRUCT(SubstitutionList, (), (items))
struct PatrolList {
    std::vector<PatrolView> items;
};
BOOST_DESCRIBE_STRUCT(PatrolList, (), (items))
struct CalendarList {
    std::vector<CalendarDay> items;
};
BOOST_DESCRIBE_STRUCT(CalendarList, (), (items))
struct CandidateList {
    std::vector<Candidate> items;
};
BOOST_DESCRIBE_STRUCT(CandidateList, (), (items))
struct TimetableList {
    std::vector<Timetable> items;
};
BOOST_DESCRIBE_STRUCT(TimetableList, (), (items))

void register_terms(http::Router& router, sql::Database& db, core::Clock const& clock) {
    router
        .del<core::Nothing>("/api/v1/terms/{term_id}", Access::with(roster::permissions::manage_terms),
                            [&db, &clock](Call const& call) {
                                return remove_term(db, clock, call.caller, call.id<roster::TermId>("term_id"));
                            })
        .says("Takes back a term that has not begun and that nothing uses.");
}

void register_changes(http::Router& router, sql::Database& db) {
    router
        .list<SpanQuery, SubstitutionList>(
            "/api/v1/substitutions", Access::with(permissions::substitute),
            [&db](Call const& call, SpanQuery const& query) -> core::Result<SubstitutionList> {
                return SubstitutionList{TRY(substitutions_of(db, call.caller, query.school_id, query.from, query.to))};
            })
        .says("A school's substitutions beside what was planned.");
    router
        .list<SpanQuery, PatrolList>(
            "/api/v1/patrol-exceptions", Access::with(permissions::patrol),
            [&db](Call const& call, SpanQuery const& query) -> core::Result<PatrolList> {
                return PatrolList{TRY(patrol_of(db, call.caller, query.school_id, query.from, query.to))};
            })
        .says("A school's patrol exceptions beside what was planned.");
    router
        .list<PlaceQuery, CandidateList>(
            "/api/v1/timetable/candidates", Access::with(permissions::view),
            [&db](Call const& call, PlaceQuery const& query) -> core::Result<CandidateList> {
                return CandidateList{TRY(candidates(db, call.caller, query.class_id, query.date, query.period))};
            })
        .says("Teachers who could take a lesson over, free ones first: for the office and for the lesson's teacher.");
}

}  // namespace

void register_office_routes(http::Router& router, sql::Database& db, core::Clock const& clock) {
    register_changes(router, db);
    register_terms(router, db, clock);
    router
        .list<ChoicesQuery, Choices>("/api/v1/timetable/choices", Access::signed_in(),
                                     [&db, &clock](Call const& call, ChoicesQuery const& query) {
                                         return choices(db, call.caller, clock, query.school_id);
                                     })
        .says("Whose timetables the caller may open.");
    router
        .act<ConfirmUnplanned, Substitution>(
            "/api/v1/unplanned-lessons/{lesson_id}/confirm", Access::with(permissions::substitute),
            [&db, &clock](Call const& call, ConfirmUnplanned const& wish) {
                return confirm_unplanned(db, call.caller, clock, call.id<LessonId>("lesson_id"), wish);
            })
        .says("Makes a lesson taken beside the timetable one that counts as taught.");
    router
        .list<OrgQuery, CalendarList>(
            "/api/v1/calendar", Access::with(permissions::view),
            [&db, &clock](Call const& call, OrgQuery const& query) -> core::Result<CalendarList> {
                return CalendarList{TRY(calendar_of(db, call.caller, clock, query.org_id))};
            })
        .says("Days of the term that differ from the week's pattern, the school's own and those of all above it.");
    router
        .list<VersionsQuery, TimetableList>(
            "/api/v1/timetables", Access::with(permissions::edit),
            [&db, &clock](Call const& call, VersionsQuery const& query) -> core::Result<TimetableList> {
                return TimetableList{TRY(versions(db, call.caller, clock, query.school_id))};
            })
        .says("The versions of a school's timetable in the running term, newest first.");
}

}  // namespace santong::timetable
