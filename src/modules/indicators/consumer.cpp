#include <map>
#include <stdexcept>

#include "modules/indicators/facts.hpp"
#include "modules/indicators/line_weeks.hpp"
#include "modules/indicators/permissions.hpp"
#include "modules/indicators/service.hpp"
#include "modules/indicators/shelf_weeks.hpp"
#include "modules/indicators/store.hpp"
#include "modules/roster/service.hpp"
#include "modules/timetable/service.hpp"

namespace santong::indicators {

namespace {

struct PostEntry {
    core::Uuid id;
    core::PersonId person_id;
    core::OrgId org_id;
    std::string kind;
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(PostEntry, (), (id, person_id, org_id, kind, from_date, to_date))

struct EnrolmentEntry {
    core::Uuid id;
    core::PersonId person_id;
    core::OrgId school_id;
    core::LocalDate from_date;
    std::optional<core::LocalDate> to_date;
};
BOOST_DESCRIBE_STRUCT(EnrolmentEntry, (), (id, person_id, school_id, from_date, to_date))

struct AccountEntry {
    core::Uuid id;
    core::PersonId person_id;
    std::string status;
};
BOOST_DESCRIBE_STRUCT(AccountEntry, (), (id, person_id, status))

struct LessonEntry {
    core::Uuid id;
    core::OrgId school_id;
    core::OrgId class_id;
    core::LocalDate date;
    std::int32_t period = 0;
    std::string subject;
    std::optional<core::PersonId> teacher_id;
    std::string state;
};
BOOST_DESCRIBE_STRUCT(LessonEntry, (), (id, school_id, class_id, date, period, subject, teacher_id, state))

struct SessionEntry {
    core::Uuid id;
    core::Uuid lesson_id;
    core::OrgId school_id;
    core::OrgId class_id;
    core::PersonId teacher_id;
    std::string subject;
    core::LocalDate date;
    std::int32_t period = 0;
    std::string kind;
    std::string minutes_band;
    std::string state;
    std::int32_t resource_count = 0;
    bool reviewed_resource = false;
    std::optional<std::int32_t> question_count;
    std::optional<std::int32_t> present;
};
BOOST_DESCRIBE_STRUCT(SessionEntry, (),
                      (id, lesson_id, school_id, class_id, teacher_id, subject, date, period, kind, minutes_band, state,
                       resource_count, reviewed_resource, question_count, present))

/// A resource opened by a pupil. `learner` is a mark of the pupil that holds for one week.
struct ViewedEntry {
    std::string role;
    core::OrgId school_id;
    std::optional<std::string> learner;
    core::Instant at;
};
BOOST_DESCRIBE_STRUCT(ViewedEntry, (), (role, school_id, learner, at))

/// A work that came in; `learner` as above, if the pupil handed it in himself.
struct HandedInEntry {
    core::OrgId school_id;
    std::optional<std::string> learner;
    std::optional<core::Instant> handed_in_at;
};
BOOST_DESCRIBE_STRUCT(HandedInEntry, (), (school_id, learner, handed_in_at))

template <class T>
T read_body(feed::Entry const& entry) {
    auto body = core::json::read<T>(entry.body.value, core::json::UnknownFields::ignore);
    if (!body) throw std::runtime_error(entry.type + " is not readable: " + body.error().key);
    return std::move(*body);
}

/// What one batch of entries says, the last word on each thing; written at its end. Absent = the thing is gone.
struct Batch {
    template <class Fact>
    using Last = std::map<core::Uuid, std::optional<Fact>>;
    Last<TaughtFact> taught;
    Last<SessionFact> sessions;
    Last<store::TeacherFact> teachers;
    Last<store::PupilFact> pupils;
    Last<store::AccountFact> accounts;
    std::vector<store::LearnerFact> learners;
    std::optional<core::Zone> zone;
    std::int64_t last_seq = 0;
};

template <class Fact>
struct Split {
    std::vector<core::Uuid> ids;
    std::vector<Fact> put;
    std::vector<core::Uuid> gone;
};

template <class Fact>
Split<Fact> split(Batch::Last<Fact>& last) {
    Split<Fact> parts;
    for (auto& [id, fact] : last) {
        parts.ids.push_back(id);
        if (fact)
            parts.put.push_back(std::move(*fact));
        else
            parts.gone.push_back(id);
    }
    return parts;
}

template <class Fact>
void add_weeks(std::set<store::WeekCell>& cells, std::vector<Fact> const& facts) {
    for (auto const& fact : facts) cells.insert({fact.school_id, fact.monday});
}

void write_lessons(sql::Tx& tx, Batch& batch) {
    std::set<store::WeekCell> cells;
    auto taught = split(batch.taught);
    for (auto const& cell : store::weeks_of_taught(tx, taught.ids)) cells.insert(cell);
    store::remove_taught(tx, taught.gone);
    store::put_taught(tx, taught.put);
    add_weeks(cells, taught.put);
    auto sessions = split(batch.sessions);
    for (auto const& cell : store::weeks_of_sessions(tx, sessions.ids)) cells.insert(cell);
    store::remove_sessions(tx, sessions.gone);
    store::put_sessions(tx, sessions.put);
    add_weeks(cells, sessions.put);
    store::put_learners(tx, batch.learners);
    add_weeks(cells, batch.learners);
    store::mark_dirty(tx, cells);
}

template <class Id>
void add_all(std::set<Id>& set, std::vector<Id> const& more) {
    set.insert(more.begin(), more.end());
}

/// `now`: of the district's clock.
void write_people(sql::Tx& tx, Batch& batch, core::Instant now) {
    std::set<core::OrgId> schools;
    auto teachers = split(batch.teachers);
    add_all(schools, store::schools_of_posts(tx, teachers.ids));
    store::remove_teachers(tx, teachers.gone);
    store::put_teachers(tx, teachers.put);
    for (auto const& fact : teachers.put) schools.insert(fact.school_id);
    auto pupils = split(batch.pupils);
    add_all(schools, store::schools_of_enrolments(tx, pupils.ids));
    store::remove_pupils(tx, pupils.gone);
    store::put_pupils(tx, pupils.put);
    for (auto const& fact : pupils.put) schools.insert(fact.school_id);
    auto accounts = split(batch.accounts);
    auto owners = store::persons_of_accounts(tx, accounts.gone);
    for (auto const& fact : accounts.put) owners.push_back(fact.person_id);
    store::remove_accounts(tx, accounts.gone);
    store::put_accounts(tx, accounts.put);
    add_all(schools, store::schools_of_pupils(tx, owners));
    if (schools.empty()) return;
    store::mark_schools_dirty(tx, {schools.begin(), schools.end()});
    auto const monday = monday_of(roster::district(tx).zone().date_of(now));
    std::set<store::WeekCell> present;
    for (auto const& school : schools) present.insert({school, monday});
    store::mark_dirty(tx, present);
}

class FactReader final : public feed::Consumer {
public:
    FactReader(notify::Hub* hub, core::Clock const& clock) : hub_(hub), clock_(clock) {}

    std::string name() const override { return "indicators"; }
    /// Everything: so that `last_seq` of a batch is its end, wanted or not.
    bool wants(std::string_view) const override { return true; }

    void handle(sql::Tx& tx, feed::Entry const& entry) override {
        auto& batch = tx.attachment<Batch>();
        batch.last_seq = entry.seq;
        if (entry.type == "timetable.TaughtLesson")
            take_lesson(batch, entry);
        else if (entry.type == "teaching.ClassSession")
            take_session(batch, entry);
        else if (entry.type == "roster.Post")
            take_post(batch, entry);
        else if (entry.type == "roster.Enrolment")
            take_enrolment(batch, entry);
        else if (entry.type == "auth.Account")
            take_account(batch, entry);
        else if (entry.type == "resources.Viewed")
            take_view(tx, batch, entry);
        else if (entry.type == "homework.Submission" && !gone(entry))
            take_work(tx, batch, entry);
    }

    void batch_done(sql::Tx& tx) override {
        auto& batch = tx.attachment<Batch>();
        write_people(tx, batch, clock_.now());
        write_lessons(tx, batch);
        if (feed::last_seq(tx) - batch.last_seq > store::far_behind) return;  // another batch follows for sure
        if (compute_dirty(tx)) tell(tx);
    }

private:
    static core::Uuid id_of(feed::Entry const& entry) {
        auto const id = core::Uuid::parse(entry.entity_id);
        if (!id) throw std::runtime_error(entry.type + " has no id");
        return *id;
    }
    static bool gone(feed::Entry const& entry) { return entry.kind == feed::EntryKind::remove; }

    static void take_lesson(Batch& batch, feed::Entry const& entry) {
        auto& slot = batch.taught[id_of(entry)];
        slot.reset();
        if (gone(entry)) return;
        auto lesson = read_body<LessonEntry>(entry);
        if (lesson.state == "planned") return;  // taken back: it has not been held yet
        slot = TaughtFact{lesson.id,     lesson.school_id, lesson.class_id,   lesson.date, monday_of(lesson.date),
                          lesson.period, lesson.subject,   lesson.teacher_id, lesson.state};
    }
    static void take_session(Batch& batch, feed::Entry const& entry) {
        auto& slot = batch.sessions[id_of(entry)];
        slot.reset();
        if (gone(entry)) return;
        auto one = read_body<SessionEntry>(entry);
        slot = SessionFact{one.id,
                           one.lesson_id,
                           one.school_id,
                           one.class_id,
                           one.teacher_id,
                           one.subject,
                           one.date,
                           monday_of(one.date),
                           one.period,
                           one.kind,
                           one.minutes_band,
                           one.state,
                           one.resource_count,
                           one.reviewed_resource,
                           one.question_count.value_or(0) > 0 || one.present.has_value()};
    }
    static void take_post(Batch& batch, feed::Entry const& entry) {
        auto& slot = batch.teachers[id_of(entry)];
        slot.reset();
        if (gone(entry)) return;
        auto const post = read_body<PostEntry>(entry);
        if (post.kind == "teacher")
            slot = store::TeacherFact{post.id, post.person_id, post.org_id, post.from_date, post.to_date};
    }
    static void take_enrolment(Batch& batch, feed::Entry const& entry) {
        auto& slot = batch.pupils[id_of(entry)];
        slot.reset();
        if (gone(entry)) return;
        auto const one = read_body<EnrolmentEntry>(entry);
        slot = store::PupilFact{one.id, one.person_id, one.school_id, one.from_date, one.to_date};
    }
    static void take_account(Batch& batch, feed::Entry const& entry) {
        auto& slot = batch.accounts[id_of(entry)];
        slot.reset();
        if (gone(entry)) return;
        auto const account = read_body<AccountEntry>(entry);
        slot = store::AccountFact{account.id, account.person_id, account.status == "active"};
    }
    static void take_view(sql::Tx& tx, Batch& batch, feed::Entry const& entry) {
        auto const view = read_body<ViewedEntry>(entry);
        if (view.role != "pupil" || !view.learner || view.learner->empty()) return;
        take_learner(tx, batch, {view.school_id, *view.learner, view.at});
    }
    static void take_work(sql::Tx& tx, Batch& batch, feed::Entry const& entry) {
        auto const work = read_body<HandedInEntry>(entry);
        if (!work.learner || work.learner->empty() || !work.handed_in_at) return;
        take_learner(tx, batch, {work.school_id, *work.learner, *work.handed_in_at});
    }

    /// Something that a pupil did on his own.
    struct LearningAct {
        core::OrgId school_id;
        std::string learner;
        core::Instant at;
    };
    static void take_learner(sql::Tx& tx, Batch& batch, LearningAct const& act) {
        if (!batch.zone) batch.zone = roster::district(tx).zone();
        batch.learners.push_back({act.school_id, monday_of(batch.zone->date_of(act.at)), act.learner});
    }

    void tell(sql::Tx& tx) const {
        if (hub_ == nullptr) return;
        auto const district = tx.district();
        auto const version = store::state(tx).version;
        tx.after_commit([hub = hub_, district, version] {
            hub->publish(district, topic_of(district), "{\"version\":" + std::to_string(version) + "}");
        });
    }

    notify::Hub* hub_;
    core::Clock const& clock_;
};

}  // namespace

bool compute_dirty(sql::Tx& tx) {
    auto const cells = store::take_dirty(tx);
    for (auto const& cell : cells)
        store::replace_rollups(tx, cell, roll_up(week_facts(tx, cell.school_id, cell.monday)));
    if (!cells.empty()) store::touch_state(tx, core::system_now());
    return !cells.empty();
}

WeekFacts week_facts(sql::Tx& tx, core::OrgId const& school, core::LocalDate monday) {
    auto facts = store::facts_of(tx, {school, monday});
    std::set<core::OrgId> classes;
    for (auto const& one : facts.taught) classes.insert(one.class_id);
    if (classes.empty()) return facts;
    std::map<std::int32_t, CoursesWanted> by_grade;
    for (auto const& row : timetable::course_plan(tx, roster::school_year_of(monday))) {
        if (row.weekly_periods > 0) by_grade[row.grade][row.subject] = row.weekly_periods;
    }
    for (auto const& one : roster::class_groups(tx, {classes.begin(), classes.end()}, monday)) {
        facts.wanted[one.id] = by_grade[one.grade];
    }
    return facts;
}

std::string topic_of(core::DistrictId district) {
    return "cockpit:" + std::to_string(district);
}

void register_permissions(auth::PermissionRegistry& registry) {
    permissions::declare_roles(registry);
}

void allow_topics(notify::Hub& hub) {
    hub.allow("cockpit:", [](auth::Caller const& caller, std::string_view topic) {
        return topic == topic_of(caller.district) && caller.may_anywhere(permissions::hear);
    });
}

std::vector<std::unique_ptr<feed::Consumer>> consumers(notify::Hub* hub, core::Clock const& clock) {
    std::vector<std::unique_ptr<feed::Consumer>> all;
    all.push_back(std::make_unique<FactReader>(hub, clock));
    all.push_back(shelf_reader());
    all.push_back(reuse_reader());
    return all;
}

void recompute(sql::Tx& tx) {
    auto const known = store::all_weeks(tx);
    store::mark_dirty(tx, {known.begin(), known.end()});
    compute_dirty(tx);
}

std::vector<Rollup> rollups(sql::Tx& tx) {
    return store::all(tx);
}
void keep_house(sql::Database& db, core::DistrictId district, core::Clock const& clock) {
    db.transact(district, [&](sql::Tx& tx) {
        auto const today = roster::today(tx, clock);
        keep_shelf_weeks(tx, today);
        keep_line_weeks(tx, today);
    });
}

void write_declarations(sql::Tx& tx, std::vector<Declaration> const& rows) {
    store::insert_declarations(tx, rows);
}
void write_targets(sql::Tx& tx, std::vector<Target> const& rows) {
    store::put_targets(tx, rows);
}

}  // namespace santong::indicators
