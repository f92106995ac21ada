#include <algorithm>
#include <set>
#include <unordered_set>

#include "core/json.hpp"
#include "modules/roster/service.hpp"
#include "standards/oneroster/kept.hpp"
#include "standards/oneroster/service.hpp"

namespace santong::oneroster {

namespace {

/// Columns of ours by file; those that stay empty are left out in the end.
std::map<FileKind, std::vector<std::string>> own_columns() {
    using namespace own_column;
    return {{FileKind::orgs, {kind, school_kind, first_grade, last_grade, central, rural}},
            {FileKind::users, {subject}},
            {FileKind::roles, {subject, title}}};
}

class Exporter {
public:
    Exporter(sql::Tx& tx, core::LocalDate today)
        : picture_(roster::extract_roster(tx, roster::GuardedFields::open), today, tx.district()),
          rows_(roster::source_rows(tx)),
          files_(roster::source_files(tx)) {}

    Bundle run() {
        for (auto const& row : rows_) {
            if (!row.entity_id || row.kind == "demographics" || is_own(row)) continue;
            ids_.set(EntityId{*row.entity_id}, row.sourced_id);
            covered_.insert(EntityId{*row.entity_id});
        }
        prepare_tables();
        add_foreign();
        add_orgs();
        add_classes();
        add_users();
        add_posts();
        add_enrollments();
        while (drop_strays()) {}
        drop_empty_columns();
        std::erase_if(bundle_.tables,
                      [&](auto const& entry) { return entry.second.rows.empty() && !told_.contains(entry.first); });
        write_manifest();
        return std::move(bundle_);
    }

private:
    /// A kept row under the roster's own id: it adds words to the row that is made here, but does not stand for it.
    static bool is_own(roster::SourceRow const& row) {
        return row.entity_id && row.sourced_id == row.entity_id->text();
    }

    void prepare_tables() {
        for (auto const kind : files_in_order()) {
            auto& table = bundle_.tables[kind];
            table.kind = kind;
            for (auto const& column : spec_of(kind).columns) table.header.emplace_back(column.name);
        }
        for (auto const& [kind, names] : own_columns()) {
            auto& header = bundle_.tables.at(kind).header;
            header.insert(header.end(), names.begin(), names.end());
        }
        for (auto const& file : files_) {
            auto const kind = core::enum_parse<FileKind>(file.kind);
            if (!kind) continue;
            told_.insert(*kind);
            auto& header = bundle_.tables.at(*kind).header;
            auto const names = core::json::read<std::vector<std::string>>(file.header);
            if (!names) continue;
            for (auto const& name : *names) {
                if (std::ranges::find(header, name) == header.end()) header.push_back(name);
            }
        }
        for (auto& [kind, table] : bundle_.tables) {
            for (std::size_t i = 0; i < table.header.size(); ++i) places_[kind].emplace(table.header[i], i);
        }
    }

    void add(FileKind kind, Columns const& columns) {
        auto& table = bundle_.tables.at(kind);
        auto const& places = places_.at(kind);
        Row row;
        row.number = static_cast<std::int64_t>(table.rows.size()) + 2;
        row.cells.resize(table.header.size());
        for (auto const& [name, value] : columns) {
            auto const at = places.find(name);
            if (at != places.end()) row.cells[at->second] = value;
        }
        table.rows.push_back(std::move(row));
    }

    void add(FileKind kind, std::string const& sourced_id, Columns columns, Columns const& more = {}) {
        columns.insert(more.begin(), more.end());
        columns["sourcedId"] = sourced_id;
        auto& words = own_words_[kind];
        if (auto const kept = words.find(sourced_id); kept != words.end()) {
            for (auto const& [name, value] : kept->second.columns) {
                if (kept->second.ours.contains(name) || !columns.contains(name)) columns[name] = value;
            }
        }
        if (listed_[kind].insert(sourced_id).second) add(kind, columns);
    }

    /// Rows as they came, but for what the roster has changed since.
    void add_foreign() {
        for (auto const& row : rows_) {
            auto const kind = core::enum_parse<FileKind>(row.kind);
            auto kept = core::json::read<Kept>(row.content);
            if (!kind || !kept) continue;
            if (row.entity_id) {
                for (auto const& [name, value] : projection(picture_, ids_, *kind, *row.entity_id)) {
                    if (kept->ours[name] != value) kept->columns[name] = value;
                }
            }
            if (is_own(row)) {
                own_words_[*kind].emplace(row.sourced_id, std::move(*kept));
                continue;
            }
            note_primary(*kind, kept->columns);
            listed_[*kind].insert(row.sourced_id);
            add(*kind, kept->columns);
        }
    }

    void note_primary(FileKind kind, Columns const& columns) {
        auto value = [&](char const* name) {
            auto const at = columns.find(name);
            return at == columns.end() ? std::string() : at->second;
        };
        if (kind == FileKind::roles && value("roleType") == "primary") {
            primary_.insert(value("userSourcedId") + "\n" + value("orgSourcedId"));
        }
        if (kind == FileKind::enrollments && value("primary") == "true") primary_.insert(value("classSourcedId"));
    }

    void add_orgs() {
        std::vector<roster::Org const*> orgs;
        for (auto const& [id, org] : picture_.orgs) {
            using enum roster::OrgKind;
            bool const inside =
                org.kind != class_group && org.kind != grade && org.kind != province && org.kind != city;
            if (inside && picture_.runs(org.to_date) && !covered_.contains(EntityId{id.value})) orgs.push_back(&org);
        }
        std::ranges::sort(orgs, {}, [](roster::Org const* org) { return std::pair(org->sort, org->id); });
        for (auto const* org : orgs) add(FileKind::orgs, ids_.of(org->id), project_org(picture_, ids_, *org));
        for (auto const& [id, term] : picture_.terms) {
            if (!covered_.contains(EntityId{id.value}))
                add(FileKind::academicSessions, ids_.of(id), project_session(term));
        }
    }

    /// Sessions that a class of this school year names; a school year is made if there is no term.
    std::string sessions() {
        std::string list;
        for (auto const& [id, term] : picture_.terms) {
            if (term.school_year == picture_.school_year()) list += (list.empty() ? "" : ",") + ids_.of(id);
        }
        if (!list.empty()) return list;
        auto const year = picture_.school_year();
        auto const id = made_id("year|" + std::to_string(year));
        if (made_.insert(id).second) {
            add(FileKind::academicSessions, id,
                {{"title", std::to_string(year) + "-" + std::to_string(year + 1)},
                 {"type", "schoolYear"},
                 {"startDate", std::to_string(year) + "-08-01"},
                 {"endDate", std::to_string(year + 1) + "-07-31"},
                 {"schoolYear", std::to_string(year + 1)}});
        }
        return id;
    }

    void add_classes() {
        std::vector<roster::ClassProfile const*> groups;
        for (auto const& [id, group] : picture_.classes) {
            auto const org = picture_.orgs.find(id);
            bool const open = org != picture_.orgs.end() && picture_.runs(org->second.to_date);
            auto const school = picture_.schools.find(group.school_id);
            bool const here = school == picture_.schools.end() || picture_.grade_of(group) <= school->second.last_grade;
            if (open && here && !covered_.contains(EntityId{id.value})) groups.push_back(&group);
        }
        std::ranges::sort(groups, {}, [](auto const* group) {
            return std::tuple(group->school_id, group->entry_year, group->number, group->id);
        });
        for (auto const* group : groups) {
            auto const course = made_id("course|" + group->school_id.text());
            if (made_.insert(course).second) {
                add(FileKind::courses, course, {{"title", "行政班"}, {"orgSourcedId", ids_.of(group->school_id)}});
            }
            add(FileKind::classes, ids_.of(group->id), project_class(picture_, ids_, *group),
                {{"courseSourcedId", course}, {"classType", "homeroom"}, {"termSourcedIds", sessions()}});
        }
    }

    bool has_seat(core::PersonId const& pupil) const {
        auto const person = picture_.people.find(pupil);
        return person != picture_.people.end() && !person->second.ended_at && picture_.seat_of(pupil);
    }

    bool has_place(roster::ExtractedPerson const& person) const {
        if (person.ended_at) return false;
        if (picture_.seat_of(person.id)) return true;
        return std::ranges::any_of(picture_.children_of(person.id),
                                   [&](auto const* bond) { return has_seat(bond->pupil_id); }) ||
               std::ranges::any_of(picture_.posts_of(person.id),
                                   [&](auto const* post) { return picture_.runs(post->to_date); });
    }

    void add_users() {
        std::vector<roster::ExtractedPerson const*> people;
        for (auto const& [id, person] : picture_.people) {
            if (!covered_.contains(EntityId{id.value}) && has_place(person)) people.push_back(&person);
        }
        std::ranges::sort(people, {}, [](auto const* person) { return person->id; });
        for (auto const* person : people) {
            auto const id = ids_.of(person->id);
            auto const login = person->staff_number ? *person->staff_number : person->pupil_number.value_or(id);
            add(FileKind::users, id, project_user(picture_, ids_, *person),
                {{"enabledUser", "true"}, {"username", login}});
            auto demographics = project_demographics(*person);
            if (!demographics["birthDate"].empty() || !demographics["sex"].empty()) {
                add(FileKind::demographics, id, std::move(demographics));
            }
            add_family_roles(*person);
        }
    }

    void add_role(std::string const& id, Columns columns) {
        auto const place = columns["userSourcedId"] + "\n" + columns["orgSourcedId"];
        columns["roleType"] = primary_.insert(place).second ? "primary" : "secondary";
        add(FileKind::roles, id, std::move(columns));
    }

    /// A pupil at his school, a guardian at those of his children.
    void add_family_roles(roster::ExtractedPerson const& person) {
        auto add_at = [&](core::OrgId const& school, char const* role) {
            auto const id = made_id(std::string(role) + "|" + person.id.text() + "|" + school.text());
            if (!made_.insert(id).second) return;
            add_role(id, {{"userSourcedId", ids_.of(person.id)}, {"role", role}, {"orgSourcedId", ids_.of(school)}});
        };
        if (auto const* seat = picture_.seat_of(person.id)) add_at(seat->school_id, "student");
        for (auto const* bond : picture_.children_of(person.id)) {
            if (has_seat(bond->pupil_id)) add_at(picture_.seat_of(bond->pupil_id)->school_id, "guardian");
        }
    }

    void add_posts() {
        std::vector<roster::Post const*> posts;
        for (auto const& [id, post] : picture_.posts) {
            bool const open = picture_.runs(post.to_date) && !covered_.contains(EntityId{id.value});
            auto const person = picture_.people.find(post.person_id);
            if (open && person != picture_.people.end() && !person->second.ended_at) posts.push_back(&post);
        }
        std::ranges::sort(posts, {}, [](auto const* post) { return std::pair(post->person_id, post->id); });
        for (auto const* post : posts) {
            if (!picture_.classes.contains(post->org_id)) {
                add_role(ids_.of(post->id), project_role(ids_, *post));
                continue;
            }
            auto columns = project_teaching(picture_, ids_, *post);
            if (columns["primary"] == "true" && !primary_.insert(columns["classSourcedId"]).second)
                columns["primary"] = "false";
            add(FileKind::enrollments, ids_.of(post->id), std::move(columns));
        }
    }

    void add_enrollments() {
        std::vector<roster::Enrolment const*> rows;
        for (auto const& [id, row] : picture_.enrolments) {
            if (picture_.runs(row.to_date) && !covered_.contains(EntityId{id.value})) rows.push_back(&row);
        }
        std::ranges::sort(rows, {}, [](auto const* row) {
            return std::tuple(row->school_id, row->class_id, row->person_id, row->id);
        });
        for (auto const* row : rows) add(FileKind::enrollments, ids_.of(row->id), project_enrollment(ids_, *row));
    }

    /// Nothing in the bundle points at what is not in it (somebody has left or was erased): rows that cannot be
    /// without it go, other references lose it. True if rows went, so that others may point at them.
    bool drop_strays() {
        std::map<FileKind, std::unordered_set<std::string>> there;
        for (auto const& [kind, table] : bundle_.tables) {
            auto const at = places_.at(kind).at("sourcedId");
            for (auto const& row : table.rows) there[kind].insert(row.cells[at]);
        }
        std::size_t gone = 0;
        for (auto& [kind, table] : bundle_.tables) {
            for (auto const& column : spec_of(kind).columns) {
                bool const many = column.type == ColumnType::references;
                if (!many && column.type != ColumnType::reference) continue;
                auto const at = places_.at(kind).at(column.name);
                auto const& targets = there[column.target];
                gone += std::erase_if(table.rows, [&](Row& row) {
                    auto& cell = row.cells[at];
                    auto const before = !cell.empty();
                    cell = only_known(cell, targets, many);
                    return before && cell.empty() && column.required;
                });
            }
        }
        return gone > 0;
    }

    static std::string only_known(std::string const& cell, std::unordered_set<std::string> const& known, bool many) {
        if (!many) return known.contains(cell) ? cell : "";
        auto const ids = list_of(cell);
        if (std::ranges::all_of(ids, [&](std::string const& id) { return known.contains(id); })) return cell;
        std::string kept;
        for (auto const& id : ids) {
            if (known.contains(id)) kept += (kept.empty() ? "" : ",") + id;
        }
        return kept;
    }

    void drop_empty_columns() {
        for (auto const& [kind, names] : own_columns()) {
            auto& table = bundle_.tables.at(kind);
            for (auto const& name : names) {
                auto const at = table.column(name);
                auto const index = static_cast<std::ptrdiff_t>(at);
                bool const used =
                    std::ranges::any_of(table.rows, [&](Row const& row) { return !Table::cell(row, at).empty(); });
                if (used || at < 0) continue;
                table.header.erase(table.header.begin() + index);
                for (auto& row : table.rows) row.cells.erase(row.cells.begin() + index);
            }
        }
    }

    void set(std::string const& name, std::string const& value) {
        auto const found = std::ranges::find(bundle_.manifest, name, &Properties::value_type::first);
        if (found == bundle_.manifest.end())
            bundle_.manifest.emplace_back(name, value);
        else
            found->second = value;
    }

    void write_manifest() {
        for (auto const& file : files_) {
            if (file.kind != manifest_kind) continue;
            auto const kept = core::json::read<KeptManifest>(file.header);
            if (!kept) continue;
            bundle_.manifest.clear();
            for (std::size_t i = 0; i < kept->names.size(); ++i)
                bundle_.manifest.emplace_back(kept->names[i], kept->values[i]);
        }
        set("manifest.version", "1.0");
        set("oneroster.version", "1.2");
        for (auto const& kind : core::type_of<FileKind>().names) {
            auto const there = bundle_.tables.contains(static_cast<FileKind>(kind.second));
            set(std::string("file.") + kind.first, there ? "bulk" : "absent");
        }
        if (bundle_.property("source.systemName").empty()) set("source.systemName", "Santong");
        if (bundle_.property("source.systemCode").empty() && files_.empty()) set("source.systemCode", "santong");
    }

    Picture picture_;
    std::vector<roster::SourceRow> rows_;
    std::vector<roster::SourceFile> files_;
    SourcedIds ids_;
    std::unordered_set<EntityId> covered_;
    std::set<FileKind> told_;
    std::map<FileKind, std::unordered_map<std::string, std::size_t>> places_;
    std::set<std::string> made_, primary_;
    std::map<FileKind, std::unordered_map<std::string, Kept>> own_words_;  ///< kept rows under own ids
    std::map<FileKind, std::unordered_set<std::string>> listed_;
    Bundle bundle_;
};

}  // namespace

Columns projection(Picture const& picture, SourcedIds const& ids, FileKind kind, core::Uuid const& entity) {
    auto const org = picture.orgs.find(core::OrgId{entity});
    auto const group = picture.classes.find(core::OrgId{entity});
    auto const person = picture.people.find(core::PersonId{entity});
    auto const post = picture.posts.find(roster::PostId{entity});
    auto const seat = picture.enrolments.find(roster::EnrolmentId{entity});
    auto const term = picture.terms.find(roster::TermId{entity});
    if (kind == FileKind::orgs && org != picture.orgs.end()) return project_org(picture, ids, org->second);
    if (kind == FileKind::classes && group != picture.classes.end()) return project_class(picture, ids, group->second);
    if (kind == FileKind::users && person != picture.people.end()) return project_user(picture, ids, person->second);
    if (kind == FileKind::demographics && person != picture.people.end()) return project_demographics(person->second);
    if (kind == FileKind::roles && post != picture.posts.end()) return project_role(ids, post->second);
    if (kind == FileKind::academicSessions && term != picture.terms.end()) return project_session(term->second);
    if (kind != FileKind::enrollments) return {};
    if (seat != picture.enrolments.end()) return project_enrollment(ids, seat->second);
    if (post != picture.posts.end()) return project_teaching(picture, ids, post->second);
    return {};
}

Bundle export_bundle(sql::Tx& tx, core::Clock const& clock) {
    return Exporter(tx, roster::today(tx, clock)).run();
}

}  // namespace santong::oneroster
