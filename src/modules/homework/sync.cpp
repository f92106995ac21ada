#include "modules/homework/sync.hpp"

#include "modules/roster/sync.hpp"

namespace santong::homework {

void add_shapes(sync::Shapes& shapes) {
    using sync::Direction;
    shapes.add({.type = "homework.Homework",
                .direction = Direction::both,
                .tables = {{.name = "homework"}, {.name = "homework_class", .key = "homework_id"}},
                .held = roster::held_in("homework")});
    shapes.add({.type = "homework.Submission",
                .direction = Direction::both,
                .tables = {{.name = "homework_submission"},
                           {.name = "homework_work", .key = "submission_id"},
                           {.name = "homework_ink", .key = "submission_id"}},
                .held = roster::held_in("homework_submission")});
}

}  // namespace santong::homework
