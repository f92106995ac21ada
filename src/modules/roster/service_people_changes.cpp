#include <algorithm>

#include "core/json.hpp"
#include "modules/roster/editing.hpp"
#include "modules/roster/person_fields.hpp"
#include "modules/roster/person_view.hpp"
#include "modules/roster/sealing.hpp"
#include "modules/roster/service.hpp"
#include "modules/roster/service_people.hpp"
#include "modules/roster/service_write.hpp"
#include "modules/roster/visibility.hpp"
#include "platform/auth/accounts.hpp"
#include "platform/auth/audit.hpp"
#include "platform/feed/feed.hpp"

namespace santong::roster {

namespace {

/// What one use case knows while it works.
struct Work {
    sql::Tx& tx;
    core::Clock const& clock;
    auth::Caller const& caller;
    core::LocalDate on;
};

template <class F>
core::Result<PersonDetail> change(sql::Database& db, core::Clock const& clock, auth::Caller const& caller, F use_case) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PersonDetail> {
        Work const work{tx, clock, caller, today(tx, clock)};
        PersonId const id = TRY(use_case(work));
        return view_person(tx, caller, id, work.on);
    });
}

core::Result<void> note(Work const& work, char const* action, PersonId const& id, std::string detail) {
    auth::audit(work.tx, work.caller, {action, id.text(), std::move(detail)});
    return {};
}

/// One of the caller's own roles must stand above the place and allow the appointment.
core::Result<void> require_appointment(Work const& work, auth::Role role, OrgId const& at) {
    TRY_VOID(require_at(work.tx, work.caller, permissions::edit_people, at));
    auto const above = self_and_ancestors(work.tx, at);
    bool const allowed = std::ranges::any_of(work.caller.grants, [&](auth::Grant const& grant) {
        return may_appoint(grant.role, role) && std::ranges::find(above, grant.org_id) != above.end();
    });
    if (!allowed) return core::forbidden("roster.may_not_appoint");
    return {};
}

/// Homeroom teachers stand at classes, research heads and teachers at schools, and so on.
core::Result<void> check_post_place(Work const& work, NewPost const& post) {
    auto const place = TRY(org(work.tx, post.org_id));
    bool const at_class = place.kind == OrgKind::class_group;
    bool const fits = post.kind == auth::Role::homeroom  ? at_class
                      : post.kind == auth::Role::teacher ? at_class || place.is_school()
                                                         : place.is_school();
    if (!fits) return core::invalid_at("/org_id", "roster.post_place");
    if (post.to_date && *post.to_date < post.from_date.value_or(work.on)) {
        return core::invalid_at("/to_date", "roster.ends_before_it_begins");
    }
    auto const subject = post.subject.value_or("");
    if (!subject.empty() && subject_title(subject, "zh-CN") == subject) {
        return core::invalid_at("/subject", "roster.subject_unknown");
    }
    return {};
}

core::Result<void> add_post(Work const& work, PersonId const& id, NewPost const& post, BulkRoster& bulk) {
    TRY_VOID(require_appointment(work, post.kind, post.org_id));
    TRY_VOID(check_post_place(work, post));
    bulk.posts.push_back({PostId::make(), id, post.org_id, post.kind, post.subject.value_or(""),
                          post.title.value_or(""), post.from_date.value_or(work.on), post.to_date});
    return {};
}

/// The new place and the ends of those before.
core::Result<void> add_enrolment(Work const& work, PersonId const& id, NewEnrolment const& body, BulkRoster& bulk) {
    TRY_VOID(require_at(work.tx, work.caller, permissions::edit_people, body.class_id));
    auto const group = TRY(class_group(work.tx, body.class_id, work.on));
    auto const from = body.from_date.value_or(work.on);
    for (auto row : store::open_enrolments(work.tx, {id}, from)) {
        if (row.class_id == body.class_id) return core::conflict("roster.enrolled_there", {{"class", group.name}});
        row.to_date = std::max(row.from_date, from.plus_days(-1));
        row.status = EnrolmentStatus::transferred;
        bulk.enrolments.push_back(row);
    }
    bulk.enrolments.push_back({EnrolmentId::make(), id, group.school_id, group.id, from, {}, EnrolmentStatus::active});
    return {};
}

core::Result<PersonRecord> record_of(Work const& work, PersonId const& id) {
    auto const known = TRY(person(work.tx, id));
    PersonRecord record;
    record.id = known.id;
    record.name = known.name;
    record.sex = known.sex;
    record.birth_date = known.birth_date;
    record.staff_number = known.staff_number;
    record.pupil_number = known.pupil_number;
    record.subject = known.subject;
    record.ended_at = known.ended_at;
    return record;
}

/// What the log tells of a change: names of fields, and values only of what is no personal field.
struct ChangeDetail {
    std::vector<std::string> fields;
    std::map<std::string, std::string> before;
    std::map<std::string, std::string> after;
};
BOOST_DESCRIBE_STRUCT(ChangeDetail, (), (fields, before, after))

std::string change_detail(store::PersonRow const& before, PersonRecord const& after,
                          std::vector<std::string> const& fields) {
    ChangeDetail detail{fields, {}, {}};
    if (before.subject != after.subject) {
        detail.before["subject"] = before.subject;
        detail.after["subject"] = after.subject;
    }
    return core::json::write(detail);
}

core::Result<void> write(Work const& work, BulkRoster const& bulk) {
    return write_bulk(work.tx, bulk, work.clock);
}

}  // namespace

core::Result<PersonDetail> create_person(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                         NewPerson const& body) {
    return change(db, clock, caller, [&](Work const& work) -> core::Result<PersonId> {
        if (!body.post && !body.enrolment) return core::invalid_at("/post", "roster.place_needed");
        PersonRecord record;
        record.id = PersonId::make();
        if (!body.person.name) return core::invalid_at("/person/name", "core.required");
        TRY_VOID(apply_change(work.tx, body.person, record, {work.on, "/person"}));
        BulkRoster bulk;
        bulk.people = {record};
        if (body.post) TRY_VOID(add_post(work, record.id, *body.post, bulk));
        if (body.enrolment) TRY_VOID(add_enrolment(work, record.id, *body.enrolment, bulk));
        TRY_VOID(write(work, bulk));
        TRY_VOID(note(work, "roster.person_added", record.id, "{}"));
        return record.id;
    });
}

core::Result<PersonDetail> change_person(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                         PersonId const& id, PersonEdit const& body) {
    return change(db, clock, caller, [&](Work const& work) -> core::Result<PersonId> {
        TRY_VOID(require_for(work.tx, caller, permissions::edit_people, id, work.on));
        TRY_VOID(begin_edit(work.tx, store::Edited::person, id.value, body.version));
        auto record = TRY(record_of(work, id));
        auto const before = store::person_rows(work.tx, {id}).at(0);
        TRY_VOID(apply_change(work.tx, body, record, {work.on, ""}));
        auto const fields = changed_fields(before, record);
        if (fields.empty()) return id;
        BulkRoster bulk;
        bulk.people = {record};
        TRY_VOID(write(work, bulk));
        note_edit(work.tx, caller, store::Edited::person, id.value, fields);
        TRY_VOID(note(work, "roster.person_changed", id, change_detail(before, record, fields)));
        return id;
    });
}

core::Result<PersonDetail> start_post(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                      PersonId const& id, NewPost const& post) {
    return change(db, clock, caller, [&](Work const& work) -> core::Result<PersonId> {
        if (!sees_person(work.tx, caller, id, work.on)) return core::not_found("roster.person_not_found");
        if (id == caller.person) return core::forbidden("auth.not_yourself");
        BulkRoster bulk;
        TRY_VOID(add_post(work, id, post, bulk));
        TRY_VOID(write(work, bulk));
        TRY_VOID(note(work, "roster.post_started", id, core::json::write(bulk.posts.front())));
        return id;
    });
}

core::Result<PersonDetail> end_post(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                    PersonId const& id, PostId const& post_id, EndRequest const& request) {
    return change(db, clock, caller, [&](Work const& work) -> core::Result<PersonId> {
        if (!sees_person(work.tx, caller, id, work.on)) return core::not_found("roster.person_not_found");
        if (id == caller.person) return core::forbidden("auth.not_yourself");
        auto const posts = store::all_posts(work.tx, id);
        auto const found = std::ranges::find(posts, post_id, &Post::id);
        if (found == posts.end()) return core::not_found("roster.post_not_found");
        TRY_VOID(require_appointment(work, found->kind, found->org_id));
        BulkRoster bulk;
        bulk.posts = {*found};
        auto& post = bulk.posts.front();
        post.to_date = request.to_date.value_or(work.on.plus_days(-1));
        if (*post.to_date < post.from_date.plus_days(-1))
            return core::invalid_at("/to_date", "roster.ends_before_it_begins");
        TRY_VOID(write(work, bulk));
        TRY_VOID(note(work, "roster.post_ended", id, core::json::write(post)));
        return id;
    });
}

core::Result<PersonDetail> enrol(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                 PersonId const& id, NewEnrolment const& body) {
    return change(db, clock, caller, [&](Work const& work) -> core::Result<PersonId> {
        TRY_VOID(require_for(work.tx, caller, permissions::edit_people, id, work.on));
        BulkRoster bulk;
        TRY_VOID(add_enrolment(work, id, body, bulk));
        TRY_VOID(write(work, bulk));
        TRY_VOID(note(work, "roster.pupil_placed", id, core::json::write(body)));
        return id;
    });
}

core::Result<PersonDetail> leave(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                 PersonId const& id, LeaveRequest const& request) {
    return change(db, clock, caller, [&](Work const& work) -> core::Result<PersonId> {
        TRY_VOID(require_for(work.tx, caller, permissions::edit_people, id, work.on));
        auto const status = request.status.value_or(EnrolmentStatus::left);
        if (status != EnrolmentStatus::left && status != EnrolmentStatus::graduated) {
            return core::invalid_at("/status", "core.unknown_choice");
        }
        BulkRoster bulk;
        bulk.enrolments = store::open_enrolments(work.tx, {id}, work.on);
        if (bulk.enrolments.empty()) return core::conflict("roster.not_enrolled");
        for (auto& row : bulk.enrolments) {
            row.to_date = request.to_date.value_or(work.on.plus_days(-1));
            row.status = status;
            if (*row.to_date < row.from_date.plus_days(-1))
                return core::invalid_at("/to_date", "roster.ends_before_it_begins");
        }
        TRY_VOID(write(work, bulk));
        TRY_VOID(note(work, "roster.pupil_left", id, core::json::write(request)));
        return id;
    });
}

core::Result<PersonDetail> add_guardian(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                        PersonId const& pupil, NewGuardian const& body) {
    return change(db, clock, caller, [&](Work const& work) -> core::Result<PersonId> {
        TRY_VOID(require_for(work.tx, caller, permissions::edit_people, pupil, work.on));
        if (!pupil_class(work.tx, pupil, work.on)) return core::conflict("roster.not_enrolled");
        BulkRoster bulk;
        PersonId guardian = PersonId::make();
        if (body.guardian_id) {
            guardian = *body.guardian_id;
            if (guardian == pupil || !sees_person(work.tx, caller, guardian, work.on)) {
                return core::not_found("roster.person_not_found");
            }
        } else {
            PersonRecord record;
            record.id = guardian;
            PersonChange fields;
            fields.name = body.name.value_or("");
            fields.phone = body.phone;
            TRY_VOID(apply_change(work.tx, fields, record, {work.on, ""}));
            bulk.people = {record};
        }
        bulk.guardianships = {{GuardianshipId::make(), guardian, pupil, body.relation, work.on, {}}};
        TRY_VOID(write(work, bulk));
        TRY_VOID(note(work, "roster.guardian_added", pupil, core::json::write(bulk.guardianships.front())));
        return pupil;
    });
}

core::Result<PersonDetail> end_guardianship(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                            PersonId const& pupil, GuardianshipId const& id) {
    return change(db, clock, caller, [&](Work const& work) -> core::Result<PersonId> {
        TRY_VOID(require_for(work.tx, caller, permissions::edit_people, pupil, work.on));
        auto bond = store::find_guardianship(work.tx, id);
        if (!bond || bond->pupil_id != pupil) return core::not_found("roster.person_not_found");
        bond->to_date = work.on.plus_days(-1);
        BulkRoster bulk;
        bulk.guardianships = {*bond};
        TRY_VOID(write(work, bulk));
        TRY_VOID(note(work, "roster.guardian_ended", pupil, core::json::write(*bond)));
        return pupil;
    });
}

core::Result<void> erase_person(sql::Database& db, core::Clock const& clock, auth::Caller const& caller,
                                PersonId const& id, ReasonRequest const& request) {
    auto const reason = TRY(written_reason(request.reason, "/reason"));
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<void> {
        Work const work{tx, clock, caller, today(tx, clock)};
        TRY_VOID(require_for(tx, caller, permissions::edit_people, id, work.on));
        TRY_VOID(caller.require(tx, permissions::edit_people, district(tx).org_id));
        bool const here = !store::open_posts(tx, {id}, work.on).empty() ||
                          !store::open_enrolments(tx, {id}, work.on).empty() ||
                          !store::guardianships_by(tx, {id}, work.on).empty();
        if (here) return core::conflict("roster.still_here");
        auth::erase_person_key(tx, id);
        store::erase_person(tx, id, "（已注销）", core::system_now());
        for (auto const& account : auth::accounts_of(tx, {id}))
            auth::set_status(tx, account.id, auth::AccountStatus::disabled);
        feed::remove(tx, {"roster.Person", id.text(), {}});
        return note(work, "roster.person_erased", id, core::json::write(ReasonRequest{reason}));
    });
}

}  // namespace santong::roster
