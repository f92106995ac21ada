#pragma once
// Lesson plans as the product knows them. May include: core/ and the domain of lower modules.
#include <optional>
#include <string>
#include <vector>

#include "core/described.hpp"
#include "core/result.hpp"
#include "modules/resources/domain.hpp"
#include "modules/timetable/domain.hpp"

namespace santong::teaching {

using PlanId = core::Id<struct LessonPlanTag>;
using PlanVersionId = core::Id<struct LessonPlanVersionTag>;
using TemplateId = core::Id<struct LessonTemplateTag>;
using resources::ChapterId;
using resources::ResourceId;
using resources::TextbookId;
using timetable::LessonId;

/// A resource in its place in a plan (资源位).
struct PlanResource {
    ResourceId resource_id;
    std::optional<std::int32_t> page_from;  ///< first page shown; absent = from the beginning
    std::optional<std::int32_t> page_to;
    bool for_pupils = false;  ///< pupils of the class may open it once the lesson has begun (给学生看)
};
BOOST_DESCRIBE_STRUCT(PlanResource, (), (resource_id, page_from, page_to, for_pupils))

/// A question that the class answers by raised hands (举手计数).
struct PlanQuestion {
    std::string text;
    std::vector<std::string> options;
    std::optional<std::int32_t> answer;  ///< index of the right option; absent = an opinion
};
BOOST_DESCRIBE_STRUCT(PlanQuestion, (), (text, options, answer))

/// A part of a plan (环节). `key` names a usual part ("goals", "lead_in", "explore" …) whose heading comes from the
/// texts of the language; "own" has its heading in `title`.
struct Section {
    std::string key;
    std::string title;
    std::int32_t minutes = 0;
    std::string text;
    std::vector<PlanResource> resources;
    std::vector<PlanQuestion> questions;
};
BOOST_DESCRIBE_STRUCT(Section, (), (key, title, minutes, text, resources, questions))

/// How far a plan is (备课状态); follows from its content.
enum class Readiness : int { empty, half, ready };
BOOST_DESCRIBE_ENUM(Readiness, empty, half, ready)

/// Who may read a plan besides its owner.
enum class Sharing : int { own, school };
BOOST_DESCRIBE_ENUM(Sharing, own, school)

/// What of a plan is written and kept in its history.
struct PlanContent {
    std::string title;
    std::int32_t hours = 1;  ///< periods it takes
    std::vector<Section> sections;
    std::string homework;
};
BOOST_DESCRIBE_STRUCT(PlanContent, (), (title, hours, sections, homework))

/// Lesson plan (教案).
struct LessonPlan {
    PlanId id;
    core::PersonId owner_person;
    core::OrgId school_id;
    std::string subject;  ///< code of ZXXKC
    std::int32_t grade = 1;
    std::optional<TextbookId> textbook_id;
    std::optional<ChapterId> chapter_id;
    PlanContent content;
    Sharing sharing = Sharing::own;
    Readiness readiness = Readiness::empty;
    std::int64_t version = 1;
    core::Instant made_at;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(LessonPlan, (),
                      (id, owner_person, school_id, subject, grade, textbook_id, chapter_id, content, sharing,
                       readiness, version, made_at, updated_at))

/// `unmerged`: a save that met a newer version; kept, so that nothing is lost.
enum class PlanVersionKind : int { saved, unmerged };
BOOST_DESCRIBE_ENUM(PlanVersionKind, saved, unmerged)

/// What a plan was at some time.
struct PlanVersion {
    PlanVersionId id;
    PlanId plan_id;
    std::int64_t version = 1;
    PlanVersionKind kind = PlanVersionKind::saved;
    PlanContent content;
    core::Instant saved_at;
    std::string name{};  ///< given by the plan's owner; a named one is never folded with another (保存为一个版本)
};
BOOST_DESCRIBE_STRUCT(PlanVersion, (), (id, plan_id, version, kind, content, saved_at, name))

/// Which plan a lesson is taught by.
struct PlanLesson {
    LessonId lesson_id;
    PlanId plan_id;
};
BOOST_DESCRIBE_STRUCT(PlanLesson, (), (lesson_id, plan_id))

/// Template of a plan (教案模板). A usual one has a nil id, and its name is an i18n key.
struct LessonTemplate {
    TemplateId id;
    std::string name;
    std::string subject;  ///< empty = any
    std::optional<core::OrgId> school_id;
    std::vector<Section> sections;
    core::PersonId made_by;
    core::Instant made_at;
};
BOOST_DESCRIBE_STRUCT(LessonTemplate, (), (id, name, subject, school_id, sections, made_by, made_at))

/// Templates that the product ships: new lesson, exercise, revision, experiment.
std::vector<LessonTemplate> const& usual_templates();

/// How far a plan is: `ready` when every part says or shows something, `empty` when none does.
Readiness readiness_of(PlanContent const& content);
/// Minutes of all parts.
int minutes_of(PlanContent const& content);
/// All resources in the order of the plan, each once.
std::vector<ResourceId> resources_of(PlanContent const& content);
/// Refuses what cannot be saved, with the place of each: no title, too long, negative minutes, a question without
/// options.
core::Result<void> check_content(PlanContent const& content);
/// Refuses fewer than 2 or more than 6 options, empty ones, an answer that is none of them.
core::Result<void> check_question(PlanQuestion const& question);

inline constexpr std::size_t longest_title = 80;
inline constexpr std::size_t longest_version_name = 40;
/// Versions of a plan that may bear a name.
inline constexpr std::size_t most_named_versions = 50;
inline constexpr std::size_t longest_text = 4000;
inline constexpr std::size_t most_sections = 20;
inline constexpr std::size_t most_resources = 60;
/// Saves within this span of work are one entry of the history.
inline constexpr std::int64_t history_span_ms = 10 * 60 * 1000;

}  // namespace santong::teaching
