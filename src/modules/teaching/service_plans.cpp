#include "modules/teaching/service_plans.hpp"

#include <algorithm>
#include <charconv>

#include "modules/resources/service_pack.hpp"
#include "modules/teaching/permissions.hpp"
#include "modules/teaching/plan_access.hpp"
#include "modules/teaching/store.hpp"
#include "platform/feed/feed.hpp"
#include "platform/text/utf8.hpp"

namespace santong::teaching {

namespace {

using plan_access::HistoryEntry;

/// The school for which a plan is made: that of its lessons, or that of the teacher's post.
core::Result<core::OrgId> school_for(sql::Tx& tx, auth::Caller const& caller, std::vector<LessonId> const& lessons) {
    if (lessons.empty()) return own_school(tx, caller, permissions::prepare);
    auto const lesson = timetable::lesson(tx, lessons.front());
    if (!lesson || lesson->teacher_id != caller.person) return core::not_found("teaching.lesson_not_found");
    TRY_VOID(caller.require(tx, permissions::prepare, lesson->school_id));
    return lesson->school_id;
}

core::Result<std::vector<Section>> sections_for(sql::Tx& tx, core::OrgId const& school, NewPlan const& wish) {
    if (wish.template_id) {
        auto const found = store::find_template(tx, *wish.template_id);
        if (!found || (found->school_id && *found->school_id != school))
            return core::not_found("teaching.template_not_found");
        return found->sections;
    }
    auto const name = wish.usual.value_or(usual_templates().front().name);
    for (auto const& usual : usual_templates()) {
        if (usual.name == name) return usual.sections;
    }
    return core::not_found("teaching.template_not_found");
}

/// Puts "/content" in front of the places of a content's problems.
core::Result<void> check(PlanContent const& content) {
    auto const checked = check_content(content);
    if (checked) return {};
    auto error = checked.error();
    for (auto& problem : error.problems) problem.pointer = "/content" + problem.pointer;
    return error;
}

LessonPlan outline(auth::Caller const& caller, core::Clock const& clock, core::OrgId const& school) {
    LessonPlan plan;
    plan.id = PlanId::make();
    plan.owner_person = caller.person;
    plan.school_id = school;
    plan.made_at = plan.updated_at = clock.now();
    return plan;
}

core::Result<PlanView> write_new(sql::Tx& tx, auth::Caller const& caller, core::Clock const& clock, LessonPlan plan,
                                 std::vector<LessonId> const& lessons) {
    TRY_VOID(check(plan.content));
    plan.readiness = readiness_of(plan.content);
    store::insert_plans(tx, {plan});
    TRY_VOID(plan_access::link(tx, caller, plan.id, lessons));
    plan_access::remember(tx, plan, HistoryEntry::fresh);
    return plan_access::view(tx, caller, plan, roster::today(tx, clock));
}

core::Result<void> file_under(sql::Tx& tx, LessonPlan& plan, ChapterId const& id) {
    auto const chapter = resources::chapter(tx, id);
    auto const book = chapter ? resources::textbook(tx, chapter->textbook_id) : std::nullopt;
    if (!book) return core::invalid_at("/chapter_id", "teaching.chapter_not_found");
    plan.chapter_id = chapter->id;
    plan.textbook_id = book->id;
    plan.subject = book->subject;
    plan.grade = book->grade;
    plan.content.hours = std::max(1, chapter->hours);
    return {};
}

/// The part of a new lesson at which a thing of a pack is used.
std::string_view part_for(resources::PackRole role) {
    switch (role) {
        case resources::PackRole::plan: return "goals";
        case resources::PackRole::video: return "lead_in";
        case resources::PackRole::exercise: return "practise";
        case resources::PackRole::slides:
        case resources::PackRole::other: break;
    }
    return "explore";
}

/// The same content sent again because the answer was lost is no conflict.
bool same_save(LessonPlan const& plan, SavePlan const& save) {
    return plan.version == save.version + 1 && plan.sharing == save.sharing &&
           core::json::write(plan.content) == core::json::write(save.content);
}

/// "milliseconds.id" of the last plan of the page before: several plans may have been saved in one moment.
core::Result<void> start_after(std::string const& after, store::PlanFilter& filter) {
    auto const dot = std::min(after.find('.'), after.size());
    std::int64_t at = 0;
    auto const [end, error] = std::from_chars(after.data(), after.data() + dot, at);
    auto const id = PlanId::parse(std::string_view(after).substr(std::min(dot + 1, after.size())));
    if (error != std::errc{} || end != after.data() + dot || !id)
        return core::invalid_at("after", "teaching.bad_page_key");
    filter.before = core::Instant{at};
    filter.before_id = *id;
    return {};
}

}  // namespace

core::Result<core::Page<PlanBrief>> plans(sql::Database& db, auth::Caller const& caller, PlanQuery const& query) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<core::Page<PlanBrief>> {
        store::PlanFilter filter;
        bool const colleagues = query.colleagues.value_or(false);
        (colleagues ? filter.but : filter.owner) = caller.person;
        if (colleagues || query.shared.value_or(false))
            filter.school = TRY(own_school(tx, caller, permissions::prepare));
        filter.subject = query.subject.value_or("");
        filter.chapter = query.chapter ? query.chapter->text() : "";
        filter.text = query.q.value_or("");
        if (query.after) TRY_VOID(start_after(*query.after, filter));
        int const limit = std::clamp(query.limit.value_or(20), 1, 100);
        filter.limit = limit + 1;
        auto found = store::list_plans(tx, filter);
        core::Page<PlanBrief> page;
        if (static_cast<int>(found.size()) > limit) {
            found.resize(static_cast<std::size_t>(limit));
            page.next = std::to_string(found.back().updated_at.ms) + "." + found.back().id.text();
        }
        page.items = plan_briefs(tx, caller, found);
        return page;
    });
}

core::Result<PlanView> create_plan(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   NewPlan const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PlanView> {
        auto const school = TRY(school_for(tx, caller, wish.lesson_ids));
        auto plan = outline(caller, clock, school);
        plan.subject = wish.subject;
        plan.grade = wish.grade;
        plan.content.title = std::string(text::trim(wish.title));
        plan.content.sections = TRY(sections_for(tx, school, wish));
        if (wish.chapter_id) TRY_VOID(file_under(tx, plan, *wish.chapter_id));
        if (plan.grade < 1 || plan.grade > 12) return core::invalid_at("/grade", "teaching.grade_out_of_range");
        if (plan.subject.empty()) return core::invalid_at("/subject", "teaching.subject_missing");
        return write_new(tx, caller, clock, std::move(plan), wish.lesson_ids);
    });
}

core::Result<PlanView> plan_from_pack(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                      PlanFromPack const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PlanView> {
        auto const pack = TRY(resources::pack_contents(tx, caller, wish.pack_id));
        if (pack.items.empty()) return core::conflict("teaching.pack_empty");
        auto const school = TRY(school_for(tx, caller, wish.lesson_ids));
        auto plan = outline(caller, clock, school);
        plan.content.title = pack.title;
        plan.content.sections = usual_templates().front().sections;
        SANTONG_ASSERT(pack.chapter_id.has_value());
        TRY_VOID(file_under(tx, plan, *pack.chapter_id));
        for (auto const& item : pack.items) {
            auto const part = std::ranges::find(plan.content.sections, part_for(item.role), &Section::key);
            SANTONG_ASSERT(part != plan.content.sections.end());
            part->resources.push_back({item.resource_id, {}, {}, false});
            if (!item.note.empty()) part->text += (part->text.empty() ? "" : "\n") + item.note;
        }
        return write_new(tx, caller, clock, std::move(plan), wish.lesson_ids);
    });
}

core::Result<PlanView> plan_view(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 PlanId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<PlanView> {
        auto const plan = TRY(plan_access::readable(tx, caller, id));
        return plan_access::view(tx, caller, plan, roster::today(tx, clock));
    });
}

core::Result<SaveOutcome> save_plan(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                    PlanId const& id, SavePlan const& save) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<SaveOutcome> {
        auto plan = TRY(plan_access::own(tx, caller, id));
        TRY_VOID(check(save.content));
        if (same_save(plan, save)) return SaveOutcome{plan, std::nullopt};
        if (plan.version == save.version) {
            TRY_VOID(plan_access::check_new_resources(tx, caller, save.content, plan.content));
            plan.content = save.content;
            plan.content.title = std::string(text::trim(save.content.title));
            plan.sharing = save.sharing;
            plan.readiness = readiness_of(plan.content);
            ++plan.version;
            plan.updated_at = clock.now();
            if (store::save_plan(tx, plan)) {
                plan_access::remember(tx, plan, HistoryEntry::same_span);
                return SaveOutcome{plan, std::nullopt};
            }
            plan = TRY(plan_access::own(tx, caller, id));
        }
        PlanVersion const yours{PlanVersionId::make(),     id,           save.version,
                                PlanVersionKind::unmerged, save.content, clock.now()};
        store::put_version(tx, yours);
        return SaveOutcome{plan, yours};
    });
}

core::Result<PlanView> copy_plan(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 PlanId const& id, CopyPlan const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PlanView> {
        auto const source = TRY(plan_access::readable(tx, caller, id));
        auto plan = outline(caller, clock, TRY(school_for(tx, caller, wish.lesson_ids)));
        plan.subject = source.subject;
        plan.grade = source.grade;
        plan.textbook_id = source.textbook_id;
        plan.chapter_id = source.chapter_id;
        plan.content = source.content;
        return write_new(tx, caller, clock, std::move(plan), wish.lesson_ids);
    });
}

core::Result<PlanView> link_lessons(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                    PlanId const& id, CopyPlan const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PlanView> {
        auto const plan = TRY(plan_access::own(tx, caller, id));
        store::clear_plan_lessons(tx, id);
        TRY_VOID(plan_access::link(tx, caller, id, wish.lesson_ids));
        return plan_access::view(tx, caller, plan, roster::today(tx, clock));
    });
}

core::Result<core::Nothing> remove_plan(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                        PlanId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto const plan = TRY(plan_access::own(tx, caller, id));
        store::remove_plan(tx, id, clock.now());
        store::clear_plan_lessons(tx, id);
        feed::remove(tx, {"teaching.LessonPlan", id.text(), plan.school_id});
        return core::Nothing{};
    });
}

core::Result<std::vector<PlanVersion>> plan_versions(sql::Database& db, auth::Caller const& caller, PlanId const& id) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<std::vector<PlanVersion>> {
        TRY_VOID(plan_access::own(tx, caller, id));
        return store::versions(tx, id);
    });
}

core::Result<PlanView> restore_version(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                       PlanId const& id, PlanVersionId const& version, RestoreVersion const& known) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PlanView> {
        auto plan = TRY(plan_access::own(tx, caller, id));
        auto const old = store::version(tx, id, version);
        if (!old) return core::not_found("teaching.version_not_found");
        if (plan.version != known.version) return core::conflict("teaching.plan_changed");
        plan.content = old->content;
        plan.readiness = readiness_of(plan.content);
        ++plan.version;
        plan.updated_at = clock.now();
        if (!store::save_plan(tx, plan)) return core::conflict("teaching.plan_changed");
        plan_access::remember(tx, plan, HistoryEntry::fresh);
        return plan_access::view(tx, caller, plan, roster::today(tx, clock));
    });
}

namespace {

core::Result<std::string> version_name(std::string const& wish) {
    auto name = std::string(text::trim(wish));
    if (text::count_characters(name) <= longest_version_name) return name;
    return core::invalid_at("/name", "teaching.text_too_long", {{"most", std::to_string(longest_version_name)}});
}

}  // namespace

core::Result<PlanVersion> name_version(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                       PlanId const& id, NameVersion const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PlanVersion> {
        auto const plan = TRY(plan_access::own(tx, caller, id));
        auto const name = TRY(version_name(wish.name));
        if (name.empty()) return core::invalid_at("/name", "teaching.version_name_missing");
        if (plan.version != wish.version) return core::conflict("teaching.plan_changed");
        if (store::named_versions(tx, id) >= most_named_versions) return core::conflict("teaching.too_many_versions");
        auto last = store::last_saved(tx, id);
        // A name of its own for the same text, if what stands has one already.
        if (!last || last->version != plan.version || !last->name.empty()) {
            last = PlanVersion{PlanVersionId::make(), id,          plan.version, PlanVersionKind::saved,
                               plan.content,          clock.now(), name};
            store::put_version(tx, *last);
            return *last;
        }
        store::name_version(tx, last->id, name);
        last->name = name;
        return *last;
    });
}

core::Result<PlanVersion> rename_version(sql::Database& db, auth::Caller const& caller, PlanId const& id,
                                         PlanVersionId const& version, RenameVersion const& wish) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<PlanVersion> {
        TRY_VOID(plan_access::own(tx, caller, id));
        auto known = store::version(tx, id, version);
        if (!known) return core::not_found("teaching.version_not_found");
        auto const name = TRY(version_name(wish.name));
        bool const one_more = known->name.empty() && !name.empty();
        if (one_more && store::named_versions(tx, id) >= most_named_versions) {
            return core::conflict("teaching.too_many_versions");
        }
        store::name_version(tx, version, name);
        known->name = name;
        return *known;
    });
}

core::Result<TemplateList> templates(sql::Database& db, auth::Caller const& caller, std::string const& subject) {
    return db.read(caller.district, [&](sql::Tx& tx) -> core::Result<TemplateList> {
        auto const school = TRY(own_school(tx, caller, permissions::prepare));
        return TemplateList{usual_templates(), store::templates(tx, school, subject),
                            caller.may(tx, permissions::manage_templates, school)};
    });
}

core::Result<LessonTemplate> add_template(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                          NewTemplate const& wish) {
    auto const name = std::string(text::trim(wish.name));
    if (name.empty()) return core::invalid_at("/name", "teaching.title_missing");
    if (text::count_characters(name) > longest_title) {
        return core::invalid_at("/name", "teaching.text_too_long", {{"most", std::to_string(longest_title)}});
    }
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<LessonTemplate> {
        auto const plan = TRY(plan_access::readable(tx, caller, wish.plan_id));
        TRY_VOID(caller.require(tx, permissions::manage_templates, plan.school_id));
        LessonTemplate made{
            TemplateId::make(), name,       wish.any_subject ? "" : plan.subject, plan.school_id, plan.content.sections,
            caller.person,      clock.now()};
        // A template gives the shape; what one lesson says and shows stays in the plan.
        for (auto& section : made.sections) {
            section.text.clear();
            section.resources.clear();
            section.questions.clear();
        }
        store::insert_templates(tx, {made});
        return made;
    });
}

core::Result<core::Nothing> remove_template(sql::Database& db, auth::Caller const& caller, TemplateId const& id) {
    return db.transact(caller.district, [&](sql::Tx& tx) -> core::Result<core::Nothing> {
        auto const found = store::find_template(tx, id);
        if (!found || !found->school_id || !caller.may(tx, permissions::manage_templates, *found->school_id)) {
            return core::not_found("teaching.template_not_found");
        }
        store::delete_template(tx, id, *found->school_id);
        return core::Nothing{};
    });
}

}  // namespace santong::teaching
