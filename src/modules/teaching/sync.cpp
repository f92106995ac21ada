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

}  // namespace

void add_shapes(sync::Shapes& shapes) {
    using sync::Direction;
    shapes.add({.type = "teaching.LessonPlan",
                .direction = Direction::both,
                .tables = {{.name = "lesson_plan"},
                           {.name = "lesson_plan_version", .key = "plan_id", .grows = true},
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
}

}  // namespace santong::teaching
