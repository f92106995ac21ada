#pragma once
// What rows of a sheet are held against: the roster's places and people, read once for many rows.
#include <map>
#include <set>
#include <unordered_map>

#include "modules/roster/import_domain.hpp"
#include "modules/roster/store.hpp"

namespace santong::roster {

/// A class that a row may be for.
struct ImportClass {
    OrgId id;
    OrgId school_id;
    int grade = 1;
    int number = 1;
    std::string name;
    std::string own_name;  ///< as its node is called: 2014级1班
};

/// Somebody who is here already.
struct ImportPerson {
    store::PersonRow row;
    std::optional<Enrolment> seat;    ///< the enrolment that runs
    std::vector<Post> posts;          ///< that run
    std::vector<Guardianship> bonds;  ///< with guardians, that run
};

/// The district at the time of a dry run or a write.
class ImportContext {
public:
    ImportContext(sql::Tx& tx, core::LocalDate today, std::vector<OrgId> const& places);

    core::LocalDate today() const { return today_; }
    int school_year() const { return school_year_of(today_); }
    /// By name, short name or code; text as it stands in the sheet.
    School const* find_school(std::string_view text) const;
    School const* school(OrgId const& id) const;
    /// The school whose name is nearest; none if nothing is near.
    School const* nearest_school(std::string_view text) const;
    /// The only school that the caller may import for; none if there are several.
    School const* only_school() const;
    bool may_touch(OrgId const& school) const { return allowed_.contains(school); }
    /// Whether the caller may learn of somebody and change him: the people of his own schools, and those who have no
    /// place at all just now.
    bool may_know(ImportPerson const& person) const;
    std::vector<ImportClass> classes_of(OrgId const& school, int grade) const;
    ImportClass const* find_class(OrgId const& school, int grade, int number) const;
    ImportClass const* class_by_id(OrgId const& id) const;
    /// Classes of a school that are called so.
    std::vector<ImportClass> classes_named(OrgId const& school, std::string_view name) const;

    ImportPerson const* person(PersonId const& id) const;
    ImportPerson const* by_identity(std::string const& index) const { return find(by_identity_, index); }
    ImportPerson const* by_student_number(std::string const& index) const { return find(by_student_number_, index); }
    ImportPerson const* by_staff_number(std::string const& number) const { return find(by_staff_number_, number); }
    std::vector<ImportPerson const*> by_name(std::string const& name) const;
    /// Somebody of this name and telephone: the parent of a brother or sister.
    ImportPerson const* by_phone(std::string const& index, std::string const& name) const;
    /// Whether a list of this school has made a guardianship.
    bool told_by(OrgId const& school, GuardianshipId const& id) const;
    /// Pupils of a class, or staff of a school, who are not in `seen`.
    std::vector<ImportPerson const*> absent(ImportKind kind, OrgId const& place, std::set<PersonId> const& seen) const;

private:
    using Index = std::unordered_map<std::string, PersonId>;
    ImportPerson const* find(Index const& index, std::string const& key) const;
    void read_people(sql::Tx& tx);

    core::LocalDate today_;
    std::vector<School> schools_;
    std::set<OrgId> allowed_;
    bool whole_district_ = false;
    std::vector<ImportClass> classes_;
    std::map<GuardianshipId, OrgId> told_;
    std::unordered_map<PersonId, ImportPerson> people_;
    Index by_identity_, by_student_number_, by_staff_number_;
    std::unordered_multimap<std::string, PersonId> by_name_, by_phone_;
};

}  // namespace santong::roster
