#pragma once
// For plan*.cpp only.
#include <set>

#include "standards/oneroster/plan.hpp"

namespace santong::oneroster {

/// What is known of one row while the plan is made.
struct Mark {
    RowState state = RowState::refused;
    std::string digest;
    std::optional<core::Uuid> entity;
    std::optional<core::PersonId> person;
    bool own = false;  ///< a row of this roster under its own id: nothing of it has to be kept beside the roster
};

/// What a plan writes about one person, in one piece.
struct PersonUnit {
    std::optional<roster::PersonRecord> record;
    std::vector<roster::Post> posts;
    std::vector<roster::Enrolment> enrolments;
    std::vector<roster::Guardianship> guardianships;
    std::vector<KeptRow> kept;
    std::vector<DroppedRow> dropped;
};

class Planner {
public:
    explicit Planner(PlanInput const& input);
    Plan run();

private:
    // plan.cpp
    void mark_rows();
    void mark_table(Table const& table);
    Mark mark_row(Table const& table, Row const& row, int id, int status);

    // plan_own.cpp
    void mark_own(Table const& table, Row const& row, Mark& one);
    Row const* own_row(Table const& table, std::string const& sourced_id);
    bool in_roster(FileKind kind, core::Uuid const& id) const;
    bool is_made(Table const& table, Row const& row, std::string const& sourced_id) const;
    std::string own_id(FileKind kind, std::string const& sourced_id) const;
    void compare_own(FileKind kind, Columns const& ours, Columns const& theirs, Mark& one) const;
    void take_own_class(std::size_t row);
    void find_ended();
    void count();
    void keep_rows();
    void keep(FileKind kind, std::size_t row);
    void assemble();
    void assemble_people();

    // plan_places.cpp
    void plan_orgs();
    void plan_org(std::size_t row);
    std::optional<core::OrgId> org_entity(std::size_t row);
    std::optional<roster::OrgKind> org_kind(std::size_t row);
    core::OrgId parent_of(std::size_t row);
    void plan_school(core::OrgId const& id, std::string const& name, std::string const& code);
    void take_own_words(roster::SchoolProfile& school) const;
    void plan_sessions();
    void plan_classes();
    void choose_class_rows();
    void plan_class(std::size_t row);
    int class_grade(std::size_t row) const;
    int class_year(std::size_t row) const;
    std::optional<core::OrgId> same_class(core::OrgId const& school, roster::ClassProfile const& profile) const;
    void end_places();
    void end_org(core::OrgId const& id);

    // plan_people.cpp
    void plan_users();
    void plan_user(std::size_t row);
    roster::PersonRecord record_of(std::size_t row) const;
    void plan_demographics();
    void take_demographics(roster::PersonRecord& record, std::size_t row) const;
    void put_person(roster::PersonRecord const& record);
    void note_roles();
    void note_subjects();
    bool is_staff(std::string const& user) const;
    void end_person(core::PersonId const& id);

    // plan_bonds.cpp
    void plan_roles();
    void plan_role(std::size_t row);
    void plan_enrollments();
    void plan_seat(std::size_t row, core::PersonId const& person, core::OrgId const& group);
    void plan_teaching(std::size_t row, core::PersonId const& person, core::OrgId const& group);
    void plan_agents();
    void plan_agents_of(std::size_t row);
    void bind(core::PersonId const& guardian, core::PersonId const& pupil);
    void end_bonds();
    void end_post(roster::PostId const& id);
    void end_enrolment(roster::EnrolmentId const& id);

    Table const* table(FileKind kind) const { return input_.bundle.table(kind); }
    std::string const& cell(FileKind kind, std::size_t row, char const* column) const;
    Mark& mark(FileKind kind, std::size_t row) { return marks_.at(kind)[row]; }
    bool fresh(Mark const& one) const { return one.state == RowState::added || one.state == RowState::changed; }
    /// The row of a sourcedId in its file; -1 if the file does not have it.
    std::ptrdiff_t find(FileKind kind, std::string const& sourced_id) const;
    /// What a sourcedId stands for, in this bundle or from before.
    std::optional<core::Uuid> entity(FileKind kind, std::string const& sourced_id) const;
    PersonUnit& unit(core::PersonId const& person);
    core::LocalDate year_start() const;
    core::LocalDate last_day(core::LocalDate from) const;
    void put_post(roster::Post const& post);
    void put_enrolment(roster::Enrolment const& row);
    void put_bond(roster::Guardianship const& bond);

    PlanInput const& input_;
    Picture& picture_;
    Plan plan_;
    std::map<FileKind, std::vector<Mark>> marks_;
    std::map<FileKind, std::unordered_map<std::string, std::size_t>> rows_;
    std::map<FileKind, std::unordered_map<std::string, Row const*>> own_rows_;
    std::vector<roster::KnownSource const*> ended_;
    Piece places_;
    std::unordered_map<core::PersonId, PersonUnit> units_;
    std::vector<core::PersonId> unit_order_;
    std::set<std::size_t> class_rows_;  ///< rows of classes.csv that are classes of the roster (行政班)
    std::unordered_map<std::string, std::set<std::string>> roles_;  ///< words of roles.csv by user
    std::unordered_map<std::string, std::string> subjects_;         ///< code of the subject by teacher
    std::set<std::size_t> org_done_;
    std::set<core::OrgId> touched_classes_;  ///< made or changed by this bundle
    std::unordered_map<core::OrgId, std::size_t> org_rows_;
    std::set<core::OrgId> own_orgs_;  ///< changed by a row under their own id
};

}  // namespace santong::oneroster
