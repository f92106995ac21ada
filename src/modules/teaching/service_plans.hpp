#pragma once
// Use cases of preparing (备课).
#include "modules/teaching/service.hpp"
#include "modules/teaching/views.hpp"

namespace santong::teaching {

/// A plan with everything its page shows.
struct PlanView {
    LessonPlan plan;
    bool mine = false;
    std::string owner_name;
    std::vector<PlannedLesson> lessons;
    std::vector<ResourceBrief> resources;
    std::string chapter_title;
    std::string textbook_title;
};
BOOST_DESCRIBE_STRUCT(PlanView, (), (plan, mine, owner_name, lessons, resources, chapter_title, textbook_title))

/// Filters of the list of plans: the caller's own, with `shared` his school's too, with `colleagues` those alone.
struct PlanQuery {
    std::optional<bool> shared;
    std::optional<std::string> subject;
    std::optional<ChapterId> chapter;
    std::optional<std::string> q;
    std::optional<std::string> after;
    std::optional<std::int32_t> limit;
    std::optional<bool> colleagues;
};
BOOST_DESCRIBE_STRUCT(PlanQuery, (), (shared, subject, chapter, q, after, limit, colleagues))
core::Result<core::Page<PlanBrief>> plans(sql::Database& db, auth::Caller const& caller, PlanQuery const& query);

/// A new plan: from a template (its id, or the name of a usual one), for a chapter, for lessons of the caller.
struct NewPlan {
    std::string title;
    std::string subject;
    std::int32_t grade = 1;
    std::optional<ChapterId> chapter_id;
    std::optional<TemplateId> template_id;
    std::optional<std::string> usual;  ///< "teaching.template.new_lesson"
    std::vector<LessonId> lesson_ids;
};
BOOST_DESCRIBE_STRUCT(NewPlan, (), (title, subject, grade, chapter_id, template_id, usual, lesson_ids))
core::Result<PlanView> create_plan(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   NewPlan const& wish);
/// A new plan that holds a whole pack (资源包): plans at the goals, films at the lead-in, slides at the exploring,
/// exercises at the practice. What of it is gone or out of reach is left out; refuses a pack of which nothing is left
/// ("teaching.pack_empty").
struct PlanFromPack {
    ResourceId pack_id;
    std::vector<LessonId> lesson_ids;
};
BOOST_DESCRIBE_STRUCT(PlanFromPack, (), (pack_id, lesson_ids))
core::Result<PlanView> plan_from_pack(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                      PlanFromPack const& wish);
core::Result<PlanView> plan_view(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 PlanId const& id);

/// A save of what was made from `version`.
struct SavePlan {
    std::int64_t version = 0;
    PlanContent content;
    Sharing sharing = Sharing::own;
};
BOOST_DESCRIBE_STRUCT(SavePlan, (), (version, content, sharing))
/// Either the plan as saved, or (`yours` set) the plan as somebody else saved it and what the caller sent, which is
/// kept in the history: nothing is lost.
struct SaveOutcome {
    LessonPlan plan;
    std::optional<PlanVersion> yours;
};
core::Result<SaveOutcome> save_plan(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                    PlanId const& id, SavePlan const& save);

/// A plan of one's own or a shared one as a new plan of one's own, for the given lessons.
struct CopyPlan {
    std::vector<LessonId> lesson_ids;
};
BOOST_DESCRIBE_STRUCT(CopyPlan, (), (lesson_ids))
core::Result<PlanView> copy_plan(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                 PlanId const& id, CopyPlan const& wish);
/// The lessons a plan is for; those it was for before and that are not named are free again.
core::Result<PlanView> link_lessons(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                    PlanId const& id, CopyPlan const& wish);
core::Result<core::Nothing> remove_plan(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                        PlanId const& id);

/// History, newest first; of those without a name the last two hundred.
core::Result<std::vector<PlanVersion>> plan_versions(sql::Database& db, auth::Caller const& caller, PlanId const& id);
/// Makes an old version the newest; what stood before stays in the history.
struct RestoreVersion {
    std::int64_t version = 0;  ///< the newest one the caller knows
};
BOOST_DESCRIBE_STRUCT(RestoreVersion, (), (version))
core::Result<PlanView> restore_version(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                       PlanId const& id, PlanVersionId const& version, RestoreVersion const& known);

/// Gives the plan as it stands a name in the history (保存为一个版本); what is saved later never folds into it.
struct NameVersion {
    std::int64_t version = 0;  ///< the newest one the caller knows
    std::string name;
};
BOOST_DESCRIBE_STRUCT(NameVersion, (), (version, name))
/// Refuses "teaching.plan_changed", "teaching.version_name_missing", "teaching.text_too_long",
/// "teaching.too_many_versions".
core::Result<PlanVersion> name_version(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                       PlanId const& id, NameVersion const& wish);
/// Another name for an entry of the history, or none: then it is one among the others again.
struct RenameVersion {
    std::string name;
};
BOOST_DESCRIBE_STRUCT(RenameVersion, (), (name))
core::Result<PlanVersion> rename_version(sql::Database& db, auth::Caller const& caller, PlanId const& id,
                                         PlanVersionId const& version, RenameVersion const& wish);

// ---- templates

struct TemplateList {
    std::vector<LessonTemplate> usual;  ///< shipped with the product; names are i18n keys
    std::vector<LessonTemplate> own;    ///< of the school and the district
    bool may_manage = false;
};
BOOST_DESCRIBE_STRUCT(TemplateList, (), (usual, own, may_manage))
core::Result<TemplateList> templates(sql::Database& db, auth::Caller const& caller, std::string const& subject);
/// Makes the outline of a plan a template of the school.
struct NewTemplate {
    std::string name;
    PlanId plan_id;
    bool any_subject = false;
};
BOOST_DESCRIBE_STRUCT(NewTemplate, (), (name, plan_id, any_subject))
core::Result<LessonTemplate> add_template(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                          NewTemplate const& wish);
core::Result<core::Nothing> remove_template(sql::Database& db, auth::Caller const& caller, TemplateId const& id);

}  // namespace santong::teaching
