#include "modules/roster/service_people.hpp"

#include <algorithm>

#include "core/json.hpp"
#include "modules/roster/people_search.hpp"
#include "modules/roster/person_view.hpp"
#include "modules/roster/sealing.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/visibility.hpp"
#include "platform/auth/audit.hpp"
#include "platform/text/utf8.hpp"
#include "platform/text/xlsx_writer.hpp"

namespace santong::roster {

namespace {

constexpr int largest_page = 200;
constexpr int export_page = 1000;
constexpr char cursor_mark = '.';

/// Whom the caller may see in a list; a node outside of that is not found.
core::Result<std::vector<OrgId>> list_scope(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission,
                                            std::string const& org) {
    if (org.empty()) return caller.scope(permission);
    auto const id = OrgId::parse(org);
    if (!id || !caller.may(tx, permission, *id)) return core::not_found("roster.org_not_found");
    return std::vector{*id};
}

/// Where the caller is shown guardians too, within the places of the list.
std::vector<OrgId> guardian_scope(sql::Tx& tx, auth::Caller const& caller, std::string const& org) {
    auto const own = caller.scope(permissions::view_guardians);
    auto const id = OrgId::parse(org);
    if (!id) return own;
    if (caller.may(tx, permissions::view_guardians, *id)) return {*id};
    std::vector<OrgId> below;
    std::ranges::copy_if(own, std::back_inserter(below), [&](OrgId const& place) {
        auto const path = self_and_ancestors(tx, place);
        return std::ranges::find(path, *id) != path.end();
    });
    return below;
}

core::Result<store::PeopleFilter> filter_of(sql::Tx& tx, auth::Caller const& caller, auth::Permission permission,
                                            PeopleQuery const& query) {
    if (!query.kind.empty() && !core::enum_parse<PersonKind>(query.kind)) {
        return core::invalid_at("kind", "core.unknown_choice");
    }
    if (!query.role.empty() && !core::enum_parse<auth::Role>(query.role)) {
        return core::invalid_at("role", "core.unknown_choice");
    }
    store::PeopleFilter filter;
    filter.scope = TRY(list_scope(tx, caller, permission, query.org));
    filter.guardian_scope = guardian_scope(tx, caller, query.org);
    filter.kind = query.kind;
    filter.role = query.role;
    read_search(query.q, filter);
    if (query.after.empty()) return filter;
    auto const mark = query.after.rfind(cursor_mark);
    auto const id = mark == std::string::npos ? std::nullopt : PersonId::parse(query.after.substr(mark + 1));
    if (!id) return core::invalid_at("after", "core.identifier_expected");
    filter.after_pinyin = query.after.substr(0, mark);
    filter.after_id = id->text();
    return filter;
}

std::string cursor_of(Person const& person) {
    return person.pinyin + cursor_mark + person.id.text();
}

void add_counts(sql::Tx& tx, PeoplePage& page, store::PeopleFilter const& filter, core::LocalDate on,
                HeadCounts& counts) {
    auto& kinds = page.facets["kind"];
    for (auto const* kind : {"staff", "pupil", "guardian"}) {
        if (std::string_view(kind) == "guardian" && filter.guardian_scope.empty()) continue;
        kinds.push_back({kind, counts.of(tx, filter, on, kind)});
    }
    auto const chosen = std::ranges::find(kinds, filter.kind, &ChoiceCount::value);
    page.total = chosen != kinds.end() ? chosen->count : counts.of(tx, filter, on, "");
}

/// Walking reads a page's share of everybody, gathering and sorting everybody of the scope: the cheaper of the two.
store::Way way_to(sql::Tx& tx, store::PeopleFilter const& filter, std::int64_t found, int limit, HeadCounts& counts) {
    if (found == 0 || !filter.name_part.empty()) return store::Way::gather;
    return found * found > counts.persons(tx) * limit ? store::Way::walk : store::Way::gather;
}

std::vector<text::XlsxColumn> export_columns(std::string const& language) {
    auto column = [&](char const* chinese, char const* english, double width) {
        text::XlsxColumn made;
        made.title = language == "en" ? english : chinese;
        made.width = width;
        return made;
    };
    return {column("姓名", "Name", 14),
            column("类别", "Kind", 10),
            column("工号/学生号", "Number", 16),
            column("学校", "School", 28),
            column("班级/部门", "Class or place", 22),
            column("学科", "Subject", 14)};
}

std::string kind_title(PersonKind kind, std::string const& language) {
    bool const english = language == "en";
    switch (kind) {
        case PersonKind::staff: return english ? "Staff" : "教职工";
        case PersonKind::pupil: return english ? "Pupil" : "学生";
        case PersonKind::guardian: return english ? "Guardian" : "家长";
    }
    return {};
}

/// Who was looked for and why, for the audit log: no personal field.
struct ExportDetail {
    std::string reason;
    std::string kind;
    std::string org;
    std::string role;
    std::int64_t people = 0;
};
BOOST_DESCRIBE_STRUCT(ExportDetail, (), (reason, kind, org, role, people))

/// Writes one page of people and moves `asked` behind it; false after the last.
core::Result<bool> export_rows(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                               PeopleQuery& asked, std::string const& language, text::XlsxWriter& writer) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<bool> {
        auto const filter = TRY(filter_of(tx, caller, permissions::export_people, asked));
        auto const on = today(tx, clock);
        auto const people = store::list_people(tx, filter, on, export_page);
        for (auto const& item : person_items(tx, people, on)) {
            writer.row({item.name, kind_title(item.kind, language), item.number, item.school_name, item.org_name,
                        item.subject.empty() ? "" : subject_title(item.subject, language)});
        }
        if (people.empty()) return false;
        asked.after = cursor_of(people.back());
        return static_cast<int>(people.size()) == export_page;
    });
}

}  // namespace

std::int64_t HeadCounts::of(sql::Tx& tx, store::PeopleFilter const& filter, core::LocalDate on,
                            std::string const& kind) {
    auto const count = [&] { return store::count_people(tx, filter, on, kind); };
    if (!filter.name_part.empty()) return count();
    auto key = kind + ' ' + filter.role + ' ' + core::json::write(on);
    for (auto const& node : filter.scope) key += ' ' + node.text();
    key += " guardians";
    for (auto const& node : filter.guardian_scope) key += ' ' + node.text();
    return kept_.get(tx, key, count);
}

std::int64_t HeadCounts::persons(sql::Tx& tx) {
    return kept_.get(tx, "everybody", [&] { return store::count_persons(tx); });
}

core::Result<PeoplePage> list_people(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                     PeopleQuery const& query, HeadCounts* counts) {
    int const limit = std::clamp(query.limit, 1, largest_page);
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PeoplePage> {
        auto const filter = TRY(filter_of(tx, caller, permissions::view_people, query));
        PeoplePage page;
        if (filter.scope.empty()) return page;
        auto const on = today(tx, clock);
        auto way = store::Way::gather;
        if (counts) {
            add_counts(tx, page, filter, on, *counts);
            way = way_to(tx, filter, page.total, limit, *counts);
        }
        auto people = store::list_people(tx, filter, on, limit + 1, way);
        if (static_cast<int>(people.size()) > limit) {
            people.pop_back();
            page.next = cursor_of(people.back());
        }
        page.items = person_items(tx, people, on);
        return page;
    });
}

core::Result<PersonDetail> person_detail(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                         PersonId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) { return view_person(tx, caller, id, today(tx, clock)); });
}

core::Result<PersonalView> look_at_personal(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                            PersonId const& id, ReasonRequest const& request) {
    auto const reason = TRY(written_reason(request.reason, "/reason"));
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PersonalView> {
        TRY_VOID(require_for(tx, caller, permissions::view_personal_fields, id, today(tx, clock)));
        auto const rows = store::person_rows(tx, {id});
        if (rows.empty()) return core::not_found("roster.person_not_found");
        auto const clear = TRY(open_fields(tx, rows.front()));
        auth::audit(tx, caller, {"roster.personal_fields_seen", id.text(), core::json::write(ReasonRequest{reason})});
        return PersonalView{clear.identity_number, clear.student_number, clear.phone, rows.front().birth_date};
    });
}

core::Result<PeoplePage> find_by_number(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                        NumberSearch const& search) {
    auto const number = text::without_blanks(search.number);
    if (number.size() < 7 || number.size() > longest_search) return core::invalid_at("/number", "roster.number_whole");
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PeoplePage> {
        if (!caller.may_anywhere(permissions::view_personal_fields)) return core::forbidden();
        auto const on = today(tx, clock);
        std::vector<Person> seen;
        for (auto const& id :
             store::people_by_index(tx, identity_index(number), student_number_index(number), phone_index(number))) {
            auto const places = places_of_person(tx, id, on);
            if (may_at_one(tx, caller, permissions::view_personal_fields, places)) seen.push_back(TRY(person(tx, id)));
        }
        for (auto const& one : seen) auth::audit(tx, caller, {"roster.found_by_number", one.id.text()});
        PeoplePage page;
        page.items = person_items(tx, seen, on);
        page.total = static_cast<std::int64_t>(seen.size());
        return page;
    });
}

core::Result<void> export_people(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                 ExportQuery const& query, std::string const& language,
                                 std::filesystem::path const& file) {
    auto const reason = TRY(written_reason(query.reason, "reason"));
    if (!caller.may_anywhere(permissions::export_people)) return core::forbidden();
    PeopleQuery asked{query.q, query.kind, query.org, query.role, "", export_page};
    auto noted = db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        auto const filter = TRY(filter_of(tx, caller, permissions::export_people, asked));
        auto const count = store::count_people(tx, filter, today(tx, clock), filter.kind);
        ExportDetail const detail{reason, query.kind, query.org, query.role, count};
        auth::audit(tx, caller, {"roster.people_exported", caller.person.text(), core::json::write(detail)});
        return {};
    });
    TRY_VOID(std::move(noted));
    text::XlsxWriter writer(file);
    writer.sheet(language == "en" ? "People" : "人员", export_columns(language));
    for (bool more = true; more;) more = TRY(export_rows(db, clock, caller, asked, language, writer));
    writer.finish();
    return {};
}

}  // namespace santong::roster
