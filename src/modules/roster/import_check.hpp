#pragma once
// One row of a sheet: read by the rules, held against the roster.
#include <functional>
#include <utility>

#include "modules/roster/import_context.hpp"
#include "modules/roster/service_write.hpp"

namespace santong::roster {

/// What a row says, in the roster's own terms.
struct ImportedPerson {
    std::string name;
    std::optional<Sex> sex;
    std::optional<core::LocalDate> birth_date;
    PersonalFields fields;
    std::string staff_number;
    std::string subject;
    std::string title;
    OrgId class_id;  ///< none for a class that is yet to be opened
    int grade = 0;
    int class_number = 0;
    std::optional<core::LocalDate> from_date;
    std::string guardian_name;
    std::string guardian_relation;
    std::string guardian_phone;
};

/// What becomes of a row.
struct ImportVerdict {
    ImportRowState state = ImportRowState::refused;
    std::optional<OrgId> school_id;
    std::string school_name;
    std::optional<PersonId> person_id;
    std::vector<ImportProblem> problems;
    std::vector<std::string> changes;  ///< fields that differ from what is here
    ImportedPerson read;
};

/// A row on its way through the checks.
struct CheckedRow {
    ImportCells const& cells;
    int number = 0;
    ImportDecision decision = ImportDecision::none;
};

/// A guardianship that a list of the school has made and the row of its pupil no longer tells.
struct LeftOutGuardian {
    Guardianship bond;
    OrgId school_id;
    int row = 0;
};

/// Checks the rows of one sheet, in their order: it remembers who has been seen.
class RowChecker {
public:
    RowChecker(ImportContext const& context, ImportKind kind, std::vector<ImportColumn> const& columns);

    ImportVerdict check(CheckedRow const& row);
    std::set<PersonId> const& seen() const { return seen_; }
    /// Schools whose rows the sheet holds.
    std::set<OrgId> const& schools() const { return schools_; }
    /// Guardians whom the rows so far leave out.
    std::vector<LeftOutGuardian> const& left_out() const { return left_out_; }
    /// The places that the rows so far speak for, with the people of the roster whom they leave out.
    std::vector<ImportCover> cover() const;

private:
    struct Work;
    std::string const& cell(Work const& work, RosterField field) const;
    bool has(RosterField field) const { return columns_.contains(field); }
    void refuse(Work& work, RosterField field, std::string key, core::ErrorParams params = {},
                std::string suggestion = {}) const;
    void refuse(Work& work, RosterField field, core::Error const& error) const;

    void read_school(Work& work) const;
    void read_person(Work& work) const;
    void read_numbers(Work& work) const;
    void read_class(Work& work, School const& school) const;
    std::optional<int> read_grade(Work& work, School const& school) const;
    void place_in_class(Work& work, School const& school, int grade, int number) const;
    void read_guardian(Work& work) const;
    void read_staff(Work& work) const;
    void check_agreement(Work& work) const;
    void note_cover(Work const& work);

    // import_match.cpp
    void match(Work& work);
    void match_pupil(Work& work);
    void match_staff(Work& work);
    ImportPerson const* by_numbers(Work& work) const;
    /// Somebody of the same name and birthday; asks if that is not proof enough.
    ImportPerson const* by_likeness(Work& work) const;
    bool contradicts(Work const& work, ImportPerson const& other) const;
    void ask(Work& work, ImportPerson const& other) const;
    void ask_name(Work& work, ImportPerson const& other, RosterField field) const;
    void note_twice(Work& work, RosterField field, std::string const& number);
    void settle(Work& work, ImportPerson const* person);
    void compare_person(Work& work, ImportPerson const& person) const;
    void compare_pupil(Work& work, ImportPerson const& person) const;
    void compare_staff(Work& work, ImportPerson const& person) const;
    void note_left_out(Work const& work, ImportPerson const& pupil);

    ImportContext const& context_;
    ImportKind kind_;
    std::map<RosterField, std::int32_t> columns_;
    std::map<std::string, int> numbers_;  ///< keyed hash of a number → row
    std::map<PersonId, int> rows_;        ///< person → row
    std::set<PersonId> seen_;
    std::set<OrgId> schools_;
    std::vector<LeftOutGuardian> left_out_;
    std::map<OrgId, ImportCover> cover_;
    std::int64_t unknown_anywhere_ = 0;  ///< rows that tell neither who nor where
};

struct RowChecker::Work {
    CheckedRow const& row;
    ImportVerdict verdict;
    bool recognised = false;  ///< somebody of the roster is meant, whatever else is wrong
};

/// Adds what the rows of a verdict mean to a piece of a roster. `new_class` names the class of a verdict without one;
/// `new_guardian` remembers parents that this import makes, so that brothers and sisters share them.
class ImportBuilder {
public:
    ImportBuilder(ImportContext const& context, ImportKind kind) : context_(context), kind_(kind) {}

    void add(BulkRoster& bulk, ImportVerdict const& verdict);
    /// Somebody who has left the school.
    void end(BulkRoster& bulk, PersonId const& person, OrgId const& school) const;
    /// Guardianships that it has made since this was last asked, with the schools whose lists told them.
    std::vector<std::pair<GuardianshipId, OrgId>> take_told() { return std::exchange(told_, {}); }

private:
    void add_pupil(BulkRoster& bulk, PersonId const& id, ImportVerdict const& verdict, ImportPerson const* known);
    void add_staff(BulkRoster& bulk, PersonId const& id, ImportVerdict const& verdict, ImportPerson const* known);
    void add_guardian(BulkRoster& bulk, PersonId const& pupil, ImportVerdict const& verdict, ImportPerson const* known);
    OrgId class_of(BulkRoster& bulk, ImportVerdict const& verdict);
    core::LocalDate last_day(core::LocalDate from) const;

    ImportContext const& context_;
    ImportKind kind_;
    std::map<std::tuple<OrgId, int, int>, OrgId> new_classes_;
    std::vector<std::pair<GuardianshipId, OrgId>> told_;
    std::map<std::pair<std::string, std::string>, PersonId> new_guardians_;
};

}  // namespace santong::roster
