#include "modules/homework/store.hpp"

#include "platform/feed/feed.hpp"

#include <map>

#include "core/json.hpp"

#define HOMEWORK_COLUMNS                                                                                   \
    "h.id, h.school_id, h.teacher_id, h.subject, h.title, h.text, h.form, h.written, h.set_on, h.due_on, " \
    "h.minutes, h.attachments, h.plan_id, h.lesson_id, h.version, h.made_at, h.updated_at, h.withdrawn_at"

namespace santong::homework::store {

namespace {

/// A homework as its row is: attachments as JSON, classes in a table of their own.
struct HomeworkRow {
    HomeworkId id;
    core::OrgId school_id;
    core::PersonId teacher_id;
    std::string subject;
    std::string title;
    std::string text;
    Form form = Form::either;
    bool written = true;
    core::LocalDate set_on;
    core::LocalDate due_on;
    std::int32_t minutes = 0;
    core::RawJson attachments;
    std::optional<PlanId> plan_id;
    std::optional<LessonId> lesson_id;
    std::int64_t version = 1;
    core::Instant made_at;
    core::Instant updated_at;
    std::optional<core::Instant> withdrawn_at;
};
BOOST_DESCRIBE_STRUCT(HomeworkRow, (),
                      (id, school_id, teacher_id, subject, title, text, form, written, set_on, due_on, minutes,
                       attachments, plan_id, lesson_id, version, made_at, updated_at, withdrawn_at))

struct ClassRow {
    HomeworkId homework_id;
    core::OrgId class_id;
};
BOOST_DESCRIBE_STRUCT(ClassRow, (), (homework_id, class_id))

HomeworkRow row_of(Homework const& one) {
    auto const& content = one.content;
    return {one.id,         one.school_id,   one.teacher_id,  one.subject,
            content.title,  content.text,    content.form,    content.written,
            one.set_on,     content.due_on,  content.minutes, {core::json::write(content.attachments)},
            one.plan_id,    one.lesson_id,   one.version,     one.made_at,
            one.updated_at, one.withdrawn_at};
}

Homework homework_of(HomeworkRow const& row) {
    Homework one;
    one.id = row.id;
    one.school_id = row.school_id;
    one.teacher_id = row.teacher_id;
    one.subject = row.subject;
    one.content = {
        row.title,
        row.text,
        row.form,
        row.written,
        row.due_on,
        row.minutes,
        core::json::read<std::vector<HomeworkAttachment>>(row.attachments.value, core::json::UnknownFields::ignore)
            .value(),
        {}};
    one.set_on = row.set_on;
    one.plan_id = row.plan_id;
    one.lesson_id = row.lesson_id;
    one.version = row.version;
    one.made_at = row.made_at;
    one.updated_at = row.updated_at;
    one.withdrawn_at = row.withdrawn_at;
    return one;
}

std::vector<Homework> with_classes(sql::Tx& tx, std::vector<HomeworkRow> const& rows) {
    std::vector<Homework> found;
    std::vector<HomeworkId> ids;
    std::map<HomeworkId, std::size_t> place;
    for (auto const& row : rows) {
        place[row.id] = found.size();
        ids.push_back(row.id);
        found.push_back(homework_of(row));
    }
    if (ids.empty()) return found;
    for (auto const& row : tx.rows<ClassRow>("SELECT homework_id, class_id FROM homework_class WHERE district_id = $1"
                                             " AND homework_id {in $2} ORDER BY homework_id, class_id",
                                             tx.district(), ids))
        found[place.at(row.homework_id)].content.class_ids.push_back(row.class_id);
    return found;
}

void insert_classes(sql::Tx& tx, std::vector<Homework> const& all) {
    std::vector<ClassRow> rows;
    for (auto const& one : all) {
        for (auto const& id : one.content.class_ids) rows.push_back({one.id, id});
    }
    tx.insert("homework_class", rows);
}

}  // namespace

std::optional<Homework> find(sql::Tx& tx, HomeworkId const& id) {
    auto found = find(tx, std::vector{id});
    if (found.empty()) return std::nullopt;
    return std::move(found.front());
}

std::vector<Homework> find(sql::Tx& tx, std::vector<HomeworkId> const& ids) {
    if (ids.empty()) return {};
    return with_classes(tx, tx.rows<HomeworkRow>("SELECT " HOMEWORK_COLUMNS
                                                 " FROM homework h WHERE h.district_id = $1 AND h.id {in $2}",
                                                 tx.district(), ids));
}

void insert(sql::Tx& tx, std::vector<Homework> const& all) {
    std::vector<HomeworkRow> rows;
    rows.reserve(all.size());
    for (auto const& one : all) rows.push_back(row_of(one));
    tx.insert("homework", rows);
    insert_classes(tx, all);
}

bool update(sql::Tx& tx, Homework const& one) {
    auto const row = row_of(one);
    bool const changed =
        tx.execute(
            "UPDATE homework SET title = $3, text = $4, form = $5, written = $6, due_on = $7, minutes = $8,"
            " attachments = $9, version = $10, updated_at = $11, withdrawn_at = $12"
            " WHERE district_id = $1 AND id = $2 AND version = $10 - 1",
            tx.district(), row.id, row.title, row.text, row.form, row.written, row.due_on, row.minutes, row.attachments,
            row.version, row.updated_at, row.withdrawn_at) == 1;
    if (!changed) return false;
    tx.execute("DELETE FROM homework_class WHERE district_id = $1 AND homework_id = $2", tx.district(), row.id);
    insert_classes(tx, {one});
    return true;
}

std::vector<Homework> list(sql::Tx& tx, ListFilter const& filter) {
    std::int64_t const before = filter.before ? filter.before->ms : std::int64_t{1} << 60;
    std::string const of_class = filter.class_id ? filter.class_id->text() : "";
    return with_classes(tx,
                        tx.rows<HomeworkRow>(
                            "SELECT " HOMEWORK_COLUMNS " FROM homework h WHERE h.district_id = $1"
                            " AND h.id IN (SELECT m.id FROM homework m WHERE m.district_id = $1 AND m.teacher_id = $2"
                            " UNION SELECT c.homework_id FROM homework_class c WHERE c.district_id = $1"
                            " AND c.class_id {in $11} AND $5 <> 'withdrawn' AND EXISTS (SELECT 1 FROM homework o"
                            " WHERE o.district_id = c.district_id AND o.id = c.homework_id"
                            " AND CAST(c.class_id AS TEXT) || '/' || o.subject {in $10}))"
                            " AND ($3 = '' OR EXISTS (SELECT 1 FROM homework_class c WHERE c.district_id = $1"
                            " AND c.homework_id = h.id AND CAST(c.class_id AS TEXT) = $3))"
                            " AND ($4 = '' OR h.title LIKE '%' || $4 || '%')"
                            " AND CASE $5 WHEN 'withdrawn' THEN h.withdrawn_at IS NOT NULL"
                            " WHEN 'current' THEN h.withdrawn_at IS NULL AND h.due_on >= $6"
                            " WHEN 'past' THEN h.withdrawn_at IS NULL AND h.due_on < $6 ELSE h.withdrawn_at IS NULL END"
                            " AND (h.made_at < $7 OR (h.made_at = $7 AND h.id < $8))"
                            " ORDER BY h.made_at DESC, h.id DESC LIMIT $9",
                            tx.district(), filter.teacher, of_class, filter.text, filter.state, filter.today, before,
                            filter.before_id, filter.limit, filter.places, filter.classes));
}

std::vector<DueRow> due(sql::Tx& tx, std::vector<core::OrgId> const& classes, core::LocalDate from,
                        core::LocalDate to) {
    if (classes.empty()) return {};
    return tx.rows<DueRow>(
        "SELECT c.class_id, h.id, h.teacher_id, h.subject, h.title, h.due_on, h.written, h.minutes"
        " FROM homework_class c JOIN homework h ON h.district_id = c.district_id AND h.id = c.homework_id"
        " WHERE c.district_id = $1 AND c.class_id {in $2} AND h.due_on BETWEEN $3 AND $4"
        " AND h.withdrawn_at IS NULL ORDER BY h.due_on, h.made_at, h.id",
        tx.district(), classes, from, to);
}

std::vector<Homework> of_pupil(sql::Tx& tx, PupilFilter const& filter) {
    return with_classes(
        tx, tx.rows<HomeworkRow>(
                "SELECT " HOMEWORK_COLUMNS
                " FROM homework_class c JOIN homework h ON h.district_id = c.district_id AND h.id = c.homework_id"
                " LEFT JOIN homework_submission s ON s.district_id = c.district_id AND s.homework_id = h.id"
                " AND s.pupil_id = $3"
                " WHERE c.district_id = $1 AND c.class_id = $2 AND h.withdrawn_at IS NULL AND h.due_on >= $4"
                " AND ($5 = 0 OR s.state IS NULL OR s.state IN ('open', 'correction'))"
                " AND ($6 = '' OR CAST(h.due_on AS TEXT) || '.' || CAST(h.id AS TEXT) < $6)"
                " ORDER BY h.due_on DESC, h.id DESC LIMIT $7",
                tx.district(), filter.class_id, filter.pupil, filter.from, filter.open ? 1 : 0, filter.before,
                filter.limit));
}

#define WORK_COUNTS                                                                             \
    "SELECT s.homework_id, COUNT(*) AS handed_in,"                                              \
    " COUNT(CASE WHEN s.state = 'handed_in' AND w.marked_at IS NULL THEN 1 END) AS to_mark,"    \
    " COUNT(CASE WHEN s.state = 'handed_in' AND w.marked_at IS NOT NULL THEN 1 END) AS marked," \
    " COUNT(CASE WHEN w.late THEN 1 END) AS late"                                               \
    " FROM homework_submission s JOIN homework_work w ON w.district_id = s.district_id"         \
    " AND w.submission_id = s.id AND w.round = s.round WHERE s.district_id = $1 AND "

std::vector<WorkCounts> counts(sql::Tx& tx, std::vector<HomeworkId> const& ids) {
    if (ids.empty()) return {};
    return tx.rows<WorkCounts>(WORK_COUNTS "s.homework_id {in $2} GROUP BY s.homework_id", tx.district(), ids);
}

std::vector<WorkCounts> counts_in(sql::Tx& tx, HomeworkId const& id, std::vector<core::OrgId> const& classes) {
    return tx.rows<WorkCounts>(WORK_COUNTS "s.homework_id = $2 AND s.class_id {in $3} GROUP BY s.homework_id",
                               tx.district(), id, classes);
}

std::int64_t waiting(sql::Tx& tx, core::PersonId const& teacher) {
    return tx
        .value<std::int64_t>(
            "SELECT COUNT(*) FROM homework h JOIN homework_submission s ON s.district_id = h.district_id"
            " AND s.homework_id = h.id JOIN homework_work w ON w.district_id = s.district_id"
            " AND w.submission_id = s.id AND w.round = s.round"
            " WHERE h.district_id = $1 AND h.teacher_id = $2 AND h.withdrawn_at IS NULL AND s.state = 'handed_in'"
            " AND w.marked_at IS NULL",
            tx.district(), teacher)
        .value_or(0);
}

std::vector<std::string> phrases(sql::Tx& tx, core::PersonId const& teacher) {
    return tx.column<std::string>(
        "SELECT text FROM homework_phrase WHERE district_id = $1 AND teacher_id = $2 ORDER BY number", tx.district(),
        teacher);
}

void put_phrases(sql::Tx& tx, core::PersonId const& teacher, std::vector<std::string> const& texts) {
    tx.execute("DELETE FROM homework_phrase WHERE district_id = $1 AND teacher_id = $2", tx.district(), teacher);
    std::int32_t number = 0;
    for (auto const& text : texts) {
        tx.execute("INSERT INTO homework_phrase (district_id, teacher_id, number, text) VALUES ($1, $2, $3, $4)",
                   tx.district(), teacher, ++number, text);
    }
    feed::put(tx, {"homework.Phrases", teacher.text(), {}}, core::Nothing{});
}

std::vector<LimitsRow> limits(sql::Tx& tx, std::vector<core::OrgId> const& orgs) {
    if (orgs.empty()) return {};
    return tx.rows<LimitsRow>(
        "SELECT org_id, limits, changed_by, changed_at FROM homework_limits WHERE district_id = $1"
        " AND org_id {in $2}",
        tx.district(), orgs);
}

void put_limits(sql::Tx& tx, LimitsRow const& row) {
    tx.insert_one("homework_limits", row,
                  "ON CONFLICT (district_id, org_id) DO UPDATE SET limits = excluded.limits,"
                  " changed_by = excluded.changed_by, changed_at = excluded.changed_at");
}

void remove_limits(sql::Tx& tx, core::OrgId const& org) {
    tx.execute("DELETE FROM homework_limits WHERE district_id = $1 AND org_id = $2", tx.district(), org);
}

}  // namespace santong::homework::store
