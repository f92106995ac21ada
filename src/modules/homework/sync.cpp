#include "modules/homework/sync.hpp"

#include "modules/roster/sync.hpp"

namespace santong::homework {

namespace {

std::string of_schools(std::string const& table) {
    return "SELECT id FROM " + table + " WHERE district_id = $1 AND school_id IN (" + roster::subtree_held() + ")";
}

}  // namespace

void add_shapes(sync::Shapes& shapes) {
    using sync::Direction;
    shapes.add({.type = "homework.Homework",
                .direction = Direction::both,
                .tables = {{.name = "homework"}, {.name = "homework_class", .key = "homework_id"}},
                .held = of_schools("homework")});
    shapes.add({.type = "homework.Submission",
                .direction = Direction::both,
                .tables = {{.name = "homework_submission"},
                           {.name = "homework_work", .key = "submission_id"},
                           {.name = "homework_ink", .key = "submission_id"}},
                .held = of_schools("homework_submission")});
}

}  // namespace santong::homework
