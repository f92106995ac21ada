#include "modules/teaching/sync.hpp"

#include "core/json.hpp"
#include "modules/roster/sync.hpp"
#include "modules/teaching/plan_access.hpp"
#include "modules/teaching/plan_apart.hpp"
#include "modules/teaching/store.hpp"

namespace santong::teaching {

namespace {

/// Cells of the column `sections` in words; what cannot be read is not compared.
std::vector<sync::PartApart> section_cells_apart(sql::Tx& tx, std::string const& here, std::string const& other,
                                                 std::string_view language) {
    auto const read = [](std::string const& text) {
        return core::json::read<std::vector<Section>>(text, core::json::UnknownFields::ignore);
    };
    auto const mine = read(here), its = read(other);
    if (!mine || !its) return {};
    return sections_apart(tx, *mine, *its, language);
}

std::optional<LessonPlan> plan_of(sql::Tx& tx, std::string const& text) {
    auto const id = PlanId::parse(text);
    return id ? store::plan(tx, *id) : std::nullopt;
}

bool is_there(sql::Tx& tx, std::string const& id) {
    return plan_of(tx, id).has_value();
}

void say_changed(sql::Tx& tx, std::string const& id) {
    if (auto const plan = plan_of(tx, id)) plan_access::remember(tx, *plan, plan_access::HistoryEntry::fresh);
}

/// What was said of a look stands.
void refuse_other_look(sql::Tx&, sync::Told const& told) {
    auto const& before = told.before.front().rows;
    if (!before.empty() && before != told.after.front().rows)
        throw sync::Refused("who looked at a lesson is not said otherwise");
}

/// Why a lesson was taken beside the timetable, as far as the lesson is known here.
void refuse_foreign_reason(sql::Tx& tx, sync::Told const& told) {
    auto const lesson =
        tx.value<std::string>("SELECT CAST(school_id AS TEXT) FROM taught_lesson WHERE district_id = $1 AND id = $2",
                              tx.district(), told.change.id);
    if (lesson && !roster::in_subtree(tx, told.peer, *lesson)) throw sync::Refused("a lesson of another school");
}

/// What a class leaves beside its session, and what a school says of its lessons.
void add_company(sync::Shapes& shapes) {
    using sync::Direction;
    auto const of_school = [](std::string const& table) {
        return "SELECT school_id AS id FROM " + table + " WHERE district_id = $1 AND school_id IN (" +
               roster::subtree_held() + ")";
    };
    auto const own = roster::held_in("lesson_template");
    shapes.add({.type = "teaching.Template",
                .direction = Direction::both,
                .tables = {{.name = "lesson_template"}},
                .held = own + " UNION SELECT id FROM lesson_template WHERE district_id = $1 AND school_id IS NULL",
                .writes = own,
                .joined_late = true});
    shapes.add({.type = "teaching.ClassroomRule",
                .direction = Direction::both,
                .tables = {{.name = "classroom_rule", .key = "school_id"}},
                .held = of_school("classroom_rule"),
                .joined_late = true});
    // Its teacher reads at either place who has looked, and why.
    shapes.add({.type = "teaching.Look",
                .direction = Direction::both,
                .tables = {{.name = "lesson_look"}},
                .held = "SELECT id FROM lesson_look WHERE district_id = $1 AND session_id IN (" +
                        roster::held_in("class_session") + ")",
                .joined_late = true,
                .check = refuse_other_look});
    shapes.add({.type = "teaching.Unplanned",
                .direction = Direction::both,
                .tables = {{.name = "class_unplanned", .key = "lesson_id"}},
                .held = "SELECT lesson_id AS id FROM class_unplanned WHERE district_id = $1 AND lesson_id IN (" +
                        roster::held_in("taught_lesson") + ")",
                .joined_late = true,
                .held_later = true,
                .check = refuse_foreign_reason});
}

}  // namespace

void add_shapes(sync::Shapes& shapes) {
    using sync::Direction;
    shapes.add({.type = "teaching.LessonPlan",
                .direction = Direction::both,
                .tables = {{.name = "lesson_plan"},
                           {.name = "lesson_plan_version", .key = "plan_id", .grows = true, .united = true},
                           {.name = "lesson_plan_lesson", .key = "plan_id"}},
                .held = roster::held_in("lesson_plan"),
                .compared = {.owner = "owner_person",
                             .fields = {{"title"}, {"hours"}, {"sections", section_cells_apart}, {"homework"}},
                             .open = is_there,
                             .changed = say_changed}});
    // Held at the box, corrected at home at the hub; and a central school's box shows the lessons of the points under
    // it that have boxes of their own.
    shapes.add({.type = "teaching.ClassSession",
                .direction = Direction::both,
                .tables = {{.name = "class_session", .read_as = &core::type_of<ClassSession>},
                           {.name = "class_session_resource", .key = "session_id"},
                           {.name = "class_session_trace", .key = "session_id"},
                           {.name = "class_session_joined", .key = "session_id"},
                           {.name = "class_session_assistant", .key = "session_id"},
                           {.name = "class_session_correction", .key = "session_id"},
                           {.name = "class_question", .key = "session_id"}},
                .held = roster::held_in("class_session")});
    shapes.add({.type = "teaching.SessionUse", .direction = Direction::both});
    add_company(shapes);
}

}  // namespace santong::teaching
