// Rows that come home: a bundle that was exported from this very roster, now or long ago.
#include <algorithm>
#include <array>

#include "platform/text/utf8.hpp"
#include "standards/oneroster/kept.hpp"
#include "standards/oneroster/planner.hpp"

namespace santong::oneroster {

namespace {

struct OwnColumn {
    FileKind kind;
    std::string_view name;
};

/// Columns that an export makes out of the calendar and out of other rows: they tell nothing of the row itself.
constexpr std::array made_columns = {OwnColumn{FileKind::classes, "courseSourcedId"},
                                     OwnColumn{FileKind::classes, "classType"},
                                     OwnColumn{FileKind::classes, "termSourcedIds"},
                                     OwnColumn{FileKind::classes, "grades"},
                                     OwnColumn{FileKind::users, "enabledUser"},
                                     OwnColumn{FileKind::users, "username"},
                                     OwnColumn{FileKind::users, "grades"},
                                     OwnColumn{FileKind::roles, "roleType"}};

bool is_made_column(FileKind kind, std::string_view name) {
    return std::ranges::any_of(made_columns,
                               [&](OwnColumn const& one) { return one.kind == kind && one.name == name; });
}

std::string const& value_of(Columns const& columns, std::string const& name) {
    static std::string const none;
    auto const found = columns.find(name);
    return found == columns.end() ? none : found->second;
}

/// Whether a list names nobody that the other does not name.
bool within(std::string const& list, std::string const& other) {
    auto const there = list_of(other);
    return std::ranges::all_of(list_of(list),
                               [&](std::string const& id) { return std::ranges::find(there, id) != there.end(); });
}

}  // namespace

Row const* Planner::own_row(Table const& table, std::string const& sourced_id) {
    auto const* own = input_.own->table(table.kind);
    if (!own) return nullptr;
    auto& index = own_rows_[table.kind];
    if (index.empty()) {
        int const id = own->column("sourcedId");
        for (auto const& mine : own->rows) index.emplace(Table::cell(mine, id), &mine);
    }
    auto const found = index.find(sourced_id);
    return found == index.end() ? nullptr : found->second;
}

bool Planner::in_roster(FileKind kind, core::Uuid const& id) const {
    switch (kind) {
        case FileKind::orgs:
        case FileKind::classes: return picture_.orgs.contains(core::OrgId{id});
        case FileKind::users:
        case FileKind::demographics: return picture_.people.contains(core::PersonId{id});
        case FileKind::academicSessions: return picture_.terms.contains(roster::TermId{id});
        case FileKind::roles: return picture_.posts.contains(roster::PostId{id});
        case FileKind::enrollments:
            return picture_.enrolments.contains(roster::EnrolmentId{id}) || picture_.posts.contains(roster::PostId{id});
        default: return false;
    }
}

/// The own id of what a sourcedId stands for.
std::string Planner::own_id(FileKind kind, std::string const& sourced_id) const {
    auto const* known = input_.known.find(kind, sourced_id);
    return known && known->entity_id ? known->entity_id->text() : sourced_id;
}

/// Whether a row is one of those that only an export has, of a place and a person of this roster.
bool Planner::is_made(Table const& table, Row const& row, std::string const& sourced_id) const {
    auto cell = [&](char const* column) -> std::string const& { return Table::cell(row, table.column(column)); };
    auto const org = core::Uuid::parse(own_id(FileKind::orgs, cell("orgSourcedId")));
    if (!org || !in_roster(FileKind::orgs, *org)) return false;
    if (table.kind == FileKind::courses) return sourced_id == made_id("course|" + org->text());
    if (table.kind != FileKind::roles) return false;
    auto const person = core::Uuid::parse(own_id(FileKind::users, cell("userSourcedId")));
    return person && in_roster(FileKind::users, *person) &&
           sourced_id == made_id(cell("role") + "|" + person->text() + "|" + org->text());
}

/// A row without a foreign name is called by its own id. What it says of the roster is done; nothing of it is kept
/// unless it has words that the roster has no place for.
void Planner::mark_own(Table const& table, Row const& row, Mark& one) {
    auto const& sourced_id = Table::cell(row, table.column("sourcedId"));
    auto const id = core::Uuid::parse(sourced_id);
    if (!id) return;
    if (is_made(table, row, sourced_id)) {
        one.state = RowState::same;
        return;
    }
    auto const* mine = own_row(table, sourced_id);
    if (!mine && !in_roster(table.kind, *id)) return;
    one.entity = id;
    one.own = true;
    if (mine) compare_own(table.kind, columns_of(*input_.own->table(table.kind), *mine), columns_of(table, row), one);
}

void Planner::compare_own(FileKind kind, Columns const& ours, Columns const& theirs, Mark& one) const {
    one.state = RowState::same;
    if (ours == theirs) return;
    auto const told = projection(picture_, input_.ids, kind, *one.entity);
    auto const group = picture_.classes.find(core::OrgId{*one.entity});
    auto names = ours;
    names.insert(theirs.begin(), theirs.end());
    for (auto const& [name, unused] : names) {
        auto const& mine = value_of(ours, name);
        auto const& other = value_of(theirs, name);
        if (mine == other || is_made_column(kind, name)) continue;
        bool const own_word = name.starts_with(own_prefix);
        bool const person = kind == FileKind::users || kind == FileKind::demographics;
        if (kind == FileKind::classes && name == "title" && group != picture_.classes.end() &&
            group->second.name.empty()) {
            continue;
        }
        if (other.empty() && (person || own_word)) continue;
        if (name == "agentSourcedIds" && within(other, mine)) continue;
        one.state = RowState::changed;
        if (!own_word && !told.contains(name)) one.own = false;
    }
}

/// A class of this roster keeps its year and number: a bundle of an earlier school year tells its grade of then.
void Planner::take_own_class(std::size_t row) {
    auto const id = core::OrgId{*mark(FileKind::classes, row).entity};
    auto profile = picture_.classes.at(id);
    profile.room = cell(FileKind::classes, row, "location");
    if (!profile.name.empty()) profile.name = cell(FileKind::classes, row, "title");
    auto org = picture_.orgs.at(id);
    org.to_date.reset();
    if (!profile.name.empty()) org.name = org.short_name = profile.name;
    picture_.orgs[id] = org;
    picture_.classes[id] = profile;
    places_.bulk.orgs.push_back(org);
    places_.bulk.classes.push_back(profile);
}

}  // namespace santong::oneroster
