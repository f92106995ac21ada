#include "standards/oneroster/plan.hpp"

#include <algorithm>

#include "standards/oneroster/planner.hpp"

namespace santong::oneroster {

namespace {

constexpr std::size_t people_in_piece = 400;
constexpr std::size_t rows_in_piece = 2'000;

std::string key_of(std::string_view kind, std::string_view sourced_id) {
    return std::string(kind).append("\n").append(sourced_id);
}

void append(std::vector<KeptRow>& to, std::vector<KeptRow>& from) {
    to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
}

template <class T>
void append(std::vector<T>& to, std::vector<T> const& from) {
    to.insert(to.end(), from.begin(), from.end());
}

}  // namespace

KnownRows::KnownRows(std::vector<roster::KnownSource> rows, std::string system)
    : rows_(std::move(rows)), system_(std::move(system)) {
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        auto& map = rows_[i].system == system_ ? own_ : others_;
        map.emplace(key_of(rows_[i].kind, rows_[i].sourced_id), i);
    }
}

roster::KnownSource const* KnownRows::find(FileKind kind, std::string const& sourced_id) const {
    auto const found = own_.find(key_of(core::enum_text(kind), sourced_id));
    return found == own_.end() ? nullptr : &rows_[found->second];
}

roster::KnownSource const* KnownRows::elsewhere(FileKind kind, std::string const& sourced_id,
                                                std::string const& digest) const {
    if (others_.empty()) return nullptr;
    auto const found = others_.find(key_of(core::enum_text(kind), sourced_id));
    return found == others_.end() || rows_[found->second].digest != digest ? nullptr : &rows_[found->second];
}

Columns columns_of(Table const& table, Row const& row) {
    Columns columns;
    for (std::size_t i = 0; i < table.header.size(); ++i) {
        if (!row.cells[i].empty()) columns.emplace(table.header[i], row.cells[i]);
    }
    return columns;
}

Planner::Planner(PlanInput const& input) : input_(input), picture_(input.picture) {}

Plan Planner::run() {
    mark_rows();
    find_ended();
    plan_orgs();
    plan_sessions();
    plan_classes();
    note_roles();
    note_subjects();
    plan_users();
    plan_demographics();
    end_bonds();
    plan_roles();
    plan_enrollments();
    plan_agents();
    end_places();
    count();
    keep_rows();
    assemble();
    return std::move(plan_);
}

std::string const& Planner::cell(FileKind kind, std::size_t row, char const* column) const {
    auto const* rows = table(kind);
    return Table::cell(rows->rows[row], rows->column(column));
}

std::ptrdiff_t Planner::find(FileKind kind, std::string const& sourced_id) const {
    auto const file = rows_.find(kind);
    if (file == rows_.end()) return -1;
    auto const found = file->second.find(sourced_id);
    return found == file->second.end() ? -1 : static_cast<std::ptrdiff_t>(found->second);
}

std::optional<core::Uuid> Planner::entity(FileKind kind, std::string const& sourced_id) const {
    if (sourced_id.empty()) return std::nullopt;
    auto const row = find(kind, sourced_id);
    if (row >= 0) return marks_.at(kind)[static_cast<std::size_t>(row)].entity;
    auto const* known = input_.known.find(kind, sourced_id);
    return known ? known->entity_id : std::nullopt;
}

PersonUnit& Planner::unit(core::PersonId const& person) {
    auto const [at, fresh_one] = units_.try_emplace(person);
    if (fresh_one) unit_order_.push_back(person);
    return at->second;
}

core::LocalDate Planner::year_start() const {
    return {static_cast<std::int16_t>(picture_.school_year()), 8, 1};
}

core::LocalDate Planner::last_day(core::LocalDate from) const {
    return std::max(from, picture_.today.plus_days(-1));
}

void Planner::mark_rows() {
    for (auto const kind : files_in_order()) {
        if (auto const* rows = table(kind)) mark_table(*rows);
    }
}

void Planner::mark_table(Table const& table) {
    int const id = table.column("sourcedId");
    int const status = table.column("status");
    auto& marks = marks_[table.kind];
    auto& rows = rows_[table.kind];
    marks.reserve(table.rows.size());
    rows.reserve(table.rows.size());
    for (std::size_t i = 0; i < table.rows.size(); ++i) {
        rows.emplace(Table::cell(table.rows[i], id), i);
        marks.push_back(table.rows[i].sound ? mark_row(table, table.rows[i], id, status) : Mark{});
        if (auto const& one = marks.back(); one.entity) {
            input_.ids.set(EntityId{*one.entity}, Table::cell(table.rows[i], id));
        }
    }
}

Mark Planner::mark_row(Table const& table, Row const& row, int id, int status) {
    auto const& sourced_id = Table::cell(row, id);
    std::string content;
    for (auto const& [name, value] : columns_of(table, row))
        content.append(name).append("\x1f").append(value).append("\x1e");
    Mark one;
    one.digest = input_.digest(content);
    auto const* known = input_.known.find(table.kind, sourced_id);
    if (known) {
        one.entity = known->entity_id;
        one.person = known->person_id;
    }
    if (Table::cell(row, status) == "tobedeleted") {
        one.state = known ? RowState::ended : RowState::same;
        return one;
    }
    if (!known) known = input_.known.elsewhere(table.kind, sourced_id, one.digest);
    one.state = !known ? RowState::added : known->digest == one.digest ? RowState::same : RowState::changed;
    if (known && !one.entity) {
        one.entity = known->entity_id;
        one.person = known->person_id;
    }
    if (one.state == RowState::added && input_.own) mark_own(table, row, one);
    return one;
}

/// Known rows that a whole file no longer has, and those that are marked as deleted.
void Planner::find_ended() {
    for (auto const& known : input_.known.all()) {
        auto const kind = core::enum_parse<FileKind>(known.kind);
        if (!kind || known.system != input_.known.system()) continue;
        auto const row = find(*kind, known.sourced_id);
        auto const* rows = table(*kind);
        bool const deleted = row >= 0 && mark(*kind, static_cast<std::size_t>(row)).state == RowState::ended;
        bool const gone = row < 0 && rows && rows->mode == Mode::bulk;
        if (deleted || gone) ended_.push_back(&known);
        if (gone) ++plan_.by_file[*kind].ended;
    }
}

void Planner::count() {
    for (auto const& [kind, marks] : marks_) {
        auto& counts = plan_.by_file[kind];
        for (auto const& one : marks) {
            switch (one.state) {
                case RowState::same: ++counts.same; break;
                case RowState::added: ++counts.added; break;
                case RowState::changed: ++counts.changed; break;
                case RowState::ended: ++counts.ended; break;
                case RowState::refused: ++counts.refused; break;
            }
        }
    }
    for (auto const& [kind, counts] : plan_.by_file) {
        plan_.counts.added += counts.added;
        plan_.counts.changed += counts.changed;
        plan_.counts.ended += counts.ended;
        plan_.counts.same += counts.same;
        plan_.counts.refused += counts.refused;
    }
}

void Planner::keep(FileKind kind, std::size_t row) {
    auto const& one = mark(kind, row);
    auto person = one.person;
    auto const& spec = spec_of(kind);
    if (!person && *spec.person) {
        if (auto const id = entity(FileKind::users, cell(kind, row, spec.person))) person = core::PersonId{*id};
    }
    KeptRow kept{kind, &table(kind)->rows[row], one.digest, one.entity, person};
    auto const owner = kind == FileKind::roles || kind == FileKind::enrollments
                           ? entity(FileKind::users, cell(kind, row, "userSourcedId"))
                           : std::nullopt;
    if (person)
        unit(*person).kept.push_back(std::move(kept));
    else if (owner)
        unit(core::PersonId{*owner}).kept.push_back(std::move(kept));
    else
        places_.kept.push_back(std::move(kept));
}

void Planner::keep_rows() {
    for (auto const& [kind, marks] : marks_) {
        for (std::size_t i = 0; i < marks.size(); ++i) {
            if (fresh(marks[i]) && !marks[i].own) keep(kind, i);
        }
    }
    for (auto const* known : ended_) {
        DroppedRow dropped{*core::enum_parse<FileKind>(known->kind), known->sourced_id};
        if (known->person_id)
            unit(*known->person_id).dropped.push_back(std::move(dropped));
        else
            places_.dropped.push_back(std::move(dropped));
    }
}

/// Places first, then people: guardians just before the first of their children.
void Planner::assemble() {
    auto kept = std::move(places_.kept);
    places_.kept.clear();
    std::ranges::stable_partition(kept, [](KeptRow const& one) {
        return one.kind == FileKind::orgs || one.kind == FileKind::academicSessions || one.kind == FileKind::classes;
    });
    for (auto& one : kept) {
        if (places_.kept.size() >= rows_in_piece && places_.bulk.orgs.empty()) {
            plan_.pieces.push_back(std::move(places_));
            places_ = {};
        }
        bool const place =
            one.kind == FileKind::orgs || one.kind == FileKind::academicSessions || one.kind == FileKind::classes;
        if (!place && !places_.bulk.orgs.empty()) {
            plan_.pieces.push_back(std::move(places_));
            places_ = {};
        }
        places_.kept.push_back(std::move(one));
    }
    auto const& bulk = places_.bulk;
    if (bulk.district || !bulk.orgs.empty() || !bulk.terms.empty() || !places_.kept.empty() ||
        !places_.dropped.empty()) {
        plan_.pieces.push_back(std::move(places_));
    }
    assemble_people();
}

void Planner::assemble_people() {
    std::set<core::PersonId> done;
    Piece piece;
    std::size_t people = 0;
    auto add = [&](core::PersonId const& id) {
        auto const found = units_.find(id);
        if (found == units_.end() || !done.insert(id).second) return;
        auto& one = found->second;
        if (one.record) piece.bulk.people.push_back(std::move(*one.record));
        append(piece.bulk.posts, one.posts);
        append(piece.bulk.enrolments, one.enrolments);
        append(piece.bulk.guardianships, one.guardianships);
        append(piece.kept, one.kept);
        append(piece.dropped, one.dropped);
        ++people;
    };
    for (auto const& id : unit_order_) {
        auto const bonds = units_.at(id).guardianships;
        for (auto const& bond : bonds) add(bond.guardian_id);
        add(id);
        if (people < people_in_piece) continue;
        plan_.pieces.push_back(std::move(piece));
        piece = {};
        people = 0;
    }
    if (people > 0) plan_.pieces.push_back(std::move(piece));
}

Plan make_plan(PlanInput const& input) {
    return Planner(input).run();
}

}  // namespace santong::oneroster
