#include "modules/teaching/sync.hpp"

#include "modules/roster/sync.hpp"
#include "modules/teaching/domain.hpp"

namespace santong::teaching {

void add_shapes(sync::Shapes& shapes) {
    using sync::Direction;
    shapes.add({.type = "teaching.LessonPlan",
                .direction = Direction::both,
                .tables = {{.name = "lesson_plan"},
                           {.name = "lesson_plan_version", .key = "plan_id", .grows = true},
                           {.name = "lesson_plan_lesson", .key = "plan_id"}},
                .held = roster::held_in("lesson_plan")});
    shapes.add({.type = "teaching.ClassSession",
                .direction = Direction::up,
                .tables = {{.name = "class_session", .read_as = &core::type_of<ClassSession>},
                           {.name = "class_session_resource", .key = "session_id"},
                           {.name = "class_session_trace", .key = "session_id"},
                           {.name = "class_session_joined", .key = "session_id"},
                           {.name = "class_session_assistant", .key = "session_id"},
                           {.name = "class_session_correction", .key = "session_id"},
                           {.name = "class_question", .key = "session_id"}},
                .held = roster::held_in("class_session")});
    shapes.add({.type = "teaching.SessionUse", .direction = Direction::up});
}

}  // namespace santong::teaching
