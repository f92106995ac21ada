#include "modules/homework/service_set.hpp"

#include <algorithm>
#include <charconv>

#include "modules/homework/access.hpp"
#include "modules/homework/permissions.hpp"
#include "modules/resources/service.hpp"
#include "modules/teaching/service.hpp"
#include "modules/timetable/service.hpp"

namespace santong::homework {

namespace {

std::vector<TaughtClass> taught_classes(sql::Tx& tx, auth::Caller const& caller, core::LocalDate today) {
    std::map<core::OrgId, std::vector<std::string>> subjects;
    for (auto const& [class_id, subject] : access::taught_places(tx, caller.person, today))
        subjects[class_id].push_back(subject);
    std::vector<core::OrgId> ids;
    for (auto const& [id, codes] : subjects) ids.push_back(id);
    std::vector<TaughtClass> classes;
    if (ids.empty()) return classes;
    for (auto const& group : roster::class_groups(tx, ids, today))
        classes.push_back({group.id, group.name, group.grade, group.pupils, subjects.at(group.id)});
    std::ranges::sort(classes, {}, [](TaughtClass const& one) { return std::pair(one.grade, one.name); });
    return classes;
}

/// The first day after `day` that is no weekend; holidays are the teacher's to see.
core::LocalDate next_school_day(core::LocalDate day) {
    constexpr int friday = 5;
    do day = day.plus_days(1);
    while (day.weekday() > friday);
    return day;
}

std::vector<HomeworkAttachment> given_by(sql::Tx& tx, auth::Caller const& caller, teaching::PlanContent const& plan) {
    std::vector<HomeworkAttachment> given;
    for (auto const& section : plan.sections) {
        for (auto const& one : section.resources) {
            auto const resource = one.for_pupils ? resources::resource(tx, one.resource_id) : std::nullopt;
            if (!resource || resource->state != resources::State::published) continue;
            if (!resources::can_read(tx, caller, *resource) || given.size() >= most_attachments) continue;
            if (std::ranges::find(given, std::optional(one.resource_id), &HomeworkAttachment::resource_id) ==
                given.end())
                given.push_back({one.resource_id, std::nullopt, resource->title, ""});
        }
    }
    return given;
}

core::Result<void> fill_from_plan(sql::Tx& tx, auth::Caller const& caller, PlanId const& id, HomeworkDraft& draft) {
    auto const plan = teaching::plan(tx, id);
    if (!plan || plan->owner_person != caller.person) return core::not_found("homework.plan_not_found");
    draft.plan_id = id;
    draft.subject = plan->subject;
    draft.title = plan->content.title;
    draft.text = plan->content.homework;
    draft.attachments = given_by(tx, caller, plan->content);
    if (!draft.class_ids.empty()) return {};
    for (auto const& one : draft.classes) {
        if (one.grade == plan->grade && std::ranges::find(one.subjects, plan->subject) != one.subjects.end())
            draft.class_ids.push_back(one.id);
    }
    return {};
}

core::Result<void> fill_from_lesson(sql::Tx& tx, auth::Caller const& caller, LessonId const& id, HomeworkDraft& draft) {
    auto const lesson = timetable::lesson(tx, id);
    if (!lesson || lesson->teacher_id != caller.person) return core::not_found("homework.lesson_not_found");
    draft.lesson_id = id;
    draft.subject = lesson->subject;
    draft.class_ids = {lesson->class_id};
    for (auto const& link : teaching::plans_of_lessons(tx, {id})) {
        auto const plan = teaching::plan(tx, link.plan_id);
        if (plan && plan->owner_person == caller.person) return fill_from_plan(tx, caller, link.plan_id, draft);
    }
    return {};
}

/// Attachments that are new are the caller's uploads, or published resources that he may read.
core::Result<void> check_attachments(sql::Tx& tx, files::Files const& files, auth::Caller const& caller,
                                     HomeworkContent& content, HomeworkContent const& before) {
    for (std::size_t i = 0; i < content.attachments.size(); ++i) {
        auto& one = content.attachments[i];
        auto const same = [&](HomeworkAttachment const& other) {
            return other.resource_id == one.resource_id && other.file_id == one.file_id;
        };
        if (auto const known = std::ranges::find_if(before.attachments, same); known != before.attachments.end()) {
            one = *known;
            continue;
        }
        if (one.file_id) {
            auto const file = TRY(files.own(tx, caller, *one.file_id));
            one.name = file.name;
            one.media_type = file.media_type;
            continue;
        }
        auto const resource = TRY(resources::readable(tx, caller, *one.resource_id));
        if (resource.state != resources::State::published)
            return core::invalid_at("/content/attachments/" + std::to_string(i), "homework.resource_not_published");
        one.name = resource.title;
        one.media_type = "";
    }
    return {};
}

core::Result<void> hold_attachments(sql::Tx& tx, files::Files const& files, Homework const& homework,
                                    HomeworkContent const& before) {
    auto const has = [](HomeworkContent const& content, HomeworkAttachment const& one) {
        return std::ranges::find(content.attachments, one.file_id, &HomeworkAttachment::file_id) !=
               content.attachments.end();
    };
    auto const holder = homework.id.text();
    for (auto const& one : before.attachments) {
        if (one.file_id && !has(homework.content, one)) files.release(tx, *one.file_id, homework_holder, holder);
    }
    for (auto const& one : homework.content.attachments) {
        if (one.file_id && !has(before, one))
            TRY_VOID(files.hold(tx, *one.file_id, homework_holder, holder, homework.school_id));
    }
    return {};
}

/// Classes that are new must be taught by the caller in this subject, all at one school.
core::Result<core::OrgId> check_classes(sql::Tx& tx, auth::Caller const& caller, Homework const& homework,
                                        std::vector<core::OrgId> const& before, core::LocalDate today) {
    auto const places = access::taught_places(tx, caller.person, today);
    std::optional<core::OrgId> school;
    for (auto const& id : homework.content.class_ids) {
        auto const of_class = TRY(roster::school_of(tx, id));
        if (!caller.may(tx, permissions::set, of_class)) return core::not_found("roster.class_not_found");
        bool const known = std::ranges::find(before, id) != before.end();
        if (!known && !places.contains({id, homework.subject}))
            return core::invalid_at("/content/class_ids", "homework.not_taught");
        if (school && *school != of_class) return core::invalid_at("/content/class_ids", "homework.one_school");
        school = of_class;
    }
    return *school;
}

std::vector<core::OrgId> without_doubles(std::vector<core::OrgId> ids) {
    std::ranges::sort(ids);
    ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
    return ids;
}

std::vector<HomeworkView> views(sql::Tx& tx, auth::Caller const& caller, std::vector<Homework> const& all,
                                core::LocalDate today) {
    std::set<core::OrgId> class_ids;
    std::set<core::PersonId> teacher_ids;
    std::vector<HomeworkId> ids;
    for (auto const& one : all) {
        ids.push_back(one.id);
        if (one.teacher_id != caller.person) teacher_ids.insert(one.teacher_id);
        class_ids.insert(one.content.class_ids.begin(), one.content.class_ids.end());
    }
    std::map<core::OrgId, roster::ClassGroup> groups;
    for (auto& group : roster::class_groups(tx, {class_ids.begin(), class_ids.end()}, today))
        groups.emplace(group.id, group);
    auto const counts = store::counts(tx, ids);
    auto teachers = roster::names(tx, {teacher_ids.begin(), teacher_ids.end()});
    std::vector<HomeworkView> found;
    for (auto const& one : all) {
        HomeworkView view;
        view.homework = one;
        view.mine = one.teacher_id == caller.person;
        view.past = one.content.due_on < today;
        for (auto const& id : one.content.class_ids) {
            auto const& group = groups[id];
            view.classes.push_back({id, group.name, group.pupils});
            view.pupils += group.pupils;
        }
        // Of a colleague's homework the classes that are one's own are counted, and no others.
        auto const sums = view.mine ? counts : store::counts_in(tx, one.id, one.content.class_ids);
        if (auto const sum = std::ranges::find(sums, one.id, &store::WorkCounts::homework_id); sum != sums.end()) {
            view.handed_in = sum->handed_in;
            view.to_mark = sum->to_mark;
            view.marked = sum->marked;
            view.late = sum->late;
        }
        if (!view.mine) view.teacher_name = teachers[one.teacher_id];
        found.push_back(std::move(view));
    }
    return found;
}

/// "milliseconds.id" of the last homework of the page before.
core::Result<void> start_after(std::string const& after, store::ListFilter& filter) {
    auto const dot = std::min(after.find('.'), after.size());
    std::int64_t at = 0;
    auto const [end, error] = std::from_chars(after.data(), after.data() + dot, at);
    auto const id = HomeworkId::parse(std::string_view(after).substr(std::min(dot + 1, after.size())));
    if (error != std::errc{} || end != after.data() + dot || !id)
        return core::invalid_at("after", "homework.bad_page_key");
    filter.before = core::Instant{at};
    filter.before_id = *id;
    return {};
}

core::Result<HomeworkView> save(sql::Tx& tx, auth::Caller const& caller, Homework& homework, core::Clock const& clock) {
    ++homework.version;
    homework.updated_at = clock.now();
    if (!store::update(tx, homework)) return core::conflict("homework.changed_meanwhile");
    access::announce(tx, homework);
    return views(tx, caller, {homework}, roster::today(tx, clock)).front();
}

}  // namespace

core::Result<HomeworkDraft> homework_draft(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                           DraftQuery const& query) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<HomeworkDraft> {
        HomeworkDraft draft;
        draft.today = roster::today(tx, clock);
        draft.due_on = next_school_day(draft.today);
        draft.classes = taught_classes(tx, caller, draft.today);
        if (query.lesson) TRY_VOID(fill_from_lesson(tx, caller, *query.lesson, draft));
        if (query.plan) TRY_VOID(fill_from_plan(tx, caller, *query.plan, draft));
        return draft;
    });
}

core::Result<core::Page<HomeworkView>> my_homework(sql::Database& db, auth::Caller const& caller,
                                                   core::Clock const& clock, HomeworkQuery const& query) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<HomeworkView>> {
        constexpr int most = 100, usual = 20;
        store::ListFilter filter;
        filter.teacher = caller.person;
        filter.class_id = query.class_id;
        filter.text = query.q.value_or("");
        filter.state = query.state.value_or("");
        filter.today = roster::today(tx, clock);
        auto const taught = access::taught_places(tx, caller.person, filter.today);
        for (auto const& [class_id, subject] : taught) {
            filter.places.push_back(class_id.text() + "/" + subject);
            filter.classes.push_back(class_id);
        }
        if (query.after) TRY_VOID(start_after(*query.after, filter));
        int const limit = std::clamp(query.limit.value_or(usual), 1, most);
        filter.limit = limit + 1;
        auto found = store::list(tx, filter);
        core::Page<HomeworkView> page;
        if (static_cast<int>(found.size()) > limit) {
            found.resize(static_cast<std::size_t>(limit));
            page.next = std::to_string(found.back().made_at.ms) + "." + found.back().id.text();
        }
        for (auto& one : found) {
            if (one.teacher_id == caller.person) continue;
            std::erase_if(one.content.class_ids,
                          [&](core::OrgId const& id) { return !taught.contains({id, one.subject}); });
        }
        page.items = views(tx, caller, found, filter.today);
        return page;
    });
}

core::Result<HomeworkView> homework_view(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                         HomeworkId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<HomeworkView> {
        auto const today = roster::today(tx, clock);
        auto found = store::find(tx, id);
        if (!found) return core::not_found("homework.not_found");
        // A colleague who teaches one of its classes sees that class alone.
        if (found->teacher_id != caller.person) {
            std::erase_if(found->content.class_ids, [&, whole = *found](auto const& one) {
                return !access::teaches(tx, caller, whole, one, today);
            });
        } else if (!caller.may(tx, permissions::set, found->school_id)) {
            found->content.class_ids.clear();
        }
        if (found->content.class_ids.empty()) return core::not_found("homework.not_found");
        return views(tx, caller, {*found}, today).front();
    });
}

core::Result<HomeworkView> set_homework(sql::Database& db, files::Files const& files, auth::Caller const& caller,
                                        core::Clock const& clock, NewHomework const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<HomeworkView> {
        Homework homework;
        homework.id = HomeworkId::make();
        homework.teacher_id = caller.person;
        homework.subject = wish.subject;
        homework.content = wish.content;
        homework.content.class_ids = without_doubles(wish.content.class_ids);
        homework.set_on = roster::today(tx, clock);
        homework.made_at = homework.updated_at = clock.now();
        TRY_VOID(check_content(homework.content, homework.set_on));
        homework.school_id = TRY(check_classes(tx, caller, homework, {}, homework.set_on));
        TRY_VOID(check_attachments(tx, files, caller, homework.content, {}));
        HomeworkDraft source;
        if (wish.plan_id) TRY_VOID(fill_from_plan(tx, caller, *wish.plan_id, source));
        if (wish.lesson_id) TRY_VOID(fill_from_lesson(tx, caller, *wish.lesson_id, source));
        homework.plan_id = wish.plan_id;
        homework.lesson_id = wish.lesson_id;
        store::insert(tx, {homework});
        TRY_VOID(hold_attachments(tx, files, homework, {}));
        access::announce(tx, homework);
        return views(tx, caller, {homework}, homework.set_on).front();
    });
}

core::Result<HomeworkView> change_homework(sql::Database& db, files::Files const& files, auth::Caller const& caller,
                                           core::Clock const& clock, HomeworkId const& id,
                                           ChangeHomework const& change) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<HomeworkView> {
        auto const before = TRY(access::own(tx, caller, id));
        if (before.withdrawn_at) return core::conflict("homework.withdrawn");
        if (before.version != change.version) return core::conflict("homework.changed_meanwhile");
        auto homework = before;
        homework.content = change.content;
        homework.content.class_ids = without_doubles(change.content.class_ids);
        TRY_VOID(check_content(homework.content, homework.set_on));
        TRY_VOID(check_classes(tx, caller, homework, before.content.class_ids, roster::today(tx, clock)));
        for (auto const& class_id : before.content.class_ids) {
            if (std::ranges::find(homework.content.class_ids, class_id) != homework.content.class_ids.end()) continue;
            for (auto const& one : store::submissions(tx, id, class_id)) {
                if (one.round > 0) return core::conflict("homework.class_has_works");
            }
        }
        TRY_VOID(check_attachments(tx, files, caller, homework.content, before.content));
        TRY_VOID(hold_attachments(tx, files, homework, before.content));
        return save(tx, caller, homework, clock);
    });
}

core::Result<HomeworkView> withdraw_homework(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                             HomeworkId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<HomeworkView> {
        auto homework = TRY(access::own(tx, caller, id));
        if (homework.withdrawn_at) return views(tx, caller, {homework}, roster::today(tx, clock)).front();
        homework.withdrawn_at = clock.now();
        return save(tx, caller, homework, clock);
    });
}

core::Result<HomeworkView> restore_homework(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            HomeworkId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<HomeworkView> {
        auto homework = TRY(access::own(tx, caller, id));
        if (!homework.withdrawn_at) return views(tx, caller, {homework}, roster::today(tx, clock)).front();
        homework.withdrawn_at.reset();
        return save(tx, caller, homework, clock);
    });
}

}  // namespace santong::homework
