#pragma once
// What the timetable says whatever was changed later, and recorded changes beside it. May include: domain, store, lower
// modules.
#include <map>
#include <set>

#include "modules/timetable/service_office.hpp"
#include "platform/sql/database.hpp"

namespace santong::timetable {

/// What the timetable of a school says for a class in a period of a day.
class Planned {
public:
    Planned(sql::Tx& tx, core::OrgId const& school);
    std::optional<Entry> at(core::OrgId const& class_id, core::LocalDate date, int period);

private:
    int weekday_on(core::LocalDate date);
    std::optional<Timetable> const& table_on(core::LocalDate date);

    sql::Tx& tx_;
    core::OrgId school_;
    std::vector<core::OrgId> ancestors_;
    std::map<core::LocalDate, std::optional<Timetable>> known_;
};

/// Names of classes and persons for a list.
struct Names {
    std::map<core::OrgId, std::string> classes;
    std::map<core::PersonId, std::string> persons;

    std::string of(std::optional<core::PersonId> const& id) const;
    std::string of(core::OrgId const& id) const;
};
Names names_for(sql::Tx& tx, core::OrgId const& school, core::LocalDate on, std::set<core::PersonId> const& persons);

/// Changes of a school beside what was planned, with what their requests say. Whoever calls decides who may read the
/// reasons.
std::vector<SubstitutionView> views_of(sql::Tx& tx, core::OrgId const& school, std::vector<Substitution> changes);

}  // namespace santong::timetable
