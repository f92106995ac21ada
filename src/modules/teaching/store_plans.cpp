#include "core/json.hpp"
#include "modules/teaching/store.hpp"
#include "platform/feed/feed.hpp"

#define PLAN_COLUMNS                                                                                           \
    "id, owner_person, school_id, subject, grade, textbook_id, chapter_id, title, hours, sections, homework, " \
    "sharing, readiness, version, made_at, updated_at"
#define VERSION_COLUMNS "id, plan_id, version, kind, title, hours, sections, homework, saved_at, name"
#define TEMPLATE_COLUMNS "id, name, subject, school_id, sections, made_by, made_at"

namespace santong::teaching::store {

namespace {

/// A plan as its row is: the parts as JSON.
struct PlanRow {
    PlanId id;
    core::PersonId owner_person;
    core::OrgId school_id;
    std::string subject;
    std::int32_t grade = 1;
    std::optional<TextbookId> textbook_id;
    std::optional<ChapterId> chapter_id;
    std::string title;
    std::int32_t hours = 1;
    core::RawJson sections;
    std::string homework;
    Sharing sharing = Sharing::own;
    Readiness readiness = Readiness::empty;
    std::int64_t version = 1;
    core::Instant made_at;
    core::Instant updated_at;
};
BOOST_DESCRIBE_STRUCT(PlanRow, (),
                      (id, owner_person, school_id, subject, grade, textbook_id, chapter_id, title, hours, sections,
                       homework, sharing, readiness, version, made_at, updated_at))

struct VersionRow {
    PlanVersionId id;
    PlanId plan_id;
    std::int64_t version = 1;
    PlanVersionKind kind = PlanVersionKind::saved;
    std::string title;
    std::int32_t hours = 1;
    core::RawJson sections;
    std::string homework;
    core::Instant saved_at;
    std::string name;
};
BOOST_DESCRIBE_STRUCT(VersionRow, (), (id, plan_id, version, kind, title, hours, sections, homework, saved_at, name))

struct TemplateRow {
    TemplateId id;
    std::string name;
    std::string subject;
    std::optional<core::OrgId> school_id;
    core::RawJson sections;
    core::PersonId made_by;
    core::Instant made_at;
};
BOOST_DESCRIBE_STRUCT(TemplateRow, (), (id, name, subject, school_id, sections, made_by, made_at))

core::RawJson json_of(std::vector<Section> const& sections) {
    return {core::json::write(sections)};
}
std::vector<Section> sections_of(core::RawJson const& json) {
    return core::json::read<std::vector<Section>>(json.value, core::json::UnknownFields::ignore).value();
}

LessonPlan plan_of(PlanRow const& row) {
    return {row.id,         row.owner_person,
            row.school_id,  row.subject,
            row.grade,      row.textbook_id,
            row.chapter_id, {row.title, row.hours, sections_of(row.sections), row.homework},
            row.sharing,    row.readiness,
            row.version,    row.made_at,
            row.updated_at};
}
PlanRow row_of(LessonPlan const& plan) {
    auto const& content = plan.content;
    return {plan.id,          plan.owner_person, plan.school_id, plan.subject,  plan.grade,
            plan.textbook_id, plan.chapter_id,   content.title,  content.hours, json_of(content.sections),
            content.homework, plan.sharing,      plan.readiness, plan.version,  plan.made_at,
            plan.updated_at};
}
std::vector<LessonPlan> plans_of(std::vector<PlanRow> const& rows) {
    std::vector<LessonPlan> plans;
    for (auto const& row : rows) plans.push_back(plan_of(row));
    return plans;
}

PlanVersion version_of(VersionRow const& row) {
    return {row.id,
            row.plan_id,
            row.version,
            row.kind,
            {row.title, row.hours, sections_of(row.sections), row.homework},
            row.saved_at,
            row.name};
}
LessonTemplate template_of(TemplateRow const& row) {
    return {row.id, row.name, row.subject, row.school_id, sections_of(row.sections), row.made_by, row.made_at};
}

}  // namespace

std::optional<LessonPlan> plan(sql::Tx& tx, PlanId const& id) {
    auto const row = tx.optional_row<PlanRow>("SELECT " PLAN_COLUMNS
                                              " FROM lesson_plan WHERE district_id = $1 AND id = $2"
                                              " AND removed_at IS NULL",
                                              tx.district(), id);
    if (!row) return std::nullopt;
    return plan_of(*row);
}

std::vector<LessonPlan> plans(sql::Tx& tx, std::vector<PlanId> const& ids) {
    if (ids.empty()) return {};
    return plans_of(tx.rows<PlanRow>("SELECT " PLAN_COLUMNS " FROM lesson_plan WHERE district_id = $1 AND id {in $2}"
                                     " AND removed_at IS NULL",
                                     tx.district(), ids));
}

std::vector<LessonPlan> list_plans(sql::Tx& tx, PlanFilter const& filter) {
    std::optional<core::OrgId> const school = filter.school.is_nil() ? std::nullopt : std::optional(filter.school);
    std::int64_t const before = filter.before ? filter.before->ms : std::int64_t{1} << 60;
    return plans_of(tx.rows<PlanRow>(
        "SELECT " PLAN_COLUMNS
        " FROM lesson_plan WHERE district_id = $1 AND removed_at IS NULL"
        " AND (owner_person = $2 OR (school_id = $3 AND sharing = 'school'))"
        " AND ($4 = '' OR subject = $4) AND ($5 = '' OR CAST(chapter_id AS TEXT) = $5)"
        " AND ($6 = '' OR title LIKE '%' || $6 || '%') AND (updated_at < $7 OR (updated_at = $7 AND id < $8))"
        " AND owner_person <> $10 ORDER BY updated_at DESC, id DESC LIMIT $9",
        tx.district(), filter.owner, school, filter.subject, filter.chapter, filter.text, before, filter.before_id,
        filter.limit, filter.but));
}

std::vector<LessonPlan> plans_of_textbook(sql::Tx& tx, core::PersonId const& owner, TextbookId const& textbook) {
    return plans_of(tx.rows<PlanRow>("SELECT " PLAN_COLUMNS
                                     " FROM lesson_plan WHERE district_id = $1 AND owner_person = $2"
                                     " AND textbook_id = $3 AND removed_at IS NULL ORDER BY updated_at DESC",
                                     tx.district(), owner, textbook));
}

std::vector<SharedCount> shared_counts(sql::Tx& tx, core::OrgId const& school, core::PersonId const& but) {
    return tx.rows<SharedCount>(
        "SELECT subject, grade, COUNT(*) AS plans FROM lesson_plan WHERE district_id = $1"
        " AND school_id = $2 AND sharing = 'school' AND owner_person <> $3 AND removed_at IS NULL"
        " GROUP BY subject, grade",
        tx.district(), school, but);
}

void insert_plans(sql::Tx& tx, std::vector<LessonPlan> const& plans) {
    std::vector<PlanRow> rows;
    for (auto const& plan : plans) rows.push_back(row_of(plan));
    tx.insert("lesson_plan", rows);
}

bool save_plan(sql::Tx& tx, LessonPlan const& plan) {
    auto const& content = plan.content;
    return tx.execute(
               "UPDATE lesson_plan SET title = $3, hours = $4, sections = $5, homework = $6, sharing = $7,"
               " readiness = $8, version = $9, updated_at = $10 WHERE district_id = $1 AND id = $2"
               " AND version = $11 AND removed_at IS NULL",
               tx.district(), plan.id, content.title, content.hours, json_of(content.sections), content.homework,
               plan.sharing, plan.readiness, plan.version, plan.updated_at, plan.version - 1) == 1;
}

void remove_plan(sql::Tx& tx, PlanId const& id, core::Instant at) {
    tx.execute("UPDATE lesson_plan SET removed_at = $3 WHERE district_id = $1 AND id = $2", tx.district(), id, at);
}

std::vector<PlanVersion> versions(sql::Tx& tx, PlanId const& plan) {
    std::vector<PlanVersion> found;
    for (auto const& row :
         tx.rows<VersionRow>("SELECT " VERSION_COLUMNS " FROM lesson_plan_version WHERE district_id = $1"
                             " AND plan_id = $2 AND (name <> '' OR id IN (SELECT id FROM lesson_plan_version"
                             " WHERE district_id = $1 AND plan_id = $2 ORDER BY saved_at DESC, id DESC LIMIT 200))"
                             " ORDER BY saved_at DESC, id DESC",
                             tx.district(), plan)) {
        found.push_back(version_of(row));
    }
    return found;
}

std::optional<PlanVersion> version(sql::Tx& tx, PlanId const& plan, PlanVersionId const& id) {
    auto const row = tx.optional_row<VersionRow>("SELECT " VERSION_COLUMNS
                                                 " FROM lesson_plan_version"
                                                 " WHERE district_id = $1 AND plan_id = $2 AND id = $3",
                                                 tx.district(), plan, id);
    if (!row) return std::nullopt;
    return version_of(*row);
}

std::optional<PlanVersion> last_saved(sql::Tx& tx, PlanId const& plan) {
    auto const row = tx.optional_row<VersionRow>("SELECT " VERSION_COLUMNS
                                                 " FROM lesson_plan_version"
                                                 " WHERE district_id = $1 AND plan_id = $2 AND kind = 'saved'"
                                                 " ORDER BY version DESC, saved_at DESC LIMIT 1",
                                                 tx.district(), plan);
    if (!row) return std::nullopt;
    return version_of(*row);
}

bool refused_since(sql::Tx& tx, PlanId const& plan, core::Instant since) {
    return *tx.value<std::int64_t>(
               "SELECT COUNT(*) FROM lesson_plan_version WHERE district_id = $1 AND plan_id = $2"
               " AND kind = 'unmerged' AND saved_at >= $3",
               tx.district(), plan, since) > 0;
}

void put_version(sql::Tx& tx, PlanVersion const& version) {
    auto const& content = version.content;
    VersionRow const row{version.id,    version.plan_id,           version.version,  version.kind,     content.title,
                         content.hours, json_of(content.sections), content.homework, version.saved_at, version.name};
    tx.insert_one("lesson_plan_version", row,
                  "ON CONFLICT (district_id, id) DO UPDATE SET version = excluded.version, title = excluded.title,"
                  " hours = excluded.hours, sections = excluded.sections, homework = excluded.homework");
}

void name_version(sql::Tx& tx, PlanVersionId const& id, std::string const& name) {
    tx.execute("UPDATE lesson_plan_version SET name = $3 WHERE district_id = $1 AND id = $2", tx.district(), id, name);
}

std::size_t named_versions(sql::Tx& tx, PlanId const& plan) {
    return static_cast<std::size_t>(*tx.value<std::int64_t>(
        "SELECT COUNT(*) FROM lesson_plan_version WHERE district_id = $1 AND plan_id = $2 AND name <> ''",
        tx.district(), plan));
}

std::vector<PlanLesson> plan_lessons(sql::Tx& tx, PlanId const& plan) {
    return lessons_of_plans(tx, {plan});
}

std::vector<PlanLesson> plans_of_lessons(sql::Tx& tx, std::vector<LessonId> const& lessons) {
    if (lessons.empty()) return {};
    return tx.rows<PlanLesson>(
        "SELECT lesson_id, plan_id FROM lesson_plan_lesson WHERE district_id = $1"
        " AND lesson_id {in $2}",
        tx.district(), lessons);
}

std::vector<PlanLesson> lessons_of_plans(sql::Tx& tx, std::vector<PlanId> const& plans) {
    if (plans.empty()) return {};
    return tx.rows<PlanLesson>(
        "SELECT lesson_id, plan_id FROM lesson_plan_lesson WHERE district_id = $1"
        " AND plan_id {in $2}",
        tx.district(), plans);
}

void put_plan_lessons(sql::Tx& tx, std::vector<PlanLesson> const& rows) {
    tx.insert("lesson_plan_lesson", rows,
              "ON CONFLICT (district_id, lesson_id) DO UPDATE SET plan_id = excluded.plan_id");
}

void clear_plan_lessons(sql::Tx& tx, PlanId const& plan) {
    tx.execute("DELETE FROM lesson_plan_lesson WHERE district_id = $1 AND plan_id = $2", tx.district(), plan);
}

void clear_lessons(sql::Tx& tx, std::vector<LessonId> const& lessons) {
    tx.execute("DELETE FROM lesson_plan_lesson WHERE district_id = $1 AND lesson_id {in $2}", tx.district(), lessons);
}

std::vector<LessonTemplate> templates(sql::Tx& tx, core::OrgId const& school, std::string const& subject) {
    std::vector<LessonTemplate> found;
    for (auto const& row :
         tx.rows<TemplateRow>("SELECT " TEMPLATE_COLUMNS " FROM lesson_template WHERE district_id = $1"
                              " AND (school_id IS NULL OR school_id = $2)"
                              " AND ($3 = '' OR subject = '' OR subject = $3) ORDER BY name, id",
                              tx.district(), school, subject)) {
        found.push_back(template_of(row));
    }
    return found;
}

std::optional<LessonTemplate> find_template(sql::Tx& tx, TemplateId const& id) {
    auto const row = tx.optional_row<TemplateRow>("SELECT " TEMPLATE_COLUMNS
                                                  " FROM lesson_template"
                                                  " WHERE district_id = $1 AND id = $2",
                                                  tx.district(), id);
    if (!row) return std::nullopt;
    return template_of(*row);
}

void insert_templates(sql::Tx& tx, std::vector<LessonTemplate> const& rows) {
    std::vector<TemplateRow> out;
    for (auto const& one : rows) {
        out.push_back({one.id, one.name, one.subject, one.school_id, json_of(one.sections), one.made_by, one.made_at});
    }
    tx.insert("lesson_template", out);
    for (auto const& one : rows)
        feed::put(tx, {"teaching.Template", one.id.text(), one.school_id.value_or(core::OrgId{})}, core::Nothing{});
}

void delete_template(sql::Tx& tx, TemplateId const& id, core::OrgId const& school) {
    tx.execute("DELETE FROM lesson_template WHERE district_id = $1 AND id = $2", tx.district(), id);
    feed::remove(tx, {"teaching.Template", id.text(), school});
}

}  // namespace santong::teaching::store
