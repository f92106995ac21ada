#include "modules/roster/person_view.hpp"

#include <algorithm>
#include <set>

#include "modules/roster/access.hpp"
#include "modules/roster/sealing.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_session.hpp"
#include "modules/roster/visibility.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/masking.hpp"
#include "platform/auth/permissions.hpp"

namespace santong::roster {

namespace {

bool runs(core::LocalDate from, std::optional<core::LocalDate> const& to, core::LocalDate on) {
    return from <= on && (!to || *to >= on);
}

std::vector<PostView> posts_shown(sql::Tx& tx, PersonDetail const& detail, core::LocalDate on) {
    auto const posts = store::all_posts(tx, detail.id);
    std::vector<OrgId> orgs;
    for (auto const& post : posts) orgs.push_back(post.org_id);
    auto places = place_names(tx, orgs, on);
    std::vector<PostView> shown;
    for (auto const& post : posts) {
        shown.push_back({post.id, detail.id, detail.name, post.org_id, places.names[post.org_id], post.kind,
                         post.subject, post.title, post.from_date, post.to_date});
    }
    return shown;
}

std::vector<EnrolmentView> enrolments_shown(sql::Tx& tx, PersonId const& id, core::LocalDate on) {
    auto const rows = store::enrolments_of(tx, id);
    std::vector<OrgId> orgs;
    for (auto const& row : rows) {
        orgs.push_back(row.class_id);
        orgs.push_back(row.school_id);
    }
    auto places = place_names(tx, orgs, on);
    std::vector<EnrolmentView> shown;
    for (auto const& row : rows) {
        shown.push_back({row.id, row.school_id, places.names[row.school_id], row.class_id, places.names[row.class_id],
                         row.from_date, row.to_date, row.status});
    }
    return shown;
}

std::vector<BondView> bonds_shown(sql::Tx& tx, std::vector<Guardianship> const& bonds, PersonId Guardianship::* other) {
    std::vector<PersonId> persons;
    for (auto const& bond : bonds) persons.push_back(bond.*other);
    auto known = names(tx, persons);
    std::vector<BondView> shown;
    for (auto const& bond : bonds) shown.push_back({bond.id, bond.*other, known[bond.*other], bond.relation});
    return shown;
}

std::vector<PersonKind> kinds_of(PersonDetail const& detail, bool guards, core::LocalDate on) {
    std::vector<PersonKind> kinds;
    auto const running = [on](auto const& row) { return runs(row.from_date, row.to_date, on); };
    if (std::ranges::any_of(detail.posts, running)) kinds.push_back(PersonKind::staff);
    if (std::ranges::any_of(detail.enrolments, running)) kinds.push_back(PersonKind::pupil);
    if (guards) kinds.push_back(PersonKind::guardian);
    return kinds;
}

void add_consent(sql::Tx& tx, PersonDetail& detail, std::optional<core::LocalDate> const& birth, core::LocalDate on) {
    if (std::ranges::find(detail.kinds, PersonKind::pupil) == detail.kinds.end()) return;
    for (auto const& row : store::consents_given(tx, {detail.id}, account_purpose)) detail.consent_at = row.given_at;
    detail.consent_needed = !detail.consent_at && under_fourteen(birth, on);
}

void add_account(sql::Tx& tx, PersonDetail& detail) {
    for (auto const& account : auth::accounts_of(tx, {detail.id})) {
        detail.account = AccountView{account.id, account.login, account.status, account.password_hash.has_value(),
                                     account.last_sign_in_at};
    }
}

void add_masked(sql::Tx& tx, PersonDetail& detail) {
    auto const rows = store::person_rows(tx, {detail.id});
    auto const clear = rows.empty() ? core::Result<PersonalFields>(core::not_found()) : open_fields(tx, rows.front());
    if (!clear) return;
    detail.masked = PersonalFields{auth::mask_identity_number(clear->identity_number),
                                   auth::mask_student_number(clear->student_number), auth::mask_phone(clear->phone)};
}

/// What ties the people of a list to places.
struct Bonds {
    std::multimap<PersonId, Post> posts;
    std::map<PersonId, OrgId> own_class;
    std::map<PersonId, OrgId> child_class;
};

Bonds bonds_of(sql::Tx& tx, std::vector<Person> const& people, core::LocalDate on) {
    std::vector<PersonId> ids;
    for (auto const& one : people) ids.push_back(one.id);
    auto const guardianships = store::guardianships_by(tx, ids, on);
    auto enrolled = ids;
    for (auto const& bond : guardianships) enrolled.push_back(bond.pupil_id);
    Bonds bonds;
    for (auto& post : store::open_posts(tx, ids, on)) bonds.posts.emplace(post.person_id, std::move(post));
    for (auto const& row : store::open_enrolments(tx, enrolled, on))
        bonds.own_class.emplace(row.person_id, row.class_id);
    for (auto const& bond : guardianships) {
        auto const of = bonds.own_class.find(bond.pupil_id);
        if (of != bonds.own_class.end()) bonds.child_class.emplace(bond.guardian_id, of->second);
    }
    return bonds;
}

PersonItem item_of(Person const& person, Bonds const& bonds) {
    PersonItem item{person.id, person.name, PersonKind::staff, person.staff_number.value_or(""), person.subject, {}, "",
                    "",        {}};
    auto const [from, to] = bonds.posts.equal_range(person.id);
    for (auto at = from; at != to; ++at) {
        if (item.org_id.is_nil()) item.org_id = at->second.org_id;
        if (std::ranges::find(item.roles, at->second.kind) == item.roles.end()) item.roles.push_back(at->second.kind);
    }
    if (from != to) return item;
    if (auto const own = bonds.own_class.find(person.id); own != bonds.own_class.end()) {
        item.kind = PersonKind::pupil;
        item.number = person.pupil_number.value_or("");
        item.org_id = own->second;
    } else if (auto const child = bonds.child_class.find(person.id); child != bonds.child_class.end()) {
        item.kind = PersonKind::guardian;
        item.org_id = child->second;
    }
    return item;
}

/// Who answers for a pupil is for himself, his guardians and those who look after him.
bool knows_family(sql::Tx& tx, auth::Caller const& caller, PersonId const& id, core::LocalDate on) {
    if (id == caller.person || may_at_one(tx, caller, permissions::view_guardians, places_of_person(tx, id, on))) {
        return true;
    }
    auto const children = pupils_of_guardian(tx, caller.person, on);
    return std::ranges::find(children, id) != children.end();
}

}  // namespace

PlaceNames place_names(sql::Tx& tx, std::vector<OrgId> const& wanted, core::LocalDate on) {
    PlaceNames places;
    std::map<OrgId, std::vector<OrgId>> paths;
    std::set<OrgId> all;
    for (auto const& id : wanted) {
        auto path = org_scopes().self_and_ancestors(tx, id);
        all.insert(path.begin(), path.end());
        paths[id] = std::move(path);
    }
    std::map<OrgId, Org> nodes;
    std::vector<OrgId> class_ids;
    for (auto& node : orgs(tx, {all.begin(), all.end()})) {
        places.names[node.id] = node.name;
        if (node.kind == OrgKind::class_group) class_ids.push_back(node.id);
        nodes.emplace(node.id, std::move(node));
    }
    for (auto const& group : class_groups(tx, class_ids, on)) places.names[group.id] = group.name;
    for (auto const& [id, path] : paths) {
        auto const school = std::ranges::find_if(path, [&](OrgId const& step) {
            auto const node = nodes.find(step);
            return node != nodes.end() && node->second.is_school();
        });
        if (school != path.end()) places.schools[id] = nodes.at(*school).name;
    }
    return places;
}

core::Result<PersonDetail> view_person(sql::Tx& tx, auth::Caller const& caller, PersonId const& id,
                                       core::LocalDate on) {
    if (!sees_person(tx, caller, id, on)) return core::not_found("roster.person_not_found");
    auto const known = TRY(person(tx, id));
    auto const places = places_of_person(tx, id, on);
    PersonDetail detail;
    detail.id = id;
    detail.name = known.name;
    detail.sex = known.sex;
    detail.staff_number = known.staff_number;
    detail.pupil_number = known.pupil_number;
    detail.subject = known.subject;
    detail.ended_at = known.ended_at;
    detail.version = store::version_of(tx, store::Edited::person, id.value);
    detail.posts = posts_shown(tx, detail, on);
    detail.enrolments = enrolments_shown(tx, id, on);
    if (knows_family(tx, caller, id, on)) {
        detail.guardians = bonds_shown(tx, store::guardianships_of(tx, {id}, on), &Guardianship::guardian_id);
    }
    auto children = store::guardianships_by(tx, {id}, on);
    bool const guards = !children.empty() && knows_family(tx, caller, id, on);
    // A brother or sister at another school is none of this school's business.
    std::erase_if(children,
                  [&](Guardianship const& bond) { return !guards || !sees_person(tx, caller, bond.pupil_id, on); });
    detail.children = bonds_shown(tx, children, &Guardianship::pupil_id);
    detail.kinds = kinds_of(detail, guards, on);
    add_consent(tx, detail, known.birth_date, on);
    bool const looks_after_accounts = may_at_one(tx, caller, permissions::issue_codes, places) ||
                                      may_at_one(tx, caller, auth::permissions::view_accounts, places);
    if (looks_after_accounts) add_account(tx, detail);
    if (may_at_one(tx, caller, permissions::view_personal_fields, places)) add_masked(tx, detail);
    detail.may = permissions_at(tx, caller, places);
    return detail;
}

std::vector<PersonItem> person_items(sql::Tx& tx, std::vector<Person> const& people, core::LocalDate on) {
    auto const bonds = bonds_of(tx, people, on);
    std::vector<PersonItem> items;
    std::vector<OrgId> orgs;
    for (auto const& one : people) {
        items.push_back(item_of(one, bonds));
        orgs.push_back(items.back().org_id);
    }
    auto places = place_names(tx, orgs, on);
    for (auto& item : items) {
        item.org_name = places.names[item.org_id];
        item.school_name = places.schools[item.org_id];
    }
    return items;
}

}  // namespace santong::roster
