#include "standards/oneroster/check_relations.hpp"

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "platform/text/utf8.hpp"

namespace santong::oneroster {

namespace {

using RowsById = std::unordered_map<std::string, Row*>;

class RelationCheck {
public:
    RelationCheck(Bundle& bundle, KnownRow const& known) : bundle_(bundle), known_(known) {}

    void run() {
        for (auto& [kind, table] : bundle_.tables) index(table);
        for (auto& [kind, table] : bundle_.tables)
            each_reference(table, [&](Row& row, ColumnSpec const& column, std::string const& id) {
                check_reference(table, row, column, id);
            });
        check_org_cycles();
        check_districts();
        check_roles();
        check_classes();
        check_enrollments();
        check_periods(FileKind::academicSessions, "startDate", "endDate");
        check_periods(FileKind::roles, "beginDate", "endDate");
        check_periods(FileKind::enrollments, "beginDate", "endDate");
        while (mark_dependants()) {}
    }

private:
    void refuse(Table const& table, Row& row, std::string column, std::string const& value, std::string key,
                core::ErrorParams params = {}) {
        row.sound = false;
        auto shown =
            is_personal(table.kind, column) ? masked(value) : std::string(text::truncate_characters(value, 60));
        params.emplace("value", shown);
        bundle_.findings.push_back({spec_of(table.kind).file_name(), row.number, std::move(column), std::move(shown),
                                    std::move(key), std::move(params), 0});
    }

    Table* table(FileKind kind) {
        auto const found = bundle_.tables.find(kind);
        return found == bundle_.tables.end() ? nullptr : &found->second;
    }

    Row* find(FileKind kind, std::string const& id) {
        auto const found = by_id_[kind].find(id);
        return found == by_id_[kind].end() ? nullptr : found->second;
    }

    void index(Table& table) {
        auto& rows = by_id_[table.kind];
        rows.reserve(table.rows.size());
        int const id = table.column("sourcedId");
        for (auto& row : table.rows) {
            auto const& value = Table::cell(row, id);
            if (value.empty()) continue;
            auto const [at, fresh] = rows.emplace(value, &row);
            if (!fresh) {
                refuse(table, row, "sourcedId", value, "oneroster.twice",
                       {{"row", std::to_string(at->second->number)}});
            }
        }
    }

    template <class Visit>
    void each_reference(Table& table, Visit visit) {
        for (auto const& column : spec_of(table.kind).columns) {
            bool const many = column.type == ColumnType::references;
            if (!many && column.type != ColumnType::reference) continue;
            int const at = table.column(column.name);
            if (at < 0) continue;
            for (auto& row : table.rows) {
                auto const& value = Table::cell(row, at);
                if (value.empty()) continue;
                if (!many) {
                    visit(row, column, value);
                    continue;
                }
                for (auto const& id : list_of(value)) visit(row, column, id);
            }
        }
    }

    void check_reference(Table& from, Row& row, ColumnSpec const& column, std::string const& id) {
        if (find(column.target, id)) return;
        auto const* target = table(column.target);
        bool const whole = target && target->mode == Mode::bulk;
        if (!whole && known_(column.target, id)) return;
        auto const file = spec_of(column.target).file_name();
        refuse(from, row, column.name, id, target ? "oneroster.unknown_reference" : "oneroster.reference_file_absent",
               {{"file", file}});
    }

    /// An organisation that stands above itself has no place in the tree.
    void check_org_cycles() {
        auto* orgs = table(FileKind::orgs);
        if (!orgs) return;
        int const parent = orgs->column("parentSourcedId");
        for (auto& row : orgs->rows) {
            std::set<Row*> path{&row};
            for (Row* at = find(FileKind::orgs, Table::cell(row, parent)); at;
                 at = find(FileKind::orgs, Table::cell(*at, parent))) {
                if (path.insert(at).second) continue;
                if (at == &row) refuse(*orgs, row, "parentSourcedId", Table::cell(row, parent), "oneroster.org_cycle");
                break;
            }
        }
    }

    /// One district is imported at a time; further ones may stand under it.
    void check_districts() {
        auto* orgs = table(FileKind::orgs);
        if (!orgs) return;
        int const type = orgs->column("type");
        Row const* first = nullptr;
        for (auto& row : orgs->rows) {
            if (!row.sound || Table::cell(row, type) != "district") continue;
            auto const* above = find(FileKind::orgs, Table::cell(row, orgs->column("parentSourcedId")));
            if (above && Table::cell(*above, type) == "district") continue;
            if (first)
                refuse(*orgs, row, "type", "district", "oneroster.second_district",
                       {{"row", std::to_string(first->number)}});
            else
                first = &row;
        }
    }

    void check_roles() {
        auto* roles = table(FileKind::roles);
        if (!roles) return;
        int const user = roles->column("userSourcedId");
        int const org = roles->column("orgSourcedId");
        int const type = roles->column("roleType");
        std::map<std::pair<std::string, std::string>, std::int64_t> primary;
        for (auto& row : roles->rows) {
            if (!row.sound || Table::cell(row, type) != "primary") continue;
            auto const [at, fresh] =
                primary.emplace(std::pair{Table::cell(row, user), Table::cell(row, org)}, row.number);
            if (!fresh) {
                refuse(*roles, row, "roleType", "primary", "oneroster.role_primary_twice",
                       {{"row", std::to_string(at->second)}});
            }
        }
    }

    void require_school(Table& from, Row& row, std::string const& id) {
        auto* orgs = table(FileKind::orgs);
        auto* school = find(FileKind::orgs, id);
        if (!orgs || !school || !school->sound || !row.sound) return;
        auto const& type = Table::cell(*school, orgs->column("type"));
        if (type != "school") refuse(from, row, "schoolSourcedId", id, "oneroster.not_a_school", {{"type", type}});
    }

    void check_classes() {
        auto* classes = table(FileKind::classes);
        if (!classes) return;
        int const school = classes->column("schoolSourcedId");
        for (auto& row : classes->rows) require_school(*classes, row, Table::cell(row, school));
    }

    void check_enrollments() {
        auto* rows = table(FileKind::enrollments);
        if (!rows) return;
        auto* classes = table(FileKind::classes);
        int const class_id = rows->column("classSourcedId");
        int const school = rows->column("schoolSourcedId");
        int const class_school = classes ? classes->column("schoolSourcedId") : -1;
        for (auto& row : rows->rows) {
            if (!row.sound) continue;
            auto* group = find(FileKind::classes, Table::cell(row, class_id));
            if (group && Table::cell(*group, class_school) != Table::cell(row, school)) {
                refuse(*rows, row, "schoolSourcedId", Table::cell(row, school), "oneroster.class_of_other_school",
                       {{"school", Table::cell(*group, class_school)}});
            }
        }
        check_primary(*rows);
        check_same_seat(*rows);
    }

    /// Only teachers are primary, and one of a class at a time.
    void check_primary(Table& rows) {
        int const class_id = rows.column("classSourcedId");
        int const role = rows.column("role");
        int const primary = rows.column("primary");
        int const begin = rows.column("beginDate");
        int const end = rows.column("endDate");
        std::map<std::string, std::vector<Row const*>> of_class;
        for (auto& row : rows.rows) {
            if (!row.sound || Table::cell(row, primary) != "true") continue;
            if (Table::cell(row, role) != "teacher") {
                refuse(rows, row, "primary", "true", "oneroster.primary_not_teacher",
                       {{"role", Table::cell(row, role)}});
                continue;
            }
            auto& others = of_class[Table::cell(row, class_id)];
            auto const overlaps = [&](Row const* other) {
                auto before = [&](Row const& a, Row const& b) {
                    return !Table::cell(a, end).empty() && !Table::cell(b, begin).empty() &&
                           Table::cell(a, end) < Table::cell(b, begin);
                };
                return !before(*other, row) && !before(row, *other);
            };
            auto const other = std::ranges::find_if(others, overlaps);
            if (other != others.end()) {
                refuse(rows, row, "primary", "true", "oneroster.primary_twice",
                       {{"row", std::to_string((*other)->number)}});
            } else {
                others.push_back(&row);
            }
        }
    }

    /// The same person in the same class in the same role from the same day is one enrolment.
    void check_same_seat(Table& rows) {
        int const columns[] = {rows.column("classSourcedId"), rows.column("userSourcedId"), rows.column("role"),
                               rows.column("beginDate")};
        std::unordered_map<std::string, std::int64_t> seats;
        seats.reserve(rows.rows.size());
        for (auto& row : rows.rows) {
            if (!row.sound) continue;
            std::string key;
            for (int const column : columns) key.append(Table::cell(row, column)).append("\n");
            auto const [at, fresh] = seats.emplace(std::move(key), row.number);
            if (!fresh) {
                refuse(rows, row, "userSourcedId", Table::cell(row, columns[1]), "oneroster.enrolled_twice",
                       {{"row", std::to_string(at->second)}});
            }
        }
    }

    void check_periods(FileKind kind, char const* begin, char const* end) {
        auto* rows = table(kind);
        if (!rows) return;
        int const from = rows->column(begin);
        int const to = rows->column(end);
        for (auto& row : rows->rows) {
            auto const& last = Table::cell(row, to);
            if (!row.sound || last.empty() || Table::cell(row, from).empty()) continue;
            if (last < Table::cell(row, from)) {
                refuse(*rows, row, end, last, "oneroster.ends_before_it_begins", {{"begin", Table::cell(row, from)}});
            }
        }
    }

    Finding* blame(FileKind kind, std::int64_t row) {
        auto const file = spec_of(kind).file_name();
        for (auto& finding : bundle_.findings) {
            if (finding.file == file && finding.row == row) return &finding;
        }
        return nullptr;
    }

    /// Marks sound rows that refer to refused ones; true if there were any.
    bool mark_dependants() {
        bool any = false;
        for (auto& [kind, table] : bundle_.tables) {
            each_reference(table, [&](Row& row, ColumnSpec const& column, std::string const& id) {
                auto* target = row.sound ? find(column.target, id) : nullptr;
                if (!target || target->sound) return;
                row.sound = false;
                any = true;
                auto const cause = std::pair{column.target, target->number};
                auto const root = roots_.contains(cause) ? roots_.at(cause) : cause;
                roots_[{table.kind, row.number}] = root;
                if (auto* finding = blame(root.first, root.second)) ++finding->dependants;
            });
        }
        return any;
    }

    Bundle& bundle_;
    KnownRow const& known_;
    std::map<FileKind, RowsById> by_id_;
    std::map<std::pair<FileKind, std::int64_t>, std::pair<FileKind, std::int64_t>> roots_;
};

}  // namespace

void check_relations(Bundle& bundle, KnownRow const& known) {
    RelationCheck(bundle, known).run();
}

}  // namespace santong::oneroster
